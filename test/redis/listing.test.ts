/** Listings of live jobs look at the live jobs alone, whatever else the database holds, and miss none. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/services/clock.ts';
import type { Redis } from '../../src/services/storage/redis/connection.ts';
import { createRedisAdapter } from '../../src/services/storage/redis/records.ts';
import type { Store } from '../../src/services/storage/storage.ts';
import { createStore } from '../../src/services/storage/store.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { cat, jobSchema, list } from '../support/storage-suites/records.ts';
import { connectTo } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

let server: RedisServer;
let redis: Redis;
let store: Store;

beforeAll(async () => {
  server = await createRedisServer();
  redis = await connectTo(server.url);
});
afterAll(async () => {
  redis.close();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await redis.client.flushDb();
  await redis.client.configResetStat();
  store = openStore();
});

function openStore(): Store {
  const adapterFor = (namespace: string) => createRedisAdapter({ redis, namespace });
  return createStore({ adapterFor, clock: systemClock, log: createSilentLog() });
}

async function liveIds(from = store): Promise<string[]> {
  return (await list(from.collection('jobs', jobSchema).entries())).map(([id]) => id).sort();
}

async function scans(): Promise<number> {
  const found = /cmdstat_scan:calls=(\d+)/.exec(await redis.client.info('commandstats'));
  return Number(found?.[1] ?? 0);
}

/** Writes as a version does that keeps no ids. */
const writeAsBefore = (id: string) => redis.client.set(`jobs::${id}`, JSON.stringify({ value: cat }));

test('the database is looked through once, for what an older version wrote, and never again', async () => {
  await writeAsBefore('old');
  await Promise.all(Array.from({ length: 5000 }, (_, index) => redis.client.set(`finished::${index}`, '{"value":{}}')));
  expect(await liveIds()).toEqual(['old']);
  const once = await scans();
  expect(once).toBeGreaterThan(0);
  const jobs = store.collection('jobs', jobSchema);
  await jobs.set('new', cat);
  await jobs.set('with an end', cat, { ttl: 60_000 });
  expect(await liveIds()).toEqual(['new', 'old', 'with an end']);
  expect(await liveIds(openStore()), 'another process').toEqual(['new', 'old', 'with an end']);
  expect(await jobs.delete('old')).toBe(true);
  expect(await jobs.delete('old')).toBe(false);
  expect(await liveIds()).toEqual(['new', 'with an end']);
  expect(await scans()).toBe(once);
});

test('beside an older version: what it deleted is gone, what it wrote is listed once this one writes it, or within a day', async () => {
  const jobs = store.collection('jobs', jobSchema);
  await jobs.set('1', cat);
  expect(await liveIds()).toEqual(['1']);
  await redis.client.del('jobs::1');
  await writeAsBefore('2');
  await writeAsBefore('3');
  expect(await liveIds()).toEqual([]);
  expect(await redis.client.sMembers('seedream:listed:jobs')).toEqual([]);
  await jobs.set('2', cat);
  expect(await liveIds()).toEqual(['2']);
  const day = 24 * 60 * 60_000;
  expect(await redis.client.pTTL('seedream:listed:jobs:fresh')).toBeGreaterThan(day - 60_000);
  expect(await redis.client.pTTL('seedream:listed:jobs:fresh')).toBeLessThanOrEqual(day);
  await redis.client.del('seedream:listed:jobs:fresh');
  expect(await liveIds()).toEqual(['2', '3']);
});

test('the id and the record come and go in one act, also under a claim', async () => {
  await redis.client.set('seedream:claim:1', 'holder');
  const claim = { jobId: '1', holder: 'holder' };
  const jobs = store.collection('jobs', jobSchema);
  const ids = () => redis.client.sMembers('seedream:listed:jobs');
  await jobs.set('1', cat, { claim });
  expect(await ids()).toEqual(['1']);
  await expect(jobs.delete('1', { claim: { ...claim, holder: 'lost' } })).rejects.toMatchObject({
    name: 'LostClaimError',
  });
  expect(await ids()).toEqual(['1']);
  await jobs.delete('1', { claim });
  expect(await ids()).toEqual([]);
});
