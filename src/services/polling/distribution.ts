/**
 * Distributions of a duration, as the probability of each bin of a grid in the logarithm of time; a bin is a twelfth of an
 * e-fold (8 %) wide. On a grid a question to a mixture costs the same whatever it is mixed of. Pure.
 */

/** Probabilities by bin; they sum to 1. The first bin is all below {@link SHORTEST_MS}, the last all above the grid. */
export type Distribution = readonly number[];

/** A value with its weight. */
export type Weighted<Value = number> = readonly [weight: number, value: Value];

const SHORTEST_MS = 500;
const BINS_PER_E_FOLD = 12;
/** Up to two hours: past any deadline worth setting. */
const BINS = Math.ceil(Math.log(7_200_000 / SHORTEST_MS) * BINS_PER_E_FOLD) + 2;

/** `BIN_ENDS[i]` is where bin `i` ends, in milliseconds; the last bin has no end. */
const BIN_ENDS = Array.from({ length: BINS - 1 }, (_, bin) => SHORTEST_MS * Math.exp(bin / BINS_PER_E_FOLD));

/** How wide the middle half of a normal distribution is, in standard deviations. */
const MIDDLE_HALF = 1.349;
/** Standard deviations on either side of the median that the fit takes in. */
const FIT_REACH = 2.5;
/** The standard deviation of what lies there, as a share of the whole's. */
const FIT_SHARE = 0.955;

/** Where a bin ends, in milliseconds; `Infinity` for the last. */
export function binEnd(bin: number): number {
  return BIN_ENDS[bin] ?? Infinity;
}

/** Number of the bin that a duration in milliseconds falls into. */
export function binOf(ms: number): number {
  if (!(ms >= SHORTEST_MS)) return 0;
  return Math.min(Math.floor(Math.log(ms / SHORTEST_MS) * BINS_PER_E_FOLD) + 1, BINS - 1);
}

/** The probability that it ends between two moments of one bin, in milliseconds; 0 in the last bin, which has no end. */
export function endsBetween(distribution: Distribution, bin: number, from: number, to: number): number {
  const part = bin === 0 ? (to - from) / SHORTEST_MS : Math.log(to / from) * BINS_PER_E_FOLD;
  return bin < BINS - 1 && part > 0 ? part * (distribution[bin] ?? 0) : 0;
}

/**
 * The probability that it takes longer than `ms`: the survival function. Summed from the far
 * end, where small numbers matter.
 */
export function takesLonger(distribution: Distribution, ms: number): number {
  const bin = binOf(ms);
  let longer = 0;
  for (let i = BINS - 1; i > bin; i -= 1) longer += distribution[i] ?? 0;
  return longer + endsBetween(distribution, bin, Math.max(ms, 0) || 0, binEnd(bin));
}

/** The duration in milliseconds that is not passed with a probability of `share` (0 to 1). */
export function quantile(distribution: Distribution, share: number): number {
  let below = 0;
  for (let bin = 0; bin < distribution.length; bin += 1) {
    const mass = distribution[bin] ?? 0;
    if (mass > 0 && below + mass >= share) {
      const part = Math.max(0, (share - below) / mass);
      if (bin === 0) return SHORTEST_MS * part;
      return Math.min(binEnd(bin - 1) * Math.exp(part / BINS_PER_E_FOLD), binEnd(BINS - 2));
    }
    below += mass;
  }
  return binEnd(BINS - 2);
}

/** A lognormal distribution: its median in milliseconds and the standard deviation of the logarithm. */
export function lognormal(medianMs: number, spread: number): Distribution {
  const bins = new Array<number>(BINS).fill(0);
  let from = -Infinity;
  for (let bin = 0; bin < BINS; bin += 1) {
    const to = Math.log(binEnd(bin) / medianMs) / spread;
    // By the nearer tail: a difference of two numbers close to 1 would lose the far end, where the hazard is asked for as well.
    bins[bin] = Math.max(0, from > 0 ? normalTail(from) - normalTail(to) : normalTail(-to) - normalTail(-from));
    from = to;
  }
  return bins;
}

/** Distributions mixed by their weights (of any sum above 0). */
export function mixture(parts: readonly Weighted<Distribution>[]): Distribution {
  const whole = parts.reduce((sum, [weight]) => sum + weight, 0);
  const bins = new Array<number>(BINS).fill(0);
  for (const [weight, distribution] of parts) {
    for (let bin = 0; bin < BINS; bin += 1) {
      bins[bin] = (bins[bin] ?? 0) + (weight / whole) * (distribution[bin] ?? 0);
    }
  }
  return bins;
}

/** A histogram of durations in milliseconds, each with its weight. */
export function histogram(seen: readonly Weighted[]): Distribution {
  const bins = new Array<number>(BINS).fill(0);
  const whole = seen.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, ms] of seen) {
    // Shared between two bins, so that the mean of the logarithm stays what it was.
    const at = Math.log(Math.max(ms, SHORTEST_MS) / SHORTEST_MS) * BINS_PER_E_FOLD + 0.5;
    const bin = Math.min(Math.floor(at), BINS - 2);
    const upper = Math.min(1, at - bin);
    bins[bin] = (bins[bin] ?? 0) + ((1 - upper) * weight) / whole;
    bins[bin + 1] = (bins[bin + 1] ?? 0) + (upper * weight) / whole;
  }
  return bins;
}

/**
 * The mean and the standard deviation of the logarithm, from what lies within {@link FIT_REACH} standard deviations of the
 * median alone (as the middle half suggests them): a few extremes do not move them.
 */
export function robustFit(distribution: Distribution): { logMs: number; spread: number } {
  const middle = Math.log(quantile(distribution, 0.5));
  const suggested = Math.log(quantile(distribution, 0.75) / quantile(distribution, 0.25)) / MIDDLE_HALF;
  const reach = FIT_REACH * Math.max(suggested, 1 / BINS_PER_E_FOLD);
  let [whole, sum, squares] = [0, 0, 0];
  for (let bin = 0; bin < distribution.length; bin += 1) {
    const mass = distribution[bin] ?? 0;
    // Middle of the bin, from the middle of the whole.
    const off = Math.log(SHORTEST_MS) + (bin - 0.5) / BINS_PER_E_FOLD - middle;
    if (mass === 0 || Math.abs(off) > reach) continue;
    whole += mass;
    sum += mass * off;
    squares += mass * off * off;
  }
  const mean = sum / whole;
  return { logMs: middle + mean, spread: Math.sqrt(Math.max(squares / whole - mean * mean, 0)) / FIT_SHARE };
}

/** A distribution smoothed by a normal kernel; `width` is the kernel's standard deviation in the logarithm of time. */
export function smoothed(distribution: Distribution, width: number): Distribution {
  const reach = Math.ceil(3 * width * BINS_PER_E_FOLD);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / (width * BINS_PER_E_FOLD)) ** 2),
  );
  const whole = kernel.reduce((sum, share) => sum + share, 0);
  const bins = new Array<number>(BINS).fill(0);
  for (let bin = 0; bin < distribution.length; bin += 1) {
    const mass = distribution[bin] ?? 0;
    if (mass === 0) continue;
    for (let i = 0; i < kernel.length; i += 1) {
      const to = Math.min(Math.max(bin + i - reach, 0), BINS - 1);
      bins[to] = (bins[to] ?? 0) + (mass * (kernel[i] ?? 0)) / whole;
    }
  }
  return bins;
}

/** The probability that a standard normal variable passes `z`; error below 1e-7 (Abramowitz and Stegun 1964, 26.2.17). */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  if (z === Infinity) return 0;
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
