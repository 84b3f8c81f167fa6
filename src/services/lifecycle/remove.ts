/** Deletes a finished job's gallery, as far as the bot may, and keeps what still stands removable. */
import { ReplyTrouble, type Reply } from '../discord/reply.ts';
import { isFinal, messagesOf, type Job, type PostedMessage } from '../job/job.ts';
import type { JobRecords } from '../job/records.ts';
import type { Log } from '../log.ts';

export type RemoveOutcome =
  /** None of its messages stands any more but the pressed one, which the press itself deletes. */
  | { outcome: 'removed' }
  /** Likewise, but for messages that its member alone sees: no route of the bot's own reaches them. */
  | { outcome: 'removed_but_private' }
  /** The pressed one is to go; whether there are more of them is no longer known. */
  | { outcome: 'removed_but_forgotten' }
  /** So many of its messages stand where the bot may not delete them; the pressed one is to stay, with its button. */
  | { outcome: 'standing'; count: number }
  /** `running`: its pictures are still on their way. `trouble`: Discord did not delete a message now. */
  | { outcome: 'running' | 'trouble' }
  /** `not_yours`: it is for its requester and for moderators. `gone`: it is another guild's. */
  | { outcome: 'not_yours' | 'gone' };

/** The message whose button was pressed. */
export interface PressedMessage {
  messageId: string;
  /** Whose job it shows, as far as it says so. */
  requester: string | undefined;
}

/** @throws StoreError */
type Remove = (job: Job, pressed: PressedMessage) => Promise<RemoveOutcome>;

export function createRemove({
  records,
  reply,
  log,
}: {
  records: Pick<JobRecords, 'close'>;
  reply: Pick<Reply, 'remove'>;
  log: Log;
}): Remove {
  return async (job, { messageId: pressed }) => {
    if (!isFinal(job)) return { outcome: 'running' };
    const { state } = job;
    if (state.name !== 'delivered' && state.name !== 'completed') return { outcome: 'removed' };
    const standing: PostedMessage[] = [];
    const others = messagesOf(job).filter((message) => message.messageId !== pressed);
    // What its member alone sees is unknown to the bot's own routes, whether or not it stands; direct messages are not.
    // What was asked for again came wherever the button was pressed; what stood before that and stays is known as such.
    const isUnseen = ({ channelId, lasting }: PostedMessage) =>
      lasting !== true && (channelId === job.channelId || job.reopenedAt !== undefined);
    const unseen = job.private ? messagesOf(job).filter(isUnseen) : [];
    try {
      for (const message of others) {
        if (unseen.includes(message)) continue;
        if ((await reply.remove(message)) === 'stands') standing.push(message);
      }
    } catch (error) {
      if (!(error instanceof ReplyTrouble)) throw error;
      log.warn({ job: job.id, guild: job.guildId, err: error }, 'a gallery could not be removed');
      return { outcome: 'trouble' };
    }
    const kept = messagesOf(job).filter((message) => message.messageId === pressed);
    const posted = standing.length === 0 ? [] : [...kept, ...standing];
    const isForgotten = job.gallery.forgotten === true || unseen.some(({ messageId }) => messageId !== pressed);
    const forgotten = isForgotten ? true : undefined;
    await records.close({ ...job, gallery: { ...job.gallery, posted, earlier: [], forgotten } });
    if (standing.length > 0) return { outcome: 'standing', count: standing.length };
    return { outcome: isForgotten ? 'removed_but_private' : 'removed' };
  };
}
