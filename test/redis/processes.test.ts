/** Processes on one Redis know how many they are, and hear what one of them was told. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { systemClock as clock } from '../../src/services/clock.ts';
import { createProcesses } from '../../src/services/storage/redis/processes.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { connectTo } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

const PATIENCE = { timeout: 20_000 };

let server: RedisServer;
beforeAll(async () => {
  server = await createRedisServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** One that reports over a connection of its own, until it is ended or dies. */
async function join() {
  const redis = await connectTo(server.url);
  const processes = createProcesses({ redis, clock, log: createSilentLog() });
  onTestFinished(async () => {
    await processes.close();
    redis.close();
  });
  const die = () => {
    redis.close();
  };
  return { processes, die };
}

test('each counts the others; a new one waits until all count it; one that ends or dies counts no more', async () => {
  const first = await join();
  await expect.poll(() => first.processes.count(), PATIENCE).toBe(1);
  const second = await join();
  await expect.poll(() => first.processes.count(), PATIENCE).toBe(2);
  expect(second.processes.count(), 'while the first may not know of it').toBe(Infinity);
  await expect.poll(() => second.processes.count(), PATIENCE).toBe(2);
  const third = await join();
  await expect.poll(() => first.processes.count(), PATIENCE).toBe(3);
  await second.processes.close();
  await expect.poll(() => first.processes.count(), { timeout: 3000 }).toBe(2);
  third.die();
  await expect.poll(() => first.processes.count(), PATIENCE).toBe(1);
});

test('while Redis is away the number is what it was', async () => {
  const [one, other] = [await join(), await join()];
  await expect.poll(() => [one, other].map(({ processes }) => processes.count()), PATIENCE).toEqual([2, 2]);
  await server.stop();
  await clock.sleep(3000);
  expect([one, other].map(({ processes }) => processes.count())).toEqual([2, 2]);
  await server.start();
  await clock.sleep(3000);
  expect([one, other].map(({ processes }) => processes.count())).toEqual([2, 2]);
});

test('all hear of a pause that one was told of, and how much of it is left', async () => {
  const [one, other] = [await join(), await join()];
  const heard: number[] = [];
  other.processes.onPause((ms) => heard.push(ms));
  one.processes.pause(2500);
  await expect.poll(() => heard.length, { timeout: 2000 }).toBeGreaterThan(0);
  expect(heard[0]).toBeLessThanOrEqual(2500);
  expect(heard[0]).toBeGreaterThan(1000);
  await clock.sleep(4000);
  expect(heard.length).toBeLessThanOrEqual(3);
});
