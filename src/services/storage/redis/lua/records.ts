/** Writes of a record by the holder of a claim alone, as Lua, which Redis runs one script at a time. */

/** KEYS: claim, record. ARGV: holder, text, life in milliseconds or '' -> whether the claim holds, as 1 or 0. */
export const SET_CLAIMED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '' then redis.call('SET', KEYS[2], ARGV[2]) else redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
return 1
`;

/** KEYS: claim, record. ARGV: holder -> how many were deleted, or -1 where the claim does not hold. */
export const DELETE_CLAIMED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
return redis.call('DEL', KEYS[2])
`;
