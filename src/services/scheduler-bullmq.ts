/**
 * Who calls a job's step when, over Redis: each job is one BullMQ job that is delayed until its next look. The lock that
 * BullMQ gives the process that takes it keeps two processes from acting on one job; when a process dies its locks run
 * out and another process takes the jobs over.
 */
import { DelayedError, Queue, Worker, type Job as QueuedJob } from 'bullmq';
import type { Log } from './log.ts';
import { callRedis, type RedisClient } from './redis.ts';
import type { Scheduler, Step } from './scheduler.ts';

const QUEUE = 'seedream-jobs';

/** Steps under way in one process. They wait for others' servers most of the time. */
const STEPS_AT_ONCE = 500;

/** A lock is renewed at half this time, and is free for others once it has run out (milliseconds). */
const LOCK = 10_000;

/** How often each process looks for jobs whose lock has run out (milliseconds). */
const STALLED_EVERY = 10_000;

/** After a step that threw: it should not have, so it is not hurried (milliseconds). */
const AFTER_DEFECT = 10_000;

/** How long a wish for an earlier look is remembered (seconds): longer than any step takes. */
const NUDGE_LIFE = 300;

interface Work {
  jobId: string;
}

/** BullMQ takes no id that is a number. */
const idOf = (jobId: string) => `job-${jobId}`;
const nudgeKey = (jobId: string) => `seedream:nudge:${jobId}`;

/** @param client - connected; its connections are duplicated for waiting. */
export function createBullScheduler({ client, log }: { client: RedisClient; log: Log }): Scheduler {
  const connection = client;
  const queue = new Queue<Work>(QUEUE, { connection });
  let worker: Worker<Work> | undefined;
  let under = 0;
  let away = false;

  const heard = (error: unknown) => {
    if (!away) log.warn({ err: error }, 'the queue over Redis met an error');
    away = true;
  };
  queue.on('error', heard);

  async function wasNudged(jobId: string): Promise<boolean> {
    return (await callRedis(() => client.getDel(nudgeKey(jobId)))) !== null;
  }

  async function look(step: Step, job: QueuedJob<Work>, token: string | undefined): Promise<void> {
    const { jobId } = job.data;
    under += 1;
    away = false;
    try {
      const delay = await step(jobId).catch((error: unknown) => {
        log.error({ job: jobId, err: error }, 'a step failed unexpectedly');
        return AFTER_DEFECT;
      });
      if (delay === undefined) return;
      const next = (await wasNudged(jobId)) ? 0 : delay;
      await job.moveToDelayed(Date.now() + next, token);
    } finally {
      under -= 1;
    }
    throw new DelayedError();
  }

  return {
    async schedule(jobId, delay) {
      const added = await callRedis(() =>
        queue.add('look', { jobId }, { jobId: idOf(jobId), delay, removeOnComplete: true, removeOnFail: true }),
      );
      // There already: then this is a wish for an earlier look, and a step under way hears of it at its end.
      await callRedis(() => client.set(nudgeKey(jobId), '1', { expiration: { type: 'EX', value: NUDGE_LIFE } }));
      await callRedis(() => added.changeDelay(delay)).catch(() => undefined);
    },

    async start(step) {
      worker = new Worker<Work>(QUEUE, (job, token) => look(step, job, token), {
        connection,
        concurrency: STEPS_AT_ONCE,
        lockDuration: LOCK,
        stalledInterval: STALLED_EVERY,
        // A job is never given up for having been taken over: its own deadline ends it.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
      });
      worker.on('error', heard);
      await worker.waitUntilReady();
    },

    async stop(patience) {
      if (worker !== undefined) {
        const { promise: waited, resolve } = Promise.withResolvers<undefined>();
        const timer = setTimeout(resolve, patience, undefined);
        const closing = worker.close();
        await Promise.race([closing, waited]);
        clearTimeout(timer);
        // What is still under way keeps its lock until it runs out; another process, or the next start, goes on.
        void worker.close(true).catch(() => undefined);
      }
      await Promise.race([queue.close(), new Promise((resolve) => setTimeout(resolve, 1000))]);
    },

    size: () => under,
  };
}
