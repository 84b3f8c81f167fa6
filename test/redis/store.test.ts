/** The store over Redis: what a collection promises, and what several processes need of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createClaims } from '../../src/services/storage/redis/claims.ts';
import { createRedisAdapter, type Fence } from '../../src/services/storage/redis/records.ts';
import { createRedisClient, type RedisClient } from '../../src/services/storage/redis/connection.ts';
import { StoreError } from '../../src/services/storage/store-error.ts';
import { createStore, type Store } from '../../src/services/storage/store.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';
import { createSilentLog } from '../support/silent-log.ts';

const jobSchema = z.object({ prompt: z.string(), count: z.int() });
const cat = { prompt: 'a cat', count: 3 };

let server: RedisServer;
let client: RedisClient;
let lines: unknown[];
let store: Store;
const log = {
  error: (...line: unknown[]) => lines.push(line),
  warn: (...line: unknown[]) => lines.push(line),
};

async function connect(): Promise<RedisClient> {
  const connected = createRedisClient({ url: server.url, log: createSilentLog() });
  await connected.connect();
  return connected;
}

function open(fence?: Fence): Store {
  const condition = fence === undefined ? {} : { fence };
  return createStore({ adapterFor: (namespace) => createRedisAdapter({ client, namespace, ...condition }), log });
}

beforeAll(async () => {
  server = await createRedisServer();
  client = await connect();
});
afterAll(async () => {
  client.destroy();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  lines = [];
  await client.flushDb();
  store = open();
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
});

async function list<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

describe('a collection', () => {
  it('gives back what was set, typed by its schema, until it is deleted', async () => {
    const jobs = store.collection('job', jobSchema);
    expect(await jobs.get('1')).toBeUndefined();
    await jobs.set('1', cat);
    expect(await jobs.get('1')).toEqual(cat);
    expect(await jobs.delete('1')).toBe(true);
    expect(await jobs.delete('1')).toBe(false);
    expect(await jobs.get('1')).toBeUndefined();
  });

  it('keeps texts and ids as they are, also those that keyv or Redis gives a meaning to', async () => {
    const texts = store.collection('text', z.object({ text: z.string() }));
    const ids = ['text:1', '1', ':1', 'set-aside:text', 'ünï🎨', 'text::1', '*'];
    const odd = [':base64:aGk=', ':', '"\\\u0000', '', '{"value":1}', '[', '?'];
    for (const [index, id] of ids.entries()) await texts.set(id, { text: odd[index] ?? '' });
    expect(new Map(await list(texts.entries()))).toEqual(new Map(ids.map((id, index) => [id, { text: odd[index] }])));
  });

  it('lets the last of several writes stand, in the order they were made', async () => {
    const jobs = store.collection('job', jobSchema);
    await Promise.all([1, 2, 3, 4, 5].map((count) => jobs.set('1', { ...cat, count })));
    expect(await jobs.get('1')).toEqual({ ...cat, count: 5 });
  });

  it('forgets a record after its time to live; one of zero or less is over at once', async () => {
    const jobs = store.collection('job', jobSchema);
    await jobs.set('short', cat, { ttl: 60_000.5 });
    await jobs.set('over', cat, { ttl: 0 });
    await jobs.set('lasting', cat);
    expect(await client.pTTL('job::short')).toBeGreaterThan(50_000);
    expect(await client.pTTL('job::lasting')).toBe(-1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 });
    expect(await jobs.get('over')).toBeUndefined();
    expect(await jobs.get('short')).toEqual(cat);
    vi.setSystemTime(Date.now() + 61_000);
    expect(await jobs.get('short')).toBeUndefined();
    expect(await list(jobs.entries())).toEqual([['lasting', cat]]);
  });

  it('lists its own records once each, however many others there are', async () => {
    const others = store.collection('jobs', jobSchema);
    await Promise.all(Array.from({ length: 5000 }, (_, index) => others.set(`${index}`, cat)));
    const jobs = store.collection('job', jobSchema);
    await Promise.all(Array.from({ length: 1500 }, (_, index) => jobs.set(`${index}`, cat)));
    const ids = (await list(jobs.entries())).map(([id]) => id);
    expect(ids).toHaveLength(1500);
    expect(new Set(ids).size).toBe(1500);
  });
});

describe('a record that cannot be parsed', () => {
  it.each([
    ['of another shape', JSON.stringify({ value: { prompt: 'secret words', count: 'three' } })],
    ['that is not JSON', '{"value":{"prompt":"secret wo'],
  ])('%s is set aside, logged once by its id alone, and missing', async (_, text) => {
    const jobs = store.collection('job', jobSchema);
    await jobs.set('good', cat);
    await client.set('job::bad', text);
    expect(await Promise.all([jobs.get('bad'), jobs.get('bad')])).toEqual([undefined, undefined]);
    expect(await list(jobs.entries())).toEqual([['good', cat]]);
    expect(lines).toEqual([[{ namespace: 'job', id: 'bad' }, expect.any(String)]]);
    expect(await client.get('set-aside:job::bad')).toContain('secret wo');
    expect(await client.exists('job::bad')).toBe(0);
  });
});

describe("a record that only the job's holder may write", () => {
  async function claimed() {
    const claims = createClaims({ client, log: createSilentLog() });
    const lock = { key: 'lock', token: 'mine' };
    await client.set(lock.key, lock.token);
    return { claims, lock };
  }

  it('is written by the process that acts on the job, until another takes the job over', async () => {
    const { claims, lock } = await claimed();
    expect(await claims.take('1', lock)).toBe('taken');
    const fenced = open(claims.fence);
    const jobs = fenced.collection('jobs', jobSchema);
    await claims.act('1', async () => {
      await jobs.set('1', cat);
      await client.set('seedream:claim:1', randomUUID());
      await expect(jobs.set('1', { ...cat, count: 4 })).rejects.toMatchObject({ name: 'LostClaimError' });
      await expect(jobs.delete('1')).rejects.toMatchObject({ name: 'LostClaimError' });
      await jobs.set('2', cat);
    });
    expect(await jobs.get('1')).toEqual(cat);
    await jobs.set('1', { ...cat, count: 5 });
    expect(await jobs.get('1'), 'a write outside of a step stands under no condition').toEqual({ ...cat, count: 5 });
    await Promise.all([fenced.close(), claims.close()]);
  });

  it('cannot be claimed without the lock, nor while a process that is alive holds it', async () => {
    const [one, other] = [await claimed(), await claimed()];
    expect(await one.claims.take('1', { ...one.lock, token: 'lost meanwhile' })).toBe('lost');
    expect(await one.claims.take('1', one.lock)).toBe('taken');
    expect(await one.claims.take('1', one.lock), 'two steps of one process').toBe('held');
    expect(await other.claims.take('1', other.lock)).toBe('held');
    await one.claims.release('1');
    expect(await other.claims.take('1', other.lock)).toBe('taken');
    await other.claims.close();
    expect(await one.claims.take('1', one.lock), 'its holder is dead').toBe('taken');
    await one.claims.close();
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
