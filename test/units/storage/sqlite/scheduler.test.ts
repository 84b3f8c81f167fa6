/** Who calls a job's step: in time, one at a time, and never after a stop. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../../../src/services/log.ts';
import { createScheduler, type Scheduler } from '../../../../src/services/storage/sqlite/scheduler.ts';

let scheduler: Scheduler;

beforeEach(() => {
  vi.useFakeTimers();
  scheduler = createScheduler({ log: createLog({ level: 'silent', secrets: [] }) });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Steps that are noted and, each, ended by the test. */
function heldSteps() {
  const called: string[] = [];
  const open: ((delay: number | undefined) => void)[] = [];
  const step = (jobId: string) => {
    called.push(jobId);
    return new Promise<number | undefined>((resolve) => open.push(resolve));
  };
  return { called, step, end: (delay?: number) => open.shift()?.(delay) };
}

test('a step is called after its delay, and again as it asks, until it asks no more', async () => {
  const called: number[] = [];
  const start = performance.now();
  const delays = [500, 2000, undefined];
  await scheduler.start(() => {
    called.push(performance.now() - start);
    return Promise.resolve(delays.shift());
  });
  await scheduler.schedule('job', 1000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(called).toEqual([1000, 1500, 3500]);
  expect(scheduler.size()).toBe(0);
});

test('what is scheduled before the start waits for it', async () => {
  const { called, step } = heldSteps();
  await scheduler.schedule('early', 0);
  await vi.advanceTimersByTimeAsync(5000);
  expect(called).toEqual([]);
  await scheduler.start(step);
  await vi.advanceTimersByTimeAsync(0);
  expect(called).toEqual(['early']);
});

test('asked for sooner it comes sooner, asked for later it stays', async () => {
  const { called, step } = heldSteps();
  await scheduler.start(step);
  await scheduler.schedule('job', 10_000);
  await scheduler.schedule('job', 20_000);
  await scheduler.schedule('job', 1000);
  await vi.advanceTimersByTimeAsync(999);
  expect(called).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(called).toEqual(['job']);
});

test('steps of one job never overlap; asked for meanwhile, the next follows at once', async () => {
  const { called, step, end } = heldSteps();
  await scheduler.start(step);
  await scheduler.schedule('job', 0);
  await vi.advanceTimersByTimeAsync(0);
  for (let press = 0; press < 100; press += 1) await scheduler.schedule('job', 0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(called).toEqual(['job']);
  end(30_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(called, 'a hundred wishes are one step').toEqual(['job', 'job']);
  end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(called).toEqual(['job', 'job']);
  expect(scheduler.size()).toBe(0);
});

test('jobs do not wait for each other', async () => {
  const { called, step } = heldSteps();
  await scheduler.start(step);
  await scheduler.schedule('one', 0);
  await scheduler.schedule('other', 0);
  await vi.advanceTimersByTimeAsync(0);
  expect(called).toEqual(['one', 'other']);
});

test('a step that throws ends neither its job nor the others', async () => {
  let tries = 0;
  await scheduler.start(() => {
    tries += 1;
    return tries === 1 ? Promise.reject(new Error('a defect')) : Promise.resolve(undefined);
  });
  await scheduler.schedule('job', 0);
  await vi.advanceTimersByTimeAsync(9999);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(tries).toBe(2);
});

test('a stop waits for the steps under way and starts no others', async () => {
  const { called, step, end } = heldSteps();
  await scheduler.start(step);
  await scheduler.schedule('under way', 0);
  await scheduler.schedule('later', 1000);
  await vi.advanceTimersByTimeAsync(0);
  let stopped = false;
  const stopping = scheduler.stop(5000).then(() => (stopped = true));
  await vi.advanceTimersByTimeAsync(2000);
  expect(stopped).toBe(false);
  end(0);
  await stopping;
  await scheduler.schedule('too late', 0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(called).toEqual(['under way']);
});

test('a stop does not wait for ever', async () => {
  const { step } = heldSteps();
  await scheduler.start(step);
  await scheduler.schedule('stuck', 0);
  await vi.advanceTimersByTimeAsync(0);
  let stopped = false;
  void scheduler.stop(5000).then(() => (stopped = true));
  await vi.advanceTimersByTimeAsync(4999);
  expect(stopped).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(stopped).toBe(true);
});
