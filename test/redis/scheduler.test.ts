/** The scheduler over Redis does what every scheduler does. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../src/services/clock.ts';
import { createClaims } from '../../src/services/storage/redis/claims.ts';
import { createRedisScheduler } from '../../src/services/storage/redis/scheduler.ts';
import type { Claim } from '../../src/services/storage/storage.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { describeScheduler } from '../support/storage-suites/scheduler.ts';
import { connectTo, withRedis } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

const log = createSilentLog();

let server: RedisServer;
beforeAll(async () => {
  server = await createRedisServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function open() {
  const [redis, waiting] = await Promise.all([connectTo(server.url), connectTo(server.url, { patient: true })]);
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
