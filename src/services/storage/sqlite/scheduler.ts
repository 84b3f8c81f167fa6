/** Who calls a job's step when, in this process: one timer a job, one step of a job at a time. */
import type { Log } from '../../log.ts';

/** After a step that threw: it should not have, so it is not hurried (milliseconds). */
const AFTER_DEFECT = 10_000;

/** Looks at a job once; gives the milliseconds until the next look, or `undefined` when there is none. */
export type Step = (jobId: string) => Promise<number | undefined>;

export interface Scheduler {
  /** Has `step` called for a job after `delay` milliseconds, or sooner if that was asked before. */
  schedule(jobId: string, delay: number): Promise<void>;
  /** Begins calling `step`. */
  start(step: Step): Promise<void>;
  /** Starts no more steps; resolves when those under way have ended, or after `patience` milliseconds. */
  stop(patience: number): Promise<void>;
  /** Jobs that wait for a look or are being looked at by this process. */
  size(): number;
}

interface Entry {
  timer: NodeJS.Timeout | undefined;
  dueAt: number;
  running: Promise<void> | undefined;
}

export function createScheduler({ log }: { log: Log }): Scheduler {
  const entries = new Map<string, Entry>();
  let step: Step | undefined;
  let stopped = false;

  function arm(jobId: string, entry: Entry, dueAt: number): void {
    if (stopped || dueAt >= entry.dueAt) return;
    entry.dueAt = dueAt;
    if (entry.running !== undefined || step === undefined) return;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(
      () => {
        run(jobId, entry);
      },
      Math.max(0, dueAt - performance.now()),
    );
  }

  function run(jobId: string, entry: Entry): void {
    if (stopped || step === undefined) return;
    entry.dueAt = Number.POSITIVE_INFINITY;
    entry.timer = undefined;
    entry.running = step(jobId)
      .catch((error: unknown) => {
        log.error({ job: jobId, err: error }, 'a step failed unexpectedly');
        return AFTER_DEFECT;
      })
      .then((delay) => {
        entry.running = undefined;
        const askedMeanwhile = entry.dueAt;
        entry.dueAt = Number.POSITIVE_INFINITY;
        const next = Math.min(
          askedMeanwhile,
          delay === undefined ? Number.POSITIVE_INFINITY : performance.now() + delay,
        );
        if (next === Number.POSITIVE_INFINITY) entries.delete(jobId);
        else arm(jobId, entry, next);
      });
  }

  return {
    schedule(jobId, delay) {
      const entry = entries.get(jobId) ?? { timer: undefined, dueAt: Number.POSITIVE_INFINITY, running: undefined };
      entries.set(jobId, entry);
      arm(jobId, entry, performance.now() + delay);
      return Promise.resolve();
    },

    start(called) {
      step = called;
      for (const [jobId, entry] of entries) {
        const { dueAt } = entry;
        entry.dueAt = Number.POSITIVE_INFINITY;
        arm(jobId, entry, dueAt);
      }
      return Promise.resolve();
    },

    async stop(patience) {
      stopped = true;
      const running: Promise<void>[] = [];
      for (const entry of entries.values()) {
        clearTimeout(entry.timer);
        if (entry.running !== undefined) running.push(entry.running);
      }
      const { promise: waited, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(resolve, patience, undefined);
      await Promise.race([Promise.allSettled(running), waited]);
      clearTimeout(timer);
    },

    size: () => entries.size,
  };
}
