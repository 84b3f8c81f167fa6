/** `/help`: what the bot does, on one screen. */
import { ApplicationCommandType, ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { translate } from '../languages/languages.ts';
import type { Command } from './interactions/command.ts';
import { described } from './interactions/localisation.ts';
import type { Responses } from './interactions/responses.ts';
import { COLOURS } from '../services/messages/messages.ts';

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'help',
  ...described('command.help.text'),
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies Command['definition'];

export function createHelpCommand({ responses }: { responses: Responses }): Command {
  return {
    definition,
    async run(interaction) {
      const t = translate(interaction.locale);
      const fields = [
        { name: t('help.options'), value: t('help.optionsText') },
        { name: t('help.limits'), value: t('help.limitsText') },
        { name: t('help.buttons'), value: t('help.buttonsText') },
        { name: t('help.more'), value: t('help.moreText') },
      ];
      const embed = { color: COLOURS.blurple, title: t('help.title'), description: t('help.text'), fields };
      await responses.replyPrivately(interaction, { embeds: [embed] });
    },
  };
}
