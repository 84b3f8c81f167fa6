/** A connection that is of no use any more without being closed: its host is silent, or takes no writes. */
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/services/clock.ts';
import type { Log } from '../../src/services/log.ts';
import { openRedisStorage } from '../../src/services/storage/redis/open.ts';
import type { OpenedWing } from '../../src/services/storage/storage.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { freePort } from '../support/free-port.ts';
import { createRedisProxy, type RedisProxy } from './proxy.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

let server: RedisServer;
let proxy: RedisProxy;
let storage: OpenedWing;
/** What is logged of Redis being away and back. */
let lines: string[];
/** Jobs that were looked at. */
let looked: string[];

beforeEach(async () => {
  server = await createRedisServer();
  proxy = await createRedisProxy(server.port);
  lines = [];
  looked = [];
  const note = (_: unknown, message?: string) => void lines.push(message ?? String(_));
  const log: Log = Object.assign(createSilentLog(), { info: note, warn: note });
  storage = await openRedisStorage({ url: proxy.url, retention: 60_000, clock: systemClock, log });
  await storage.scheduler.start((jobId) => {
    looked.push(jobId);
    return Promise.resolve(undefined);
  });
});
afterEach(async () => {
  await storage.scheduler.stop(2000);
  await storage.close();
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const ping = () =>
  storage.store.ping().then(
    () => 'back',
    () => 'away',
  );
const about = () => lines.filter((line) => /^Redis is (away|back)/.test(line));

/** Until both connections serve again: a job that is asked for is looked at. */
async function served(jobId: string, timeout: number): Promise<void> {
  const schedule = () =>
    storage.scheduler.schedule(jobId, 0).then(
      () => looked.includes(jobId),
      () => false,
    );
  await expect.poll(schedule, { timeout, interval: 500 }).toBe(true);
}

test('connections that died without a word are made anew within seconds, and that is logged once', async () => {
  await served('before', 10_000);
  proxy.swallow();
  expect(await ping()).toBe('away');
  // Those that are open now stay dead; new ones come through.
  proxy.heal();
  const since = performance.now();
  await expect.poll(ping, { timeout: 12_000, interval: 200 }).toBe('back');
  await served('after', 20_000);
  expect(performance.now() - since).toBeLessThan(25_000);
  expect(about()).toEqual(['Redis is away', 'Redis is back']);
});

test('a way that stays dead for a while is tried again until it is there, and that is logged once', async () => {
  proxy.swallow();
  await expect.poll(about, { timeout: 15_000 }).toEqual(['Redis is away']);
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  proxy.heal();
  await served('after', 40_000);
  expect(about()).toEqual(['Redis is away', 'Redis is back']);
});

test('a server that takes no writes is not ready, and is left until it takes them again', async () => {
  const cli = (...words: string[]) => execFileSync('redis-cli', ['-p', String(server.port), ...words]);
  cli('replicaof', '127.0.0.1', String(await freePort()));
  expect(await ping()).toBe('away');
  await expect(storage.scheduler.schedule('meanwhile', 0)).rejects.toThrow(/replica|did not do it/);
  await expect.poll(about, { timeout: 10_000 }).toEqual(['Redis is away']);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  expect(about(), 'that it can be reached says nothing').toEqual(['Redis is away']);
  cli('replicaof', 'no', 'one');
  await expect.poll(ping, { timeout: 10_000, interval: 200 }).toBe('back');
  await served('after', 20_000);
  expect(about()).toEqual(['Redis is away', 'Redis is back']);
});
