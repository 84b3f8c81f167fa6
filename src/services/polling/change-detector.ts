/**
 * Rows of finished jobs that were all far longer, or all far shorter, than expected: what tells that the world has changed.
 *
 * Of jobs under way at the same time the short ones finish first and the long ones last, each a surprise beside its like
 * though nothing has changed. So a job counts in a row only if it was submitted after the end of the one before, or took
 * long and still none finished before it that was submitted later. Pure.
 */
import { z } from 'zod';

/** When a job was submitted and found finished (milliseconds since the epoch). */
export interface Life {
  submittedAt: number;
  finishedAt: number;
}

/** What goes with a row of surprises. */
export const rowSchema = z.object({
  /** Finished jobs since the row began, its own and those beside them. */
  jobs: z.int(),
  /** When the last one that counts had finished, and when the newest of all finished jobs was submitted (since the epoch). */
  until: z.number(),
  newest: z.number(),
});
export const NO_ROW: z.infer<typeof rowSchema> = { jobs: 0, until: 0, newest: 0 };

/** A row of surprises after a job that is one on this side (1 longer, -1 shorter), or none (0). */
export function continueRow(
  { surprises, row }: { surprises: number; row: z.infer<typeof rowSchema> },
  side: number,
  { submittedAt, finishedAt }: Life,
): { surprises: number; row: z.infer<typeof rowSchema> } {
  const newest = Math.max(row.newest, submittedAt);
  const jobs = row.jobs + 1;
  const isApart = submittedAt >= row.until;
  const isOvertaken = submittedAt <= row.newest;
  // In a row of long ones a job that later ones have overtaken says nothing; in one of short ones, a short one beside its like.
  const isNeutral = surprises > 0 ? side >= 0 && !isApart && isOvertaken : side < 0 && surprises < 0 && !isApart;
  if (isNeutral) return { surprises, row: { jobs, until: row.until, newest } };
  if (side === 0) return { surprises: 0, row: { ...NO_ROW, newest } };
  if (Math.sign(surprises) !== side) return { surprises: side, row: { jobs: 1, until: finishedAt, newest } };
  return { surprises: surprises + side, row: { jobs, until: finishedAt, newest } };
}
