/** Taking and releasing a claim, as Lua, which Redis runs one script at a time. */

/**
 * A holder is a process and, after a slash, one take of it. KEYS: lock, claim. ARGV: lock's token, holder, prefix of alive
 * keys, life of the claim -> 'taken' | 'held' | 'lost'.
 */
export const TAKE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost' end
local function process(holder) return string.match(holder, '^[^/]+') end
local holder = redis.call('GET', KEYS[2])
if holder and process(holder) ~= process(ARGV[2]) and redis.call('EXISTS', ARGV[3] .. process(holder)) == 1 then
  return 'held'
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
return 'taken'
`;

/** KEYS: claim. ARGV: holder. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`;
