/** `/limits pictures`: whether members of a server may start from pictures. */
import { ApplicationCommandOptionType } from 'discord.js';
import type { Translate } from '../languages/languages.ts';
import { setReferences, type GuildSettingsRecords } from '../services/guild/settings.ts';
import type { Log } from '../services/log.ts';
import type { GuildUse } from './guild-command.ts';
import { described } from './interactions/localisation.ts';
import type { PrivateReply } from './interactions/responses.ts';

/** Offered where the bot takes pictures to start from. */
export const picturesSubcommand = {
  type: ApplicationCommandOptionType.Subcommand as const,
  name: 'pictures',
  ...described('command.limits.pictures'),
  options: [
    {
      type: ApplicationCommandOptionType.Boolean as const,
      name: 'allow',
      ...described('command.limits.allow'),
      required: true,
    },
  ],
};

/** What the switch for references was and is. */
export function switchLine({ before, after }: { before: boolean; after: boolean }, t: Translate): string {
  const word = (allowed: boolean) => t(allowed ? 'limits.allowed' : 'limits.notAllowed');
  return t('limits.referencesSet', { name: t('limits.references'), before: word(before), after: word(after) });
}

/** @param references - whether the bot takes pictures to start from at all. */
export function createPicturesSwitch({
  settings: records,
  references,
  log,
}: {
  settings: Pick<GuildSettingsRecords, 'change'>;
  references: boolean;
  log: Log;
}): (use: GuildUse) => Promise<PrivateReply> {
  return async ({ interaction, guildId, author, t }) => {
    const after = interaction.options.getBoolean('allow');
    if (after === null) return { content: t('refusal.choice') };
    if (!references) return { content: t('model.off') };
    const { before } = await records.change(guildId, (settings) => setReferences(after, { settings, author }));
    log.info({ guild: guildId, by: author.by, before, after }, 'starting from pictures was allowed or barred');
    return { content: switchLine({ before, after }, t) };
  };
}
