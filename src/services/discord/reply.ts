/**
 * The one place that writes a job's messages in Discord: edits of the reply while the job goes on, the gallery, the last
 * word. It knows the ways to a message (`ways.ts`) and what closes one: the interaction's token (15 minutes), the bot's own
 * token and the message's id, a new message in the channel, a direct message.
 */
import { MessageFlags, Routes, type REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Job, PostedMessage } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { ReplyMessage } from '../messages/messages.ts';
import { createBotUser } from './bot-user.ts';
import { ReplyOutOfReach } from './faults.ts';
import { createMessageCall, type MessageBody } from './message/message-call.ts';
import { createNewMessage } from './message/new-message.ts';
import type { Posted } from './message/posted.ts';
import { createReach } from './reach.ts';
import type { ShownReply } from './message/read-reply.ts';
import { removeMessage } from './message/remove-message.ts';
import { fileLimit, nextWay, type Way, type WayKind } from './ways.ts';

export { ARRIVES_WITHIN, faultOf, ReplyOutOfReach, ReplyRefused, ReplyTooLarge, ReplyTrouble } from './faults.ts';
export { uploadBody, type UploadedFile } from './multipart.ts';
export { messageSchema, postedOf, type Posted } from './message/posted.ts';
export type { ShownReply } from './message/read-reply.ts';
export { TOKEN_MARGIN } from './reach.ts';
export { CHANNEL_FILE_LIMIT, type WayKind } from './ways.ts';

/** A progress edit that takes longer than this is not worth waiting for (milliseconds). */
const PROGRESS_TIMEOUT = 10_000;

/** A line above a gallery waits longer: of messages older than an hour Discord takes three edits in 20 s, as is seen (milliseconds). */
const ANNOTATE_TIMEOUT = 30_000;

/** A way to a message, and the largest file it takes (bytes). */
export type Plan = Way & { fileLimit: number };

export interface Reply {
  /** The way that message `number` (from 1) is tried on next, after those that are closed; `undefined` where none is left. */
  plan(job: Job, number: number, closed: ReadonlySet<WayKind>): Plan | undefined;
  /** Makes an empty private follow-up, to be filled; `undefined` where that way is closed. @throws ReplyTrouble */
  open(job: Job): Promise<string | undefined>;
  /**
   * Makes message `number`, or fills or edits the one that is there; `undefined` where that way is closed. Before a message
   * is created it must be written that it may exist.
   *
   * @throws ReplyTrouble, ReplyTooLarge, ReplyRefused
   */
  post(
    job: Job,
    number: number,
    way: Exclude<Way, { kind: 'open' }>,
    message: ReplyMessage,
  ): Promise<Posted | undefined>;
  /**
   * Shows a message without pictures as message `number` (from 1) of a job, on whatever way is open.
   *
   * @throws ReplyTrouble where none is now; ReplyRefused
   */
  tell(job: Job, number: number, message: ReplyMessage): Promise<void>;
  /** Edits a message of the gallery; `undefined`: it is out of reach. @throws ReplyTrouble, ReplyTooLarge, ReplyRefused */
  amend(job: Job, posted: PostedMessage, message: MessageBody, timeout?: number): Promise<Posted | undefined>;
  /** A message with pictures of the job in its channel, of which its record does not know. @throws ReplyTrouble */
  find(job: Job): Promise<Posted | undefined>;
  /** Changes the line above the first message of a gallery, wherever that is. @throws ReplyTrouble, ReplyRefused */
  annotate(job: Job, first: PostedMessage, content: string): Promise<'edited' | 'out_of_reach'>;
  /** Edits the reply in place, but for its files. @throws ReplyTrouble where it could not be done now; ReplyRefused */
  edit(job: Job, message: MessageBody): Promise<'edited' | 'out_of_reach'>;
  /** Whether the reply shows how the job ended, or was deleted; `false` also where it cannot be read. @throws ReplyTrouble */
  isOver(job: Job): Promise<boolean>;
  /** What the reply shows; `gone`: it was deleted, `undefined`: it cannot be read. @throws ReplyTrouble */
  read(job: Job): Promise<ShownReply | 'gone' | undefined>;
  /** The id of a job's reply, where an edit has told it. */
  messageId(jobId: string): string | undefined;
  /** The same; where nothing has told it, the reply is looked for. @throws ReplyTrouble */
  locate(job: Job): Promise<string | undefined>;
  /** Deletes a posted message. `gone`: it stands no longer; `stands`: the bot may not delete it. @throws ReplyTrouble */
  remove(message: { channelId: string; messageId: string }): Promise<'gone' | 'stands'>;
}

/**
 * @param rest - for calls by the interaction's token, which stand under no global rate limit.
 * @param botRest - for calls by the bot's token, which do.
 * @param botUserId - the bot's own user, once the gateway has told it.
 * @param elsewhere - the line that goes before a message that had to be sent as a direct message.
 * @param placeholder - the line that stands in a private follow-up until it is filled.
 */
