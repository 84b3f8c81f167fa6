/** The jobs as the store has them, and in memory what the store would not take for the moment. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { jobSchema, requestIdOf, type Job } from './job.ts';
import type { Log } from '../log.ts';
import { StoreError } from '../storage/store-error.ts';
import type { Collection, Store } from '../storage/store.ts';

/** A member's wish to cancel a job, and what RunComfy said to it. Written beside the job, which only its step writes. */
const cancellationSchema = z.object({
  version: z.literal(1),
  at: z.number(),
  userId: z.string(),
  outcome: z.literal('cancelled').optional(),
});
export type Cancellation = z.infer<typeof cancellationSchema>;

export interface JobRecords {
  /** A job, final or not. @throws StoreError */
  find(jobId: string): Promise<Job | undefined>;
  /** A job that is not done with. Called by its step alone, as it may write. @throws StoreError */
  findLive(jobId: string): Promise<Job | undefined>;
  /** Every job that is not done with. @throws StoreError */
  live(): AsyncIterable<Job>;
  /** Writes a job's record. @throws StoreError */
  write(job: Job): Promise<void>;
  /**
   * Writes a job's record; where the store fails the record is kept in memory, and `findLive` tries again to write it.
   * For what has already happened and must not stop for the store. In a shared store it is written when this resolves:
   * another process would go on from the old record.
   *
   * @throws LostClaimError where another process has taken the job over; StoreError where a shared store stays away.
   */
  keep(job: Job): Promise<void>;
  /** Whether the store has the newest record of a job. */
  isWritten(jobId: string): boolean;
  /** Drops the record of a job that never began. @throws StoreError */
  discard(jobId: string): Promise<void>;
  /** Whether there was a record of this job that could not be read. @throws StoreError */
  isSetAside(jobId: string): Promise<boolean>;
  /** Moves a job that is done with out of the live ones. @throws StoreError */
  close(job: Job): Promise<void>;
  /** Whether a job is not done with. @throws StoreError */
  isLive(jobId: string): Promise<boolean>;
  /** Deletes the record of a job that is done with; gives whether there was one. @throws StoreError */
  erase(jobId: string): Promise<boolean>;
  cancellations: Collection<Cancellation>;
}

/** How often, and for how long at most, a record is written again that a shared store would not take (milliseconds). */
const WRITE_AGAIN = 500;
const INSIST = 30 * 60_000;

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @param shared - whether other processes read the records.
 */
export function createJobRecords({
  store,
  log,
  retention,
  shared = false,
}: {
  store: Store;
  log: Log;
  retention: number;
  shared?: boolean;
}): JobRecords {
  const jobs = store.collection('jobs', jobSchema);
  const finished = store.collection('finished', jobSchema);
  const cancellations = store.collection('cancellations', cancellationSchema);
  const setAside = store.collection('set-aside:jobs', z.unknown());
  const unwritten = new Map<string, Job>();

  async function write(job: Job): Promise<void> {
    await jobs.set(job.id, job);
    unwritten.delete(job.id);
  }

  /** Writes until it is written. */
  async function insist(job: Job): Promise<void> {
    const started = performance.now();
    for (let tries = 1; ; tries += 1) {
      try {
        await write(job);
        return;
      } catch (error) {
        if (!(error instanceof StoreError) || performance.now() - started > INSIST) throw error;
        const what = { job: job.id, state: job.state.name, request: requestIdOf(job), err: error };
        if (tries === 1) log.error(what, 'a job could not be written yet; it is tried until it is');
        await wait(WRITE_AGAIN, undefined, { ref: false });
      }
    }
  }

  async function keep(job: Job): Promise<void> {
    if (shared) return insist(job);
    try {
      await write(job);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (unwritten.get(job.id) !== job) {
        const what = { job: job.id, state: job.state.name, request: requestIdOf(job), err: error };
        log.error(what, 'a job could not be written; it goes on in memory');
      }
      unwritten.set(job.id, job);
    }
  }

  return {
    cancellations,
    write,
    keep,
    isWritten: (jobId) => !unwritten.has(jobId),
    async findLive(jobId) {
      const job = unwritten.get(jobId);
      if (job === undefined) return jobs.get(jobId);
      await keep(job);
      return job;
    },
    find: async (jobId) => unwritten.get(jobId) ?? (await jobs.get(jobId)) ?? (await finished.get(jobId)),
    async *live() {
      for await (const [, job] of jobs.entries()) yield job;
    },
    async discard(jobId) {
      await jobs.delete(jobId);
    },
    isSetAside: async (jobId) => (await setAside.get(jobId)) !== undefined,
    async close(job) {
      await finished.set(job.id, job, { ttl: retention });
      // Asked for together, they share one commit.
      await Promise.all([jobs.delete(job.id), cancellations.delete(job.id)]);
      unwritten.delete(job.id);
    },
    isLive: async (jobId) => unwritten.has(jobId) || (await jobs.get(jobId)) !== undefined,
    erase: (jobId) => finished.delete(jobId),
  };
}
