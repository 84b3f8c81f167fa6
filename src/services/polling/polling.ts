/** When to look at each job's requests next, from what the bot has learnt of how long such requests take. */
import type { Clock } from '../clock.ts';
import { isUnderWay, requestOf, type Job, type JobRequest } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { RunComfyError } from '../runcomfy/runcomfy.ts';
import type { Store } from '../storage/storage.ts';
import { backoff, RETRY_AFTER_MAX_MS } from './backoff.ts';
import {
  expectedEnd,
  fractionDone,
  isNear,
  isNearer,
  NO_EXPECTATION,
  toldEnd,
  type End,
  type Expectation,
} from './expectation.ts';
import { createJobLooks, type Looks, type RequestLooks } from './job-looks.ts';
import { createLearntDurations } from './learnt-durations.ts';
import { nextLook } from './next-look.ts';
import { observe } from './observation.ts';
import { createQueuePace } from './queue-pace.ts';
import { createRateBudget } from './rate-budget.ts';

export type { Expectation } from './expectation.ts';
export { looksSchema } from './job-looks.ts';

/** Looks a second of one process, over the requests of all its jobs. RunComfy publishes no limit; its 429s shrink this. */
const LOOKS_PER_SECOND = 250;

/**
 * Failed looks in a row after which people are told, and how long they must have failed (milliseconds): one or two are a hiccup, and so
 * are a few seconds, after which it would only have to be taken back.
 */
const TROUBLES_TOLD = 3;
const TROUBLED_TOLD = 5000;

/** Each request of a job (by its number from 1; the first, where it is left out) has a schedule of its own. */
export interface Polling {
  /** Reads what was learnt before, so that the first estimates use it. Never rejects; nothing else waits for it. */
  load(): Promise<void>;
  /**
   * Milliseconds until the next look at a request that was submitted, asked after one that was answered. Takes that look's place in the
   * budget, unless it is far ahead: then it may come sooner, and {@link Polling.untilDue} says so.
   */
  next(job: Job, request?: number): number;
  /**
   * To be asked right before a look or a submit, whatever led to it: milliseconds that it still has to wait, 0 when it is due. Before
   * RunComfy had said to come again none is.
   */
  untilDue(job: Job, request?: number): number;
  /** Milliseconds until the next look or submit that this one was told of; 0 where it was told of none. */
  untilNext(job: Job, request: number): number;
  /** To be called after each look that was answered. */
  looked(job: Job, request?: number): void;
  /** Milliseconds until the next try after a look or a submit that failed. */
  afterTrouble(job: Job, error: Pick<RunComfyError, 'kind' | 'retryAfter'>, request?: number): number;
  /** Whether RunComfy has given no useful answer about one of a job's requests that it has for several tries in a row, so that people should know. */
  isSilent(job: Job): boolean;
  /** To be called when a request is completed: learns how long it took. */
  finished(job: Job, request?: number): void;
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
  const pace = createQueuePace();

  /** Takes the place of a look that was wanted `delay` milliseconds after `at`; where it is not taken yet, that is remembered. */
  function place(known: RequestLooks, { delay, at }: { delay: number; at: number }): number {
    const { wait, taken } = budget.takePlace(delay, looks.count(), clock.now() - at);
    known.wanted = taken ? undefined : { delay, at: Math.min(at, clock.now()) };
    return remember(known, wait);
  }

  function remember(known: RequestLooks, delay: number): number {
    known.next = { delay, at: clock.now() };
    return delay;
  }

  /** Milliseconds that are left of a wait. A clock that is set back must not hold up anything for longer. */
  function left(wait: { delay: number; at: number } | undefined): number {
    return wait === undefined ? 0 : Math.min(wait.delay, Math.max(0, wait.at + wait.delay - clock.now()));
  }

  function answered(known: RequestLooks): void {
    known.troubles = 0;
    known.troubledSince = undefined;
    known.silent = undefined;
  }

  function troubled(known: RequestLooks): void {
    const now = clock.now();
    known.troubles += 1;
    // A clock that is set back must not keep it untold.
    known.troubledSince = Math.min(known.troubledSince ?? now, now);
    if (known.troubles >= TROUBLES_TOLD && now - known.troubledSince >= TROUBLED_TOLD) known.silent = true;
  }

