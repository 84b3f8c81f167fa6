/** When a job is likely finished, and how far it is. Pure. */
import { quantile } from './distribution.ts';
import type { DurationEstimate } from './estimate.ts';
import { longestWait } from './next-look.ts';
import { generationBegan } from './observation.ts';

/** Steps of the progress bar: each is an edit of the reply. */
const BAR_STEPS = 4;

/** A request that takes longer than this share of such requests takes longer than usual. */
const USUAL_SHARE = 0.9;

/**
 * An edit that was decided on a look may stand so long before the next one takes its place, beside the time between the looks
 * (milliseconds): edits of one message are 2 s apart, and Discord takes its time.
 */
const EDIT_SLACK = 5000;

/** When a job is likely finished (milliseconds since the epoch); past that `soon`, and `late` where it takes longer than usual. */
export type ExpectedEnd = { at: number } | 'soon' | 'late';

/** What people are told of a job's likely end. */
export interface Expectation {
  /** `undefined` where nobody knows. A moment that is named is not passed before the next look at the job. */
  expected: ExpectedEnd | undefined;
  /** How much of the generation is likely done, from 0 to 1, in steps. */
  fraction: number | undefined;
}

/** Of a job that is not at RunComfy, nothing can be expected. */
export const NO_EXPECTATION: Expectation = { expected: undefined, fraction: undefined };

/** When RunComfy took a request and began it (milliseconds since the epoch). */
interface Times {
  submittedAt: number;
  startedAt: number | undefined;
}

/** What is known of the queue before a request. */
export interface Place {
  /** Requests ahead, as RunComfy counts them; `undefined` where it does not say. */
  position: number | undefined;
  /** How long each of them takes to go (milliseconds), where that has been seen. */
  placeMs: number | undefined;
  /** When this is known (milliseconds since the epoch). */
  now: number;
}

/** Whether a place in the queue says more of the end than the one that it was estimated at: the first known, then each half of it. */
export function isNearer(estimated: number | undefined, position: number | undefined): boolean {
  if (position === undefined) return false;
  return estimated === undefined || (position < estimated && 2 * position <= estimated);
}

/** A likely end. */
export interface End {
  /** Half of such requests are finished by then (milliseconds since the epoch). */
  at: number;
  /** From then on it takes longer than usual (likewise). */
  late: number;
}

/** How long a request still waits for those ahead of it (milliseconds). Until it is seen how fast they go, each takes as long as itself. */
function waitFor(position: number, placeMs: number | undefined, { queueMs, generationMs }: DurationEstimate): number {
  const each = placeMs ?? generationMs;
  return position * each + Math.min(queueMs, each / 2);
}

/** When a request is likely finished. */
export function expectedEnd({ submittedAt, startedAt }: Times, estimate: DurationEstimate, place: Place): End {
  const { position, placeMs, now } = place;
  const longer = quantile(estimate.generation, USUAL_SHARE) - estimate.generationMs;
  if (startedAt !== undefined) {
    const at = generationBegan(submittedAt, startedAt) + estimate.generationMs;
    return { at, late: at + longer };
  }
  if (position === undefined) {
    const at = submittedAt + estimate.expectedMs;
    return { at, late: at + longer + quantile(estimate.queue, USUAL_SHARE) - estimate.queueMs };
  }
  const wait = waitFor(position, placeMs, estimate);
  const at = now + wait + estimate.generationMs;
  return { at, late: at + longer + wait / 2 };
}

/**
 * What is told of a likely end now: never a moment that may have passed before the next look at the job.
 *
 * @param progress.behind - whether others are ahead of it: then it cannot be ready any moment.
 * @param progress.startedAt - when RunComfy began it (milliseconds since the epoch, as `now`).
 */
export function toldEnd(
  { at, late }: End,
  { now, startedAt, behind }: { now: number; startedAt: number | undefined; behind: boolean },
): ExpectedEnd {
  if (now < at - longestWait(startedAt, now) - EDIT_SLACK) return { at };
  return behind || now >= late ? 'late' : 'soon';
}

/** The pictures of several requests come one by one: the end of all of them is worth a word where it is so far (milliseconds), or late. */
const FAR = 60_000;

/** Whether an end that could be told is so near that a job of several requests has other things to show. */
export function isNear(told: ExpectedEnd, now: number): boolean {
  return typeof told === 'string' ? told === 'soon' : told.at - now < FAR;
}

/**
 * How much of the generation is likely done, from 0 to 1, in steps; `undefined` while the job is queued.
 *
 * @param now - milliseconds since the epoch, as `expectedAt`.
 */
export function fractionDone({ submittedAt, startedAt }: Times, expectedAt: number, now: number): number | undefined {
  if (startedAt === undefined) return undefined;
  const began = generationBegan(submittedAt, startedAt);
  const share = (now - began) / Math.max(1, expectedAt - began);
  return Math.min(1, Math.floor(share * BAR_STEPS) / BAR_STEPS);
}
