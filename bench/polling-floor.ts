/** The floor: what the best possible schedule within the bounds would take, were the distribution known exactly. */
import { LOOK_BOUNDS } from '../src/services/polling/next-look.ts';
import { promisedLagMs } from './polling-scenarios.ts';

/** Moments are whole steps (seconds) here. */
const STEP = 0.25;
const EARLY_SECONDS = 60;

/**
 * The fewest polls a job, on average, with which the mean lag can be 1 s or 1.5 % of the median, whichever is more: by
 * dynamic programming from the last moment back, over every choice of intervals, for lognormal durations from submit on.
 */
export function fewestPolls(medianMs: number, spread: number): number {
  const lag = promisedLagMs(medianMs) / 1000;
  const jobs = distribution(medianMs / 1000, spread);
  let [low, high] = [1e-3, 1e3];
  for (let round = 0; round < 16; round += 1) {
    const price = Math.sqrt(low * high);
    if (best(jobs, price).lag > lag) high = price;
    else low = price;
  }
  const [cheap, dear] = [best(jobs, low), best(jobs, high)];
  const between = (lag - cheap.lag) / Math.max(dear.lag - cheap.lag, 1e-9);
  return cheap.polls + Math.min(Math.max(between, 0), 1) * (dear.polls - cheap.polls);
}

/** By step: the share of jobs finished, and the sum of that share over all steps before (in seconds). */
function distribution(median: number, spread: number): { finished: Float64Array; summed: Float64Array } {
  const steps = Math.ceil((median * Math.exp(4 * spread) + LOOK_BOUNDS.late / 1000) / STEP);
  const finished = new Float64Array(steps);
  const summed = new Float64Array(steps);
  for (let i = 1; i < steps; i += 1) {
    const time = (i - 0.5) * STEP;
    const density = Math.exp(-0.5 * (Math.log(time / median) / spread) ** 2) / (time * spread * Math.sqrt(2 * Math.PI));
    finished[i] = Math.min((finished[i - 1] ?? 0) + density * STEP, 1);
    summed[i] = (summed[i - 1] ?? 0) + (((finished[i - 1] ?? 0) + (finished[i] ?? 0)) / 2) * STEP;
  }
  return { finished, summed };
}

/** The schedule that costs least when a look costs as much as `price` seconds of delay. */
function best({ finished, summed }: ReturnType<typeof distribution>, price: number): { polls: number; lag: number } {
  const last = finished.length;
  const costs = new Float64Array(last);
  const polls = new Float64Array(last);
  const lags = new Float64Array(last);
  for (let from = last - 1; from >= 0; from -= 1) {
    const bound = from * STEP < EARLY_SECONDS ? LOOK_BOUNDS.early : LOOK_BOUNDS.late;
    const unfinished = 1 - (finished[from] ?? 1);
    let least = from + bound / 1000 / STEP >= last ? 0 : Infinity;
    for (let to = from + LOOK_BOUNDS.shortest / 1000 / STEP; to <= from + bound / 1000 / STEP && to < last; to += 1) {
      // Whoever finished in between waits until the look.
      const lag = (summed[to] ?? 0) - (summed[from] ?? 0) - (finished[from] ?? 0) * (to - from) * STEP;
      const cost = price * unfinished + lag + (costs[to] ?? 0);
      if (cost >= least) continue;
      least = cost;
      polls[from] = unfinished + (polls[to] ?? 0);
      lags[from] = lag + (lags[to] ?? 0);
    }
    costs[from] = least;
  }
  return { polls: polls[0] ?? 0, lag: lags[0] ?? 0 };
}
