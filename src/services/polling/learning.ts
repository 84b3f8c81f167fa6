/** Adds a finished job to the history, and forgets the jobs that no longer tell how long one takes. Pure. */
import { extendStreak, NO_STREAK, type JobTimes } from './change-detector.ts';
import { takesLonger } from './distribution.ts';
import { REMEMBERED, REMEMBERED_OF_A_KIND, type DurationHistory, type FinishedJob } from './duration-history.ts';
import { generationTime } from './estimate.ts';
import type { Observation } from './observation.ts';

/** An outlier's duration lies in the outer tenth on either side of what was expected. */
const OUTLIER = 0.1;
/** So many outliers in a streak mean that durations have changed; by chance they come once in 10,000 jobs. */
const OUTLIERS_OF_A_CHANGE = 4;

/**
 * The history after one more finished job. Once durations have changed, older jobs of that quality are forgotten. Costs
 * about 0.1 ms.
 *
 * @param times - needed where jobs run beside each other. Without them each job is taken to be submitted after the end of
 *   the one before.
 */
export function learn(
  history: DurationHistory,
  { count, quality, queueMs, generationMs }: Observation,
  times: JobTimes = { submittedAt: 0, finishedAt: 0 },
): DurationHistory {
  const longer = takesLonger(generationTime(history, { count, quality }), generationMs);
  const side = longer < OUTLIER ? 1 : longer > 1 - OUTLIER ? -1 : 0;
  const before = { outliers: history.surprises[quality], streak: history.rows[quality] };
  const { outliers, streak } = extendStreak(before, side, times);
  const hasChanged = Math.abs(outliers) >= OUTLIERS_OF_A_CHANGE;

  const jobs: FinishedJob[] = [...history.jobs, [count, quality, queueMs, generationMs]];
  const remembered = hasChanged
    ? keepNewest(jobs, streak.jobs, (job) => job[1] === quality)
    : keepNewest(jobs, REMEMBERED_OF_A_KIND, (job) => job[0] === count && job[1] === quality);
  return {
    version: 1,
    jobs: remembered.slice(-REMEMBERED),
    surprises: { ...history.surprises, [quality]: hasChanged ? 0 : outliers },
    rows: { ...history.rows, [quality]: hasChanged ? { ...NO_STREAK, newest: streak.newest } : streak },
  };
}

/** Keeps the newest so many of the jobs that `isOne` picks, and all others. */
function keepNewest(jobs: FinishedJob[], number: number, isOne: (job: FinishedJob) => boolean): FinishedJob[] {
  let excess = jobs.filter(isOne).length - number;
  return jobs.filter((job) => !(isOne(job) && excess-- > 0));
}
