/**
 * When to look at a job next. Pure.
 *
 * The optimal checking schedule of inspection theory: with a price for a look and one for a second of delay, the density
 * of looks that costs least is `sqrt(hazard / (2 * price))` looks a second (Barlow, Hunter and Proschan, "Optimum Checking
 * Procedures", J. SIAM 11, 1963; Keller, "Optimum Checking Schedules for Systems Subject to Random Failure", Management
 * Science 21, 1974). `hazard` is the chance that a job which has taken so long finishes within the next second; `price` is
 * that of a look in seconds of delay. The next look stands where that density, summed from now on, reaches one.
 */
import { binOf, binEnd, endsBetween, takesLonger, type Distribution } from './distribution.ts';
import type { DurationEstimate } from './estimate.ts';
import { generationBegan, QUEUED_LOOKS_APART_MS } from './observation.ts';

/** Bounds on the time between two looks, in milliseconds. */
export const LOOK_BOUNDS = {
  shortest: 500,
  /** While queued and in the first minute of generating. */
  early: QUEUED_LOOKS_APART_MS,
  late: 20_000,
} as const;
const EARLY_MS = 60_000;

/** What the last look saw. Times in milliseconds since the epoch. */
export interface JobProgress {
  now: number;
  submittedAt: number;
  /** The look that first saw the job generating; `undefined` while it is queued. */
  startedAt: number | undefined;
}

/** The mean time from finished to found that is promised (milliseconds): 1 s, or 1.5 % of the median where that is more. */
export function promisedLag({ generationMs }: DurationEstimate): number {
  return Math.max(1000, 0.015 * generationMs);
}

/**
 * The schedule aims below the promise, so that it holds also where the estimate is a little off: at this share of it, or,
 * where that would take more than the promised 35 looks a job, closer to it.
 */
const AIM = { share: 0.9, looks: 33.5, closest: 0.97 } as const;

/**
 * Milliseconds from now to the next look at a job; also to the first one, asked when it has been submitted.
 *
 * @param lagMs - the mean time from finished to found to stay below; {@link promisedLag} unless said.
 */
export function nextLook(progress: JobProgress, estimate: DurationEstimate, lagMs = promisedLag(estimate)): number {
  const price = priceOf(estimate.generation, lagMs);
  return progress.startedAt === undefined
    ? whileQueued(Math.max(progress.now - progress.submittedAt, 0), estimate, price)
    : whileGenerating(progress, progress.startedAt, estimate.generation, price);
}

/** The most milliseconds to the next look, unless there is trouble; both moments in milliseconds since the epoch. */
export function longestWait(startedAt: number | undefined, now: number): number {
  return startedAt !== undefined && now - startedAt >= EARLY_MS ? LOOK_BOUNDS.late : LOOK_BOUNDS.early;
}

function whileGenerating(progress: JobProgress, startedAt: number, generation: Distribution, price: number): number {
  const bound = longestWait(startedAt, progress.now);
  const age = Math.max(progress.now - generationBegan(progress.submittedAt, startedAt), 0) || 0;
  let left = takesLonger(generation, age);
  let looks = 0;
  for (let from = age, bin = binOf(age); from < age + bound; bin += 1) {
    const to = Math.min(binEnd(bin), age + bound);
    const ends = endsBetween(generation, bin, from, to);
    const density = lookDensity(ends, left, to - from, price);
    const here = density * (to - from);
    if (looks + here >= 1) return clamp(from - age + (1 - looks) / density, bound);
    looks += here;
    left -= ends;
    from = to;
  }
  return bound;
}

/** A queued job is worth a look in so far as it can start and finish before the next one. */
function whileQueued(age: number, { queue, generation }: DurationEstimate, price: number): number {
  const bound = LOOK_BOUNDS.early;
  if (takesLonger(generation, bound) > 0.99) return bound;
  const waits = takesLonger(queue, age + bound) / takesLonger(queue, age);
  const starts = waits > 0 ? -Math.log(waits) / bound : 1 / bound;
  const step = 250;
  let looks = 0;
  for (let ms = 0; ms < bound; ms += step) {
    const hazard = starts * (1 - takesLonger(generation, ms + step / 2));
    looks += Math.sqrt(hazard / (2 * price)) * step;
    if (looks >= 1) return clamp(ms + step, bound);
  }
  return bound;
}

/** Looks a millisecond that cost least over a time of `width` in which a share `ends` of the `left` jobs finishes. */
function lookDensity(ends: number, left: number, width: number, price: number): number {
  const hazard = left > ends / 2 ? ends / (left - ends / 2) / width : 0;
  return Math.sqrt(hazard / (2 * price));
}

/** The prices found: asked for at each look, and the same until something is learnt. */
const prices = new WeakMap<Distribution, { lagMs: number; price: number }>();

/** The price of a look, in milliseconds of delay, at which the mean lag over all such jobs is as promised. */
function priceOf(generation: Distribution, lagMs: number): number {
  const known = prices.get(generation);
  if (known?.lagMs === lagMs) return known.price;
  // The lag grows with the price and the looks grow fewer: halve the range of the logarithm to a thousandth.
  let [low, high] = [Math.log(1e-3), Math.log(1e7)];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    const mean = costAt(generation, Math.exp(middle));
    const share = mean.looks > AIM.looks ? AIM.closest : AIM.share;
    if (mean.lagMs < share * lagMs) low = middle;
    else high = middle;
  }
  const price = Math.exp(low);
  prices.set(generation, { lagMs, price });
  return price;
}

/** What the schedule costs a job on average: it is found, on average, half an interval after it finished. */
function costAt(generation: Distribution, price: number): { lagMs: number; looks: number } {
  let [left, lagMs, looks, from] = [1, 0, 1, 0];
  // By number, here and in distribution.ts: an iterator over entries takes several times as long.
  for (let bin = 0; bin < generation.length - 1; bin += 1) {
    const ends = generation[bin] ?? 0;
    const to = binEnd(bin);
    const width = to - from;
    const bound = from >= EARLY_MS ? LOOK_BOUNDS.late : LOOK_BOUNDS.early;
    const interval = clamp(1 / lookDensity(ends, left, width, price), bound);
    lagMs += (ends * interval) / 2;
    looks += (left - ends / 2) * (width / interval);
    left -= ends;
    from = to;
  }
  return { lagMs, looks };
}

function clamp(ms: number, longest: number): number {
  return Math.min(Math.max(ms, LOOK_BOUNDS.shortest), longest);
}
