/** What every scheduler does, whatever it stands on, in real time: run by each scheduler's own test. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scheduler } from '../../../src/services/storage/storage.ts';

interface SchedulerUnderTest {
  scheduler: Scheduler;
  /** Has so much of its time (milliseconds) pass at once; without it that must be waited for. */
  pass?: (ms: number) => void;
  dispose(): Promise<void>;
}

/** Gives a scheduler without jobs. */
export type MakeScheduler = () => Promise<SchedulerUnderTest>;

/** How long a test looks on where nothing is to happen (milliseconds). */
const QUIET = 400;

/** Where that time is made to pass: by how much at a time, as one thing leads to another meanwhile. */
const MOMENT = 10;

/** How long it waits for what is to happen (milliseconds): a busy machine takes its time. */
const PATIENCE = { timeout: 10_000, interval: 5 };

/** Steps that are noted and, each, ended by the test. */
function heldSteps() {
  const called: string[] = [];
  const open: ((delay: number | undefined) => void)[] = [];
  const step = (jobId: string) => {
    called.push(jobId);
    return new Promise<number | undefined>((resolve) => open.push(resolve));
  };
  return {
    called,
    step,
    end: (delay?: number) => open.shift()?.(delay),
    endAll() {
      for (const end of open.splice(0)) end(undefined);
    },
  };
}

export function describeScheduler(name: string, make: MakeScheduler): void {
  describe(name, () => {
    let under: SchedulerUnderTest;
    let scheduler: Scheduler;
    let held: ReturnType<typeof heldSteps>;
    beforeEach(async () => {
      under = await make();
      scheduler = under.scheduler;
      held = heldSteps();
    });
    afterEach(async () => {
      held.endAll();
      await scheduler.stop(1000);
      await under.dispose();
    });

    async function quiet(): Promise<void> {
      if (under.pass === undefined) return wait(QUIET);
      for (let passed = 0; passed < QUIET; passed += MOMENT) {
        under.pass(MOMENT);
        await wait(1);
      }
    }
    const calls = (of: unknown[]) => expect.poll(() => of.length, PATIENCE);

    it('calls a step after its delay, and again as it asks, until it asks no more', async () => {
      const called: number[] = [];
      const delays = [100, 300, undefined];
      await scheduler.start(() => {
        called.push(performance.now());
        return Promise.resolve(delays.shift());
      });
      const start = performance.now();
      await scheduler.schedule('job', 200);
      await calls(called).toBe(3);
      await quiet();
      const [first = 0, second = 0, third = 0, ...more] = called;
      expect(more).toEqual([]);
      // Timers end up to a millisecond early.
      expect(first - start).toBeGreaterThan(198);
      expect(second - first).toBeGreaterThan(98);
      expect(third - second).toBeGreaterThan(298);
      expect(scheduler.size()).toBe(0);
    });

    it('keeps what is scheduled before the start until then', async () => {
      await scheduler.schedule('early', 0);
      await quiet();
      expect(held.called).toEqual([]);
      await scheduler.start(held.step);
      await calls(held.called).toBe(1);
      expect(held.called).toEqual(['early']);
    });

    it('calls a job at once that was wanted now before the start, though it waited for later', async () => {
      await scheduler.schedule('begun', 60_000);
      await scheduler.schedule('begun', 0);
      await scheduler.start(held.step);
      await calls(held.called).toBe(1);
      expect(held.called).toEqual(['begun']);
    });

    it('calls a job that a process has left', async () => {
      await scheduler.resume('left');
      await scheduler.start(held.step);
      await calls(held.called).toBe(1);
      expect(held.called).toEqual(['left']);
    });

    it('calls a waiting job at once when that is asked; asked for later, it keeps its time', async () => {
      await scheduler.start(held.step);
      await scheduler.schedule('hurried', 60_000);
      await scheduler.schedule('kept', 200);
      await scheduler.schedule('kept', 60_000);
      await calls(held.called).toBe(1);
      await scheduler.schedule('hurried', 0);
      await calls(held.called).toBe(2);
      expect(held.called).toEqual(['kept', 'hurried']);
    });

    it('never lets steps of one job overlap; asked for meanwhile, the next follows at once', async () => {
      await scheduler.start(held.step);
      await scheduler.schedule('job', 0);
      await calls(held.called).toBe(1);
      expect(scheduler.size()).toBe(1);
      for (let press = 0; press < 100; press += 1) await scheduler.schedule('job', 0);
      await quiet();
      expect(held.called).toEqual(['job']);
      held.end(30_000);
      await calls(held.called).toBe(2);
      held.end();
      await quiet();
      expect(held.called, 'a hundred wishes are one step').toEqual(['job', 'job']);
      expect(scheduler.size()).toBe(0);
    });

    it('follows a wish also where the step that is under way asks for no other', async () => {
      await scheduler.start(held.step);
      await scheduler.schedule('job', 0);
      await calls(held.called).toBe(1);
      await scheduler.schedule('job', 0);
      held.end();
      await calls(held.called).toBe(2);
    });

    it('does not let jobs wait for each other', async () => {
      await scheduler.start(held.step);
      const ids = Array.from({ length: 50 }, (_, index) => `job ${index}`);
      await Promise.all(ids.map((id) => scheduler.schedule(id, 0)));
      await calls(held.called).toBe(50);
      expect(held.called.toSorted()).toEqual(ids.toSorted());
      expect(scheduler.size()).toBe(50);
    });

    it('loses neither a job whose step throws nor the others', async () => {
      const called: string[] = [];
      await scheduler.start((jobId) => {
        called.push(jobId);
        const defective = jobId === 'defective' && called.filter((id) => id === jobId).length === 1;
        return defective ? Promise.reject(new Error('a defect')) : Promise.resolve(undefined);
      });
      // A wish that comes while a step is under way, or has just ended, may be worth a step more than it asked for.
      await scheduler.schedule('defective', 0);
      await calls(called).toBeGreaterThanOrEqual(1);
      await quiet();
      const before = called.length;
      await scheduler.schedule('defective', 0);
      await calls(called).toBeGreaterThan(before);
      await quiet();
      await scheduler.schedule('other', 0);
      await expect.poll(() => called.at(-1), PATIENCE).toBe('other');
      expect(called.indexOf('other')).toBe(called.length - 1);
    });

    it('calls no step for a job that is held, until it is let go', async () => {
      await scheduler.start(held.step);
      const claim = await scheduler.hold('a');
      await scheduler.schedule('a', 10);
      await scheduler.schedule('b', 10);
      await calls(held.called).toBe(1);
      await quiet();
      expect(held.called).toEqual(['b']);
      await scheduler.letGo('a', claim);
      await calls(held.called).toBe(2);
      expect(held.called).toEqual(['b', 'a']);
    });

    it('waits for the steps under way when it stops, and starts no others', async () => {
      await scheduler.start(held.step);
      await scheduler.schedule('under way', 0);
      await scheduler.schedule('later', 200);
      await calls(held.called).toBe(1);
      let stopped = false;
      const stopping = scheduler.stop(30_000).then(() => (stopped = true));
      await quiet();
      expect(stopped).toBe(false);
      held.end(0);
      await stopping;
      await scheduler.schedule('too late', 0);
      await quiet();
      expect(held.called).toEqual(['under way']);
    });

    it('does not wait for ever when it stops', async () => {
      await scheduler.start(held.step);
      await scheduler.schedule('stuck', 0);
      await calls(held.called).toBe(1);
      const start = performance.now();
      await scheduler.stop(300);
      expect(performance.now() - start).toBeGreaterThan(298);
      expect(performance.now() - start).toBeLessThan(5000);
    });
  });
}
