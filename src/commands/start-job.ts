/** Asks for pictures on a person's behalf, wherever they asked from: the checks, the acknowledgement, the job. */
import { PermissionFlagsBits } from 'discord.js';
import { showList } from '../languages/formats.ts';
import { translate, type Translate } from '../languages/languages.ts';
import type { AccountBreaker } from '../services/lifecycle/account-breaker.ts';
import type { Clock } from '../services/clock.ts';
import type { GuildRules } from '../services/guild/rules.ts';
import type { Job } from '../services/job/job.ts';
import type { Jobs } from '../services/lifecycle/jobs.ts';
import type { Refusal } from '../services/ledger/limits.ts';
import type { Log } from '../services/log.ts';
import { composePrompt, type PromptOutcome } from '../services/prompt/prompt.ts';
import { showMoment } from '../services/messages/status-embed.ts';
import { CHANNEL_FILE_LIMIT } from '../services/discord/reply.ts';
import { QUALITIES, QUALITY_DEFAULT, SEED_MAX, SIZE_DEFAULT, SIZES } from '../services/models/seedream.ts';
import { StoreError } from '../services/storage/store-error.ts';
import { answerPrivately, defer, takeBack, type Answerable } from './interactions/responses.ts';
import { createAcknowledgeFirst } from './interactions/acknowledge-first.ts';
import type { ThreadChannels } from './interactions/thread-channels.ts';

/** An interaction's token edits its reply for 15 minutes (milliseconds). */
const TOKEN_LIFE = 15 * 60_000;

/** What a person asks for, as it came: nothing of it is checked yet. `undefined` is the default. */
export interface Wish {
  prompt: string;
  count: number | undefined;
  size: string | undefined;
  seed: number | undefined;
  quality: string | undefined;
  private: boolean;
  spoiler: boolean;
}

export interface StartJob {
  /** Answers the interaction: privately with why not, or with a job's reply. @throws when Discord takes no answer. */
  ask(interaction: Answerable, wish: Wish): Promise<void>;
}

type NeededPermission = 'ViewChannel' | 'SendMessages' | 'SendMessagesInThreads' | 'EmbedLinks' | 'AttachFiles';

/** The permissions the bot lacks in the interaction's channel, by name. */
function missingPermissions(interaction: Answerable, inThread: boolean): NeededPermission[] {
  const send = inThread ? 'SendMessagesInThreads' : 'SendMessages';
  const needed: NeededPermission[] = ['ViewChannel', send, 'EmbedLinks', 'AttachFiles'];
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
      return t('prompt.ambiguous', { numbers: showList(outcome.stated.map(String), t) });
    case 'count_out_of_range':
      return t('prompt.out_of_range', { number: outcome.number, max: outcome.max });
    case 'count_above_job_limit':
      return t('prompt.above_job_limit', { number: outcome.number, max: outcome.max });
  }
}

/** The sentence for a request that would pass a limit. */
export function limitRefusal({ limit, allowed, used, asked, freesAt }: Refusal, t: Translate): string {
  const frees = freesAt === undefined ? '' : showMoment(freesAt);
  // A limit of 0 never frees by itself.
  if (allowed === 0)
    return t(`barred.${limit.startsWith('user') ? 'user' : limit.startsWith('guild') ? 'guild' : 'total'}`);
  return t(`limit.${limit}`, { allowed, used, asked, frees });
}

function isOneOf<T extends string>(choices: readonly T[], value: string): value is T {
  return (choices as readonly string[]).includes(value);
}

