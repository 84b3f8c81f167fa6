/** Which messages a job's gallery has, and what they hold. Pure. */
import type { CompletedJob, PostedMessage } from '../job/job.ts';
import { messageShare, picturesIn } from '../messages/messages.ts';

/** The number (from 1) that a job's next gallery message has. */
export function nextMessageNumber({ state }: CompletedJob): number {
  return Math.max(0, ...state.posted.map((message) => message.number)) + 1;
}

/** The pictures that a posted message holds, by its files' names; where they tell nothing, those it was made from. */
export function picturesHeld(job: CompletedJob, files: string[], made: number[]): number[] {
  const held = picturesIn(job, files);
  return held.length > 0 ? held : made;
}

/**
 * The messages that went without pictures which another holds now: they have fewer than their share, or a later message
 * holds one that comes before theirs. What they said of missing pictures is no longer so.
 */
export function messagesOvertaken({ state }: CompletedJob): PostedMessage[] {
  let waiting = state.images.length;
  return state.posted.filter(({ pictures }, index) => {
    const share = messageShare(Math.max(1, waiting));
    waiting -= pictures.length;
    const later = state.posted.slice(index + 1).flatMap((message) => message.pictures);
    if (later.length === 0) return false;
    return pictures.length < share || Math.min(...later) < Math.max(...pictures);
  });
}
