/** `/seedream`: asks for pictures. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { altText } from '../services/messages/display.ts';
import type { Jobs } from '../services/lifecycle/lifecycle.ts';
import type { Log } from '../services/log.ts';
import type { EarlierPrompt, PromptHistory } from '../services/history/earlier-prompts.ts';
import { COUNT_MAX, QUALITIES, SEED_MAX, SIZES, TEXT_MAX_LENGTH } from '../services/models/seedream.ts';
import type { Command } from './interactions/command.ts';
import { described, named } from './interactions/localisation.ts';
import type { Responses } from './interactions/responses.ts';
import type { StartJob } from './start-job/start-job.ts';

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
      autocomplete: true,
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

/** Discord takes at most 25 choices, with names and values of at most 100 characters. */
const CHOICES_MAX = 25;
const CHOICE_MAX_LENGTH = 100;

/** The value of a choice that stands for a prompt too long to be a value itself: the job it was typed for. */
const EARLIER = /^earlier:(\d{17,20})$/;

function choiceOf({ jobId, prompt }: EarlierPrompt): { name: string; value: string } {
  if (prompt.length <= CHOICE_MAX_LENGTH) return { name: prompt, value: prompt };
  return { name: altText(prompt, CHOICE_MAX_LENGTH), value: `earlier:${jobId}` };
}

export function createSeedreamCommand({
  startJob,
  jobs,
  promptHistory,
  responses,
  log,
}: {
  startJob: StartJob;
  jobs: Pick<Jobs, 'find'>;
  promptHistory: PromptHistory;
  responses: Responses;
  log: Log;
}): Command {
  /** The prompt as it was typed once, where a choice stands for it. */
  async function promptOf({ options, user, guildId }: ChatInputCommandInteraction): Promise<string> {
    const typed = options.getString('prompt') ?? '';
    const jobId = EARLIER.exec(typed)?.[1];
    if (jobId === undefined) return typed;
    const job = await jobs.find(jobId);
    return job?.userId === user.id && job.guildId === guildId ? job.prompt : typed;
  }

  return {
    definition,

    async run(interaction) {
      const { options } = interaction;
      await startJob(interaction, {
        prompt: await promptOf(interaction),
        count: options.getInteger('count') ?? undefined,
        size: options.getString('size') ?? undefined,
        seed: options.getInteger('seed') ?? undefined,
        quality: options.getString('quality') ?? undefined,
        private: options.getBoolean('private') ?? false,
        spoiler: options.getBoolean('spoiler') ?? false,
      });
    },

    async complete(interaction) {
      const { guildId, user, options } = interaction;
      let found: EarlierPrompt[] = [];
      try {
        if (guildId !== null) found = await promptHistory.find({ guildId, userId: user.id }, options.getFocused());
      } catch (error) {
        log.warn({ err: error }, 'earlier prompts could not be read');
      }
      await responses.offerChoices(interaction, found.slice(0, CHOICES_MAX).map(choiceOf));
    },
  };
}
