/**
 * The scheduler of any number of processes: each job is one BullMQ job that is delayed until its next look. BullMQ's lock
 * lets one process look; when a process dies its locks run out and another process takes the jobs over. The claim on top
 * of it (`claims.ts`) is what keeps two processes from acting on one job.
 */
import { DelayedError, Queue, Worker, type Job as QueuedJob } from 'bullmq';
import type { Clock } from '../../clock.ts';
import { withDeadline } from '../../deadline.ts';
import type { Log } from '../../log.ts';
import { LostClaimError, LostRecordsError, StoreError, type Presence, type Scheduler, type Step } from '../storage.ts';
import type { Claims } from './claims.ts';
import { forBullMQ, type Redis } from './connection.ts';

const QUEUE = 'jobs';
const PREFIX = 'seedream';

/** Steps under way at once in one process. They wait for others' servers most of the time. */
const STEPS_AT_ONCE = 500;

/** A lock is renewed at half this time, and is free for others once it has run out (milliseconds). */
const LOCK = 10_000;

/**
 * How often the processes together look for jobs whose lock has run out (milliseconds). A job is taken over by the
 * second look that finds it without one: at most 15 s after its process died.
 */
const STALLED_EVERY = 5000;

/** Until the next look after a step that threw, which is a defect: there is no hurry (milliseconds). */
const AFTER_DEFECT = 10_000;

/** Until a job that another process acts on is tried again (milliseconds). */
const HELD_AGAIN = 1000;

/** Until the queue is asked again after Redis failed it (milliseconds). */
const RETRY_DELAY = 1000;

/** How long it is remembered that a look was asked for while one was under way (seconds): longer than any step takes. */
const NUDGE_LIFE = 300;

/** BullMQ's codes of what it refuses: the job is not in the queue, or not among those that wait. */
const NO_SUCH_JOB = -1;
const NOT_WAITING = -3;

interface Work {
  jobId: string;
}

/** BullMQ takes no id that is a number. */
const idOf = (jobId: string) => `job-${jobId}`;
const lockKey = (jobId: string) => `${PREFIX}:${QUEUE}:${idOf(jobId)}:lock`;
const nudgeKey = (jobId: string) => `seedream:nudge:${jobId}`;

