/** What a job's reply shows, as Discord has it. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Job } from '../job/job.ts';
import { faultOf, ReplyTrouble } from './faults.ts';
import { messageSchema, postedOf } from './posted.ts';

const buttonsSchema = z
  .array(z.object({ components: z.array(z.object({ custom_id: z.string().optional() })).catch([]) }))
  .catch([]);
const replySchema = messageSchema.extend({ components: buttonsSchema });

/**
 * Whether a job's reply shows how it ended: pictures, or the buttons of an end; or was deleted. `false` also where it cannot
 * be read.
 *
 * @param tokenAlive - whether the interaction's token still works.
 * @param messageId - the reply's, where it is known.
 * @throws ReplyTrouble where Discord does not answer now.
 */
export async function isReplyOver(
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
): Promise<boolean> {
  const { applicationId, token } = job.reply;
  if (!tokenAlive && (job.private || messageId === undefined)) return false;
  try {
    const answer = tokenAlive
      ? await rest.get(Routes.webhookMessage(applicationId, token), { auth: false })
      : await botRest.get(Routes.channelMessage(job.channelId, messageId ?? ''));
    const shown = replySchema.parse(answer);
    const ended = shown.components.some(({ components }) =>
      components.some(({ custom_id: customId }) => customId === `again:${job.id}`),
    );
    return ended || postedOf(shown).files.length > 0;
  } catch (error) {
    const fault = faultOf(error);
    if (fault === 'trouble') throw new ReplyTrouble('Discord did not show the reply', { cause: error });
    return fault === 'message_gone';
  }
}
