/**
 * Distributions of a duration as the probability of each cell of a grid in the logarithm of time, each cell a twelfth of
 * an e-fold (8 %) wide. On a grid a mixture of anything costs the same to ask. Pure.
 */

/** Probabilities by cell; they sum to 1. The first cell is all below {@link SHORTEST_MS}, the last all above the grid. */
export type Distribution = readonly number[];

/** A thing with its weight. */
export type Weighted<Thing = number> = readonly [weight: number, thing: Thing];

const SHORTEST_MS = 500;
const CELLS_PER_E_FOLD = 12;
/** Up to two hours: past any deadline worth setting. */
const CELLS = Math.ceil(Math.log(7_200_000 / SHORTEST_MS) * CELLS_PER_E_FOLD) + 2;

/** `EDGES[i]` is where cell `i` ends, in milliseconds; the last cell has no end. */
const EDGES = Array.from({ length: CELLS - 1 }, (_, cell) => SHORTEST_MS * Math.exp(cell / CELLS_PER_E_FOLD));

/** The middle half of a normal distribution, in standard deviations. */
const MIDDLE_HALF = 1.349;
/** Standard deviations on either side that count as its bulk, and the deviation of what lies there as a share of all. */
const BULK_REACH = 2.5;
const BULK_SHARE = 0.955;

/** Where a cell ends, in milliseconds; `Infinity` for the last. */
export function endOf(cell: number): number {
  return EDGES[cell] ?? Infinity;
}

/** The cell that a duration in milliseconds falls into. */
export function cellOf(ms: number): number {
  if (!(ms >= SHORTEST_MS)) return 0;
  return Math.min(Math.floor(Math.log(ms / SHORTEST_MS) * CELLS_PER_E_FOLD) + 1, CELLS - 1);
}

/** The probability that it ends between two moments of one cell, in milliseconds; none in the last, which has no end. */
export function endsWithin(distribution: Distribution, cell: number, from: number, to: number): number {
  const part = cell === 0 ? (to - from) / SHORTEST_MS : Math.log(to / from) * CELLS_PER_E_FOLD;
  return cell < CELLS - 1 && part > 0 ? part * (distribution[cell] ?? 0) : 0;
}

/** The probability that it takes longer than `ms`. Summed from the far end, where small numbers matter. */
export function takesLonger(distribution: Distribution, ms: number): number {
  const cell = cellOf(ms);
  let longer = 0;
  for (let i = CELLS - 1; i > cell; i -= 1) longer += distribution[i] ?? 0;
  return longer + endsWithin(distribution, cell, Math.max(ms, 0) || 0, endOf(cell));
}

/** The duration in milliseconds that is not passed with a probability of `share` (0 to 1). */
export function quantile(distribution: Distribution, share: number): number {
  let below = 0;
  for (const [cell, mass] of distribution.entries()) {
    if (mass > 0 && below + mass >= share) {
      const part = Math.max(0, (share - below) / mass);
      if (cell === 0) return SHORTEST_MS * part;
      return Math.min(endOf(cell - 1) * Math.exp(part / CELLS_PER_E_FOLD), endOf(CELLS - 2));
    }
    below += mass;
  }
  return endOf(CELLS - 2);
}

/** A lognormal distribution: its median in milliseconds and the standard deviation of the logarithm. */
export function lognormal(medianMs: number, spread: number): Distribution {
  const edge = (cell: number) => Math.log((cell < 0 ? 0 : endOf(cell)) / medianMs) / spread;
  return Array.from({ length: CELLS }, (_, cell) => {
    const [from, to] = [edge(cell - 1), edge(cell)];
    // By the nearer tail: a difference of two numbers close to 1 would lose the far end, where the hazard is read too.
    return Math.max(0, from > 0 ? normalTail(from) - normalTail(to) : normalTail(-to) - normalTail(-from));
  });
}

/** Distributions in one, by their weights (of any sum above 0). */
export function mixture(parts: readonly Weighted<Distribution>[]): Distribution {
  const whole = parts.reduce((sum, [weight]) => sum + weight, 0);
  return Array.from({ length: CELLS }, (_, cell) =>
    parts.reduce((sum, [weight, distribution]) => sum + (weight / whole) * (distribution[cell] ?? 0), 0),
  );
}

/** What was seen, as it was seen: durations in milliseconds, each with its weight. */
export function histogram(seen: readonly Weighted[]): Distribution {
  const cells = new Array<number>(CELLS).fill(0);
  const whole = seen.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, ms] of seen) {
    // Shared between two cells, so that the mean of the logarithm stays what it was.
    const at = Math.log(Math.max(ms, SHORTEST_MS) / SHORTEST_MS) * CELLS_PER_E_FOLD + 0.5;
    const cell = Math.min(Math.floor(at), CELLS - 2);
    const upper = Math.min(1, at - cell);
    cells[cell] = (cells[cell] ?? 0) + ((1 - upper) * weight) / whole;
    cells[cell + 1] = (cells[cell + 1] ?? 0) + (upper * weight) / whole;
  }
  return cells;
}

/**
 * The mean and the standard deviation of the logarithm, as of a normal distribution whose ends are not looked at: a few
 * extremes do not move them. From what lies within {@link BULK_REACH} deviations, as the middle half suggests them.
 */
export function bulkOf(distribution: Distribution): { logMs: number; spread: number } {
  const middle = Math.log(quantile(distribution, 0.5));
  const suggested = Math.log(quantile(distribution, 0.75) / quantile(distribution, 0.25)) / MIDDLE_HALF;
  const reach = BULK_REACH * Math.max(suggested, 1 / CELLS_PER_E_FOLD);
  let [whole, sum, squares] = [0, 0, 0];
  for (const [cell, mass] of distribution.entries()) {
    // Middle of the cell, from the middle of the whole.
    const off = Math.log(SHORTEST_MS) + (cell - 0.5) / CELLS_PER_E_FOLD - middle;
    if (mass === 0 || Math.abs(off) > reach) continue;
    whole += mass;
    sum += mass * off;
    squares += mass * off * off;
  }
  const mean = sum / whole;
  return { logMs: middle + mean, spread: Math.sqrt(Math.max(squares / whole - mean * mean, 0)) / BULK_SHARE };
}

/** A distribution smoothed by a normal kernel; `width` is the kernel's standard deviation in the logarithm of time. */
export function smoothed(distribution: Distribution, width: number): Distribution {
  const reach = Math.ceil(3 * width * CELLS_PER_E_FOLD);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / (width * CELLS_PER_E_FOLD)) ** 2),
  );
  const whole = kernel.reduce((sum, share) => sum + share, 0);
  const cells = new Array<number>(CELLS).fill(0);
  for (const [cell, mass] of distribution.entries()) {
    if (mass === 0) continue;
    for (const [i, share] of kernel.entries()) {
      const to = Math.min(Math.max(cell + i - reach, 0), CELLS - 1);
      cells[to] = (cells[to] ?? 0) + (mass * share) / whole;
    }
  }
  return cells;
}

/** The probability that a standard normal variable passes `z`; error below 1e-7 (Abramowitz and Stegun 1964, 26.2.17). */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  if (z === Infinity) return 0;
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
