/**
 * The ledger's acts as Lua, which Redis runs one at a time. All keys begin with `{ledger}`:
 *
 * - `r:<job>` a reservation: guild, user, images, at, day, month, state, and `forgetting` once its name is to go;
 * - `held` the jobs neither settled nor released, by time; `held:<guild>` and `held:<guild>:<user>` likewise;
 * - `used:<period>` images by `<guild> <user>`, `<guild>` and `` (all) of a day or a month, of live reservations;
 * - `members:<guild>:<day>` the members who stand in a day's `used` with this guild, so that they are found without all others;
 * - `by:<user>` a member's jobs, by time; `age` all jobs, by time; `forgetting` jobs whose names are to go, by time.
 */

export const PREFIX = '{ledger}:';

/** Where the identity of the records stands: nothing is reserved beside records that are gone. */
export const IDENTITY_KEY = 'seedream:identity';

const COMMON = `
local P = '${PREFIX}'
local function count(r, sign)
  local n = sign * tonumber(r.images)
  local function add(period, field)
    local left = redis.call('HINCRBY', P .. 'used:' .. period, field, n)
    if left == 0 then redis.call('HDEL', P .. 'used:' .. period, field) end
    return left
  end
  local left = add(r.day, r.guild .. ' ' .. r.user)
  redis.call(left == 0 and 'SREM' or 'SADD', P .. 'members:' .. r.guild .. ':' .. r.day, r.user)
  add(r.day, r.guild)
  add(r.month, r.guild)
  add(r.month, '')
end
local function load(job)
  local flat = redis.call('HGETALL', P .. 'r:' .. job)
  if #flat == 0 then return nil end
  local r = {}
  for i = 1, #flat, 2 do r[flat[i]] = flat[i + 1] end
  return r
end
local function used(period, field)
  return tonumber(redis.call('HGET', P .. 'used:' .. period, field) or '0')
end
local function usage(guild, user, day, month)
  return {
    redis.call('ZCARD', P .. 'held:' .. guild .. ':' .. user),
    redis.call('ZCARD', P .. 'held:' .. guild),
    used(day, guild .. ' ' .. user),
    used(day, guild),
    used(month, guild),
    used(month, ''),
  }
end
local function unhold(job, r)
  redis.call('ZREM', P .. 'held', job)
  redis.call('ZREM', P .. 'held:' .. r.guild, job)
  redis.call('ZREM', P .. 'held:' .. r.guild .. ':' .. r.user, job)
end
`;

/**
 * job, guild, user, images, at, day, month, then for each limit what it allows or '', identity of the records or ''
 * -> 'reserved' | 'repeated' | 'gone' | usage.
 */
export const RESERVE = `${COMMON}
local job, guild, user, images, at, day, month = unpack(ARGV, 1, 7)
if ARGV[14] ~= '' and redis.call('GET', '${IDENTITY_KEY}') ~= ARGV[14] then return 'gone' end
if redis.call('EXISTS', P .. 'r:' .. job) == 1 then return 'repeated' end
local now = usage(guild, user, day, month)
local asked = { 1, 1, tonumber(images), tonumber(images), tonumber(images), tonumber(images) }
for i = 1, 6 do
  local allowed = ARGV[7 + i]
  if allowed ~= '' and now[i] + asked[i] > tonumber(allowed) then return now end
end
local r = { guild = guild, user = user, images = images, day = day, month = month }
redis.call('HSET', P .. 'r:' .. job, 'guild', guild, 'user', user, 'images', images, 'at', at,
  'day', day, 'month', month, 'state', 'held')
count(r, 1)
for _, key in ipairs({ 'held', 'held:' .. guild, 'held:' .. guild .. ':' .. user, 'by:' .. user, 'age' }) do
  redis.call('ZADD', P .. key, at, job)
end
return 'reserved'
`;

/** job, guild, user, images, at, day, month, state, '1' where its name is to go, name in the place of forgotten ones. */
export const IMPORT = `${COMMON}
local job, guild, user, images, at, day, month, state, forgetting, forgotten = unpack(ARGV, 1, 10)
if redis.call('EXISTS', P .. 'r:' .. job) == 1 then return end
redis.call('HSET', P .. 'r:' .. job, 'guild', guild, 'user', user, 'images', images, 'at', at,
  'day', day, 'month', month, 'state', state)
redis.call('ZADD', P .. 'age', at, job)
if user ~= forgotten then redis.call('ZADD', P .. 'by:' .. user, at, job) end
if forgetting == '1' then
  redis.call('HSET', P .. 'r:' .. job, 'forgetting', '1')
  redis.call('ZADD', P .. 'forgetting', at, job)
end
if state == 'held' then
  for _, key in ipairs({ 'held', 'held:' .. guild, 'held:' .. guild .. ':' .. user }) do
    redis.call('ZADD', P .. key, at, job)
  end
end
if state ~= 'released' then count({ guild = guild, user = user, images = images, day = day, month = month }, 1) end
`;

