/** The store over Redis: what every store does, and what several processes need of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/services/clock.ts';
import { createClaims } from '../../src/services/storage/redis/claims.ts';
import type { Redis } from '../../src/services/storage/redis/connection.ts';
import { createRedisAdapter } from '../../src/services/storage/redis/records.ts';
import { StoreError, type Claim, type Store } from '../../src/services/storage/storage.ts';
import { createStore } from '../../src/services/storage/store.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { cat, describeRecords, jobSchema, list } from '../support/storage-suites/records.ts';
import { connectTo } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

let server: RedisServer;
let redis: Redis;
let store: Store;
const silent = createSilentLog();

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
  const adapterFor = (namespace: string) => createRedisAdapter({ redis, namespace });
  store = createStore({ adapterFor, clock: systemClock, log: silent });
});
afterEach(async () => {
  await store.close();
});

for (const [name, listed] of [
  ['the store over Redis', false],
  ['the store over Redis, where ids are kept for listings', true],
] as const) {
  describeRecords(name, async (log) => {
    const { client } = redis;
    await client.flushDb();
    return {
      store: createStore({
        adapterFor: (namespace) => createRedisAdapter({ redis, namespace, listed }),
        clock: systemClock,
        log,
      }),
      async plant(namespace, id, text) {
        await client.set(`${namespace}::${id}`, text);
      },
      async texts(namespace) {
        const keys = await client.keys(`${namespace}::*`);
        const texts = keys.map(
          async (key) => [key.slice(`${namespace}::`.length), (await client.get(key)) ?? ''] as const,
        );
        return new Map(await Promise.all(texts));
      },
      dispose: () => Promise.resolve(),
    };
  });
}

it('has Redis itself drop a record after its time to live', async () => {
  const jobs = store.collection('job', jobSchema);
  await jobs.set('short', cat, { ttl: 60_000.5 });
  await jobs.set('over', cat, { ttl: 0 });
  await jobs.set('lasting', cat);
  expect(await redis.client.pTTL('job::short')).toBeGreaterThan(50_000);
  expect(await redis.client.pTTL('job::lasting')).toBe(-1);
  await expect.poll(() => redis.client.exists('job::over')).toBe(0);
});

describe("a record that only the job's holder may write", () => {
  async function opened() {
    const claims = createClaims({ redis, clock: systemClock, log: createSilentLog() });
    const lock = { key: 'lock', token: 'mine' };
    await redis.client.set(lock.key, lock.token);
    return { claims, lock };
  }

  async function taken({ claims, lock }: Awaited<ReturnType<typeof opened>>): Promise<Claim> {
    const claim = await claims.take('1', lock);
    if (typeof claim === 'string') throw new Error(`The claim is ${claim}`);
    expect(claim.jobId).toBe('1');
    return claim;
  }

  it('is written by the process that acts on the job, until another takes the job over', async () => {
    const one = await opened();
    const claim = await taken(one);
    const jobs = store.collection('jobs', jobSchema);
    await jobs.set('1', cat, { claim });
    await redis.client.set('seedream:claim:1', randomUUID());
    await expect(jobs.set('1', { ...cat, count: 4 }, { claim })).rejects.toMatchObject({ name: 'LostClaimError' });
    await expect(jobs.delete('1', { claim })).rejects.toMatchObject({ name: 'LostClaimError' });
    await jobs.set('2', cat);
    expect(await jobs.get('1')).toEqual(cat);
    await jobs.set('1', { ...cat, count: 5 });
    expect(await jobs.get('1'), 'a write outside of a step stands under no condition').toEqual({ ...cat, count: 5 });
    await one.claims.close();
  });

  it('is stored under a claim as without one: with its time to live, and deleted once', async () => {
    const one = await opened();
    const claim = await taken(one);
    const jobs = store.collection('finished', jobSchema);
    await jobs.set('1', cat, { claim, ttl: 60_000.5 });
    await jobs.set('2', cat, { ttl: 60_000.5 });
    const [claimed, plain] = await Promise.all(['1', '2'].map((id) => redis.client.get(`finished::${id}`)));
    const shape = (text: string | null | undefined) => text?.replace(/"expires":\d+/, '"expires":0');
    expect(shape(claimed)).toBe(shape(plain));
    expect(await redis.client.pTTL('finished::1')).toBeGreaterThan(50_000);
    expect(await jobs.get('1')).toEqual(cat);
    expect(await jobs.delete('1', { claim })).toBe(true);
    expect(await jobs.delete('1', { claim })).toBe(false);
    await one.claims.close();
  });

  it('cannot be claimed without the lock, nor while a process that is alive holds it', async () => {
    const [one, other] = [await opened(), await opened()];
    expect(await one.claims.take('1', { ...one.lock, token: 'lost meanwhile' })).toBe('lost');
    const claim = await taken(one);
    expect(await one.claims.take('1', one.lock), 'two steps of one process').toBe('held');
    expect(await other.claims.take('1', other.lock)).toBe('held');
    await one.claims.release(claim);
    expect((await taken(other)).holder).not.toBe(claim.holder);
    await other.claims.close();
    expect((await taken(one)).jobId, 'its holder is dead').toBe('1');
    await one.claims.close();
  });

  it('is not written late under an earlier claim of the same process', async () => {
    const one = await opened();
    const jobs = store.collection('jobs', jobSchema);
    const earlier = await taken(one);
    await one.claims.release(earlier);
    const claim = await taken(one);
    await jobs.set('1', cat, { claim });
    await expect(jobs.set('1', { ...cat, count: 4 }, { claim: earlier })).rejects.toMatchObject({
      name: 'LostClaimError',
    });
    await one.claims.release(earlier);
    await jobs.set('1', { ...cat, count: 5 }, { claim });
    await one.claims.release(claim);
    await expect(jobs.delete('1', { claim })).rejects.toMatchObject({ name: 'LostClaimError' });
    expect(await jobs.get('1')).toEqual({ ...cat, count: 5 });
    await one.claims.close();
  });

  it('may be written again after another process had it, as long as that one wrote nothing', async () => {
    const [one, other] = [await opened(), await opened()];
    const jobs = store.collection('jobs', jobSchema);
    const claim = await taken(one);
    await jobs.set('1', cat, { claim });
    await one.claims.close();
    const later = await taken(other);
    expect(await jobs.retake('1', cat, claim)).toBe(true);
    await expect(jobs.set('1', { ...cat, count: 4 }, { claim: later })).rejects.toMatchObject({
      name: 'LostClaimError',
    });
    await jobs.set('1', { ...cat, count: 5 }, { claim });
    expect(await jobs.retake('1', cat, later), 'it has been written since').toBe(false);
    expect(await jobs.delete('1', { claim, release: true })).toBe(true);
    await expect(jobs.set('1', cat, { claim }), 'the claim ended with the record').rejects.toMatchObject({
      name: 'LostClaimError',
    });
    await other.claims.close();
  });

  it('cannot be claimed by others while its start is held, until that process is dead', async () => {
    const [one, other] = [await opened(), await opened()];
    const claim = await one.claims.hold('1');
    expect(await one.claims.take('1', one.lock)).toBe('held');
    expect(await other.claims.take('1', other.lock)).toBe('held');
    await expect(other.claims.hold('1')).rejects.toMatchObject({ name: 'StoreError' });
    const jobs = store.collection('jobs', jobSchema);
    await jobs.set('1', cat, { claim });
    await one.claims.close();
    await taken(other);
    await expect(jobs.delete('1', { claim })).rejects.toMatchObject({ name: 'LostClaimError' });
    await other.claims.close();
  });
});

describe('a Redis that fails', () => {
  it('rejects every call within the deadline when it stands still, and goes on when it moves again', async () => {
    const jobs = store.collection('job', jobSchema);
    await jobs.set('1', cat);
    server.pause();
    const started = performance.now();
    const calls = [jobs.get('1'), jobs.set('1', cat), jobs.delete('2'), list(jobs.entries()), store.ping()];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { name: 'StoreError' } });
    }
    expect(performance.now() - started).toBeLessThan(3000);
    server.resume();
    await expect.poll(() => jobs.get('1').catch(() => undefined)).toEqual(cat);
  });

  it('rejects at once when it is gone, and finds what was written when it is back', async () => {
    const jobs = store.collection('job', jobSchema);
    await jobs.set('1', cat);
    await server.stop('SIGKILL');
    for (const call of [() => jobs.get('1'), () => jobs.set('1', cat), () => store.ping()]) {
      const started = performance.now();
      await expect(call()).rejects.toThrow(StoreError);
      expect(performance.now() - started).toBeLessThan(1000);
    }
    await server.start();
    await expect.poll(() => jobs.get('1').catch(() => undefined), { timeout: 10_000 }).toEqual(cat);
  });
});
