/** When to look at each job next, from what the bot has learnt of how long such jobs take. */
import type { Clock } from '../clock.ts';
import { isAtRunComfy, type Job } from '../job/job.ts';
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

/** Failed looks in a row after which people are told: one or two are a hiccup. */
const TROUBLES_TOLD = 3;

export interface Polling {
  /** Reads what was learnt before, so that the first estimates use it. Never rejects; nothing else waits for it. */
  load(): Promise<void>;
  /**
   * Milliseconds until the next look at a submitted job, asked after one that was answered. Takes that look's place in the
   * budget, unless it is far ahead: then it may come sooner, and {@link Polling.untilDue} says so.
   */
  next(job: Job): number;
  /** To be asked right before a look: milliseconds that it still has to wait, 0 when it is due. */
  untilDue(job: Job): number;
  /** To be called after each look that was answered. */
  looked(job: Job): void;
  /** Milliseconds until the next try after a look or a submit that failed. */
  afterTrouble(job: Job, error: Pick<RunComfyError, 'kind' | 'retryAfter'>): number;
  /** Whether RunComfy has given no useful answer about a job for several tries in a row, so that people should know. */
  isSilent(jobId: string): boolean;
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

  /** Takes the place of a look that was wanted `delay` milliseconds after `at`; where it is not taken yet, that is remembered. */
  function place(jobId: string, { delay, at }: { delay: number; at: number }): number {
    const known = looks.of(jobId);
    const { wait, taken } = budget.takePlace(delay, looks.count(), clock.now() - at);
    known.wanted = taken ? undefined : { delay, at: Math.min(at, clock.now()) };
    return wait;
  }

  return {
    load: () => durations.load(),

    next(job) {
      const now = clock.now();
      const progress = { now, submittedAt: job.submittedAt ?? job.createdAt, startedAt: job.startedAt };
      looks.of(job.id).troubles = 0;
      return place(job.id, { delay: nextLook(progress, durations.estimate(job)), at: now });
    },

    untilDue({ id }) {
      const { wanted } = looks.of(id);
      return wanted === undefined ? 0 : place(id, wanted);
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
      known.wanted = undefined;
      // A submit that must wait tells nothing about looks: were they held back too, finished pictures would wait with it.
      if (kind === 'rate' && job.submittedAt !== undefined) budget.rateLimited(retryAfter);
      return backoff({ failures: known.troubles, jobAge: clock.now() - job.createdAt, retryAfter, random });
    },

    isSilent: (jobId) => looks.of(jobId).troubles >= TROUBLES_TOLD,

    finished(job) {
      const { submittedAt, startedAt, finishedAt, count, quality } = job;
      if (submittedAt === undefined || finishedAt === undefined) return;
      const { lookedAt } = looks.of(job.id);
      const observation = observe({ count, quality }, { submittedAt, startedAt, lookedAt, finishedAt });
      if (observation !== undefined) durations.learn(observation, { submittedAt, finishedAt });
    },

    expectation(job) {
      const { state, submittedAt, startedAt } = job;
      if (submittedAt === undefined || !isAtRunComfy(job)) return NO_EXPECTATION;
      const times = { submittedAt, startedAt };
      const known = looks.of(job.id);
      if (known.expected?.state !== state.name) {
        known.expected = { state: state.name, at: expectedEnd(times, durations.estimate(job)) };
      }
      const { at } = known.expected;
      const now = clock.now();
      return { expectedAt: at > now ? at : undefined, fraction: fractionDone(times, at, now) };
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
