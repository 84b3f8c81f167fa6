/**
 * What older versions did to the ledger, before an upgrade or beside this one while processes are replaced: one without
 * `members`, and one without jobs that are paid in part.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Redis } from '../../src/services/storage/redis/connection.ts';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import { NOON, reservation, UNLIMITED } from '../support/sample-reservation.ts';
import { connectTo } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

const DAY = '2026-11-23';

let server: RedisServer;
let redis: Redis;

beforeAll(async () => {
  server = await createRedisServer();
  redis = await connectTo(server.url);
});
afterAll(async () => {
  redis.close();
  await server[Symbol.asyncDispose]();
});
beforeEach(() => redis.client.flushAll());

/** Counts as that version did: it knows of the sums alone. */
async function countAsBefore(guildId: string, userId: string, images: number): Promise<void> {
  for (const field of [`${guildId} ${userId}`, guildId]) {
    await redis.client.hIncrBy(`{ledger}:used:${DAY}`, field, images);
  }
}

const day = (guildId: string) => createRedisLedger({ redis }).daily({ guildId, from: NOON, to: NOON });

async function calls(name: string): Promise<number> {
  const found = new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(await redis.client.info('commandstats'));
  return Number(found?.[1] ?? 0);
}

test('a day that was counted by members is read once for all guilds, and then by guild', async () => {
  for (let guild = 0; guild < 1000; guild += 1) await countAsBefore(`guild${guild}`, 'user', 2);
  await countAsBefore('guild7', 'another', 3);
  expect(await day('guild7')).toEqual([
    { day: DAY, userId: 'another', images: 3 },
    { day: DAY, userId: 'user', images: 2 },
  ]);
  const scans = await calls('hscan');
  expect(scans).toBeGreaterThan(1);
  expect(await day('guild999')).toEqual([{ day: DAY, userId: 'user', images: 2 }]);
  expect(await day('guild7')).toHaveLength(2);
  expect(await day('nobody')).toEqual([]);
  expect(await calls('hscan')).toBe(scans);
});

test('what an older process counts beside this one is found, and limits are exact over both', async () => {
  const ledger = createRedisLedger({ redis });
  await ledger.reserve(reservation('a'), UNLIMITED);
  await countAsBefore('guild', 'theirs', 4);
  await countAsBefore('guild', 'user', 1);
  expect(await day('guild')).toEqual([
    { day: DAY, userId: 'theirs', images: 4 },
    { day: DAY, userId: 'user', images: 4 },
  ]);
  expect(await ledger.reserve(reservation('b'), { ...UNLIMITED, userDailyImages: 6 })).toMatchObject({
    refusal: { limit: 'userDailyImages', used: 4 },
  });
});

/** Releases a job as a version does that knows of none paid in part: what is freed is what the reservation says then. */
async function releaseAsBefore(jobId: string): Promise<void> {
  const key = `{ledger}:r:${jobId}`;
  const { guild = '', user = '', images, day: reserved = '', month = '' } = await redis.client.hGetAll(key);
  for (const [period, field] of [
    [reserved, `${guild} ${user}`],
    [reserved, guild],
    [month, guild],
    [month, ''],
  ] as const) {
    await redis.client.hIncrBy(`{ledger}:used:${period}`, field, -Number(images));
  }
  await redis.client.hSet(key, 'state', 'released');
  for (const held of ['held', `held:${guild}`, `held:${guild}:${user}`])
    await redis.client.zRem(`{ledger}:${held}`, jobId);
}

test('a job that is paid in part is given back by an older process to the image, and one of its is reduced by this one', async () => {
  const ledger = createRedisLedger({ redis });
  await ledger.reserve(reservation('theirs', { images: 8 }), UNLIMITED);
  await ledger.reserve(reservation('ours', { images: 8 }), UNLIMITED);
  await ledger.reduce('ours', 3);
  await releaseAsBefore('ours');
  expect(Object.values(await ledger.usage('guild', 'user', NOON))).toEqual([1, 1, 8, 8, 8, 8]);
  await ledger.settle('theirs', 2);
  expect(Object.values(await ledger.usage('guild', 'user', NOON))).toEqual([0, 0, 2, 2, 2, 2]);
  await ledger.reduce('ours', 1);
  expect(Object.values(await ledger.usage('guild', 'user', NOON))).toEqual([0, 0, 2, 2, 2, 2]);
});
