/** Starts a job on a person's behalf, wherever they asked for it: the checks, the acknowledgement, the job. */
import { translate, type Translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import type { GuildRules } from '../../services/guild/rules.ts';
import type { Job } from '../../services/job/job.ts';
import type { AccountBreaker, Jobs } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import { showMoment } from '../../services/messages/display.ts';
import type { ReplyMessage } from '../../services/messages/messages.ts';
import { MODEL, QUALITIES, QUALITY_DEFAULT, SEED_MAX, SIZE_DEFAULT, SIZES } from '../../services/models/seedream.ts';
import { composePrompt, limitCount } from '../../services/prompt/prompt.ts';
import { createAcknowledgementPriority } from '../interactions/acknowledgement-priority.ts';
import { jobReplyOf } from '../interactions/job-reply.ts';
import type { Packets } from '../interactions/packets.ts';
import type { Repliable, Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import type { CheckedOptions, StoredOptions, UncheckedOptions } from './options.ts';
import { missingPermissions } from './permissions.ts';
import { limitRefusal, permissionsRefusal, promptRefusal } from './refusals.ts';
import { standsForPrompt } from './suggestions.ts';
import { createTellUnsureStart } from './unsure-start.ts';

/** Responds to the interaction: privately with why not, or with a job's reply. Throws when Discord takes no response. */
export type StartJob = (interaction: Repliable, asked: UncheckedOptions | StoredOptions) => Promise<void>;

/** Options that can be had, and the number of pictures that was asked for beside the prompt. */
interface Checked {
  options: CheckedOptions;
  count: number | undefined;
}

/** Whom a refusal is for, and whose limits hold. */
interface Place {
  /** The interaction's id. */
  id: string;
  guildId: string;
}

/** Why there is no job: a sentence, or a message with buttons that mend it. */
type Refusal = string | ReplyMessage;

function isRefusal(checked: Checked | Refusal): checked is Refusal {
  return typeof checked === 'string' || !('options' in checked);
}

function isOneOf<T extends string>(choices: readonly T[], value: string): value is T {
  return (choices as readonly string[]).includes(value);
}

export function createStartJob({
  jobs,
  breaker,
  rules,
  onStarted,
  packets,
  responses,
  jobDeadline,
  clock,
  randomSeed,
  log,
}: {
  jobs: Pick<Jobs, 'start'>;
  breaker: Pick<AccountBreaker, 'refusal'>;
  rules: GuildRules;
  /** Is told when each counted job started (milliseconds since the epoch); nobody waits for it. */
  onStarted: (at: number) => void;
  packets: Pick<Packets, 'roleIdsOf' | 'isInThread'>;
  responses: Responses;
  /** Milliseconds. */
  jobDeadline: number;
  clock: Pick<Clock, 'now' | 'setTimeout' | 'setImmediate'>;
  randomSeed: () => number;
  log: Log;
}): StartJob {
  const priority = createAcknowledgementPriority({ clock });
  const tellUnsureStart = createTellUnsureStart({ responses, log });

  /** The options as a job has them, or what refuses them. Costs nothing and takes no time. */
  function check({ id, guildId }: Place, options: UncheckedOptions, t: Translate): Checked | Refusal {
    const { prompt, size = SIZE_DEFAULT, quality = QUALITY_DEFAULT, seed = randomSeed(), spoiler } = options;
    if (standsForPrompt(prompt)) return t('suggestion.gone');
    if (!isOneOf(SIZES, size) || !isOneOf(QUALITIES, quality)) return t('refusal.choice');
    if (options.count !== undefined && !Number.isInteger(options.count)) return t('refusal.choice');
    if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) return t('refusal.seed', { max: SEED_MAX });
    const imagesPerJob = rules.imagesPerJobIn(guildId);
    const composed = composePrompt({ prompt, count: options.count, imagesPerJob });
    const asked = { ...options, size, quality };
    if (!composed.ok) return promptRefusal(composed, { id, asked, imagesPerJob, t });
    const paused = breaker.refusal();
    if (paused !== undefined) return t(`refusal.paused_${paused.fault}`, { at: showMoment(paused.until) });
    const { text, count } = composed;
    const checked = { prompt, text, count, size, seed, quality, private: options.private, spoiler };
    return { options: checked, count: options.count };
  }

  /** The same, where the store has to be read for them. @throws StoreError */
  async function readAndCheck(place: Place, asked: UncheckedOptions | StoredOptions, t: Translate) {
    const options = 'read' in asked ? await asked.read() : asked;
    if (typeof options === 'string') return options;
    // The reply that waits for them is seen by all, and stays so.
    if (options.private && !asked.private) return t('refusal.privately');
    return check(place, { ...options, private: asked.private }, t);
  }

  /** Starts the job under the guild's rules; returns what refuses it, if it was. */
  async function start(
    interaction: Repliable,
    job: Job,
    { option, roleIds }: { option: number | undefined; roleIds: readonly string[] },
  ): Promise<Refusal | undefined> {
    const t = translate(job.locale);
    const { limits, imagesPerJob, complete, refuses } = await rules.rulesFor({ guildId: job.guildId, roleIds });
    if (refuses(job.prompt)) return t('words.refused');
    if (!complete) return t('refusal.unreadable');
    const limited = limitCount(job, { option, imagesPerJob });
    if (!limited.ok) {
      return promptRefusal(limited, { id: job.id, asked: { ...job, count: option }, imagesPerJob, t });
    }
    const outcome = await jobs.start({ ...job, text: limited.text, count: limited.count }, limits);
    if (outcome.outcome === 'refused') return limitRefusal(outcome.refusal, t);
    if (outcome.outcome === 'unsure') {
      await tellUnsureStart(interaction, job, outcome.fate);
      return undefined;
    }
    onStarted(job.createdAt);
    return undefined;
  }

  /** The job of whoever uses the interaction, which they did at `createdAt` (milliseconds since the epoch). */
  function jobOf(
    interaction: Repliable,
    { messageId, ...facts }: Pick<Job, 'guildId' | 'channelId' | 'createdAt'> & { messageId: string | undefined },
    options: CheckedOptions,
  ): Job {
    const { createdAt } = facts;
    return {
      version: 1,
      id: interaction.id,
      ...facts,
      userId: interaction.user.id,
      locale: interaction.locale,
      guildLocale: interaction.guildLocale ?? 'en-US',
      ...options,
      model: MODEL,
      reply: jobReplyOf(interaction, { at: createdAt, messageId }),
      deadline: createdAt + jobDeadline,
      state: { name: 'reserved' },
    };
  }

  return async (interaction, asked) => {
    const t = translate(interaction.locale);
    const { guildId, channelId } = interaction;
    if (guildId === null || channelId === null) {
      await responses.replyPrivately(interaction, t('refusal.guildOnly'));
      return;
    }
    const missing = missingPermissions(interaction, packets.isInThread(interaction));
    const refused = missing.length > 0 ? permissionsRefusal(missing, t) : undefined;
    const known = refused ?? ('read' in asked ? undefined : check({ id: interaction.id, guildId }, asked, t));
    if (known !== undefined && isRefusal(known)) {
      await responses.replyPrivately(interaction, known);
      return;
    }
    const ephemeral = asked.private;
    const createdAt = clock.now();
    const messageId = await priority.acknowledge(() => responses.deferReply(interaction, { ephemeral }));
    await priority.onIdle();
    const refusal = await unlessStoreFails<Refusal | undefined>(
      t,
      async () => {
        const checked = known ?? (await readAndCheck({ id: interaction.id, guildId }, asked, t));
        if (isRefusal(checked)) return checked;
        const job = jobOf(interaction, { guildId, channelId, createdAt, messageId }, checked.options);
        return start(interaction, job, { option: checked.count, roleIds: packets.roleIdsOf(interaction) });
      },
      (error) => {
        log.error({ job: interaction.id, guild: guildId, err: error }, 'a request could not be read or written');
        return t('refusal.store');
      },
    );
    if (refusal !== undefined) await responses.withdrawReply(interaction, refusal, { ephemeral });
  };
}
