/** How long a job of a kind will take, estimated from the history and, while that is short, from priors. Pure. */
import {
  histogram,
  lognormal,
  mixture,
  quantile,
  robustFit,
  smoothed,
  type Distribution,
  type Weighted,
} from './distribution.ts';
import type { DurationHistory, FinishedJob } from './duration-history.ts';
import type { JobKind } from './observation.ts';
import type { Quality } from '../models/seedream.ts';

export interface DurationEstimate {
  queue: Distribution;
  generation: Distribution;
  /** Medians in milliseconds: half of such jobs take no longer. `expectedMs` is their sum. */
  queueMs: number;
  generationMs: number;
  expectedMs: number;
}

/**
 * Priors, each a median and a spread (standard deviation of the logarithm). The vendor claims 1.5-2 s a picture, users
 * measured about 40 s: the middle of the two by ratio, and a spread that covers both. A standard prompt takes longer.
 */
const PRIOR_PICTURE_MS = 10_000;
const PRIOR_SPREAD = 1.1;
const PRIOR_LONGER: Record<Quality, number> = { fast: 1, standard: 1.3 };
const PRIOR_QUEUE = lognormal(4000, 1.3);
/** How the time grows with the count, `count ** growth`: nearly in proportion. */
const PRIOR_GROWTH = 0.85;
const PRIOR_GROWTH_SPREAD = 0.3;
/** The spread of one kind of job at one time; it weighs as much as so many jobs. */
const USUAL_SPREAD = 0.4;
const USUAL_SPREAD_WORTH = 4;

/** Jobs of other kinds together weigh at most as much as so many of the kind that is asked for. */
const OTHER_KINDS_WORTH = 5;

/** How long a job of this kind takes. Costs about 0.2 ms: call it once a change, not once a look. */
export function estimateFor(history: DurationHistory, kind: JobKind): DurationEstimate {
  const queue = queueTime(history);
  const generation = generationTime(history, kind);
  const queueMs = quantile(queue, 0.5);
  const generationMs = quantile(generation, 0.5);
  return { queue, generation, queueMs, generationMs, expectedMs: queueMs + generationMs };
}

/** All jobs wait in one queue, so every kind tells of it; the newer a job, the more it weighs. */
function queueTime({ jobs }: DurationHistory): Distribution {
  const seen = jobs.map(([, , queueMs], i): Weighted => [0.95 ** (jobs.length - 1 - i), queueMs]);
  const weight = seen.reduce((sum, [w]) => sum + w, 0);
  if (weight === 0) return PRIOR_QUEUE;
  return mixture([
    [weight, smoothed(histogram(seen), 0.25)],
    [1, PRIOR_QUEUE],
  ]);
}

/**
 * How long generating takes. Jobs of other kinds count as if they had been of this one: by the prior for the quality, by
 * what the history shows for the count.
 */
export function generationTime({ jobs }: DurationHistory, { count, quality }: JobKind): Distribution {
  const growth = growthWithCount(jobs);
  const own: Weighted[] = [];
  const others: Weighted[] = [];
  for (const [otherCount, otherQuality, , ms] of jobs) {
    if (otherCount === count && otherQuality === quality) own.push([1, ms]);
    else {
      const steps = Math.log(count / otherCount);
      const alike = (0.01 + Math.exp(-0.5 * (steps / 0.4) ** 2)) * (otherQuality === quality ? 1 : 0.1);
      others.push([alike, (ms * Math.exp(growth * steps) * PRIOR_LONGER[quality]) / PRIOR_LONGER[otherQuality]]);
    }
  }
  const worth = Math.min(1, OTHER_KINDS_WORTH / others.reduce((sum, [weight]) => sum + weight, 0));
  const seen = own.concat(others.map(([weight, ms]): Weighted => [weight * worth, ms]));
  return predict(seen, PRIOR_PICTURE_MS * count ** PRIOR_GROWTH * PRIOR_LONGER[quality]);
}

/** Regression of log duration on log count over all jobs, drawn to the prior while there are few. */
function growthWithCount(jobs: readonly FinishedJob[]): number {
  let [sumX, sumY, sumXY, sumXX] = [0, 0, 0, 0];
  for (const [count, quality, , ms] of jobs) {
    const x = Math.log(count);
    const y = Math.log(Math.max(ms, 1) / PRIOR_LONGER[quality]);
    sumX += x;
    sumY += y;
    sumXY += x * y;
    sumXX += x * x;
  }
  const number = Math.max(jobs.length, 1);
  const trust = (USUAL_SPREAD / PRIOR_GROWTH_SPREAD) ** 2;
  return (PRIOR_GROWTH * trust + sumXY - (sumX * sumY) / number) / (trust + sumXX - sumX ** 2 / number);
}

/**
 * The predictive distribution: a lognormal fitted to the middle of what was seen (a few extremes do not move it), the
 * smoothed histogram (whose weight grows with the number seen, so that two modes or a heavy tail show), and one wide
 * lognormal around both, in case durations have changed.
 */
function predict(seen: readonly Weighted[], priorMs: number): Distribution {
  let [weight, squares] = [0, 0];
  for (const [w] of seen) {
    weight += w;
    squares += w ** 2;
  }
  // As many jobs as their weights add up to and, where the weights differ much, fewer (Kish's effective sample size).
  const jobs = weight > 0 ? Math.min(weight, weight ** 2 / squares) : 0;
  if (jobs < 0.01) return lognormal(priorMs, PRIOR_SPREAD);
  const raw = histogram(seen);
  const fit = robustFit(raw);
  const spread = Math.sqrt(
    (jobs * fit.spread ** 2 + USUAL_SPREAD_WORTH * USUAL_SPREAD ** 2) / (jobs + USUAL_SPREAD_WORTH),
  );
  const prior = (spread / PRIOR_SPREAD) ** 2;
  const centre = Math.exp((jobs * fit.logMs + prior * Math.log(priorMs)) / (jobs + prior));
  return mixture([
    [jobs / 2, lognormal(centre, spread * Math.sqrt(1 + 1 / (jobs + prior)))],
    // A third wider than Silverman's rule: the lognormal beside it shows the middle already.
    [jobs / 2, smoothed(raw, Math.max(1.4 * spread * jobs ** -0.2, 0.04))],
    [1 / 4, lognormal(centre, PRIOR_SPREAD)],
  ]);
}
