/**
 * Detects that jobs have begun to take far longer, or far shorter, than before: by a streak of finished jobs that were all
 * outliers on the same side.
 *
 * Of jobs that run at the same time the short ones finish first and the long ones last, so that outliers stand together
 * although nothing has changed. Therefore a job counts in a streak only if it was submitted after the one before it had
 * finished, or if it took long and no job that was submitted later has finished before it. Pure.
 */
import { z } from 'zod';

/** When a job was submitted and when it was found finished (milliseconds since the epoch). */
export interface JobTimes {
  submittedAt: number;
  finishedAt: number;
}

/** What must be known to continue a streak. */
export const streakSchema = z.object({
  /** Jobs that have finished since the streak began, whether or not they count in it. */
  jobs: z.int(),
  /** When the last job that counts had finished (milliseconds since the epoch). */
  until: z.number(),
  /** When the last submitted of all finished jobs was submitted (milliseconds since the epoch). */
  newest: z.number(),
});
export type Streak = z.infer<typeof streakSchema>;
export const NO_STREAK: Streak = { jobs: 0, until: 0, newest: 0 };

/**
 * The streak after one more finished job.
 *
 * @param before - `outliers`: how many count so far, above 0 where they took longer, below 0 where they took shorter.
 * @param side - whether this job took far longer (1), far shorter (-1) or about as long as expected (0).
 */
export function extendStreak(
  before: { outliers: number; streak: Streak },
  side: number,
  { submittedAt, finishedAt }: JobTimes,
): { outliers: number; streak: Streak } {
  const { outliers, streak } = before;
  const newest = Math.max(streak.newest, submittedAt);
  const jobs = streak.jobs + 1;
  const isAfterLast = submittedAt >= streak.until;
  const isOvertaken = submittedAt <= streak.newest;
  // Says nothing: in a streak of long jobs, one that later jobs have overtaken; in one of short jobs, one that ran beside them.
  const isNeutral = outliers > 0 ? side >= 0 && !isAfterLast && isOvertaken : side < 0 && outliers < 0 && !isAfterLast;
  if (isNeutral) return { outliers, streak: { jobs, until: streak.until, newest } };
  if (side === 0) return { outliers: 0, streak: { ...NO_STREAK, newest } };
  if (Math.sign(outliers) !== side) return { outliers: side, streak: { jobs: 1, until: finishedAt, newest } };
  return { outliers: outliers + side, streak: { jobs, until: finishedAt, newest } };
}
