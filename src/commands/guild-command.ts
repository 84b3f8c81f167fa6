/** What the commands for those who run a server have in common: who may, a private reply, a store that may fail. */
import { PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { translate, type Translate } from '../languages/languages.ts';
import type { Clock } from '../services/clock.ts';
import type { Author } from '../services/guild/settings.ts';
import type { Host } from '../services/host/host.ts';
import type { Log } from '../services/log.ts';
import type { PrivateReply, Responses } from './interactions/responses.ts';
import { unlessStoreFails } from './interactions/store-failure.ts';

/** What `default_member_permissions` offers such a command to. */
export const MANAGE_SERVER = PermissionFlagsBits.ManageGuild.toString();

/** One use of a command by somebody who may. */
export interface GuildUse {
  interaction: ChatInputCommandInteraction;
  guildId: string;
  author: Author;
  t: Translate;
}

/**
 * Replies to a command of a guild privately: to a member with Manage Server and to the host what `handle` returns, to
 * anybody else a refusal. A server's own settings may offer a command to others than `default_member_permissions`.
 */
export type ReplyToGuildCommand = (
  interaction: ChatInputCommandInteraction,
  handle: (use: GuildUse) => Promise<PrivateReply>,
) => Promise<void>;

export function createGuildCommandReply({
  host,
  responses,
  clock,
  log,
}: {
  host: Pick<Host, 'has'>;
  responses: Responses;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): ReplyToGuildCommand {
  return async (interaction, handle) => {
    const t = translate(interaction.locale);
    const { guildId, user } = interaction;
    if (guildId === null) {
      await responses.replyPrivately(interaction, t('refusal.guildOnly'));
      return;
    }
    await responses.deferReply(interaction, { ephemeral: true });
    const isHost = await host.has(user.id);
    const may = isHost || (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false);
    if (!may) {
      await responses.completeReply(interaction, { content: t('guild.stranger') });
      return;
    }
    const author = { by: user.id, at: clock.now(), isHost };
    const reply = await unlessStoreFails(
      t,
      () => handle({ interaction, guildId, author, t }),
      (error) => {
        log.error({ guild: guildId, err: error }, "a guild's settings could not be read or written");
        return t('guild.store');
      },
    );
    await responses.completeReply(interaction, typeof reply === 'string' ? { content: reply } : reply);
  };
}
