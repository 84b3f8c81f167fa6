/** The scheduler of one process: what every scheduler does, and its times to the millisecond. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock, type Clock } from '../../../../src/services/clock.ts';
import { createSqliteScheduler } from '../../../../src/services/storage/sqlite/scheduler.ts';
import type { Scheduler } from '../../../../src/services/storage/storage.ts';
import { createPassingClock } from '../../../support/clock/passing-clock.ts';
import { createSilentLog } from '../../../support/silent-log.ts';
import { describeScheduler } from '../../../support/storage-suites/scheduler.ts';

const create = (clock: Clock = systemClock) => createSqliteScheduler({ clock, log: createSilentLog() });

describeScheduler('the scheduler of one process', () => {
  const clock = createPassingClock();
  const pass = (ms: number) => {
    clock.pass(ms);
  };
  return Promise.resolve({ scheduler: create(clock), pass, dispose: () => Promise.resolve() });
});

describe('the scheduler of one process, by its clock', () => {
  let scheduler: Scheduler;
  beforeEach(() => {
    vi.useFakeTimers();
    scheduler = create();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls a step after its delay, and again as it asks, until it asks no more', async () => {
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

  it('calls sooner what is asked for sooner; what is asked for later keeps its time', async () => {
    const called: string[] = [];
    await scheduler.start((jobId) => {
      called.push(jobId);
      return Promise.resolve(undefined);
    });
    await scheduler.schedule('job', 10_000);
    await scheduler.schedule('job', 20_000);
    await scheduler.schedule('job', 1000);
    await vi.advanceTimersByTimeAsync(999);
    expect(called).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(called).toEqual(['job']);
  });

  it('calls a step that threw again after ten seconds', async () => {
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

  it('calls nothing more for a minute once it has stopped or its job has ended', async () => {
    const called: string[] = [];
    await scheduler.start((jobId) => {
      called.push(jobId);
      return Promise.resolve(jobId === 'goes on' ? 1000 : undefined);
    });
    await scheduler.schedule('ended', 0);
    await scheduler.schedule('goes on', 0);
    await scheduler.schedule('later', 1000);
    await vi.advanceTimersByTimeAsync(0);
    await scheduler.stop(5000);
    await scheduler.schedule('too late', 0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(called).toEqual(['ended', 'goes on']);
  });

  it('stops without a step that does not end after the time it is given', async () => {
    await scheduler.start(() => new Promise(() => undefined));
    await scheduler.schedule('stuck', 0);
    await vi.advanceTimersByTimeAsync(0);
    let stopped = false;
    void scheduler.stop(5000).then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(4999);
    expect(stopped).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(stopped).toBe(true);
  });
});
