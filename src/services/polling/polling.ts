/** When to look at each job next, from what the bot has learnt of how long such jobs take. */
import type { Clock } from '../clock.ts';
import type { Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { RunComfyError } from '../runcomfy/runcomfy.ts';
import type { Store } from '../storage/storage.ts';
import { backoff } from './backoff.ts';
import { expectedEnd, fractionDone, NO_EXPECTATION, type Expectation } from './expectation.ts';
import { createJobLooks, type Looks } from './job-looks.ts';
import { createLearntDurations } from './learnt-durations.ts';
import { nextLook } from './next-look.ts';
import { observe } from './observation.ts';
import { createRateBudget } from './rate-budget.ts';

export { looksSchema } from './job-looks.ts';

/** Looks a second of one process, over all its jobs. RunComfy publishes no limit; its 429s shrink this. */
const LOOKS_PER_SECOND = 250;

export interface Polling {
  /** Reads what was learnt before, so that the first estimates use it. Never rejects; nothing else waits for it. */
  load(): Promise<void>;
  /** Milliseconds until the next look at a submitted job. Takes that look's place in the budget. */
  next(job: Job): number;
  /** To be called after each look that was answered. */
  looked(job: Job): void;
  /** Milliseconds until the next try after a look or a submit that failed. */
  afterTrouble(job: Job, error: Pick<RunComfyError, 'kind' | 'retryAfter'>): number;
  /** To be called when a job is completed: learns how long it took. */
  finished(job: Job): void;
  /** What people are told of a job's likely end. */
  expectation(job: Job): Expectation;
  /** Forgets the looks at a job. */
  forget(jobId: string): void;
  /** Leaves a job to other processes, and returns what the next one must know of the looks at it. */
  leave(jobId: string): Looks | undefined;
  /** Takes over a job from another process. */
  recall(jobId: string, looks: Looks): void;
}

/** Waits for nothing: {@link Polling.load} reads what was learnt before, else the first estimates do so in the background. */
export function createPolling({
  store,
  clock,
  random,
  log,
}: {
  store: Pick<Store, 'collection'>;
  clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  /** Gives 0 to 1. */
  random: () => number;
  log: Pick<Log, 'warn'>;
}): Polling {
  const looks = createJobLooks({ clock });
  const durations = createLearntDurations({ store, clock, log });
  const budget = createRateBudget({ perSecond: LOOKS_PER_SECOND, now: () => clock.monotonic() });

  return {
    load: () => durations.load(),

    next(job) {
      const progress = { now: clock.now(), submittedAt: job.submittedAt ?? job.createdAt, startedAt: job.startedAt };
      looks.of(job.id);
      return budget.takePlace(nextLook(progress, durations.estimate(job)), looks.count());
    },

    looked(job) {
      const known = looks.of(job.id);
      known.lookedAt = clock.now();
      known.troubles = 0;
      budget.answered();
    },

    afterTrouble(job, { kind, retryAfter }) {
      const known = looks.of(job.id);
      known.troubles += 1;
      // A submit that must wait tells nothing about looks: were they held back too, finished pictures would wait with it.
      if (kind === 'rate' && job.submittedAt !== undefined) budget.rateLimited(retryAfter);
      return backoff({ failures: known.troubles, jobAge: clock.now() - job.createdAt, retryAfter, random });
    },

    finished(job) {
      const { submittedAt, startedAt, finishedAt, count, quality } = job;
      if (submittedAt === undefined || finishedAt === undefined) return;
      const { lookedAt } = looks.of(job.id);
      const observation = observe({ count, quality }, { submittedAt, startedAt, lookedAt, finishedAt });
      if (observation !== undefined) durations.learn(observation, { submittedAt, finishedAt });
    },

    expectation(job) {
      const { state, submittedAt, startedAt } = job;
      const isAtRunComfy = state.name === 'in_queue' || state.name === 'in_progress';
      if (submittedAt === undefined || !isAtRunComfy) return NO_EXPECTATION;
      const times = { submittedAt, startedAt };
      const known = looks.of(job.id);
      if (known.expected?.state !== state.name) {
        known.expected = { state: state.name, at: expectedEnd(times, durations.estimate(job)) };
      }
      const expectedAt = known.expected.at;
      return { expectedAt, fraction: fractionDone(times, expectedAt, clock.now()) };
    },

    forget(jobId) {
      looks.forget(jobId);
    },
    leave: (jobId) => looks.leave(jobId),
    recall(jobId, known) {
      looks.recall(jobId, known);
    },
  };
}
