/** What the commands for those who run a server have in common: who may, a private answer, a store that may fail. */
import { PermissionFlagsBits, type APIEmbed, type ChatInputCommandInteraction } from 'discord.js';
import { translate, type Translate } from '../languages/languages.ts';
import type { Clock } from '../services/clock.ts';
import type { Author } from '../services/guild/limits.ts';
import type { Host } from '../services/host/host.ts';
import type { Log } from '../services/log.ts';
import { StoreError } from '../services/storage/store-error.ts';
import { answerPrivately, defer, finish } from './interactions/responses.ts';

/** What `default_member_permissions` offers such a command to. */
export const MANAGE_SERVER = PermissionFlagsBits.ManageGuild.toString();

/** One use of a command by somebody who may. */
export interface GuildUse {
  interaction: ChatInputCommandInteraction;
  guildId: string;
  author: Author;
  t: Translate;
}

export interface PrivateAnswer {
  content?: string;
  embeds?: APIEmbed[];
  files?: { name: string; data: string }[];
}

/**
 * Answers a command of a guild privately: for a member with Manage Server and for the host by what `act` gives, for
 * anybody else by a refusal. A server's own settings may offer a command to others than `default_member_permissions`.
 */
export async function answerGuildCommand(
  interaction: ChatInputCommandInteraction,
  {
    host,
    clock,
    log,
    act,
  }: { host: Pick<Host, 'has'>; clock: Clock; log: Log; act: (use: GuildUse) => Promise<PrivateAnswer> },
): Promise<void> {
  const t = translate(interaction.locale);
  const { guildId, user } = interaction;
  if (guildId === null) {
    await answerPrivately(interaction, t('refusal.guildOnly'));
    return;
  }
  await defer(interaction, { ephemeral: true });
  const isHost = await host.has(user.id);
  const may = isHost || (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false);
  if (!may) {
    await finish(interaction, { content: t('guild.stranger') });
    return;
  }
  let answer: PrivateAnswer;
  try {
    answer = await act({ interaction, guildId, author: { by: user.id, at: clock.now(), isHost }, t });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.error({ guild: guildId, err: error }, "a guild's settings could not be read or written");
    answer = { content: t('guild.store') };
  }
  await finish(interaction, answer);
}