export function createReply({
  rest,
  botRest,
  botUserId,
  clock,
  log,
  elsewhere,
  placeholder,
}: {
  rest: Pick<REST, 'get' | 'patch' | 'post'>;
  botRest: Pick<REST, 'delete' | 'get' | 'patch' | 'post'>;
  botUserId: () => string | undefined;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Log;
  elsewhere: (job: Job) => string;
  placeholder: (job: Job) => string;
}): Reply {
  const botUser = createBotUser({ told: botUserId, botRest });
  const reach = createReach({ rest, botRest, botUser, clock });
  const { tokenAlive, replyIdOf, heed, locate } = reach;
  const call = createMessageCall({ rest, botRest, clock, log });
  const newMessage = createNewMessage({ call, botRest, botUser, elsewhere });

  /** Edits the reply where it stands, by token or by its id. One with a deadline leaves its files alone. */
  async function editInPlace(job: Job, message: MessageBody, timeout?: number): Promise<Posted | undefined> {
    const { applicationId, token } = job.reply;
    const keepsFiles = timeout !== undefined;
    if (tokenAlive(job)) {
      const route = Routes.webhookMessage(applicationId, token);
      const outcome = await call(job, { method: 'patch', route, message, keepsFiles, asBot: false, timeout });
      const edited = heed(job, outcome);
      if (edited !== undefined) {
        reach.noteReply(job, edited.messageId);
        return edited;
      }
      if (tokenAlive(job)) return undefined;
    }
    if (job.private) return undefined;
    const messageId = await locate(job);
    if (messageId === undefined) return undefined;
    const route = Routes.channelMessage(job.channelId, messageId);
    return heed(job, await call(job, { method: 'patch', route, message, keepsFiles, asBot: true, timeout }));
  }

  async function open(job: Job): Promise<string | undefined> {
    const made = await call(job, {
      method: 'post',
      route: Routes.webhook(job.reply.applicationId, job.reply.token),
      message: { content: placeholder(job), embeds: [] },
      extra: job.private ? { flags: MessageFlags.Ephemeral } : {},
      asBot: false,
    });
    return heed(job, made)?.messageId;
  }

  async function fill(job: Job, messageId: string, message: ReplyMessage): Promise<Posted | undefined> {
    const route = Routes.webhookMessage(job.reply.applicationId, job.reply.token, messageId);
    return heed(job, await call(job, { method: 'patch', route, message, asBot: false }));
  }

  function plan(job: Job, number: number, closed: ReadonlySet<WayKind>): Plan | undefined {
    const alive = tokenAlive(job);
    const way = nextWay(job, number, { tokenAlive: alive, replyKnown: replyIdOf(job) !== undefined, closed });
    return way && { ...way, fileLimit: fileLimit(job, way, alive) };
  }

  const post: Reply['post'] = async (job, number, way, message) => {
    switch (way.kind) {
      case 'edit':
        return editInPlace(job, message);
      case 'create':
        return heed(job, await newMessage.inChannel(job, number, message, way.mayExist));
      case 'fill':
        return fill(job, way.messageId, message);
      case 'direct':
        return heed(job, await newMessage.direct(job, number, message, way.mayExist));
    }
  };

  /** What has no pictures may stand there twice after a kill: nothing is written between its two calls. */
  async function tryToTell(job: Job, number: number, way: Way, message: ReplyMessage): Promise<Posted | undefined> {
    if (way.kind !== 'open') return post(job, number, way, message);
    const messageId = await open(job);
    return messageId === undefined ? undefined : fill(job, messageId, message);
  }

  /** Edits a message of the gallery, wherever it stands. */
  const amend: Reply['amend'] = async (job, { channelId, messageId }, shown, timeout) => {
    if (messageId === replyIdOf(job)) return editInPlace(job, shown, timeout);
    const message = newMessage.standing(job, channelId, shown);
    const byToken = Routes.webhookMessage(job.reply.applicationId, job.reply.token, messageId);
    const byId = { route: Routes.channelMessage(channelId, messageId), asBot: true };
    const asFollowUp = tokenAlive(job) ? [{ route: byToken, asBot: false }] : [];
    // The token knows its own follow-ups alone: the only ones of a private job, of others those of a closed channel.
    const routes = job.private ? [...asFollowUp, byId] : [byId, ...asFollowUp];
    for (const way of routes) {
      const edited = heed(job, await call(job, { method: 'patch', message, timeout, ...way }));
      if (edited !== undefined) return edited;
    }
    return undefined;
  };

  return {
    plan,
    open,
    post,

    async tell(job, number, message) {
      if (!tokenAlive(job)) await locate(job);
      const closed = new Set<WayKind>();
      for (let way = plan(job, number, closed); way !== undefined; way = plan(job, number, closed)) {
        if ((await tryToTell(job, number, way, message)) !== undefined) return;
        closed.add(way.kind);
      }
      throw new ReplyOutOfReach();
    },
    amend,

    async annotate(job, posted, content) {
      return (await amend(job, posted, { content }, ANNOTATE_TIMEOUT)) === undefined ? 'out_of_reach' : 'edited';
    },

    async edit(job, message) {
      return (await editInPlace(job, message, PROGRESS_TIMEOUT)) === undefined ? 'out_of_reach' : 'edited';
    },

    find: (job) => (job.private ? Promise.resolve(undefined) : newMessage.find(job)),
    isOver: reach.isOver,
    read: reach.read,
    locate,
    messageId: (jobId) => reach.notedReply(jobId),
    remove: (message) => removeMessage(message, botRest),
  };
}
