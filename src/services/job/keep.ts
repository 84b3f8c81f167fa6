/** What becomes of a record of something that has already happened, where the store fails to write it. */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { LostRecordsError, StoreError, type Claim } from '../storage/storage.ts';
import type { Job } from './read-job.ts';
import { requestIdOf } from './states.ts';

type WriteJob = (job: Job, claim?: Claim, before?: Job) => Promise<void>;

interface Keeper {
  /** @throws LostClaimError where another process has taken the job over; StoreError where it gives up or all records are gone. */
  keep(job: Job, claim?: Claim, before?: Job): Promise<void>;
  /** The newest record of a job that the store does not have. */
  unwritten(jobId: string): Job | undefined;
  /** Forgets it: it is written, or no longer true. */
  forget(jobId: string): void;
}

/** Builds a keeper over a way to write. */
export type CreateKeeper = (parts: { write: WriteJob; clock: Clock; log: Log }) => Keeper;

function described(job: Job, error: unknown) {
  return { job: job.id, state: job.state.name, request: requestIdOf(job), err: error };
}

/** For one process: the job goes on in memory, and each further step tries again to write it. */
export const keepInMemory: CreateKeeper = ({ write, log }) => {
  const unwritten = new Map<string, Job>();
  return {
    unwritten: (jobId) => unwritten.get(jobId),
    forget: (jobId) => void unwritten.delete(jobId),
    async keep(job, claim, before) {
      try {
        await write(job, claim, before);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        if (unwritten.get(job.id) !== job) {
          log.error(described(job, error), 'a job could not be written; it goes on in memory');
        }
        unwritten.set(job.id, job);
      }
    },
  };
};

/** How often, and for how long at most, a record is written again that a shared store would not take (milliseconds). */
const WRITE_AGAIN = 500;
const INSIST = 30 * 60_000;

/** For several processes: it is written when this resolves, as another process would go on from the old record. */
export const keepInsisting: CreateKeeper = ({ write, clock, log }) => ({
  unwritten: () => undefined,
  forget: () => undefined,
  async keep(job, claim, before) {
    const started = clock.monotonic();
    for (let tries = 1; ; tries += 1) {
      try {
        await write(job, claim, before);
        return;
      } catch (error) {
        if (!(error instanceof StoreError) || error instanceof LostRecordsError) throw error;
        if (clock.monotonic() - started > INSIST) throw error;
        if (tries === 1) log.error(described(job, error), 'a job could not be written yet; it is tried until it is');
        await clock.sleep(WRITE_AGAIN);
      }
    }
  },
});
