/** `/seedream`: asks for pictures. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { translate, type Translate } from '../languages/languages.ts';
import type { Breaker } from '../services/breaker.ts';
import type { Clock } from '../services/clock.ts';
import type { Job } from '../services/job.ts';
import type { Jobs } from '../services/jobs.ts';
import type { Limits, Refusal } from '../services/limits.ts';
import type { Log } from '../services/log.ts';
import { composePrompt, type PromptOutcome } from '../services/prompt.ts';
import { showMoment } from '../services/reply-embed.ts';
import { CHANNEL_FILE_LIMIT } from '../services/reply.ts';
import {
  COUNT_MAX,
  QUALITIES,
  QUALITY_DEFAULT,
  SEED_MAX,
  SIZE_DEFAULT,
  SIZES,
  TEXT_MAX_LENGTH,
} from '../services/seedream.ts';
import { StoreError } from '../services/store-error.ts';
import { answerPrivately, defer, takeBack } from './answer.ts';
import type { Command } from './command.ts';

/** An interaction's token edits its reply for 15 minutes (milliseconds). */
const TOKEN_LIFE = 15 * 60_000;

const THREADS = new Set<ChannelType>([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'seedream',
  description: 'Make pictures with Seedream 4.0',
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'prompt',
      description: 'What the pictures should show',
      required: true,
      min_length: 1,
      max_length: TEXT_MAX_LENGTH,
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'count',
      description: 'How many pictures (3 if neither this nor the prompt says)',
      min_value: 1,
      max_value: COUNT_MAX,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'size',
      description: 'Width, height and shape (2560:1440 if not given)',
      choices: SIZES.map((size) => ({ name: size, value: size })),
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'seed',
      description: 'The same seed and prompt make similar pictures (random if not given)',
      min_value: 0,
      max_value: SEED_MAX,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'quality',
      description: 'standard is better and slower (fast if not given)',
      choices: QUALITIES.map((quality) => ({ name: quality, value: quality })),
    },
    {
      type: ApplicationCommandOptionType.Boolean,
      name: 'private',
      description: 'Only you see the pictures',
    },
  ],
} satisfies Command['definition'];

/** The permissions the bot lacks in the interaction's channel, by name. */
function missingPermissions(interaction: ChatInputCommandInteraction): (keyof typeof PermissionFlagsBits)[] {
  const inThread = interaction.channel !== null && THREADS.has(interaction.channel.type);
  const needed = [
    'ViewChannel',
    inThread ? 'SendMessagesInThreads' : 'SendMessages',
    'EmbedLinks',
    'AttachFiles',
  ] as const;
  return needed.filter((name) => !interaction.appPermissions.has(PermissionFlagsBits[name]));
}

/** The sentence for a prompt that is refused. */
function promptRefusal(outcome: Exclude<PromptOutcome, { ok: true }>, t: Translate): string {
  switch (outcome.reason) {
    case 'empty':
      return t('prompt.empty');
    case 'too_long':
      return t('prompt.too_long', { length: outcome.length, max: outcome.maxLength });
    case 'count_mismatch':
      return t('prompt.mismatch', { stated: outcome.stated, count: outcome.count });
    case 'count_ambiguous':
      return t('prompt.ambiguous', { numbers: outcome.stated.join(', ') });
    case 'count_out_of_range':
      return t('prompt.out_of_range', { number: outcome.number, max: outcome.max });
    case 'count_above_job_limit':
      return t('prompt.above_job_limit', { number: outcome.number, max: outcome.max });
  }
}

/** The sentence for a request that would pass a limit. */
export function limitRefusal({ limit, allowed, used, asked, freesAt }: Refusal, t: Translate): string {
  const frees = freesAt === undefined ? '' : showMoment(freesAt);
  return t(`limit.${limit}`, { allowed, used, asked, frees });
}

export function createSeedreamCommand({
  jobs,
  breaker,
  limits,
  imagesPerJob,
  jobDeadline,
  clock,
  randomSeed,
  log,
}: {
  jobs: Pick<Jobs, 'start'>;
  breaker: Pick<Breaker, 'refusal'>;
  limits: Limits;
  /** Most pictures a job may ask for: 1 to 15. */
  imagesPerJob: number;
  /** Milliseconds. */
  jobDeadline: number;
  clock: Clock;
  randomSeed: () => number;
  log: Log;
}): Command {
  /** What is asked for, or the sentence that refuses it. Costs nothing and takes no time. */
  function read(interaction: ChatInputCommandInteraction, t: Translate) {
    const missing = missingPermissions(interaction);
    if (missing.length > 0) {
      const permissions = missing.map((name) => `**${t(`permission.${name as 'ViewChannel'}`)}**`).join(', ');
      return t('refusal.permissions', { permissions });
    }
    const size = interaction.options.getString('size') ?? SIZE_DEFAULT;
    const quality = interaction.options.getString('quality') ?? QUALITY_DEFAULT;
    if (!isOneOf(SIZES, size) || !isOneOf(QUALITIES, quality)) return t('refusal.choice');
    const seed = interaction.options.getInteger('seed') ?? randomSeed();
    if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) return t('refusal.seed', { max: SEED_MAX });
    const count = interaction.options.getInteger('count') ?? undefined;
    const prompt = interaction.options.getString('prompt') ?? '';
    const composed = composePrompt({ prompt, count, imagesPerJob });
    if (!composed.ok) return promptRefusal(composed, t);
    const paused = breaker.refusal();
    if (paused !== undefined) return t(`refusal.paused_${paused.fault}`, { at: showMoment(paused.until) });
    return { prompt, text: composed.text, count: composed.count, size, quality, seed };
  }

  return {
    definition,

    async run(interaction) {
      const t = translate(interaction.locale);
      const { guildId, channelId } = interaction;
      if (guildId === null) {
        await answerPrivately(interaction, t('refusal.guildOnly'));
        return;
      }
      const asked = read(interaction, t);
      if (typeof asked === 'string') {
        await answerPrivately(interaction, asked);
        return;
      }
      const ephemeral = interaction.options.getBoolean('private') ?? false;
      const createdAt = clock.now();
      const messageId = await defer(interaction, { ephemeral });
      const job: Job = {
        version: 1,
        id: interaction.id,
        guildId,
        channelId,
        userId: interaction.user.id,
        locale: interaction.locale,
        guildLocale: interaction.guildLocale ?? 'en-US',
        ...asked,
        private: ephemeral,
        reply: {
          applicationId: interaction.applicationId,
          token: interaction.token,
          tokenExpiresAt: createdAt + TOKEN_LIFE,
          ...(messageId === undefined ? {} : { messageId }),
          attachmentSizeLimit: interaction.attachmentSizeLimit || CHANNEL_FILE_LIMIT,
        },
        createdAt,
        deadline: createdAt + jobDeadline,
        state: { name: 'reserved' },
      };
      const refused = await start(job, t);
      if (refused !== undefined) await takeBack(interaction, refused, { ephemeral });
    },
  };

  /** Starts the job; gives the sentence that refuses it, if it was. */
  async function start(job: Job, t: Translate): Promise<string | undefined> {
    try {
      const started = await jobs.start(job, limits);
      return started.outcome === 'refused' ? limitRefusal(started.refusal, t) : undefined;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.error({ job: job.id, guild: job.guildId, err: error }, 'a job could not be written');
      return t('refusal.store');
    }
  }
}

function isOneOf<T extends string>(choices: readonly T[], value: string): value is T {
  return (choices as readonly string[]).includes(value);
}
