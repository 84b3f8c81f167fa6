/**
 * The scheduler of one of several processes: what `src/services/storage/redis/scheduler.ts` does over BullMQ, over the queue in
 * memory. Each process waits until something is due by its clock; whoever comes first takes it.
 */
import type { Clock } from '../../../../src/services/clock.ts';
import { withDeadline } from '../../../../src/services/deadline.ts';
import type { Log } from '../../../../src/services/log.ts';
import { LostClaimError, StoreError, type Scheduler, type Step } from '../../../../src/services/storage/storage.ts';
import type { Connection } from '../connection.ts';
import type { Claims } from './claims.ts';
import type { Queue } from './queue.ts';
import type { Worker } from './worker.ts';

/** Until the next look after a step that threw, and until a job that another process acts on is tried again (milliseconds). */
const AFTER_DEFECT = 10_000;
const HELD_AGAIN = 1000;

/** @param connection - whose calls are given up when they take too long. */
export function createScheduler({
  queue,
  claims,
  connection,
  openWorker,
  clock,
  log,
}: {
  queue: Queue;
  claims: Claims;
  connection: Connection;
  /** Has jobs taken and looked at from now on. */
  openWorker: (look: (jobId: string, token: string) => Promise<void>) => Worker;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Pick<Log, 'error' | 'info' | 'warn'>;
}): Scheduler {
  let worker: Worker | undefined;
  let looking = 0;

  const wasNudged = (jobId: string): Promise<boolean> =>
    connection.write('read nudge', jobId, () => queue.wasNudged(jobId)).catch(() => false);

  const add = (jobId: string, delay: number): Promise<void> => {
    const due = clock.now() + delay;
    return connection.write('schedule', jobId, () => {
      queue.add(jobId, due);
    });
  };

  function hurry(jobId: string) {
    const now = clock.now();
    return connection.write('hurry', jobId, () => queue.hurry(jobId, now));
  }

  async function act(step: Step, jobId: string, token: string): Promise<number | undefined | 'lost'> {
    const claim = await claims.take(jobId, token);
    if (claim === 'held') return HELD_AGAIN;
    if (claim === 'lost') return 'lost';
    try {
      return await step(jobId, claim);
    } finally {
      await claims.release(claim);
    }
  }

  async function look(step: Step, by: Worker, jobId: string, token: string): Promise<void> {
    looking += 1;
    try {
      let delay = await act(step, jobId, token).catch((error: unknown) => {
        if (error instanceof LostClaimError) return 'lost';
        if (error instanceof StoreError) return HELD_AGAIN;
        log.error({ job: jobId, err: error }, 'a step failed unexpectedly');
        return AFTER_DEFECT;
      });
      if (delay === 'lost') {
        log.warn({ job: jobId }, 'another process has taken a job over from this one');
        return;
      }
      if (delay === undefined && !(await wasNudged(jobId))) {
        await by.end(jobId, token);
        return;
      }
      delay ??= 0;
      await by.wait(jobId, delay, token);
      if (delay > 0 && (await wasNudged(jobId))) await hurry(jobId);
    } catch (error) {
      log.info({ job: jobId, err: error }, 'a job could not be put back to wait; it is taken up again');
    } finally {
      looking -= 1;
    }
  }

  return {
    async schedule(jobId, delay) {
      await add(jobId, delay);
      if (delay > 0) return;
      if ((await hurry(jobId)) !== 'not_waiting') return;
      // A look is under way, which reads this at its end, or has just ended.
      await connection.write('nudge', jobId, () => {
        queue.nudge(jobId);
      });
      if ((await hurry(jobId)) === 'gone') await add(jobId, delay);
    },
    resume: (jobId) => add(jobId, 0),
    hold: (jobId) => claims.hold(jobId),
    letGo: async (_jobId, claim) => (claim === undefined ? undefined : claims.release(claim)),
    start(step) {
      const opened = openWorker((jobId, token) => look(step, opened, jobId, token));
      worker = opened;
      return Promise.resolve();
    },
    async stop(patience) {
      await withDeadline(clock, patience, async () => worker?.close()).catch(() => undefined);
    },
    size: () => looking,
  };
}
