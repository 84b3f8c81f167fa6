/** New messages of a job by the bot's own token: in its channel, or to its member. */
import { Routes, type REST } from 'discord.js';
import type { Job } from '../job/job.ts';
import type { ReplyMessage } from '../messages/messages.ts';
import { ReplyTrouble } from './faults.ts';
import { findPosted } from './find-posted.ts';
import type { CallMessage, ClosedWay } from './message-call.ts';
import type { Posted } from './posted.ts';

/** Makes message `number` (from 1), or gives the one that is there where it `mayExist`. */
type Make = (job: Job, number: number, message: ReplyMessage, mayExist: boolean) => Promise<Posted | ClosedWay>;

/** @param elsewhere - the line that goes before a message that had to be sent as a direct message. */
export function createNewMessage({
  call,
  botRest,
  elsewhere,
}: {
  call: CallMessage;
  botRest: Pick<REST, 'get' | 'post'>;
  elsewhere: (job: Job) => string;
}): { inChannel: Make; /** @throws ReplyTrouble where no direct message can be opened. */ direct: Make } {
  /** The nonce makes Discord answer with the message that it has, should it have it already. */
  async function create(
    job: Job,
    number: number,
    message: ReplyMessage,
    { channelId, mayExist }: { channelId: string; mayExist: boolean },
  ): Promise<Posted | ClosedWay> {
    const found = mayExist ? await findPosted(job, channelId, botRest) : undefined;
    if (found !== undefined) return found;
    const extra = { nonce: `${job.id}-${number}`, enforce_nonce: true };
    return call(job, { method: 'post', route: Routes.channelMessages(channelId), message, extra, asBot: true });
  }

  async function openDirectChannel(userId: string): Promise<string> {
    try {
      const channel = await botRest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return (channel as { id: string }).id;
    } catch (error) {
      throw new ReplyTrouble('No direct message can be opened', { cause: error });
    }
  }

  return {
    inChannel: (job, number, message, mayExist) => create(job, number, message, { channelId: job.channelId, mayExist }),

    async direct(job, number, message, mayExist) {
      const channelId = await openDirectChannel(job.userId);
      const content = [elsewhere(job), message.content ?? ''].filter((line) => line !== '').join('\n');
      return create(job, number, { ...message, content }, { channelId, mayExist });
    },
  };
}
