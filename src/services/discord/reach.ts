/** What is known of the ways to jobs' replies: which tokens still work, which message a reply is, and what it shows. */
import type { REST } from 'discord.js';
import { BoundedMap, BoundedSet } from '../bounded.ts';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import type { Job } from '../job/job.ts';
import { ReplyTrouble } from './faults.ts';
import type { ClosedWay } from './message/message-call.ts';
import type { Posted } from './message/posted.ts';
import { findReply, readReply, type ShownReply } from './message/read-reply.ts';

/** How long before the token's end edits leave it (milliseconds): it lives 15 minutes, and the last one is not worth a race. */
export const TOKEN_MARGIN = 60_000;

/** A look at a channel that takes longer is not waited for (milliseconds). */
const LOOK_WITHIN = 10_000;

/** Tokens that died early and replies' ids that are remembered. */
const REMEMBERED = 10_000;

/**
 * @param rest - for calls by the interaction's token.
 * @param botRest - for calls by the bot's token.
 * @param botUser - gives the bot's own user.
 */
export function createReach({
  rest,
  botRest,
  botUser,
  clock,
}: {
  rest: Pick<REST, 'get'>;
  botRest: Pick<REST, 'get'>;
  botUser: () => Promise<string>;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
}) {
  const deadTokens = new BoundedSet<string>(REMEMBERED);
  const replyIds = new BoundedMap<string, string>(REMEMBERED);

  const tokenAlive = ({ reply }: Job): boolean =>
    clock.now() < reply.tokenExpiresAt - TOKEN_MARGIN && !deadTokens.has(reply.token);

  /** The message id of a job's reply, where the record or an edit has told it. */
  const replyIdOf = (job: Job): string | undefined => job.reply.messageId ?? replyIds.get(job.id);

  function noteReply(job: Job, messageId: string): void {
    if (job.reply.messageId === undefined) replyIds.set(job.id, messageId);
  }

  /** @throws ReplyTrouble where there is no answer in time */
  function look<T>(call: () => Promise<T>): Promise<T> {
    return withDeadline(clock, LOOK_WITHIN, call, () => new ReplyTrouble('Discord did not answer in time'));
  }

  /** Reads the reply by what is known of it. */
  function readKnown(job: Job): Promise<ShownReply | 'gone' | undefined> {
    const known = { tokenAlive: tokenAlive(job), messageId: replyIdOf(job) };
    return look(() => readReply(job, { ...known, rest, botRest }));
  }

  /** The reply's id. Where no answer has told it, the token knows the reply; once that is dead, the channel does. */
  async function locate(job: Job): Promise<string | undefined> {
    const known = replyIdOf(job);
    if (known !== undefined) return known;
    const shown = tokenAlive(job) ? await readKnown(job) : undefined;
    if (shown === 'gone') return undefined;
    const found = shown?.messageId ?? (await look(() => findReply(job, { botRest, botUser })));
    if (found !== undefined) noteReply(job, found);
    return found;
  }

  /** What the reply shows; `gone` where it was deleted, `undefined` where it cannot be read. @throws ReplyTrouble */
  async function read(job: Job): Promise<ShownReply | 'gone' | undefined> {
    if (!tokenAlive(job)) await locate(job);
    return readKnown(job);
  }

  return {
    tokenAlive,
    replyIdOf,
    noteReply,
    locate,
    read,

    /** Whether the reply shows an end, pictures or its buttons, or was deleted. @throws ReplyTrouble */
    isOver: async (job: Job): Promise<boolean> => {
      const shown = await read(job);
      return shown === 'gone' || (shown !== undefined && (shown.ended || shown.files.length > 0));
    },

    /** The reply's id, where an edit has told it and the record had not. */
    notedReply: (jobId: string): string | undefined => replyIds.get(jobId),

    /** Takes note of a token that is dead; gives what was posted, if something was. */
    heed: (job: Job, outcome: Posted | ClosedWay): Posted | undefined => {
      if (!('closed' in outcome)) return outcome;
      if (outcome.closed === 'token_dead') deadTokens.add(job.reply.token);
      return undefined;
    },
  };
}
