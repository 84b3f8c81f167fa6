/** When to look at each job next, from what the bot has learnt of how long such jobs take. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import {
  beganAbout,
  estimateFor,
  estimatesSchema,
  learn,
  NOTHING_LEARNT,
  observe,
  type DurationEstimate,
  type Estimates,
  type Observation,
} from './estimates.ts';
import type { Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import { createRateBudget } from './rate-budget.ts';
import type { RunComfyError } from '../runcomfy/runcomfy.ts';
import { afterTrouble, nextLook } from './next-look.ts';
import type { Store } from '../storage/store.ts';
import type { Life } from './change-detector.ts';

/** The estimates' one record. */
const RECORD = 'durations';

/** Looks a second of one process, over all its jobs. RunComfy publishes no limit; its 429s shrink this. */
const LOOKS_PER_SECOND = 250;

/** How long an estimate serves before what was learnt since is taken in (milliseconds). */
const CACHED = 1000;

/** Steps of the progress bar: each is an edit of the reply. */
const BAR_STEPS = 4;

/** What people are told of a job's likely end. */
export interface Expectation {
  /** When it is likely finished (milliseconds since the epoch), as estimated when it entered its state. */
  expectedAt: number | undefined;
  /** How much of the generation is likely done, from 0 to 1, in steps. */
  fraction: number | undefined;
}

export interface Polling {
  /** Milliseconds until the next look at a submitted job. */
  next(job: Job): number;
  /** A look was answered. */
  looked(job: Job): void;
  /** Milliseconds until the next try after one that failed. */
  afterTrouble(job: Job, error: RunComfyError): number;
  /** A job is completed: learns from it. */
  finished(job: Job): void;
  expectation(job: Job): Expectation;
  /** Drops what is remembered of a job's looks. */
  forget(jobId: string): void;
  /** What another process must know of a job's looks to go on from here. */
  leave(jobId: string): Looks | undefined;
  /** Takes up where another process left a job. */
  recall(jobId: string, looks: Looks): void;
}

/** What is remembered of a job's looks. Lost with the process, at the price of a look more or less. */
export const looksSchema = z.object({
  lookedAt: z.number().optional(),
  troubles: z.number(),
  expected: z.object({ state: z.string(), at: z.number() }).optional(),
});
export type Looks = z.infer<typeof looksSchema>;

/** How often what other processes have learnt is read (milliseconds). */
const READ_EVERY = 60_000;

/** How long a job that was left to other processes counts as one of the jobs that are looked at (milliseconds). */
const LEFT_FOR = 60_000;

/** Reads what was learnt before. A store that fails here costs the learning, nothing else. */
export async function createPolling({
  store,
  clock,
  random,
  log,
  shared = false,
}: {
  store: Store;
  clock: Clock;
  random: () => number;
  log: Log;
  /** Whether other processes look and learn beside this one. */
  shared?: boolean;
}): Promise<Polling> {
  const collection = store.collection('estimates', estimatesSchema);
  const looks = new Map<string, Looks>();
  const cached = new Map<string, DurationEstimate>();
  const budget = createRateBudget({ perSecond: LOOKS_PER_SECOND, now: () => performance.now() });
  let cachedAt = 0;
  let estimates: Estimates = NOTHING_LEARNT;
  /** When each job was left to other processes (of {@link performance}), the longest ago first. */
  const left = new Map<string, number>();
  /** One write after another, as each goes on from what the last one left. */
  let learning = Promise.resolve();

  async function read(): Promise<void> {
    try {
      estimates = (await collection.get(RECORD)) ?? estimates;
    } catch (error) {
      log.warn({ err: error }, 'what was learnt of durations could not be read');
    }
  }

  async function keep(observation: Observation, life: Life): Promise<void> {
    try {
      // Others have learnt meanwhile. Two that learn in the same moment lose one of many observations.
      if (shared) estimates = learn((await collection.get(RECORD)) ?? NOTHING_LEARNT, observation, life);
      await collection.set(RECORD, estimates);
    } catch (error) {
      log.warn({ err: error }, 'what was learnt of durations could not be written');
    }
  }

  await read();
  if (shared) setInterval(() => void read(), READ_EVERY).unref();

  function looksOf(jobId: string): Looks {
    const known = looks.get(jobId) ?? { troubles: 0 };
    looks.set(jobId, known);
    return known;
  }

  function estimateOf({ count, quality }: Job): DurationEstimate {
    const key = `${count} ${quality}`;
    if (clock.now() - cachedAt > CACHED) {
      cached.clear();
      cachedAt = clock.now();
    }
    const estimate = cached.get(key) ?? estimateFor(estimates, { count, quality });
    cached.set(key, estimate);
    return estimate;
  }

  return {
    next(job) {
      const submittedAt = job.submittedAt ?? job.createdAt;
      const sight = { now: clock.now(), submittedAt, startedAt: job.startedAt };
      looksOf(job.id);
      return budget.stretch(nextLook(sight, estimateOf(job)), looks.size);
    },

    looked(job) {
      const known = looksOf(job.id);
      known.lookedAt = clock.now();
      known.troubles = 0;
      budget.answered();
    },

    afterTrouble(job, error) {
      const known = looksOf(job.id);
      known.troubles += 1;
      const jobAge = clock.now() - job.createdAt;
      // A submit that must wait says nothing of looks: held back with it, they would keep finished pictures waiting.
      if (error.kind === 'rate' && job.submittedAt !== undefined) budget.rateLimited(error.retryAfter);
      return afterTrouble({ troubles: known.troubles, jobAge, retryAfter: error.retryAfter, random });
    },

    finished(job) {
      const { submittedAt, startedAt, finishedAt, count, quality } = job;
      if (submittedAt === undefined || finishedAt === undefined) return;
      const { lookedAt } = looksOf(job.id);
      const observation = observe({ count, quality }, { submittedAt, startedAt, lookedAt, finishedAt });
      if (observation === undefined) return;
      const life = { submittedAt, finishedAt };
      estimates = learn(estimates, observation, life);
      learning = learning.then(() => keep(observation, life));
    },

    expectation(job) {
      const { state, submittedAt, startedAt } = job;
      if (submittedAt === undefined || (state.name !== 'in_queue' && state.name !== 'in_progress')) {
        return { expectedAt: undefined, fraction: undefined };
      }
      const estimate = estimateOf(job);
      const known = looksOf(job.id);
      const began = startedAt === undefined ? undefined : beganAbout(submittedAt, startedAt);
      if (known.expected?.state !== state.name) {
        const at = began === undefined ? submittedAt + estimate.expectedMs : began + estimate.generationMs;
        known.expected = { state: state.name, at };
      }
      const expectedAt = known.expected.at;
      const share = began === undefined ? undefined : (clock.now() - began) / Math.max(1, expectedAt - began);
      const fraction = share === undefined ? undefined : Math.min(1, Math.floor(share * BAR_STEPS) / BAR_STEPS);
      return { expectedAt, fraction };
    },

    forget(jobId) {
      looks.delete(jobId);
      left.delete(jobId);
    },

    leave(jobId) {
      left.delete(jobId);
      left.set(jobId, performance.now());
      for (const [other, at] of left) {
        if (performance.now() - at < LEFT_FOR) break;
        left.delete(other);
        looks.delete(other);
      }
      return looks.get(jobId);
    },

    recall(jobId, known) {
      left.delete(jobId);
      looks.set(jobId, { ...known });
    },
  };
}
