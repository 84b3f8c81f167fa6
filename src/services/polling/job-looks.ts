/** What is remembered of the looks at each job. Lost with the process, which costs a look more or less. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';

/** The looks at one job, as another process can take them over. */
export const looksSchema = z.object({
  /** The last look that was answered (milliseconds since the epoch). */
  lookedAt: z.number().optional(),
  /** Failed looks since then. */
  troubles: z.number(),
  /** The next look, where its place is still to be taken: the wait that was wanted (milliseconds), and when that was asked for. */
  wanted: z.object({ delay: z.number(), at: z.number() }).optional(),
  /** In which state the job was when its end was last estimated, and that end (milliseconds since the epoch). */
  expected: z.object({ state: z.string(), at: z.number() }).optional(),
});
export type Looks = z.infer<typeof looksSchema>;

/** How long a job that was left to other processes counts as one of the jobs that are looked at (milliseconds). */
const COUNTED_AFTER_LEAVING = 60_000;

export interface JobLooks {
  /** The looks at a job, to read and to change. */
  of(jobId: string): Looks;
  /** How many jobs are looked at. */
  count(): number;
  forget(jobId: string): void;
  /** Returns what another process must know; the job counts as looked at for a minute more. */
  leave(jobId: string): Looks | undefined;
  /** Goes on from what another process knows. */
  recall(jobId: string, looks: Looks): void;
}

export function createJobLooks({ clock }: { clock: Pick<Clock, 'monotonic'> }): JobLooks {
  const looks = new Map<string, Looks>();
  /** When each job was left to other processes (of the monotonic clock), the longest ago first. */
  const left = new Map<string, number>();

  return {
    of(jobId) {
      const known = looks.get(jobId) ?? { troubles: 0 };
      looks.set(jobId, known);
      return known;
    },

    count: () => looks.size,

    forget(jobId) {
      looks.delete(jobId);
      left.delete(jobId);
    },

    leave(jobId) {
      const now = clock.monotonic();
      left.delete(jobId);
      left.set(jobId, now);
      for (const [other, at] of left) {
        if (now - at < COUNTED_AFTER_LEAVING) break;
        left.delete(other);
        looks.delete(other);
      }
      return looks.get(jobId);
    },

    recall(jobId, known) {
      left.delete(jobId);
      looks.set(jobId, { ...known });
    },
  };
}
