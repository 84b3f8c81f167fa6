/**
 * The one place that writes a job's messages in Discord: edits of the reply while the job goes on, the gallery, the last
 * word. It knows the ways to a message and falls from one to the next: the interaction's token (15 minutes), the bot's
 * own token and the message's id, a new message in the channel, a direct message.
 */
import {
  type DiscordAPIError,
  MessageFlags,
  Routes,
  SnowflakeUtil,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type REST,
} from 'discord.js';
import { z } from 'zod';
import { PictureError } from '../pictures/error.ts';
import type { Clock } from '../clock.ts';
import { picturesIn } from '../messages/gallery.ts';
import { idsOf, type Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import { Multipart } from './multipart.ts';
import { messageSchema, postedOf, type Posted } from './posted.ts';
import { faultOf, ReplyTooLarge, ReplyTrouble, type Fault } from './faults.ts';

/** The largest file a message may carry by the channel route, in bytes (Discord's default upload limit, 10 MiB). */
export const CHANNEL_FILE_LIMIT = 10 * 1024 * 1024;

/** How long before the token's end edits leave it: it lives 15 minutes, and the last one is not worth a race. */
const TOKEN_MARGIN = 60_000;

/** Pages of 100 messages in which one that may have been posted already is looked for. */
const PAGES = 10;

/** How far this machine's clock may be off Discord's (milliseconds) where messages are looked for by their time. */
const CLOCK_SKEW = 10 * 60_000;

/** A progress edit that takes longer than this is not worth waiting for (milliseconds). */
const PROGRESS_TIMEOUT = 10_000;

/** What a message shows. Nothing in it can ping. */
export interface ReplyMessage {
  content?: string;
  embeds: APIEmbed[];
  components?: APIMessageTopLevelComponent[];
  files?: { name: string; data: Buffer; description: string }[];
  /** What the files wait for: rejects with PictureError where one is damaged, and then nothing of the message is made. */
  proof?: Promise<void>;
}

/** A whole message, or the line above one that is to stay as it is. */
type ReplyBody = ReplyMessage | { content: string };

/** A message as a request has it, but for the files' bytes. */
export function bodyOf(message: ReplyBody): object {
  if (!('embeds' in message)) return message;
  const { content = '', embeds, components = [], files = [] } = message;
  const attachments = files.map(({ name, description }, id) => ({ id, filename: name, description }));
  return { content, embeds, components, attachments };
}

/** What is written around the making of a message, so that a kill in between does not make it twice. */
export interface Trace {
  /** Left by an earlier try: the message may be there already, or stands empty under this id. */
  left: { messageId?: string | undefined } | undefined;
  /** Writes that the message is about to be made, or that it stands empty under this id. */
  leave(messageId?: string): Promise<void>;
}

export interface Reply {
  /** How large a file of message `number` may be, in bytes, on the way that is open to it now. */
  fileLimit(job: Job, number: number): number;
  /** Writes the reply (1) or makes a further message. @throws ReplyTrouble, ReplyTooLarge; PictureError as its proof does */
  post(job: Job, number: number, message: ReplyMessage, trace: Trace): Promise<Posted>;
  /** Edits the reply in place while the job goes on. @throws ReplyTrouble where it could not be done now. */
  edit(job: Job, message: ReplyMessage): Promise<'edited' | 'out_of_reach'>;
  /** The id of a job's reply, where an edit has told it. */
  messageId(jobId: string): string | undefined;
  /** Deletes a posted message; one that is gone already, or out of reach for good, counts as deleted. @throws ReplyTrouble */
  remove(message: { channelId: string; messageId: string }): Promise<void>;
  /** Changes the line above the gallery's first message and nothing else. @throws ReplyTrouble likewise. */
  annotate(job: Job, content: string): Promise<'edited' | 'out_of_reach'>;
}

/**
 * @param rest - for calls by the interaction's token, which stand under no global rate limit.
 * @param botRest - for calls by the bot's token, which do.
 * @param elsewhere - the line that goes before a message that had to be sent as a direct message.
 */
export function createReply({
  rest,
  botRest,
  clock,
  log,
  elsewhere,
  placeholder,
}: {
  rest: REST;
  botRest: REST;
  clock: Clock;
  log: Log;
  elsewhere: (job: Job) => string;
  placeholder: (job: Job) => string;
}): Reply {
  /** Tokens that died early. Bounded: the oldest go first. */
  const deadTokens = new Set<string>();

  const seenIds = new Map<string, string>();

  function tokenAlive(job: Job): boolean {
    return clock.now() < job.reply.tokenExpiresAt - TOKEN_MARGIN && !deadTokens.has(job.reply.token);
  }

  function tokenDied(job: Job): void {
    deadTokens.add(job.reply.token);
    const oldest = deadTokens.values().next().value;
    if (deadTokens.size > 10_000 && oldest !== undefined) deadTokens.delete(oldest);
  }

  /** Notes the reply's id where the acknowledgement did not tell it. Bounded likewise. */
  function remember(job: Job, messageId: string): void {
    seenIds.set(job.id, messageId);
    const oldest = seenIds.keys().next().value;
    if (seenIds.size > 10_000 && oldest !== undefined) seenIds.delete(oldest);
  }

  async function call(
    method: 'PATCH' | 'POST',
    route: `/${string}`,
    { message, extra = {}, auth, timeout }: { message: ReplyBody; extra?: object; auth: boolean; timeout?: number },
  ): Promise<Posted> {
    const { files = [], proof } = 'embeds' in message ? message : {};
    const body = { ...bodyOf(message), allowed_mentions: { parse: [] }, ...extra };
    const answer = await (auth ? botRest : rest).request({
      method: method as never,
      fullRoute: route,
      auth,
      ...(files.length === 0 ? { body } : { body: new Multipart(body, files, proof), passThroughBody: true }),
      ...(timeout === undefined ? {} : { signal: AbortSignal.timeout(timeout) }),
    });
    return postedOf(messageSchema.parse(answer));
  }

  /** Runs one way to a message: what it gave, or why the next way must be tried. */
  async function attempt(
    job: Job,
    way: () => Promise<Posted>,
  ): Promise<Posted | Exclude<Fault, 'trouble' | 'too_large'>> {
    try {
      return await way();
    } catch (error) {
      if (error instanceof PictureError) throw error;
      const fault = faultOf(error);
      if (fault === 'too_large') throw new ReplyTooLarge({ cause: error });
      if (fault === 'trouble') throw new ReplyTrouble('Discord did not take the message', { cause: error });
      log.info({ ...idsOf(job), fault, code: (error as DiscordAPIError).code }, 'a way to the reply is closed');
      return fault;
    }
  }

  const original = (job: Job): `/${string}` => Routes.webhookMessage(job.reply.applicationId, job.reply.token);

  /** Edits the reply where it stands, by token or by its id. */
  async function editInPlace(job: Job, message: ReplyBody, timeout?: number): Promise<Posted | undefined> {
    const limit = timeout === undefined ? {} : { timeout };
    if (tokenAlive(job)) {
      const outcome = await attempt(job, () => call('PATCH', original(job), { message, auth: false, ...limit }));
      if (typeof outcome === 'object') {
        if (job.reply.messageId === undefined) remember(job, outcome.messageId);
        return outcome;
      }
      if (outcome !== 'token_dead') return undefined;
      tokenDied(job);
    }
    const messageId = job.reply.messageId ?? seenIds.get(job.id);
    if (job.private || messageId === undefined) return undefined;
    const route = Routes.channelMessage(job.channelId, messageId);
    const outcome = await attempt(job, () => call('PATCH', route, { message, auth: true, ...limit }));
    return typeof outcome === 'object' ? outcome : undefined;
  }

  /** Finds a message with pictures of this job that was posted before its id could be written. */
  async function findPosted(job: Job, channelId: string): Promise<Posted | undefined> {
    const written = new Set(job.state.name === 'completed' ? job.state.posted.map(({ messageId }) => messageId) : []);
    const made = SnowflakeUtil.generate({ timestamp: (job.finishedAt ?? job.createdAt) - CLOCK_SKEW });
    let after = made > BigInt(job.id) ? made : BigInt(job.id);
    try {
      for (let page = 0; page < PAGES; page += 1) {
        const query = new URLSearchParams({ after: String(after), limit: '100' });
        const recent = z.array(messageSchema).parse(await botRest.get(Routes.channelMessages(channelId), { query }));
        const own = recent.filter(({ author }) => author?.id === job.reply.applicationId).map(postedOf);
        const found = own.find(({ messageId, files }) => !written.has(messageId) && picturesIn(job, files).length > 0);
        if (found !== undefined || recent.length < 100) return found;
        after = recent.map(({ id }) => BigInt(id)).reduce((one, other) => (one > other ? one : other));
      }
    } catch (error) {
      if (faultOf(error) === 'trouble') throw new ReplyTrouble('Discord did not answer', { cause: error });
    }
    return undefined;
  }

  /** A new message by the bot's token. The nonce makes Discord give back the one it has, should it have it already. */
  async function create(
    job: Job,
    number: number,
    message: ReplyMessage,
    { channelId, trace }: { channelId: string; trace: Trace },
  ): Promise<Posted | undefined> {
    // A reply whose id Discord did not tell may hold the pictures since its token could still edit it.
    const unseen = number === 1 && !job.private && (job.reply.messageId ?? seenIds.get(job.id)) === undefined;
    const found = trace.left !== undefined || unseen ? await findPosted(job, channelId) : undefined;
    if (found !== undefined) return found;
    if (trace.left === undefined) await trace.leave();
    const extra = { nonce: `${job.id}-${number}`, enforce_nonce: true };
    const outcome = await attempt(job, () =>
      call('POST', Routes.channelMessages(channelId), { message, extra, auth: true }),
    );
    return typeof outcome === 'object' ? outcome : undefined;
  }

  async function createDirect(job: Job, number: number, message: ReplyMessage, trace: Trace): Promise<Posted> {
    let channelId: string;
    try {
      const channel = await botRest.post(Routes.userChannels(), { body: { recipient_id: job.userId } });
      channelId = (channel as { id: string }).id;
    } catch (error) {
      throw new ReplyTrouble('No direct message can be opened', { cause: error });
    }
    const content = [elsewhere(job), message.content ?? ''].filter((line) => line !== '').join('\n');
    const posted = await create(job, number, { ...message, content }, { channelId, trace });
    if (posted === undefined) throw new ReplyTrouble('Neither the channel nor the member takes a message');
    return posted;
  }

  /**
   * A private follow-up can carry no nonce and is in no history, so a kill after it was made could make it twice. It is
   * therefore made empty of pictures, its id written, and filled by an edit: what a kill can leave behind is one line of
   * text, never a picture.
   */
  async function followUp(job: Job, message: ReplyMessage, trace: Trace): Promise<Posted | undefined> {
    const { applicationId, token } = job.reply;
    let messageId = trace.left?.messageId;
    if (messageId === undefined) {
      const made = await attempt(job, () =>
        call('POST', Routes.webhook(applicationId, token), {
          message: { content: placeholder(job), embeds: [] },
          extra: { flags: MessageFlags.Ephemeral },
          auth: false,
        }),
      );
      if (typeof made === 'string') {
        if (made === 'token_dead') tokenDied(job);
        return undefined;
      }
      ({ messageId } = made);
      await trace.leave(messageId);
    }
    const route = Routes.webhookMessage(applicationId, token, messageId);
    const filled = await attempt(job, () => call('PATCH', route, { message, auth: false }));
    if (filled === 'token_dead') tokenDied(job);
    return typeof filled === 'object' ? filled : undefined;
  }

  return {
    fileLimit(job, number) {
      const byToken = tokenAlive(job) && (number === 1 || job.private);
      return byToken ? job.reply.attachmentSizeLimit : Math.min(CHANNEL_FILE_LIMIT, job.reply.attachmentSizeLimit);
    },

    async edit(job, message) {
      return (await editInPlace(job, message, PROGRESS_TIMEOUT)) === undefined ? 'out_of_reach' : 'edited';
    },

    messageId: (jobId) => seenIds.get(jobId),

    async remove({ channelId, messageId }) {
      try {
        await botRest.delete(Routes.channelMessage(channelId, messageId));
      } catch (error) {
        if (faultOf(error) === 'trouble')
          throw new ReplyTrouble('Discord did not delete the message', { cause: error });
      }
    },

    async annotate(job, content) {
      return (await editInPlace(job, { content }, PROGRESS_TIMEOUT)) === undefined ? 'out_of_reach' : 'edited';
    },

    async post(job, number, message, trace) {
      if (number === 1) {
        const edited = await editInPlace(job, message);
        if (edited !== undefined) return edited;
      }
      if (job.private) {
        const made = tokenAlive(job) ? await followUp(job, message, trace) : undefined;
        return made ?? createDirect(job, number, message, trace);
      }
      const made = await create(job, number, message, { channelId: job.channelId, trace });
      return made ?? createDirect(job, number, message, trace);
    },
  };
}
