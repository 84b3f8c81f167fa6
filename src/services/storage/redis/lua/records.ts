/**
 * Writes of a record by the holder of a claim alone, and with it those of the set of its namespace's ids, as Lua, which
 * Redis runs one script at a time.
 */

/** KEYS: claim, record, ids if they are kept. ARGV: holder, text, life in milliseconds or '', id -> whether the claim holds, as 1 or 0. */
export const SET_CLAIMED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '' then redis.call('SET', KEYS[2], ARGV[2]) else redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
if KEYS[3] then redis.call('SADD', KEYS[3], ARGV[4]) end
return 1
`;

/** KEYS: claim, record, ids if they are kept. ARGV: holder, id, '1' where the claim ends too -> how many were deleted, or -1 where the claim does not hold. */
export const DELETE_CLAIMED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
if ARGV[3] == '1' then redis.call('DEL', KEYS[1]) end
if KEYS[3] then redis.call('SREM', KEYS[3], ARGV[2]) end
return redis.call('DEL', KEYS[2])
`;

/** KEYS: claim, record. ARGV: holder, text, life of the claim -> whether the record is this text still and the claim taken, as 1 or 0. */
export const RETAKE = `
if redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1
`;

/** KEYS: ids. ARGV: what stands before an id in a record's key, ids: takes out those without a record. */
export const DROP_MISSING = `
for i = 2, #ARGV do
  if redis.call('EXISTS', ARGV[1] .. ARGV[i]) == 0 then redis.call('SREM', KEYS[1], ARGV[i]) end
end
`;
