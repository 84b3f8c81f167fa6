/** What one process finds out, the others know: a refused account, how long jobs take, what a member has been shown. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/services/clock.ts';
import type { AccountBreaker } from '../../src/services/lifecycle/account-breaker.ts';
import { createRedisAdapter } from '../../src/services/storage/redis/records.ts';
import { createPolling } from '../../src/services/polling/polling.ts';
import type { Redis, RedisClient } from '../../src/services/storage/redis/connection.ts';
import { createSharedAccountBreaker } from '../../src/services/lifecycle/account-breaker-shared.ts';
import { createStore } from '../../src/services/storage/store.ts';
import type { Store } from '../../src/services/storage/storage.ts';
import { NOON, sampleJob } from '../support/sample-job.ts';
import { connectTo } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';
import { createSilentLog } from '../support/silent-log.ts';

const log = createSilentLog();
const clock = { ...systemClock, at: NOON, now: () => clock.at, monotonic: () => clock.at };

let server: RedisServer;
let redis: Redis;
let client: RedisClient;

beforeAll(async () => {
  server = await createRedisServer();
  redis = await connectTo(server.url);
  ({ client } = redis);
});
afterAll(async () => {
  redis.close();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await client.flushDb();
});

const open = (): Store =>
  createStore({ adapterFor: (namespace) => createRedisAdapter({ redis, namespace }), clock: systemClock, log });

/** Why commands are refused, by what is known where one is begun. */
const fault = (breaker: AccountBreaker) =>
  expect.poll(
    async () => {
      clock.at += 5000;
      await breaker.refresh();
      return breaker.refusal()?.fault;
    },
    { timeout: 10_000 },
  );

test('an account that one process finds refused is paused in all, and one success opens it in all', async () => {
  const [one, other] = [0, 1].map(() => createSharedAccountBreaker({ clock, store: open(), log }));
  if (one === undefined || other === undefined) throw new Error('There are two');
  for (let failed = 0; failed < 3; failed += 1) one.failed('balance');
  await fault(other).toBe('balance');
  const late = createSharedAccountBreaker({ clock, store: open(), log });
  await fault(late).toBe('balance');
  other.answered();
  expect(other.refusal()).toBeUndefined();
  await fault(one).toBeUndefined();
  await fault(late).toBeUndefined();
});

test('what several processes learn of durations adds up', async () => {
  const processes = [0, 1].map(() => createPolling({ store: open(), clock, random: Math.random, log }));
  await Promise.all(processes.map((polling) => polling.load()));
  const job = sampleJob({ submittedAt: NOON, startedAt: NOON + 2000, finishedAt: NOON + 62_000 });
  const learnt = async () => /"jobs":(\[\[.*?\]\])/.exec((await client.get('estimates::durations')) ?? '')?.[1] ?? '[]';
  clock.at = NOON + 60_000;
  for (const [index, polling] of processes.entries()) {
    polling.looked(job);
    polling.finished(job);
    await expect.poll(async () => (JSON.parse(await learnt()) as unknown[]).length).toBe(index + 1);
  }
});
