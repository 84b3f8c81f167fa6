/** What a job's reply shows, as Discord has it. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Job } from '../../job/job.ts';
import { faultOf, ReplyTrouble } from '../faults.ts';
import { messageSchema, postedOf, type Posted } from './posted.ts';

const buttonsSchema = z
  .array(z.object({ components: z.array(z.object({ custom_id: z.string().optional() })).catch([]) }))
  .catch([]);
const replySchema = messageSchema.extend({ components: buttonsSchema });

/** A job's reply as Discord has it. */
export interface ShownReply extends Posted {
  /** Whether it has the buttons of an end. */
  ended: boolean;
}

/**
 * What a job's reply shows: `gone` where it was deleted, `undefined` where it cannot be read.
 *
 * @param tokenAlive - whether the interaction's token still works.
 * @param messageId - the reply's, where it is known.
 * @throws ReplyTrouble where Discord does not answer now.
 */
export async function readReply(
  job: Job,
  {
    tokenAlive,
    messageId,
    rest,
    botRest,
  }: {
    tokenAlive: boolean;
    messageId: string | undefined;
    rest: Pick<REST, 'get'>;
    botRest: Pick<REST, 'get'>;
  },
): Promise<ShownReply | 'gone' | undefined> {
  const { applicationId, token } = job.reply;
  if (!tokenAlive && (job.private || messageId === undefined)) return undefined;
  try {
    const answer = tokenAlive
      ? await rest.get(Routes.webhookMessage(applicationId, token), { auth: false })
      : await botRest.get(Routes.channelMessage(job.channelId, messageId ?? ''));
    const shown = replySchema.parse(answer);
    const ended = shown.components.some(({ components }) =>
      components.some(({ custom_id: customId }) => customId === `again:${job.id}`),
    );
    return { ...postedOf(shown), ended };
  } catch (error) {
    const fault = faultOf(error);
    if (fault === 'trouble') throw new ReplyTrouble('Discord did not show the reply', { cause: error });
    return fault === 'message_gone' ? 'gone' : undefined;
  }
}

/** Messages of a channel that are looked through for a reply, which Discord makes within seconds of its interaction (its most a call). */
const NEXT_MESSAGES = 100;

const madeForSchema = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }).optional(),
  interaction_metadata: z.object({ id: z.string(), original_response_message_id: z.string().optional() }).optional(),
});

/**
 * The id of a job's reply, where everybody in its channel sees it. A message names the interaction that it answers, a
 * follow-up also the response before it. Source: Discord, message resource, "Message Interaction Metadata Object".
 *
 * @param botUser - gives the bot's own user.
 * @throws ReplyTrouble where Discord does not answer now.
 */
export async function findReply(
  job: Job,
  { botRest, botUser }: { botRest: Pick<REST, 'get'>; botUser: () => Promise<string> },
): Promise<string | undefined> {
  if (job.private) return undefined;
  const query = new URLSearchParams({ after: job.id, limit: String(NEXT_MESSAGES) });
  try {
    const botUserId = await botUser();
    const next = z.array(madeForSchema).parse(await botRest.get(Routes.channelMessages(job.channelId), { query }));
    const reply = next.find(
      ({ author, interaction_metadata: made }) =>
        author?.id === botUserId && made?.id === job.id && made.original_response_message_id === undefined,
    );
    return reply?.id;
  } catch (error) {
    if (faultOf(error) === 'trouble') throw new ReplyTrouble('Discord did not answer', { cause: error });
    return undefined;
  }
}
