/** `/seedream`: asks for pictures. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { COUNT_MAX, QUALITIES, SEED_MAX, SIZES } from '../services/models/seedream.ts';
import { PROMPT_MAX_LENGTH } from '../services/prompt/prompt.ts';
import { translate } from '../languages/languages.ts';
import { readChoice, readInteger } from './interactions/choices.ts';
import type { Command } from './interactions/command.ts';
import { described, named } from './interactions/localisation.ts';
import type { Responses } from './interactions/responses.ts';
import type { StartJob } from './start-job/start-job.ts';
import type { Suggestions } from './start-job/suggestions.ts';

const size = {
  type: ApplicationCommandOptionType.String as const,
  name: 'size',
  ...described('command.seedream.size'),
  choices: SIZES.map((value) => ({ name: value, value })),
};

const quality = {
  type: ApplicationCommandOptionType.String as const,
  name: 'quality',
  ...described('command.seedream.quality'),
  choices: QUALITIES.map((value) => ({ ...named(`quality.${value}`), value })),
};

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'seedream',
  ...described('command.seedream.text'),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'prompt',
      ...described('command.seedream.prompt'),
      required: true,
      min_length: 1,
      max_length: PROMPT_MAX_LENGTH,
      autocomplete: true,
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'count',
      ...described('command.seedream.count'),
      min_value: 1,
      max_value: COUNT_MAX,
    },
    size,
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'seed',
      ...described('command.seedream.seed'),
      min_value: 0,
      max_value: SEED_MAX,
    },
    quality,
    {
      type: ApplicationCommandOptionType.Boolean,
      name: 'private',
      ...described('command.seedream.private'),
    },
    {
      type: ApplicationCommandOptionType.Boolean,
      name: 'spoiler',
      ...described('command.seedream.spoiler'),
    },
  ],
} satisfies Command['definition'];

export function createSeedreamCommand({
  startJob,
  suggestions,
  responses,
}: {
  startJob: StartJob;
  suggestions: Suggestions;
  responses: Responses;
}): Command {
  return {
    definition,

    async run(interaction) {
      const { options, user, guildId, locale } = interaction;
      const asked = {
        count: readInteger(options.getInteger('count')),
        size: readChoice(size.choices, options.getString('size'), locale),
        seed: readInteger(options.getInteger('seed')),
        quality: readChoice(quality.choices, options.getString('quality'), locale),
        private: options.getBoolean('private') ?? false,
        spoiler: options.getBoolean('spoiler') ?? false,
      };
      const sent = options.getString('prompt') ?? '';
      const meant = guildId === null ? sent : suggestions.meant({ guildId, userId: user.id }, sent);
      if (typeof meant === 'string') {
        await startJob(interaction, { ...asked, prompt: meant });
        return;
      }
      await startJob(interaction, {
        private: asked.private,
        async read() {
          const found = await meant();
          return 'prompt' in found ? { ...asked, ...found } : translate(locale)(found.unresolved);
        },
      });
    },

    async complete(interaction) {
      const { guildId, user, options } = interaction;
      const typed = options.getFocused();
      const offered = guildId === null ? [] : await suggestions.offer({ guildId, userId: user.id }, typed);
      await responses.offerChoices(interaction, offered);
    },
  };
}
