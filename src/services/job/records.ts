/** The jobs as the store has them. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { LostClaimError, NewerRecordError, StoreError, UnreadableRecordError } from '../storage/storage.ts';
import type { Claim, Collection, Store } from '../storage/storage.ts';
import type { CreateKeeper } from './keep.ts';
import { jobFrom, jobSchema, type Job } from './read-job.ts';

export { keepInMemory, keepInsisting, type CreateKeeper } from './keep.ts';

/** A member's wish to cancel a job, and what RunComfy said to it. Written beside the job, which only its step writes. */
const cancellationSchema = z.object({
  version: z.literal(1),
  at: z.number(),
  userId: z.string(),
  /** Of records of before there were several requests: that the only one is cancelled. */
  outcome: z.literal('cancelled').optional(),
  /** By the request's number: whether RunComfy cancelled it, or had begun it. */
  outcomes: z.record(z.string(), z.enum(['cancelled', 'late'])).optional(),
});
export type Cancellation = z.infer<typeof cancellationSchema>;

/** A claim goes with each write that a step makes (see {@link Claim}). Every call rejects with StoreError when the store fails. */
export interface JobRecords {
  /** A job, final or not. */
  find(jobId: string): Promise<Job | undefined>;
  /** A job, or `undefined` also where a newer version has written it: for lists, which go on without it. */
  findReadable(jobId: string): Promise<Job | undefined>;
  /** A job that is not done with. Called by its step alone, as it may write. */
  findLive(jobId: string, claim?: Claim): Promise<Job | undefined>;
  /** Every job that is not done with. */
  live(): AsyncIterable<Job>;
  /** Writes a job's record. */
  write(job: Job, claim?: Claim): Promise<void>;
  /**
   * Writes a job's record of what has already happened and must not stop for the store.
   *
   * @param before - the record as it was last written under this claim: while it stands there still, a claim that another
   * process took is taken back.
   * @throws LostClaimError where another process has taken the job over.
   */
  keep(job: Job, claim?: Claim, before?: Job): Promise<void>;
  /** Whether the store has the newest record of a job. */
  isWritten(jobId: string): boolean;
  /**
   * Deletes the record of a job that never began. Nothing written under its claim arrives after.
   *
   * @throws LostClaimError where another process has begun it.
   */
  discard(jobId: string, claim: Claim | undefined): Promise<void>;
  /**
   * Whether there was a record of this job that could not be read.
   *
   * @throws UnreadableRecordError where it stands there still, as it could not be set aside.
   */
  isSetAside(jobId: string): Promise<boolean>;
  /** Moves a job that is done with out of the live ones. It is kept for the retention from its first end. */
  close(job: Job, claim?: Claim): Promise<void>;
  /** Whether a job is not done with. */
  isLive(jobId: string): Promise<boolean>;
  /** Deletes whatever there is of a job that is done with, readable or not. */
  erase(jobId: string): Promise<void>;
  /** Deletes a wish to cancel a job that is over. */
  dropCancellation(jobId: string): Promise<void>;
  /** Deletes a member's wishes to cancel jobs that are done with, whosever jobs these were. */
  eraseCancellations(userId: string): Promise<void>;
  /** Takes what was erased out of whatever else the store has written. */
  purge(): Promise<void>;
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
  const rawJobs = store.collection('jobs', z.unknown());
  const setAside = store.collection('set-aside:jobs', z.unknown());
  /** What may be left of a job beside its records: what could not be read, and what was of use while it was live. */
  const leftovers = ['set-aside:jobs', 'set-aside:finished', 'set-aside:cancellations', 'memories'].map((namespace) =>
    store.collection(namespace, z.unknown()),
  );
  const keeper = createKeeper({ write, clock, log });

  const isTokenDead = ({ reply }: Job) => reply.token !== '' && clock.now() >= reply.tokenExpiresAt;

