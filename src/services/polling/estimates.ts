/** What the bot has learnt of how long jobs take, per count and quality. Pure; the record is plain JSON. */
import { z } from 'zod';
import {
  bulkOf,
  histogram,
  lognormal,
  mixture,
  quantile,
  smoothed,
  takesLonger,
  type Distribution,
  type Weighted,
} from './distribution.ts';
import { COUNT_MAX, QUALITIES, type Quality } from '../models/seedream.ts';
import { continueRow, NO_ROW, rowSchema, type Life } from './change-detector.ts';

/** Finished jobs remembered: of one count and quality, and of all together (about 7 kB of JSON). */
const REMEMBERED_OF_A_KIND = 200;
const REMEMBERED = 300;

/** What tells one kind of job from another. */
export interface Kind {
  count: number;
  quality: Quality;
}

/** How long a finished job took, in milliseconds: from submit to the start of generating, and from there to the result. */
export interface Observation extends Kind {
  queueMs: number;
  generationMs: number;
}

const milliseconds = z.number().min(0);
const observedSchema = z.tuple([z.int().min(1).max(COUNT_MAX), z.enum(QUALITIES), milliseconds, milliseconds]);
type Observed = z.infer<typeof observedSchema>;

/** The record that is stored. */
export const estimatesSchema = z.object({
  version: z.literal(1),
  /** Count, quality, `queueMs` and `generationMs` of each finished job remembered, oldest first. */
  jobs: z.array(observedSchema).max(REMEMBERED),
  /** How many of the newest jobs of a quality in a row were all far longer (above 0) or shorter (below) than expected. */
  surprises: z.object({ fast: z.int(), standard: z.int() }),
  /** Records before this was counted have none. */
  rows: z.object({ fast: rowSchema, standard: rowSchema }).default({ fast: NO_ROW, standard: NO_ROW }),
});
export type Estimates = z.infer<typeof estimatesSchema>;

/** Before anything is learnt. */
export const NOTHING_LEARNT: Estimates = {
  version: 1,
  jobs: [],
  surprises: { fast: 0, standard: 0 },
  rows: { fast: NO_ROW, standard: NO_ROW },
};

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
 * measured about 40 s: the middle of the two by ratio, and a spread that takes in both. A standard prompt takes longer.
 */
const PRIOR_PICTURE_MS = 10_000;
const PRIOR_SPREAD = 1.1;
const PRIOR_LONGER: Record<Quality, number> = { fast: 1, standard: 1.3 };
const PRIOR_QUEUE = lognormal(4000, 1.3);
/** How the time grows with the count, `count ** growth`: nearly in proportion. */
const PRIOR_GROWTH = 0.85;
const PRIOR_GROWTH_SPREAD = 0.3;
/** The spread of one kind of job at one time; it is believed like so many jobs. */
const USUAL_SPREAD = 0.4;
const USUAL_SPREAD_WORTH = 4;

/** Jobs of other kinds are together worth at most so many of the kind that is asked for. */
const OTHER_KINDS_WORTH = 5;

/** A duration is a surprise in the outer tenth on either side. */
const SURPRISE = 0.1;
/** So many in a row on one side: by chance once in 10,000 jobs. So the world has changed, and what was before is forgotten. */
const SURPRISES_OF_A_CHANGE = 4;

/** Looks at a queued job are at most this far apart (milliseconds): it began at most so long before it was seen. */
export const QUEUED_LOOKS_APART_MS = 5000;

/** When a job first seen generating at `startedAt` began, about (all milliseconds since the epoch). */
export function beganAbout(submittedAt: number, startedAt: number): number {
  return startedAt - Math.min(Math.max(startedAt - submittedAt, 0), QUEUED_LOOKS_APART_MS) / 2;
}

/**
 * What a finished job teaches.
 *
 * @param seen milliseconds since the epoch. `startedAt`: when it was first seen generating, if it was; `lookedAt`: the
 *   last look before the one that found it finished. Where RunComfy says when it finished, pass that for both.
 * @returns `undefined` when it was looked at too seldom to tell how long it took, as after the bot was down.
 */
export function observe(
  kind: Kind,
  seen: { submittedAt: number; startedAt: number | undefined; lookedAt: number | undefined; finishedAt: number },
): Observation | undefined {
  const { submittedAt, startedAt, finishedAt } = seen;
  const lookedAt = Math.max(seen.lookedAt ?? submittedAt, startedAt ?? submittedAt);
  const unseen = Math.max(finishedAt - lookedAt, 0);
  // Begun and finished between two looks: a third of the time for each of waiting, generating, and being found.
  const began = startedAt === undefined ? lookedAt + unseen / 3 : beganAbout(submittedAt, startedAt);
  const finished = startedAt === undefined ? lookedAt + (unseen * 2) / 3 : lookedAt + unseen / 2;
  const generationMs = Math.max(finished - began, 0);
  const queueMs = Math.max(began - submittedAt, 0);
  const vague = unseen > 2 * QUEUED_LOOKS_APART_MS && unseen > generationMs / 2;
  if (vague || !Number.isFinite(generationMs) || !Number.isFinite(queueMs)) return undefined;
  return { ...kind, queueMs: Math.round(queueMs), generationMs: Math.round(generationMs) };
}

