/** `/seedream`: asks for pictures. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { COUNT_MAX, QUALITIES, SEED_MAX, SIZES, TEXT_MAX_LENGTH } from '../services/seedream.ts';
import type { Asking } from './asking.ts';
import type { Command } from './command.ts';
import { described, named } from './localisation.ts';

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
      max_length: TEXT_MAX_LENGTH,
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'count',
      ...described('command.seedream.count'),
      min_value: 1,
      max_value: COUNT_MAX,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'size',
      ...described('command.seedream.size'),
      choices: SIZES.map((size) => ({ name: size, value: size })),
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'seed',
      ...described('command.seedream.seed'),
      min_value: 0,
      max_value: SEED_MAX,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'quality',
      ...described('command.seedream.quality'),
      choices: QUALITIES.map((quality) => ({ ...named(`quality.${quality}`), value: quality })),
    },
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

export function createSeedreamCommand({ asking }: { asking: Asking }): Command {
  return {
    definition,
    async run(interaction) {
      const { options } = interaction;
      await asking.ask(interaction, {
        prompt: options.getString('prompt') ?? '',
        count: options.getInteger('count') ?? undefined,
        size: options.getString('size') ?? undefined,
        seed: options.getInteger('seed') ?? undefined,
        quality: options.getString('quality') ?? undefined,
        private: options.getBoolean('private') ?? false,
        spoiler: options.getBoolean('spoiler') ?? false,
      });
    },
  };
}