export function createStartJob({
  jobs,
  breaker,
  rules,
  started,
  threadChannels,
  jobDeadline,
  clock,
  randomSeed,
  log,
}: {
  jobs: Pick<Jobs, 'start'>;
  breaker: Pick<AccountBreaker, 'refusal'>;
  rules: GuildRules;
  /** Hears of every job that is counted, at what moment (milliseconds since the epoch); not waited for. */
  started: (at: number) => void;
  threadChannels: Pick<ThreadChannels, 'has'>;
  /** Milliseconds. */
  jobDeadline: number;
  clock: Clock;
  randomSeed: () => number;
  log: Log;
}): StartJob {
  const acknowledgements = createAcknowledgeFirst();

  /** The wish as a request, or the sentence that refuses it. Costs nothing and takes no time. */
  function read(interaction: Answerable, guildId: string, wish: Wish, t: Translate) {
    const missing = missingPermissions(interaction, threadChannels.has(interaction.channelId ?? ''));
    if (missing.length > 0) {
      const permissions = showList(
        missing.map((name) => `**${t(`permission.${name}`)}**`),
        t,
      );
      return t('refusal.permissions', { permissions });
    }
    const { size = SIZE_DEFAULT, quality = QUALITY_DEFAULT, seed = randomSeed() } = wish;
    if (!isOneOf(SIZES, size) || !isOneOf(QUALITIES, quality)) return t('refusal.choice');
    if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) return t('refusal.seed', { max: SEED_MAX });
    const composed = composePrompt({ ...wish, imagesPerJob: rules.imagesPerJobIn(guildId) });
    if (!composed.ok) return promptRefusal(composed, t);
    const paused = breaker.refusal();
    if (paused !== undefined) return t(`refusal.paused_${paused.fault}`, { at: showMoment(paused.until) });
    return { size, quality, seed };
  }

  /** Starts the job under the guild's rules; gives the sentence that refuses it, if it was. */
  async function start(
    interaction: Answerable,
    job: Omit<Job, 'text' | 'count'>,
    wish: Wish,
  ): Promise<string | undefined> {
    const t = translate(interaction.locale);
    try {
      const { limits, imagesPerJob, refuses } = await rules.rulesFor({
        guildId: job.guildId,
        roleIds: roleIdsOf(interaction),
      });
      if (refuses(wish.prompt)) return t('words.refused');
      const composed = composePrompt({ ...wish, imagesPerJob });
      if (!composed.ok) return promptRefusal(composed, t);
      const outcome = await jobs.start({ ...job, text: composed.text, count: composed.count }, limits);
      if (outcome.outcome === 'refused') return limitRefusal(outcome.refusal, t);
      started(job.createdAt);
      return undefined;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.error({ job: job.id, guild: job.guildId, err: error }, 'a job could not be written');
      return t('refusal.store');
    }
  }

  return {
    async ask(interaction, wish) {
      const t = translate(interaction.locale);
      const { guildId, channelId } = interaction;
      if (guildId === null || channelId === null) {
        await answerPrivately(interaction, t('refusal.guildOnly'));
        return;
      }
      const asked = read(interaction, guildId, wish, t);
      if (typeof asked === 'string') {
        await answerPrivately(interaction, asked);
        return;
      }
      const ephemeral = wish.private;
      const createdAt = clock.now();
      const messageId = await acknowledgements.acknowledge(() => defer(interaction, { ephemeral }));
      const job = {
        version: 1 as const,
        id: interaction.id,
        guildId,
        channelId,
        userId: interaction.user.id,
        locale: interaction.locale,
        guildLocale: interaction.guildLocale ?? 'en-US',
        prompt: wish.prompt,
        ...asked,
        private: ephemeral,
        spoiler: wish.spoiler,
        reply: replyTo(interaction, { at: createdAt, messageId }),
        createdAt,
        deadline: createdAt + jobDeadline,
        state: { name: 'reserved' as const },
      };
      await acknowledgements.whenAcknowledged();
      const refused = await start(interaction, job, wish);
      if (refused !== undefined) await takeBack(interaction, refused, { ephemeral });
    },
  };
}

/**
 * How the deferred reply to an interaction is reached.
 *
 * @param deferred.at - when the interaction came (milliseconds since the epoch).
 * @param deferred.messageId - what {@link defer} gave.
 */
export function replyTo(
  { applicationId, token, attachmentSizeLimit }: Answerable,
  { at, messageId }: { at: number; messageId: string | undefined },
): Job['reply'] {
  return {
    applicationId,
    token,
    tokenExpiresAt: at + TOKEN_LIFE,
    ...(messageId === undefined ? {} : { messageId }),
    attachmentSizeLimit: attachmentSizeLimit || CHANNEL_FILE_LIMIT,
  };
}

/** The roles of the interaction's member, which comes as Discord sent it: no guild is cached. */
export function roleIdsOf({ member }: Answerable): string[] {
  if (member === null) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}