  const kindOf = ({ quality }: Job, { images: count }: JobRequest) => ({ count, quality });

  /** What is expected of a request that is under way: estimated when it enters a state, and with each halving of its position. */
  function expected(job: Job, request: JobRequest): End & { fraction: number | undefined; behind: boolean } {
    const { state, startedAt, submittedAt = job.createdAt } = request;
    const times = { submittedAt, startedAt };
    const now = clock.now();
    const known = looks.of(job.id, request.number);
    const position = state.name === 'in_queue' ? state.position : undefined;
    known.place = pace.seen(known.place, position, now);
    const isNew = known.expected?.state !== state.name || isNearer(known.expected.position, position);
    const estimated =
      isNew || known.expected === undefined
        ? expectedEnd(times, durations.estimate(kindOf(job, request)), { position, placeMs: pace.placeMs(), now })
        : known.expected;
    if (estimated !== known.expected) known.expected = { state: state.name, position, ...estimated };
    const { at, late } = estimated;
    return { at, late, fraction: fractionDone(times, at, now), behind: (position ?? 0) > 0 };
  }

  return {
    load: () => durations.load(),

    next(job, number = 1) {
      const now = clock.now();
      const request = requestOf(job, number);
      const progress = { now, submittedAt: request.submittedAt ?? job.createdAt, startedAt: request.startedAt };
      const known = looks.of(job.id, number);
      answered(known);
      return place(known, { delay: nextLook(progress, durations.estimate(kindOf(job, request))), at: now });
    },

    untilDue({ id }, number = 1) {
      const known = looks.of(id, number);
      return known.wanted === undefined ? left(known.told) : place(known, known.wanted);
    },

    untilNext({ id }, number) {
      return left(looks.of(id, number).next);
    },

    looked({ id }, number = 1) {
      const known = looks.of(id, number);
      known.lookedAt = clock.now();
      answered(known);
      known.told = undefined;
      budget.answered();
    },

    afterTrouble(job, { kind, retryAfter }, number = 1) {
      const known = looks.of(job.id, number);
      troubled(known);
      known.wanted = undefined;
      const asked = Math.min(retryAfter ?? 0, RETRY_AFTER_MAX_MS);
      known.told = asked > 0 ? { delay: asked, at: clock.now() } : undefined;
      // A submit that must wait tells nothing about looks: were they held back too, finished pictures would wait with it.
      if (kind === 'rate' && requestOf(job, number).submittedAt !== undefined) budget.rateLimited(retryAfter);
      const jobAge = clock.now() - job.createdAt;
      return remember(known, backoff({ failures: known.troubles, jobAge, retryAfter, random }));
    },

    isSilent: ({ id, requests }) =>
      requests.some((request) => isUnderWay(request) && looks.of(id, request.number).silent === true),

    finished(job, number = 1) {
      const request = requestOf(job, number);
      const { submittedAt, startedAt, finishedAt } = request;
      if (submittedAt === undefined || finishedAt === undefined) return;
      const { lookedAt } = looks.of(job.id, number);
      const observation = observe(kindOf(job, request), { submittedAt, startedAt, lookedAt, finishedAt });
      if (observation !== undefined) durations.learn(observation, { submittedAt, finishedAt });
      looks.drop(job.id, number);
    },

    expectation(job) {
      const ends = job.requests.filter(isUnderWay).map((request) => expected(job, request));
      if (ends.length === 0) return NO_EXPECTATION;
      // The job is there when the last of its requests is.
      const end = { at: Math.max(...ends.map(({ at }) => at)), late: Math.max(...ends.map(({ late }) => late)) };
      const fractions = ends.map(({ fraction }) => fraction ?? 0);
      const fraction = ends.every((each) => each.fraction === undefined) ? undefined : Math.min(...fractions);
      const behind = ends.some((each) => each.behind);
      const told = toldEnd(end, { now: clock.now(), startedAt: job.startedAt, behind });
      return { expected: job.requests.length > 1 && isNear(told, clock.now()) ? undefined : told, fraction };
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
