/** One call that makes or changes a message, and what its failure means for the next one. */
import { DiscordAPIError, HTTPError, type REST } from 'discord.js';
import type { Clock } from '../../clock.ts';
import { withDeadline } from '../../deadline.ts';
import { idsOf, type Job } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import { bodyOf, type ReplyMessage } from '../../messages/messages.ts';
import { faultOf, ReplyRefused, ReplyTooLarge, ReplyTrouble } from '../faults.ts';
import { uploadBody } from '../multipart.ts';
import { messageSchema, postedOf, type Posted } from './posted.ts';

/** A whole message, or the line above one that is to stay as it is. */
export type MessageBody = ReplyMessage | { content: string };

/** A call that was not taken because its way is closed: to this message, by this token, in this channel. */
export interface ClosedWay {
  closed: 'token_dead' | 'message_gone' | 'no_access';
}

interface MessageCall {
  method: 'patch' | 'post';
  route: `/${string}`;
  message: MessageBody;
  /** Fields beside the message's own. */
  extra?: object;
  /** Whether the files that it has stay: an edit that comes late must not take pictures away. */
  keepsFiles?: boolean;
  /** By the bot's token; else by the interaction's, which stands in the route. */
  asBot: boolean;
  /** Milliseconds after which it is given up. */
  timeout?: number | undefined;
}

/**
 * Makes a call and gives the message as Discord has it, or says that this way is closed. Nothing in a message can ping.
 *
 * @throws ReplyTrouble where Discord may take it later; ReplyTooLarge where its files must be lighter; ReplyRefused where
 * it takes no such message.
 */
export type CallMessage = (job: Job, call: MessageCall) => Promise<Posted | ClosedWay>;

/**
 * @param rest - for calls by the interaction's token, which stand under no global rate limit.
 * @param botRest - for calls by the bot's token, which do.
 */
export function createMessageCall({
  rest,
  botRest,
  clock,
  log,
}: {
  rest: Pick<REST, 'patch' | 'post'>;
  botRest: Pick<REST, 'patch' | 'post'>;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}): CallMessage {
  async function send({
    method,
    route,
    message,
    extra = {},
    keepsFiles,
    asBot,
    timeout,
  }: MessageCall): Promise<Posted> {
    const files = 'embeds' in message ? (message.files ?? []) : [];
    const body = { ...bodyOf(message, keepsFiles), allowed_mentions: { parse: [] }, ...extra };
    const options = { auth: asBot, ...uploadBody(body, files) };
    const by = asBot ? botRest : rest;
    const answer =
      timeout === undefined
        ? await by[method](route, options)
        : await withDeadline(clock, timeout, (signal) => by[method](route, { ...options, signal }));
    return postedOf(messageSchema.parse(answer));
  }

  return async (job, call) => {
    try {
      return await send(call);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === 'too_large') throw new ReplyTooLarge({ cause: error });
      if (fault === 'refused') throw new ReplyRefused({ cause: error });
      if (fault === 'trouble') {
        // discord.js sends a call by the bot's token again by itself: what was said of the last try hides what became of the first.
        const unanswered = call.asBot || !(error instanceof DiscordAPIError || error instanceof HTTPError);
        const mayBeTaken = unanswered || error.status >= 500;
        throw new ReplyTrouble('Discord did not take the message', { cause: error, unanswered, mayBeTaken });
      }
      log.info({ ...idsOf(job), fault, code: (error as DiscordAPIError).code }, 'a way to the reply is closed');
      return { closed: fault };
    }
  };
}
