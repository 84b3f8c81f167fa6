/**
 * Tells members that their jobs are lost, where the store has lost its records. Each process tells of the jobs that it was
 * the last one to see; once another one has had a job, that one does.
 */
import type { Status } from '../delivery/delivery.ts';
import { ReplyTrouble, type Reply } from '../discord/reply.ts';
import type { Clock } from '../clock.ts';
import { idsOf, isFinal, type Job } from '../job/job.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { createSemaphore } from '../semaphore.ts';
import type { Presence, Step } from '../storage/storage.ts';

/**
 * How long after a job's next look was due it is still this process's to tell of, as long as the records are there
 * (milliseconds): by then another one has had that look.
 */
const LATE = 10_000;

/** Members who are told at once; how often each is tried, and the time between two tries (milliseconds). */
const AT_ONCE = 5;
const TRIES = 10;
const TRY_AGAIN = 3000;

export interface LostJobs {
  /** The same records; the jobs that go through them are remembered. */
  watch(records: JobRecords): JobRecords;
  /** The same step, of a job that is remembered until its next look is due. */
  during(step: Step): Step;
  /** Tells nobody any more. */
  stop(): void;
}

export function createLostJobs({
  presence,
  ledger,
  reply,
  status,
  clock,
  log,
}: {
  presence: Presence;
  ledger: Pick<Ledger, 'held' | 'settle'>;
  reply: Pick<Reply, 'isOver' | 'tell'>;
  status: Status;
  clock: Pick<Clock, 'monotonic' | 'sleep'>;
  log: Pick<Log, 'warn'>;
}): LostJobs {
  /** Jobs that go on, by id, and until when nobody else looks at them (milliseconds, monotonic); the longest known first. */
  const known = new Map<string, { job: Job; until: number }>();
  const stepping = new Set<string>();
  const room = createSemaphore(AT_ONCE);
  let isLost = false;
  let stopped = false;

  const isStale = ({ until }: { until: number }) => until + LATE < presence.seenAt();

  function remember(job: Job, until: number): void {
    known.delete(job.id);
    known.set(job.id, { job, until });
    for (const [jobId, entry] of known) {
      if (!isStale(entry)) return;
      known.delete(jobId);
    }
  }

  function note(job: Job): void {
    remember(job, stepping.has(job.id) ? Infinity : clock.monotonic());
  }

  async function tellNow(job: Job): Promise<void> {
    // Another process may have brought its pictures in the last moment.
    if (await reply.isOver(job)) return;
    await reply.tell(job, 1, status(job, { lost: !isFinal(job) }));
    log.warn(idsOf(job), 'the member of a job whose record is gone was told that it is lost');
  }

  async function tell(job: Job): Promise<void> {
    for (let tries = 1; !stopped; tries += 1) {
      const leave = await room.take(1);
      try {
        await tellNow(job);
        return;
      } catch (error) {
        if (!(error instanceof ReplyTrouble) || tries === TRIES) {
          log.warn({ ...idsOf(job), err: error }, 'the member of a job whose record is gone could not be told');
          return;
        }
      } finally {
        leave();
      }
      await clock.sleep(TRY_AGAIN);
    }
  }

  function tellOf(jobId: string): void {
    const entry = known.get(jobId);
    known.delete(jobId);
    if (entry !== undefined && !isStale(entry)) void tell(entry.job);
  }

  presence.onLost(() => {
    isLost = true;
    // What a step is at may still go out: its member is told when it has ended.
    for (const jobId of [...known.keys()]) if (!stepping.has(jobId)) tellOf(jobId);
  });

  /** A look found nothing of a job that goes on. Where its images are held it is not over: its record is gone. */
  async function missed(jobId: string, records: Pick<JobRecords, 'find'>): Promise<void> {
    if ((await records.find(jobId)) !== undefined) return;
    if (!(await ledger.held(Infinity)).some((reservation) => reservation.jobId === jobId)) return;
    presence.missing(jobId);
    // It may have been paid.
    await ledger.settle(jobId);
    tellOf(jobId);
  }

  return {
    watch: (records) => ({
      ...records,
      async findLive(jobId, claim) {
        const job = await records.findLive(jobId, claim);
        if (job !== undefined) note(job);
        else if (known.has(jobId)) await missed(jobId, records);
        return job;
      },
      async write(job, claim) {
        await records.write(job, claim);
        note(job);
      },
      async keep(job, claim, before) {
        // It has happened, written or not.
        note(job);
        await records.keep(job, claim, before);
      },
      async close(job, claim) {
        await records.close(job, claim);
        known.delete(job.id);
      },
      async discard(jobId, claim) {
        known.delete(jobId);
        await records.discard(jobId, claim);
      },
    }),

    during: (step) => async (jobId, claim) => {
      stepping.add(jobId);
      let next = 0;
      try {
        const delay = await step(jobId, claim);
        next = delay ?? 0;
        return delay;
      } finally {
        stepping.delete(jobId);
        const entry = known.get(jobId);
        if (entry !== undefined) remember(entry.job, clock.monotonic() + next);
        if (isLost) tellOf(jobId);
      }
    },

    stop() {
      stopped = true;
    },
  };
}
