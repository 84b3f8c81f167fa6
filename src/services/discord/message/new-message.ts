/** New messages of a job by the bot's own token: in its channel, or to its member. */
import { Routes, type REST } from 'discord.js';
import type { Job } from '../../job/job.ts';
import { withoutJobButtons, withRequester, type ReplyMessage } from '../../messages/messages.ts';
import { ReplyTrouble } from '../faults.ts';
import { findPosted } from './find-posted.ts';
import type { CallMessage, ClosedWay, MessageBody } from './message-call.ts';
import type { Posted } from './posted.ts';

/**
 * How long a new message is tried for (milliseconds). discord.js sends a call again by itself where no answer came; after
 * some minutes Discord no longer knows the nonce, so a later try has to look first whether the message is there.
 */
const MAKE_WITHIN = 110_000;

/** New messages, and how one of them is written again. */
interface NewMessage {
  inChannel: Make;
  /** @throws ReplyTrouble where no direct message can be opened. */
  direct: Make;
  /** One with pictures of this job in its channel, of which that is not known. @throws ReplyTrouble */
  find(job: Job): Promise<Posted | undefined>;
  /** What it takes to edit the message of this job that stands in a channel, so that it keeps what it was made with there. */
  standing(job: Job, channelId: string, message: MessageBody): MessageBody;
}

/** Makes message `number` (from 1), or gives the one that is there where it `mayExist`. */
type Make = (job: Job, number: number, message: ReplyMessage, mayExist: boolean) => Promise<Posted | ClosedWay>;

/**
 * @param botUser - gives the bot's own user.
 * @param elsewhere - the line that goes before a message that had to be sent as a direct message.
 */
export function createNewMessage({
  call,
  botRest,
  botUser,
  elsewhere,
}: {
  call: CallMessage;
  botRest: Pick<REST, 'get' | 'post'>;
  botUser: () => Promise<string>;
  elsewhere: (job: Job) => string;
}): NewMessage {
  async function find(job: Job, channelId: string): Promise<Posted | undefined> {
    const found = await findPosted(job, channelId, { botRest, botUser });
    return found && { ...found, found: true };
  }

  /**
   * The nonce makes Discord answer with the message that it has, should it have it already. A line without pictures is another
   * message than the gallery's of the same number: told where that could not be made, it would stand for it.
   */
  async function create(
    job: Job,
    number: number,
    message: ReplyMessage,
    { channelId, mayExist }: { channelId: string; mayExist: boolean },
  ): Promise<Posted | ClosedWay> {
    const found = mayExist ? await find(job, channelId) : undefined;
    if (found !== undefined) return found;
    const isLine = (message.files ?? []).length === 0;
    const extra = { nonce: `${job.id}-${number}${isLine ? 't' : ''}`, enforce_nonce: true };
    const route = Routes.channelMessages(channelId);
    return call(job, { method: 'post', route, message, extra, asBot: true, timeout: MAKE_WITHIN });
  }

  async function openDirectChannel(userId: string): Promise<string> {
    try {
      const channel = await botRest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return (channel as { id: string }).id;
    } catch (error) {
      throw new ReplyTrouble('No direct message can be opened', { cause: error });
    }
  }

  function asDirect<Body extends MessageBody>(job: Job, message: Body): Body {
    const content = [elsewhere(job), message.content ?? ''].filter((line) => line !== '').join('\n');
    const components = 'components' in message && { components: withoutJobButtons(message.components ?? []) };
    return { ...message, content, ...components };
  }

  /** Discord shows it as nobody's reply. */
  function asNoReply<Body extends MessageBody>(job: Job, message: Body): Body {
    return 'embeds' in message ? { ...message, ...withRequester(message, job.userId) } : message;
  }

  return {
    inChannel: (job, number, message, mayExist) =>
      create(job, number, asNoReply(job, message), { channelId: job.channelId, mayExist }),

    find: (job) => find(job, job.channelId),

    standing(job, channelId, message) {
      if (channelId !== job.channelId) return asDirect(job, message);
      // In its channel what one person alone sees is a reply's, too.
      return job.private ? message : asNoReply(job, message);
    },

    async direct(job, number, message, mayExist) {
      // A try by another way, whose answer was lost, may have made it in the channel.
      const inChannel = mayExist && !job.private ? await find(job, job.channelId) : undefined;
      if (inChannel !== undefined) return inChannel;
      const channelId = await openDirectChannel(job.userId);
      // Looked for whatever was written: while the store takes nothing, neither is what is about to be made.
      const made = await create(job, number, asDirect(job, message), { channelId, mayExist: true });
      return 'messageId' in made ? { ...made, lasting: true } : made;
    },
  };
}
