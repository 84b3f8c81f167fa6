/** What is known of the ways to jobs' replies: which tokens still work, and which message a reply is. */
import { BoundedMap, BoundedSet } from '../bounded.ts';
import type { Clock } from '../clock.ts';
import type { Job } from '../job/job.ts';
import type { ClosedWay } from './message-call.ts';
import type { Posted } from './posted.ts';

/** How long before the token's end edits leave it (milliseconds): it lives 15 minutes, and the last one is not worth a race. */
const TOKEN_MARGIN = 60_000;

/** Tokens that died early and replies' ids that are remembered. */
const REMEMBERED = 10_000;

export function createReach({ clock }: { clock: Pick<Clock, 'now'> }) {
  const deadTokens = new BoundedSet<string>(REMEMBERED);
  const replyIds = new BoundedMap<string, string>(REMEMBERED);

  return {
    tokenAlive: ({ reply }: Job): boolean =>
      clock.now() < reply.tokenExpiresAt - TOKEN_MARGIN && !deadTokens.has(reply.token),

    /** The message id of a job's reply, where the record or an edit has told it. */
    replyIdOf: (job: Job): string | undefined => job.reply.messageId ?? replyIds.get(job.id),

    /** The same, where an edit has told it and the record had not. */
    notedReply: (jobId: string): string | undefined => replyIds.get(jobId),

    noteReply(job: Job, messageId: string): void {
      if (job.reply.messageId === undefined) replyIds.set(job.id, messageId);
    },

    /** Takes note of a token that is dead; gives what was posted, if something was. */
    heed: (job: Job, outcome: Posted | ClosedWay): Posted | undefined => {
      if (!('closed' in outcome)) return outcome;
      if (outcome.closed === 'token_dead') deadTokens.add(job.reply.token);
      return undefined;
    },
  };
}
