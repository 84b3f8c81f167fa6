/** Private answers that take a look into the store. */
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { Log } from '../../services/log.ts';
import type { ReplyMessage } from '../../services/discord/reply.ts';
import { StoreError } from '../../services/storage/store-error.ts';
import { defer, deferUpdate, editOriginal, followUpPrivately } from './responses.ts';

/**
 * Acknowledges, then shows what `look` gives: a command's in a private reply, a button's in the private message that it
 * is under. Where the store fails, that is said instead.
 */
export async function answerFromStore(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  { log, look }: { log: Log; look: (t: Translate) => Promise<ReplyMessage> },
): Promise<void> {
  const t = translate(interaction.locale);
  if (interaction.isButton()) await deferUpdate(interaction);
  else await defer(interaction, { ephemeral: true });
  let message: ReplyMessage;
  try {
    message = await look(t);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.error({ interaction: interaction.id, err: error }, 'the store failed where something was to be shown');
    const sentence = t('refusal.storeRead');
    if (interaction.isButton()) await followUpPrivately(interaction, sentence);
    else await editOriginal(interaction, { content: sentence, embeds: [] });
    return;
  }
  await editOriginal(interaction, message);
}
