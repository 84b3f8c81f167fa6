/** Which messages a job's gallery has, and what they hold. Pure. */
import type { CompletedJob } from '../job/job.ts';
import { picturesIn } from '../messages/messages.ts';

/** The number (from 1) that a job's next gallery message has. */
export function nextMessageNumber({ state }: CompletedJob): number {
  return Math.max(0, ...state.posted.map((message) => message.number)) + 1;
}

/** The pictures that a posted message holds, by its files' names; where they tell nothing, those it was made from. */
export function picturesHeld(job: CompletedJob, files: string[], made: number[]): number[] {
  const held = picturesIn(job, files);
  return held.length > 0 ? held : made;
}