/** job, 'held' | 'settled' | 'released', images that stay counted at most or ''. One of which none do is released. */
export const CHANGE_HELD = `${COMMON}
local job, state, most = ARGV[1], ARGV[2], tonumber(ARGV[3])
local r = load(job)
if r == nil or r.state ~= 'held' then return end
if most and most < 1 then state = 'released' end
if state ~= 'released' and most and most < tonumber(r.images) then
  count(r, -1)
  r.images = ARGV[3]
  count(r, 1)
  redis.call('HSET', P .. 'r:' .. job, 'images', r.images)
end
if state == 'held' then return end
redis.call('HSET', P .. 'r:' .. job, 'state', state)
unhold(job, r)
if state == 'released' then count(r, -1) end
`;

/** guild, user, day, month -> usage in the order of the limits. */
export const USAGE = `${COMMON}
return usage(unpack(ARGV, 1, 4))
`;

/** jobs -> of those there are: job, guild, user, images, at, state. */
export const LOAD = `${COMMON}
local found = {}
for i = 1, #ARGV do
  local r = load(ARGV[i])
  if r ~= nil then table.insert(found, { ARGV[i], r.guild, r.user, r.images, r.at, r.state }) end
end
return found
`;

/** at, name in the place of forgotten ones, jobs: marks them; their names go by SWEEP. */
export const FORGET = `${COMMON}
for i = 3, #ARGV do
  local r = load(ARGV[i])
  if r ~= nil and r.user ~= ARGV[2] then
    redis.call('HSET', P .. 'r:' .. ARGV[i], 'forgetting', '1')
    redis.call('ZADD', P .. 'forgetting', ARGV[1], ARGV[i])
  end
end
`;

/** today, name in the place of forgotten ones, oldest time kept, most at once, before a job's id in the keys of its records -> names that went, reservations dropped. */
export const SWEEP = `${COMMON}
local today, forgotten, oldest, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local names = 0
for _, job in ipairs(redis.call('ZRANGE', P .. 'forgetting', 0, -1)) do
  if names == most then break end
  local r = load(job)
  if r == nil then
    redis.call('ZREM', P .. 'forgetting', job)
  elseif r.state ~= 'held' and r.day < today then
    names = names + 1
    if r.state == 'settled' then count(r, -1) end
    redis.call('ZREM', P .. 'by:' .. r.user, job)
    redis.call('HSET', P .. 'r:' .. job, 'user', forgotten)
    redis.call('HDEL', P .. 'r:' .. job, 'forgetting')
    redis.call('ZREM', P .. 'forgetting', job)
    r.user = forgotten
    if r.state == 'settled' then count(r, 1) end
  end
end
-- A reservation outlives its job's record, as that is how a member's records are found.
local function recorded(job)
  for i = 5, #ARGV do
    if redis.call('EXISTS', ARGV[i] .. job) == 1 then return true end
  end
  return false
end
local dropped = 0
for _, job in ipairs(redis.call('ZRANGEBYSCORE', P .. 'age', '-inf', '(' .. oldest, 'LIMIT', 0, most)) do
  local r = load(job)
  if r == nil then
    redis.call('ZREM', P .. 'age', job)
  elseif r.state ~= 'held' and not recorded(job) then
    dropped = dropped + 1
    if r.state == 'settled' then count(r, -1) end
    redis.call('ZREM', P .. 'by:' .. r.user, job)
    redis.call('ZREM', P .. 'age', job)
    redis.call('ZREM', P .. 'forgetting', job)
    redis.call('DEL', P .. 'r:' .. job)
  end
end
return { names, dropped }
`;

export const keys = {
  all: `${PREFIX}*`,
  reservation: (jobId: string) => `${PREFIX}r:${jobId}`,
  held: `${PREFIX}held`,
  age: `${PREFIX}age`,
  used: (period: string) => `${PREFIX}used:${period}`,
};
