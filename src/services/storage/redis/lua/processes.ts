/** Counting the processes, as Lua, which Redis runs one script at a time. All of them go by its clock. */

/**
 * KEYS: processes (sorted by the moment until which they count), pause. ARGV: process, for how long it counts
 * (milliseconds) -> how many there are, 1 where this one was not among them, milliseconds left of a pause (or less than 0).
 */
export const REPORT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local added = redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return { redis.call('ZCARD', KEYS[1]), added, redis.call('PTTL', KEYS[2]) }
`;
