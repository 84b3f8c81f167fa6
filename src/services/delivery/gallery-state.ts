/** Which messages a job's gallery has, and what they hold. Pure. */
import type { Job } from '../job/job.ts';
import { picturesIn } from '../messages/messages.ts';

/** The number (from 1) that a job's next gallery message has. */
export function nextMessageNumber({ gallery }: Pick<Job, 'gallery'>): number {
  return Math.max(0, ...gallery.posted.map((message) => message.number)) + 1;
}

/** The pictures that a posted message holds, by its files' names; where they tell nothing, those it was made from. */
export function picturesHeld(job: Job, files: string[], made: number[]): number[] {
  const held = picturesIn(job, files);
  return held.length > 0 ? held : made;
}
