/** The scheduler over Redis does what every scheduler does. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../src/services/clock.ts';
import { createClaims } from '../../src/services/storage/redis/claims.ts';
import { createRedisScheduler } from '../../src/services/storage/redis/scheduler.ts';
import { StoreError, type Claim } from '../../src/services/storage/storage.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { PATIENCE } from '../support/waiting.ts';
import { describeScheduler } from '../support/storage-suites/scheduler.ts';
import { connectTo, withRedis } from './connect.ts';
import { createRedisProxy } from './proxy.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

const log = createSilentLog();

let server: RedisServer;
beforeAll(async () => {
  server = await createRedisServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function open(url = server.url) {
  const [redis, waiting] = await Promise.all([connectTo(url), connectTo(url, { patient: true })]);
  const claims = createClaims({ redis, clock, log });
  return {
    scheduler: createRedisScheduler({ redis, waiting, claims, clock, log }),
    async dispose() {
      await claims.close();
      redis.close();
      waiting.close();
    },
  };
}

/** Whether a call was answered, or failed. */
const answers = [() => true, () => false] as const;

/** A scheduler over an empty Redis, a step that calls on nobody, and the jobs that it was called for. It stops with its test. */
async function openNoted(url?: string) {
  await withRedis(server.url, ({ client }) => client.flushDb());
  const opened = await open(url);
  const { scheduler } = opened;
  const called: string[] = [];
  return {
    ...{ scheduler, called },
    step: (jobId: string) => (called.push(jobId), Promise.resolve(undefined)),
    async [Symbol.asyncDispose]() {
      await scheduler.stop(1000);
      await opened.dispose();
    },
  };
}

describeScheduler('the scheduler over Redis', async () => {
  await withRedis(server.url, ({ client }) => client.flushDb());
  return open();
});

it('hands each step the claim of its job, and lets one process at a time take a step', async () => {
  await withRedis(server.url, ({ client }) => client.flushDb());
  const processes = await Promise.all([open(), open()]);
  const claims: (Claim | undefined)[] = [];
  let acting = 0;
  for (const { scheduler } of processes) {
    await scheduler.start(async (jobId, claim) => {
      acting += 1;
      expect(acting).toBe(1);
      expect(await withRedis(server.url, ({ client }) => client.get(`seedream:claim:${jobId}`))).toBe(claim?.holder);
      claims.push(claim);
      acting -= 1;
      return claims.length < 10 ? 10 : undefined;
    });
  }
  for (const { scheduler } of processes) await scheduler.schedule('job', 0);
  await expect.poll(() => claims.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(10);
  expect(new Set(claims.map((claim) => claim?.jobId))).toEqual(new Set(['job']));
  for (const one of processes) {
    await one.scheduler.stop(1000);
    await one.dispose();
  }
});

it('leaves a job its time that a process has left and that waits: other processes step it', async () => {
  await using noted = await openNoted();
  const { scheduler, called, step } = noted;
  await scheduler.schedule('waits', 60_000);
  await scheduler.resume('waits');
  await scheduler.resume('left');
  await scheduler.start(step);
  await expect.poll(() => called, { timeout: PATIENCE }).toContain('left');
  expect(called).not.toContain('waits');
});

it('takes jobs on where the way to Redis was cut as the queue was opened', async () => {
  await using proxy = await createRedisProxy(server.port);
  await using noted = await openNoted(proxy.url);
  const { scheduler, called, step } = noted;
  proxy.cut();
  await expect(scheduler.schedule('unheard', 0)).rejects.toThrow(StoreError);
  proxy.heal();
  await scheduler.start(step);
  const isTaken = () => scheduler.schedule('heard', 0).then(...answers);
  await expect.poll(isTaken, { timeout: PATIENCE }).toBe(true);
  await expect.poll(() => called, { timeout: PATIENCE }).toContain('heard');
});

it('a start in whose midst the way to Redis is cut fails, and the next one goes on', async () => {
  await using proxy = await createRedisProxy(server.port);
  await using noted = await openNoted(proxy.url);
  const { scheduler, called, step } = noted;
  await scheduler.schedule('job', 0);
  // What a worker asks first of all.
  const asked = proxy.cutAfter('$4\r\nINFO\r\n');
  await expect(scheduler.start(step)).rejects.toThrow(StoreError);
  await asked;
  proxy.heal();
  await scheduler.start(step);
  await expect.poll(() => called, { timeout: PATIENCE }).toContain('job');
  // The worker that is closed hears of no error any more, whatever befalls the connection that it was opened over.
  proxy.cut();
  await expect(scheduler.schedule('unheard', 0)).rejects.toThrow(StoreError);
  proxy.heal();
  const isTaken = () => scheduler.schedule('heard', 0).then(...answers);
  await expect.poll(isTaken, { timeout: PATIENCE }).toBe(true);
  await expect.poll(() => called, { timeout: PATIENCE }).toContain('heard');
});

it('does not ask a Redis without a pause whose memory is full, and goes on when it is not any more', async () => {
  await using noted = await openNoted();
  const { scheduler } = noted;
  let steps = 0;
  await scheduler.start(() => Promise.resolve(((steps += 1), 100)));
  for (const id of ['one', 'two', 'three']) await scheduler.schedule(id, 0);
  await expect.poll(() => steps, { timeout: PATIENCE }).toBeGreaterThan(3);
  const refusals = await withRedis(server.url, async ({ client }) => {
    await client.configResetStat();
    await client.configSet('maxmemory', '1');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const found = /errorstat_OOM:count=(\d+)/.exec(await client.info('errorstats'));
    await client.configSet('maxmemory', '0');
    return Number(found?.[1] ?? 0);
  });
  expect(refusals).toBeGreaterThan(0);
  expect(refusals).toBeLessThan(100);
  const before = steps;
  await expect.poll(() => steps, { timeout: PATIENCE }).toBeGreaterThan(before + 6);
});
