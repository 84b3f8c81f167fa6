/** The scheduler of one process: one timer a job, one step of a job at a time. */
import type { Clock, Timer } from '../../clock.ts';
import { withDeadline } from '../../deadline.ts';
import type { Log } from '../../log.ts';
import type { Scheduler, Step } from '../storage.ts';

/** Until the next look after a step that threw, which is a defect: there is no hurry (milliseconds). */
const AFTER_DEFECT = 10_000;

interface Entry {
  timer: Timer | undefined;
  dueAt: number;
  running: Promise<void> | undefined;
}

export function createSqliteScheduler({
  clock,
  log,
}: {
  clock: Pick<Clock, 'monotonic' | 'setTimeout'>;
  log: Pick<Log, 'error'>;
}): Scheduler {
  const entries = new Map<string, Entry>();
  /** Jobs that are being started: no step begins until they are let go. */
  const held = new Set<string>();
  let step: Step | undefined;
  let stopped = false;

  function arm(jobId: string, entry: Entry, dueAt: number): void {
    if (stopped || dueAt >= entry.dueAt) return;
    entry.dueAt = dueAt;
    if (entry.running !== undefined || step === undefined || held.has(jobId)) return;
    entry.timer?.cancel();
    entry.timer = clock.setTimeout(
      () => {
        run(jobId, entry);
      },
      Math.max(0, dueAt - clock.monotonic()),
    );
  }

  /** Arms a job that was not armed when it was scheduled. */
  function rearm(jobId: string, entry: Entry): void {
    const { dueAt } = entry;
    entry.dueAt = Number.POSITIVE_INFINITY;
    arm(jobId, entry, dueAt);
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
          delay === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() + delay,
        );
        if (next === Number.POSITIVE_INFINITY) entries.delete(jobId);
        else arm(jobId, entry, next);
      });
  }

  function schedule(jobId: string, delay: number): Promise<void> {
    const entry = entries.get(jobId) ?? { timer: undefined, dueAt: Number.POSITIVE_INFINITY, running: undefined };
    entries.set(jobId, entry);
    arm(jobId, entry, clock.monotonic() + delay);
    return Promise.resolve();
  }

  return {
    schedule,

    resume: (jobId) => schedule(jobId, 0),

    hold(jobId) {
      held.add(jobId);
      return Promise.resolve(undefined);
    },

    letGo(jobId) {
      held.delete(jobId);
      const entry = entries.get(jobId);
      if (entry !== undefined) rearm(jobId, entry);
      return Promise.resolve();
    },

    start(called) {
      step = called;
      for (const [jobId, entry] of entries) rearm(jobId, entry);
      return Promise.resolve();
    },

    async stop(patience) {
      stopped = true;
      const running: Promise<void>[] = [];
      for (const entry of entries.values()) {
        entry.timer?.cancel();
        if (entry.running !== undefined) running.push(entry.running);
      }
      await withDeadline(clock, patience, () => Promise.allSettled(running)).catch(() => undefined);
    },

    size: () => entries.size,
  };
}
