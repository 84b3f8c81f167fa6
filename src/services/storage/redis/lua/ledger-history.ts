/** What the ledger reads of the past as Lua: each script's cost is that of one guild or one member, however many there are. */
import { PREFIX } from './ledger.ts';

/**
 * guild, day -> 1 where the members add up to what the guild used that day, else 0; then member, images, ...
 *
 * They do not where some were counted by a version that kept no `members`: INDEX_MEMBERS brings them in.
 */
export const DAILY = `
local guild, day = ARGV[1], ARGV[2]
local used = '${PREFIX}used:' .. day
local missing = tonumber(redis.call('HGET', used, guild) or '0')
local answer = { 0 }
for _, user in ipairs(redis.call('SMEMBERS', '${PREFIX}members:' .. guild .. ':' .. day)) do
  local images = redis.call('HGET', used, guild .. ' ' .. user)
  if images then
    missing = missing - tonumber(images)
    table.insert(answer, user)
    table.insert(answer, images)
  end
end
if missing == 0 then answer[1] = 1 end
return answer
`;

/** day, fields of its \`used\` that name a guild and a member: brings them into \`members\`. */
export const INDEX_MEMBERS = `
for i = 2, #ARGV do
  if redis.call('HEXISTS', '${PREFIX}used:' .. ARGV[1], ARGV[i]) == 1 then
    local guild, user = string.match(ARGV[i], '^(.-) (.+)$')
    redis.call('SADD', '${PREFIX}members:' .. guild .. ':' .. ARGV[1], user)
  end
end
`;

/**
 * member, guild or '', since, 'newest' | 'before' | 'after', a job of theirs or '', most to find, most to look at
 * -> where to go on or '' at the end; then of each found, from the newest ('after': from the oldest), job, guild, user,
 * images, at, state. Those whose names are to go are not found.
 */
export const RECENT = `
local user, guild, since, side, cursor = unpack(ARGV, 1, 5)
local most, looked = tonumber(ARGV[6]), tonumber(ARGV[7])
local by = '${PREFIX}by:' .. user
local from, step = 0, 1
if side ~= 'newest' then
  local rank = redis.call('ZREVRANK', by, cursor)
  if not rank then return { '' } end
  if side == 'after' then step = -1 end
  from = rank + step
end
if from < 0 then return { '' } end
local first, last = from, from + looked - 1
if step < 0 then first, last = math.max(0, from - looked + 1), from end
local jobs = redis.call('ZREVRANGE', by, first, last)
local answer = { '' }
local found = 0
for i = 1, #jobs do
  local job = jobs[step > 0 and i or #jobs + 1 - i]
  local r = redis.call('HMGET', '${PREFIX}r:' .. job, 'guild', 'user', 'images', 'at', 'state', 'forgetting')
  if r[4] then
    local old = tonumber(r[4]) < tonumber(since)
    if old and step > 0 then return answer end
    if not old and not r[6] and (guild == '' or r[1] == guild) then
      table.insert(answer, { job, r[1], r[2], r[3], r[4], r[5] })
      found = found + 1
      if found == most then return answer end
    end
  end
end
if #jobs == looked then answer[1] = jobs[step > 0 and #jobs or 1] end
return answer
`;