  async function write(job: Job, claim?: Claim, before?: Job): Promise<void> {
    try {
      await jobs.set(job.id, isTokenDead(job) ? withoutToken(job) : job, { claim });
      keeper.forget(job.id);
    } catch (error) {
      if (!(error instanceof LostClaimError) || claim === undefined || before === undefined) throw error;
      if (!(await jobs.retake(job.id, before, claim))) throw error;
      log.info({ job: job.id }, 'a job that another process had taken over was taken back');
      await write(job, claim, before);
    }
  }

  /** Takes a dead token out of a live job's record. */
  async function forgetToken(job: Job, claim: Claim | undefined): Promise<Job> {
    try {
      await jobs.set(job.id, withoutToken(job), { claim });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.debug({ job: job.id, err: error }, "a dead token stays in a job's record for now");
    }
    return withoutToken(job);
  }

  async function find(jobId: string): Promise<Job | undefined> {
    return keeper.unwritten(jobId) ?? (await jobs.get(jobId)) ?? (await finished.get(jobId));
  }

  async function isLive(jobId: string): Promise<boolean> {
    try {
      return keeper.unwritten(jobId) !== undefined || (await jobs.get(jobId)) !== undefined;
    } catch (error) {
      // It is live to the version that has written it.
      if (error instanceof NewerRecordError) return true;
      throw error;
    }
  }

  async function dropCancellation(jobId: string): Promise<void> {
    if (!(await isLive(jobId))) await cancellations.delete(jobId);
  }

  return {
    cancellations,
    dropCancellation,
    write: (job, claim) => write(job, claim),
    keep: (job, claim, before) => keeper.keep(job, claim, before),
    isWritten: (jobId) => keeper.unwritten(jobId) === undefined,
    async findLive(jobId, claim) {
      const unwritten = keeper.unwritten(jobId);
      if (unwritten !== undefined) {
        await keeper.keep(unwritten, claim);
        return unwritten;
      }
      const job = await jobs.get(jobId);
      return job !== undefined && isTokenDead(job) ? forgetToken(job, claim) : job;
    },
    find,
    async findReadable(jobId) {
      try {
        return await find(jobId);
      } catch (error) {
        if (error instanceof NewerRecordError) return undefined;
        throw error;
      }
    },
    async *live() {
      for await (const [, job] of jobs.entries()) yield job;
    },
    async discard(jobId, claim) {
      await jobs.delete(jobId, { claim, release: true });
    },
    async isSetAside(jobId) {
      if ((await setAside.get(jobId)) !== undefined) return true;
      const stored = await rawJobs.get(jobId);
      if (stored === undefined || jobSchema.safeParse(stored).success) return false;
      throw new UnreadableRecordError(`The record of job ${jobId} can be neither read nor set aside.`);
    },
    async close(job, claim) {
      // Records of older versions do not say when they ended: shortly after they were finished.
      const endedAt = job.endedAt ?? job.finishedAt ?? clock.now();
      await finished.set(job.id, withoutOthers(withoutToken(job)), { ttl: endedAt + retention - clock.now(), claim });
      // Asked for together, they share one commit.
      await Promise.all([jobs.delete(job.id, { claim }), cancellations.delete(job.id)]);
      keeper.forget(job.id);
    },
    isLive,
    async erase(jobId) {
      const all = [finished, cancellations, ...leftovers];
      await Promise.all(all.map((collection) => collection.delete(jobId)));
    },
    purge: () => store.purge(),
    async eraseCancellations(userId) {
      for await (const [jobId, cancellation] of cancellations.entries()) {
        if (cancellation.userId === userId) await dropCancellation(jobId);
      }
    },
  };
}

/** A job without those who cancelled it: its member alone can have a record deleted that is kept. */
function withoutOthers(job: Job): Job {
  const requests = job.requests.map((request) =>
    request.state.name === 'cancelled' ? { ...request, state: { ...request.state, by: undefined } } : request,
  );
  return jobFrom({ ...job, requests });
}

/** A job without its interaction's token, which lets whoever has it write in the bot's name. */
function withoutToken(job: Job): Job {
  return { ...job, reply: { ...job.reply, token: '' } };
}
