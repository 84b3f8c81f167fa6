/** The stored record of how long finished jobs took. Plain JSON. */
import { z } from 'zod';
import { COUNT_MAX, QUALITIES } from '../models/seedream.ts';
import { NO_STREAK, streakSchema } from './change-detector.ts';

/** Finished jobs remembered: of one kind, and of all kinds together (about 7 kB of JSON). */
export const REMEMBERED_OF_A_KIND = 200;
export const REMEMBERED = 300;

const milliseconds = z.number().min(0);
const finishedJobSchema = z.tuple([z.int().min(1).max(COUNT_MAX), z.enum(QUALITIES), milliseconds, milliseconds]);

/** Count, quality, `queueMs` and `generationMs` of a finished job. */
export type FinishedJob = z.infer<typeof finishedJobSchema>;

export const durationHistorySchema = z.object({
  version: z.literal(1),
  /** The finished jobs remembered, oldest first. */
  jobs: z.array(finishedJobSchema).max(REMEMBERED),
  /** By quality: how many of the newest jobs were all outliers, above 0 where they took longer, below 0 where shorter. */
  surprises: z.object({ fast: z.int(), standard: z.int() }),
  /** By quality: the streak of those outliers. Records of early versions have none. */
  rows: z.object({ fast: streakSchema, standard: streakSchema }).default({ fast: NO_STREAK, standard: NO_STREAK }),
});
export type DurationHistory = z.infer<typeof durationHistorySchema>;

/** Where a store keeps it. */
export const DURATION_HISTORY = { namespace: 'estimates', id: 'durations' } as const;

/** Before any job has finished. */
export const NO_HISTORY: DurationHistory = {
  version: 1,
  jobs: [],
  surprises: { fast: 0, standard: 0 },
  rows: { fast: NO_STREAK, standard: NO_STREAK },
};