/**
 * The estimates after one more finished job.
 *
 * @param life where the job was under way beside others. Without it each job is taken for submitted after the end of all
 *   before.
 */
export function learn(
  estimates: Estimates,
  { count, quality, queueMs, generationMs }: Observation,
  life: Life = { submittedAt: 0, finishedAt: 0 },
): Estimates {
  const longer = takesLonger(generationOf(estimates, { count, quality }), generationMs);
  const side = longer < SURPRISE ? 1 : longer > 1 - SURPRISE ? -1 : 0;
  const { surprises, row } = continueRow(
    { surprises: estimates.surprises[quality], row: estimates.rows[quality] },
    side,
    life,
  );
  const changed = Math.abs(surprises) >= SURPRISES_OF_A_CHANGE;

  const jobs: Observed[] = [...estimates.jobs, [count, quality, queueMs, generationMs]];
  const remembered = changed
    ? keepNewest(jobs, row.jobs, (job) => job[1] === quality)
    : keepNewest(jobs, REMEMBERED_OF_A_KIND, (job) => job[0] === count && job[1] === quality);
  return {
    version: 1,
    jobs: remembered.slice(-REMEMBERED),
    surprises: { ...estimates.surprises, [quality]: changed ? 0 : surprises },
    rows: { ...estimates.rows, [quality]: changed ? { ...NO_ROW, newest: row.newest } : row },
  };
}

function keepNewest(jobs: Observed[], number: number, isOne: (job: Observed) => boolean): Observed[] {
  let excess = jobs.filter(isOne).length - number;
  return jobs.filter((job) => !(isOne(job) && excess-- > 0));
}

/** How long a job of this kind takes, by what was learnt. Costs about 0.2 ms: ask once a change, not once a look. */
export function estimateFor(estimates: Estimates, kind: Kind): DurationEstimate {
  const queue = queueOf(estimates);
  const generation = generationOf(estimates, kind);
  const queueMs = quantile(queue, 0.5);
  const generationMs = quantile(generation, 0.5);
  return { queue, generation, queueMs, generationMs, expectedMs: queueMs + generationMs };
}

/** The queue is everyone's: jobs of every kind teach it, the newer the more. */
function queueOf({ jobs }: Estimates): Distribution {
  const seen = jobs.map(([, , queueMs], i): Weighted => [0.95 ** (jobs.length - 1 - i), queueMs]);
  const weight = seen.reduce((sum, [w]) => sum + w, 0);
  if (weight === 0) return PRIOR_QUEUE;
  return mixture([
    [weight, smoothed(histogram(seen), 0.25)],
    [1, PRIOR_QUEUE],
  ]);
}

/** Jobs of other kinds count as if they had been of this one: by the prior for quality, by what was learnt for count. */
function generationOf({ jobs }: Estimates, { count, quality }: Kind): Distribution {
  const growth = growthOf(jobs);
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

/** Regression of log duration on log count over all jobs, drawn to the prior while there is little to go by. */
function growthOf(jobs: readonly Observed[]): number {
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
 * The predictive distribution: a lognormal fitted to the middle half of what was seen (a few extremes do not move it),
 * the smoothed histogram (whose weight grows with the number seen, so that two modes or a heavy tail show), and one wide
 * lognormal around both, for a world that has changed.
 */
function predict(seen: readonly Weighted[], priorMs: number): Distribution {
  let [weight, squares] = [0, 0];
  for (const [w] of seen) {
    weight += w;
    squares += w ** 2;
  }
  // As many jobs as they are worth by weight and, where the weights differ much, fewer (Kish's effective sample size).
  const jobs = weight > 0 ? Math.min(weight, weight ** 2 / squares) : 0;
  if (jobs < 0.01) return lognormal(priorMs, PRIOR_SPREAD);
  const raw = histogram(seen);
  const bulk = bulkOf(raw);
  const spread = Math.sqrt(
    (jobs * bulk.spread ** 2 + USUAL_SPREAD_WORTH * USUAL_SPREAD ** 2) / (jobs + USUAL_SPREAD_WORTH),
  );
  const prior = (spread / PRIOR_SPREAD) ** 2;
  const centre = Math.exp((jobs * bulk.logMs + prior * Math.log(priorMs)) / (jobs + prior));
  return mixture([
    [jobs / 2, lognormal(centre, spread * Math.sqrt(1 + 1 / (jobs + prior)))],
    // A third wider than Silverman's rule: what is shown twice needs no detail.
    [jobs / 2, smoothed(raw, Math.max(1.4 * spread * jobs ** -0.2, 0.04))],
    [1 / 4, lognormal(centre, PRIOR_SPREAD)],
  ]);
}
