/** `/help`: what the bot does, on one screen. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import { translate } from '../languages/languages.ts';
import type { Command } from './interactions/command.ts';
import { described } from './interactions/localisation.ts';
import type { CommandIds } from './interactions/registration.ts';
import type { Responses } from './interactions/responses.ts';
import { COLOURS, showModels } from '../services/messages/messages.ts';
import type { Models } from '../services/models/models.ts';
import { commandOffers, seedreamDefinition } from './seedream-definition.ts';

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'help',
  ...described('command.help.text'),
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies Command['definition'];

/** The lines of a text that speak of options which the command has. */
function linesOf(text: string, options: readonly { name: string }[]): string {
  const names = new Set(options.map(({ name }) => name));
  const has = (line: string) => names.has(/^\*\*(\w+)\*\*/.exec(line)?.[1] ?? '');
  return text.split('\n').filter(has).join('\n');
}

export function createHelpCommand({
  models,
  commandIds,
  responses,
}: {
  models: Pick<Models, 'offered' | 'standing' | 'byId'>;
  commandIds: Pick<CommandIds, 'mention'>;
  responses: Responses;
}): Command {
  return {
    definition,
    name: definition.name,
    async run(interaction) {
      const t = translate(interaction.locale);
      const offers = commandOffers(models);
      const names = showModels(
        offers.map(({ profile }) => profile),
        t,
      );
      const isAdmin = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
      const fields = [
        {
          name: t('help.examples'),
          value: t('help.examplesText', { command: commandIds.mention('seedream') }),
        },
        { name: t('help.options'), value: linesOf(t('help.optionsText'), seedreamDefinition(offers).options) },
        { name: t('help.limits'), value: t('help.limitsText') },
        { name: t('help.buttons'), value: t('help.buttonsText') },
        ...(offers.some(({ editing }) => editing !== undefined)
          ? [{ name: t('help.pictures'), value: t('help.picturesText') }]
          : []),
        { name: t('help.more'), value: t('help.moreText') },
        ...(isAdmin ? [{ name: t('help.admins'), value: t('help.adminsText') }] : []),
      ];
      const embed = {
        color: COLOURS.blurple,
        title: t('help.title', { models: names }),
        description: t('help.text'),
        fields,
      };
      await responses.replyPrivately(interaction, { embeds: [embed] });
    },
  };
}
