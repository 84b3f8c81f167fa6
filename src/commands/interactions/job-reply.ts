/** How a job reaches the reply that an interaction has deferred. */
import { CHANNEL_FILE_LIMIT } from '../../services/discord/reply.ts';
import type { Job } from '../../services/job/job.ts';
import type { Repliable } from './responses.ts';

/** An interaction's token edits its reply for 15 minutes (milliseconds). */
const TOKEN_LIFETIME = 15 * 60_000;

/**
 * @param deferred.at - when the interaction came (milliseconds since the epoch).
 * @param deferred.messageId - the id of its reply, where Discord has said it.
 */
export function jobReplyOf(
  { applicationId, token, attachmentSizeLimit }: Repliable,
  { at, messageId }: { at: number; messageId: string | undefined },
): Job['reply'] {
  return {
    applicationId,
    token,
    tokenExpiresAt: at + TOKEN_LIFETIME,
    ...(messageId === undefined ? {} : { messageId }),
    attachmentSizeLimit: attachmentSizeLimit || CHANNEL_FILE_LIMIT,
  };
}
