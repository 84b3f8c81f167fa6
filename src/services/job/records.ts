/** The jobs as the store has them. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Claim, Collection, Store } from '../storage/storage.ts';
import type { CreateKeeper } from './keep.ts';
import { jobSchema, type Job } from './schema.ts';

export { keepInMemory, keepInsisting, type CreateKeeper } from './keep.ts';

/** A member's wish to cancel a job, and what RunComfy said to it. Written beside the job, which only its step writes. */
const cancellationSchema = z.object({
  version: z.literal(1),
  at: z.number(),
  userId: z.string(),
  outcome: z.literal('cancelled').optional(),
});
export type Cancellation = z.infer<typeof cancellationSchema>;

/** A claim goes with each write that a step makes (see {@link Claim}). Every call rejects with StoreError when the store fails. */
export interface JobRecords {
  /** A job, final or not. */
  find(jobId: string): Promise<Job | undefined>;
  /** A job that is not done with. Called by its step alone, as it may write. */
  findLive(jobId: string, claim?: Claim): Promise<Job | undefined>;
  /** Every job that is not done with. */
  live(): AsyncIterable<Job>;
  /** Writes a job's record. */
  write(job: Job, claim?: Claim): Promise<void>;
  /**
   * Writes a job's record of what has already happened and must not stop for the store.
   *
   * @throws LostClaimError where another process has taken the job over.
   */
  keep(job: Job, claim?: Claim): Promise<void>;
  /** Whether the store has the newest record of a job. */
  isWritten(jobId: string): boolean;
  /** Deletes the record of a job that never began. */
  discard(jobId: string): Promise<void>;
  /** Whether there was a record of this job that could not be read. */
  isSetAside(jobId: string): Promise<boolean>;
  /** Moves a job that is done with out of the live ones. */
  close(job: Job, claim?: Claim): Promise<void>;
  /** Whether a job is not done with. */
  isLive(jobId: string): Promise<boolean>;
  /** Deletes the record of a job that is done with; gives whether there was one. */
  erase(jobId: string): Promise<boolean>;
  cancellations: Collection<Cancellation>;
}

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @param createKeeper - what becomes of a record that the store does not take: `keepInMemory` or `keepInsisting`.
 */
export function createJobRecords({
  store,
  clock,
  log,
  retention,
  createKeeper,
}: {
  store: Store;
  clock: Clock;
  log: Log;
  retention: number;
  createKeeper: CreateKeeper;
}): JobRecords {
  const jobs = store.collection('jobs', jobSchema);
  const finished = store.collection('finished', jobSchema);
  const cancellations = store.collection('cancellations', cancellationSchema);
  const setAside = store.collection('set-aside:jobs', z.unknown());
  const keeper = createKeeper({ write, clock, log });

  async function write(job: Job, claim?: Claim): Promise<void> {
    await jobs.set(job.id, job, { claim });
    keeper.forget(job.id);
  }

  return {
    cancellations,
    write,
    keep: (job, claim) => keeper.keep(job, claim),
    isWritten: (jobId) => keeper.unwritten(jobId) === undefined,
    async findLive(jobId, claim) {
      const job = keeper.unwritten(jobId);
      if (job === undefined) return jobs.get(jobId);
      await keeper.keep(job, claim);
      return job;
    },
    find: async (jobId) => keeper.unwritten(jobId) ?? (await jobs.get(jobId)) ?? (await finished.get(jobId)),
    async *live() {
      for await (const [, job] of jobs.entries()) yield job;
    },
    async discard(jobId) {
      await jobs.delete(jobId);
    },
    isSetAside: async (jobId) => (await setAside.get(jobId)) !== undefined,
    async close(job, claim) {
      await finished.set(job.id, job, { ttl: retention, claim });
      // Asked for together, they share one commit.
      await Promise.all([jobs.delete(job.id, { claim }), cancellations.delete(job.id)]);
      keeper.forget(job.id);
    },
    isLive: async (jobId) => keeper.unwritten(jobId) !== undefined || (await jobs.get(jobId)) !== undefined,
    erase: (jobId) => finished.delete(jobId),
  };
}
