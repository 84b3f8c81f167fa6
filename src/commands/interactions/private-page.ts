/** Private pages that are read from the store. */
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { Log } from '../../services/log.ts';
import type { ReplyMessage } from '../../services/messages/messages.ts';
import type { Responses } from './responses.ts';
import { unlessStoreFails } from './store-failure.ts';

/**
 * Acknowledges, then shows the page that `read` returns: a command's in a private reply, a button's in the private message
 * that it is under. Where the store fails, that is said instead.
 */
export async function showPrivatePage(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  { responses, log, read }: { responses: Responses; log: Log; read: (t: Translate) => Promise<ReplyMessage> },
): Promise<void> {
  const t = translate(interaction.locale);
  if (interaction.isButton()) await responses.deferUpdate(interaction);
  else await responses.deferReply(interaction, { ephemeral: true });
  const page = await unlessStoreFails(
    t,
    () => read(t),
    (error) => {
      log.error({ interaction: interaction.id, err: error }, 'a page could not be read from the store');
      return t('refusal.storeRead');
    },
  );
  if (typeof page !== 'string') await responses.editReply(interaction, page);
  // The page that a button is under stays.
  else if (interaction.isButton()) await responses.followUpPrivately(interaction, page);
  else await responses.editReply(interaction, { content: page, embeds: [] });
}

/** Acknowledges a press, then replies privately with what `read` returns. Where the store fails, that is said instead. */
export async function showPrivateReply(
  interaction: ButtonInteraction,
  { responses, log, read }: { responses: Responses; log: Log; read: (t: Translate) => Promise<string | ReplyMessage> },
): Promise<void> {
  const t = translate(interaction.locale);
  await responses.deferReply(interaction, { ephemeral: true });
  const reply = await unlessStoreFails<string | ReplyMessage>(
    t,
    () => read(t),
    (error) => {
      log.error({ interaction: interaction.id, err: error }, 'a job could not be read from the store');
      return t('refusal.storeRead');
    },
  );
  await responses.editReply(interaction, typeof reply === 'string' ? { content: reply, embeds: [] } : reply);
}
