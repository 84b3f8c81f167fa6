/** Starts a job on a person's behalf, wherever they asked for it: the checks, the acknowledgement, the job. */
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import type { GuildRules } from '../../services/guild/rules.ts';
import type { Job } from '../../services/job/job.ts';
import type { AccountBreaker, Jobs } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import { showMoment } from '../../services/messages/display.ts';
import { QUALITIES, QUALITY_DEFAULT, SEED_MAX, SIZE_DEFAULT, SIZES } from '../../services/models/seedream.ts';
import { composePrompt, limitCount } from '../../services/prompt/prompt.ts';
import { createAcknowledgementPriority } from '../interactions/acknowledgement-priority.ts';
import { jobReplyOf } from '../interactions/job-reply.ts';
import type { Packets } from '../interactions/packets.ts';
import type { Repliable, Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import type { CheckedOptions, UncheckedOptions } from './options.ts';
import { missingPermissions } from './permissions.ts';
import { limitRefusal, permissionsRefusal, promptRefusal } from './refusals.ts';

/** Responds to the interaction: privately with why not, or with a job's reply. Throws when Discord takes no response. */
export type StartJob = (interaction: Repliable, options: UncheckedOptions) => Promise<void>;

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

  /** The options as a job has them, or the sentence that refuses them. Costs nothing and takes no time. */
  function check(interaction: Repliable, guildId: string, options: UncheckedOptions): CheckedOptions | string {
    const t = translate(interaction.locale);
    const missing = missingPermissions(interaction, packets.isInThread(interaction));
    if (missing.length > 0) return permissionsRefusal(missing, t);
    const { prompt, size = SIZE_DEFAULT, quality = QUALITY_DEFAULT, seed = randomSeed(), spoiler } = options;
    if (!isOneOf(SIZES, size) || !isOneOf(QUALITIES, quality)) return t('refusal.choice');
    if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) return t('refusal.seed', { max: SEED_MAX });
    const composed = composePrompt({ prompt, count: options.count, imagesPerJob: rules.imagesPerJobIn(guildId) });
    if (!composed.ok) return promptRefusal(composed, t);
    const paused = breaker.refusal();
    if (paused !== undefined) return t(`refusal.paused_${paused.fault}`, { at: showMoment(paused.until) });
    const { text, count } = composed;
    return { prompt, text, count, size, seed, quality, private: options.private, spoiler };
  }

  /** Starts the job under the guild's rules; returns the sentence that refuses it, if it was. */
  async function start(
    job: Job,
    { option, roleIds }: { option: number | undefined; roleIds: readonly string[] },
  ): Promise<string | undefined> {
    const t = translate(job.locale);
    const { limits, imagesPerJob, complete, refuses } = await rules.rulesFor({ guildId: job.guildId, roleIds });
    if (refuses(job.prompt)) return t('words.refused');
    if (!complete) return t('refusal.unreadable');
    const limited = limitCount(job, { option, imagesPerJob });
    if (!limited.ok) return promptRefusal(limited, t);
    const outcome = await jobs.start({ ...job, text: limited.text, count: limited.count }, limits);
    if (outcome.outcome === 'refused') return limitRefusal(outcome.refusal, t);
    onStarted(job.createdAt);
    return undefined;
  }

  return async (interaction, options) => {
    const t = translate(interaction.locale);
    const { guildId, channelId } = interaction;
    if (guildId === null || channelId === null) {
      await responses.replyPrivately(interaction, t('refusal.guildOnly'));
      return;
    }
    const checked = check(interaction, guildId, options);
    if (typeof checked === 'string') {
      await responses.replyPrivately(interaction, checked);
      return;
    }
    const ephemeral = checked.private;
    const createdAt = clock.now();
    const messageId = await priority.acknowledge(() => responses.deferReply(interaction, { ephemeral }));
    const job: Job = {
      version: 1,
      id: interaction.id,
      guildId,
      channelId,
      userId: interaction.user.id,
      locale: interaction.locale,
      guildLocale: interaction.guildLocale ?? 'en-US',
      ...checked,
      reply: jobReplyOf(interaction, { at: createdAt, messageId }),
      createdAt,
      deadline: createdAt + jobDeadline,
      state: { name: 'reserved' },
    };
    await priority.onIdle();
    const refusal = await unlessStoreFails(
      () => start(job, { option: options.count, roleIds: packets.roleIdsOf(interaction) }),
      (error) => {
        log.error({ job: job.id, guild: guildId, err: error }, 'a job could not be written');
        return t('refusal.store');
      },
    );
    if (refusal !== undefined) await responses.withdrawReply(interaction, refusal, { ephemeral });
  };
}
