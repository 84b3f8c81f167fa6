/**
 * When to look at a job next. Pure.
 *
 * The optimal checking schedule of inspection theory: with a price for a look and one for a second of delay, the density
 * of looks that costs least is `sqrt(hazard / (2 * price))` looks a second (Barlow, Hunter and Proschan, "Optimum Checking
 * Procedures", J. SIAM 11, 1963; Keller, "Optimum Checking Schedules for Systems Subject to Random Failure", Management
 * Science 21, 1974). `hazard` is the chance that a job which has taken so long finishes within the next second; `price` is
 * that of a look in seconds of delay. The next look stands where that density, summed from now on, reaches one.
 */
import { cellOf, endOf, endsWithin, takesLonger, type Distribution } from './distribution.ts';
import { beganAbout, QUEUED_LOOKS_APART_MS, type DurationEstimate } from './estimates.ts';

/** Bounds on the time between two looks, in milliseconds. */
export const LOOK_BOUNDS = {
  shortest: 500,
  /** While queued and in the first minute of generating. */
  early: QUEUED_LOOKS_APART_MS,
  late: 20_000,
} as const;
const EARLY_MS = 60_000;

/** What the last look saw. Times in milliseconds since the epoch. */
export interface Sight {
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
 * where that would take more looks a job than the 35 that are promised allow, closer.
 */
const AIM = { share: 0.9, looks: 33.5, closest: 0.97 } as const;

/**
 * Milliseconds from now to the next look at a job; also to the first one, asked when it has been submitted.
 *
 * @param lagMs the mean time from finished to found to stay below; {@link promisedLag} unless said.
 */
export function nextLook(sight: Sight, estimate: DurationEstimate, lagMs = promisedLag(estimate)): number {
  const price = priceOf(estimate.generation, lagMs);
  return sight.startedAt === undefined
    ? whileQueued(Math.max(sight.now - sight.submittedAt, 0), estimate, price)
    : whileGenerating(sight, sight.startedAt, estimate.generation, price);
}

function whileGenerating(sight: Sight, startedAt: number, generation: Distribution, price: number): number {
  const bound = sight.now - startedAt >= EARLY_MS ? LOOK_BOUNDS.late : LOOK_BOUNDS.early;
  const age = Math.max(sight.now - beganAbout(sight.submittedAt, startedAt), 0) || 0;
  let left = takesLonger(generation, age);
  let looks = 0;
  for (let from = age, cell = cellOf(age); from < age + bound; cell += 1) {
    const to = Math.min(endOf(cell), age + bound);
    const ends = endsWithin(generation, cell, from, to);
    const density = lookDensity(ends, left, to - from, price);
    const here = density * (to - from);
    if (looks + here >= 1) return within(from - age + (1 - looks) / density, bound);
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
    if (looks >= 1) return within(ms + step, bound);
  }
  return bound;
}

/** Looks a millisecond that cost least over a stretch in which a share `ends` of the `left` jobs finishes. */
function lookDensity(ends: number, left: number, width: number, price: number): number {
  const hazard = left > ends / 2 ? ends / (left - ends / 2) / width : 0;
  return Math.sqrt(hazard / (2 * price));
}

/** Asked at each look, and the same until something is learnt. */
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

/** What the schedule costs a job on average. A job is found, on average, half an interval after it finished. */
function costAt(generation: Distribution, price: number): { lagMs: number; looks: number } {
  let [left, lagMs, looks] = [1, 0, 1];
  for (const [cell, ends] of generation.entries()) {
    const from = cell === 0 ? 0 : endOf(cell - 1);
    const width = endOf(cell) - from;
    if (width === Infinity) break;
    const bound = from >= EARLY_MS ? LOOK_BOUNDS.late : LOOK_BOUNDS.early;
    const interval = within(1 / lookDensity(ends, left, width, price), bound);
    lagMs += (ends * interval) / 2;
    looks += (left - ends / 2) * (width / interval);
    left -= ends;
  }
  return { lagMs, looks };
}

function within(ms: number, bound: number): number {
  return Math.min(Math.max(ms, LOOK_BOUNDS.shortest), bound);
}

/** Milliseconds: the first wait after trouble, the longest in a job's first two minutes, the longest later. */
const TROUBLE = { first: 1000, early: 10_000, late: 30_000 } as const;
const EARLY_TROUBLE_MS = 120_000;
/** Longest `Retry-After` that is obeyed to the full: a mistaken one must not hold back a result that is paid for. */
export const RETRY_AFTER_MAX_MS = 60_000;

/**
 * Milliseconds to the next look after one that failed: doubling from 1 s, of which a random half, so that jobs which met
 * the same trouble do not come back together; at most 10 s in the job's first two minutes, 30 s later. Where RunComfy said
 * how long to wait, its word wins over these bounds, up to a minute: looking earlier would only be refused again.
 *
 * @param troubles failed looks in a row, this one included.
 * @param jobAge milliseconds since it was submitted.
 * @param retryAfter milliseconds.
 * @param random 0 to 1.
 */
export function afterTrouble(trouble: {
  troubles: number;
  jobAge: number;
  retryAfter: number | undefined;
  random: () => number;
}): number {
  const bound = trouble.jobAge >= EARLY_TROUBLE_MS ? TROUBLE.late : TROUBLE.early;
  const backoff = Math.min(TROUBLE.first * 2 ** Math.max(trouble.troubles - 1, 0) || TROUBLE.first, bound);
  const wait = backoff * (0.5 + 0.5 * trouble.random());
  const asked = Math.min(trouble.retryAfter ?? 0, RETRY_AFTER_MAX_MS);
  // A little later than asked, never earlier.
  return asked > 0 ? Math.max(wait, asked + 0.1 * wait) : wait;
}
