/** Deletes a message that a job has posted. */
import { Routes, type REST } from 'discord.js';
import { faultOf, isGone, ReplyTrouble } from '../faults.ts';

/**
 * `gone`: it no longer stands, by this call or before. `stands`: it is where the bot may not delete it.
 *
 * @throws ReplyTrouble
 */
export async function removeMessage(
  { channelId, messageId }: { channelId: string; messageId: string },
  botRest: Pick<REST, 'delete'>,
): Promise<'gone' | 'stands'> {
  try {
    await botRest.delete(Routes.channelMessage(channelId, messageId));
    return 'gone';
  } catch (error) {
    if (isGone(error)) return 'gone';
    if (faultOf(error) === 'no_access') return 'stands';
    throw new ReplyTrouble('Discord did not delete the message', { cause: error });
  }
}