function codeOf(error: unknown): unknown {
  if (error instanceof StoreError) return codeOf(error.cause);
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/**
 * @param redis - connected; its calls fail at once while Redis is away.
 * @param waiting - connected and patient: BullMQ would ask one that fails at once again without a pause.
 */
export function createRedisScheduler({
  redis,
  waiting,
  claims,
  presence,
  clock,
  log,
}: {
  redis: Redis;
  waiting: Redis;
  presence?: Pick<Presence, 'onLost'>;
  claims: Pick<Claims, 'take' | 'hold' | 'release'>;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Pick<Log, 'debug' | 'error' | 'info' | 'warn'>;
}): Scheduler {
  const heard = (error: unknown) => {
    log.debug({ err: error }, 'the queue over Redis met an error');
  };
  const queue = new Queue<Work>(QUEUE, {
    connection: forBullMQ(redis.client, heard),
    prefix: PREFIX,
    // There are no listeners.
    streams: { events: { maxLen: 100 } },
    // Where its answer is lost, a queue takes nothing for as long as the process lives. `server.ts` has asked.
    skipVersionCheck: true,
  });
  const workers = forBullMQ(waiting.client, heard);
  let worker: Worker<Work> | undefined;
  let looking = 0;
  queue.on('error', heard);
  // What is in the queue from then on is others' who began anew.
  presence?.onLost(() => void worker?.close().catch(heard));

  async function wasNudged(jobId: string): Promise<boolean> {
    try {
      return (await redis.call((client) => client.getDel(nudgeKey(jobId)))) !== null;
    } catch {
      return false;
    }
  }

  /** Looks at a job, if this process may; `lost` when another process has the job. */
  async function act(step: Step, jobId: string, token: string): Promise<number | undefined | 'lost'> {
    const claim = await claims.take(jobId, { key: lockKey(jobId), token });
    if (claim === 'held') return HELD_AGAIN;
    if (claim === 'lost') return 'lost';
    try {
      return await step(jobId, claim);
    } finally {
      await claims.release(claim);
    }
  }

  async function look(step: Step, job: QueuedJob<Work>, token: string): Promise<void> {
    const { jobId } = job.data;
    looking += 1;
    try {
      let delay = await act(step, jobId, token).catch((error: unknown): number | 'lost' | 'gone' => {
        if (error instanceof LostClaimError) return 'lost';
        if (error instanceof LostRecordsError) return 'gone';
        if (error instanceof StoreError) return HELD_AGAIN;
        log.error({ job: jobId, err: error }, 'a step failed unexpectedly');
        return AFTER_DEFECT;
      });
      if (delay === 'lost') log.warn({ job: jobId }, 'another process has taken a job over from this one');
      else if (delay !== 'gone') {
        if (delay === undefined && !(await wasNudged(jobId))) return;
        delay ??= 0;
        await job.moveToDelayed(clock.now() + delay, token);
        if (delay > 0 && (await wasNudged(jobId))) await job.changeDelay(0);
      }
    } catch (error) {
      // Its lock was lost, or Redis is away: the job is found by the next look for those without a lock.
      log.info({ job: jobId, err: error }, 'a job could not be put back to wait; it is taken up again');
    } finally {
      looking -= 1;
    }
    throw new DelayedError();
  }

  function add(jobId: string, delay: number): Promise<QueuedJob<Work>> {
    const options = { jobId: idOf(jobId), delay, removeOnComplete: true, removeOnFail: true };
    return redis.call(() => queue.add('look', { jobId }, options));
  }

  /** Makes a waiting job due now. */
  async function hurry(job: QueuedJob<Work>): Promise<'hurried' | 'not_waiting' | 'gone'> {
    try {
      await redis.call(() => job.changeDelay(0));
      return 'hurried';
    } catch (error) {
      if (codeOf(error) === NO_SUCH_JOB) return 'gone';
      if (codeOf(error) === NOT_WAITING) return 'not_waiting';
      throw error;
    }
  }

  /** Has a worker wait that Redis has failed, as one whose memory is full does: BullMQ asks again without a pause. */
  function rest(failed: Worker<Work>): void {
    if (failed.isPaused()) return;
    void failed.pause(true);
    clock.setTimeout(() => {
      if (failed.closing === undefined) void failed.resume();
    }, RETRY_DELAY);
  }

  return {
    async schedule(jobId, delay) {
      const added = await add(jobId, delay);
      // One that is in the queue keeps its time, unless it is wanted now.
      if (delay > 0) return;
      if ((await hurry(added)) !== 'not_waiting') return;
      // A look is under way, which reads this at its end, or has just ended.
      await redis.call((client) => client.set(nudgeKey(jobId), '1', { expiration: { type: 'EX', value: NUDGE_LIFE } }));
      if ((await hurry(added)) === 'gone') await add(jobId, delay);
    },

    resume: (jobId) => add(jobId, 0).then(() => undefined),

    hold: (jobId) => claims.hold(jobId),

    letGo: async (_jobId, claim) => (claim === undefined ? undefined : claims.release(claim)),

    async start(step) {
      const started = new Worker<Work>(QUEUE, (job, token) => look(step, job, token ?? ''), {
        connection: workers,
        prefix: PREFIX,
        concurrency: STEPS_AT_ONCE,
        lockDuration: LOCK,
        stalledInterval: STALLED_EVERY,
        runRetryDelay: RETRY_DELAY,
        // A job is never given up for having been taken over: its own deadline ends it.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        autorun: false,
      });
      worker = started;
      started.on('error', (error) => {
        heard(error);
        rest(started);
      });
      try {
        await started.waitUntilReady();
      } catch (error) {
        // It would not get ready any more, and would ask for jobs without a pause.
        await started.close(true);
        throw new StoreError('The queue over Redis could not be opened.', { cause: error });
      }
      started.run().catch(heard);
    },

    async stop(patience) {
      // What is still under way then keeps its lock until it runs out; another process, or the next start, goes on.
      await withDeadline(clock, patience, async () => worker?.close()).catch(heard);
    },

    size: () => looking,
  };
}
