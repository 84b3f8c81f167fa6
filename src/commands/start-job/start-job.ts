/** Starts a job on a person's behalf, wherever they asked for it: the checks, the acknowledgement, the job. */
import { translate, type Translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import type { GuildRules } from '../../services/guild/rules.ts';
import { newJob, type Job, type NewJob } from '../../services/job/job.ts';
import type { AccountBreaker, Jobs } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import type { ReplyMessage } from '../../services/messages/messages.ts';
import type { Models } from '../../services/models/models.ts';
import type { ReferenceReader } from '../../services/discord/fresh-references.ts';
import type { IsDiscords } from '../../services/references/references.ts';
import { limitCount } from '../../services/prompt/prompt.ts';
import { createAcknowledgementPriority } from '../interactions/acknowledgement-priority.ts';
import type { HasBegun } from './begun.ts';
import { jobReplyOf } from '../interactions/job-reply.ts';
import type { Packets } from '../interactions/packets.ts';
import type { Repliable, Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import { createCheckOptions, isRefusal, refusePaused, type Checked, type Place } from './check-options.ts';
import type { CheckedOptions, Refusal, StoredOptions, UncheckedOptions } from './options.ts';
import { refuseGone } from './check-references.ts';
import { missingPermissions } from './permissions.ts';
import { askedOf, giveBack, limitMending, limitSentence, permissionsRefusal, promptRefusal } from './refusals.ts';
import { createPrepareToTell, nextModelSentence } from './tell-alone.ts';
import { createTellUnsureStart } from './unsure-start.ts';

/** Responds to the interaction: privately with why not, or with a job's reply. Throws when Discord takes no response. */
export type StartJob = (interaction: Repliable, asked: UncheckedOptions | StoredOptions) => Promise<void>;

export function createStartJob({
  jobs,
  models,
  referenceReader,
  isDiscords,
  breaker,
  rules,
  onStarted,
  hasBegun,
  packets,
  responses,
  jobDeadline,
  jobClock,
  clock,
  randomSeed,
  log,
}: {
  jobs: Pick<Jobs, 'start'>;
  models: Pick<Models, 'forNew' | 'find' | 'unmet'>;
  referenceReader: ReferenceReader;
  /** Whether an address is Discord's. */
  isDiscords: IsDiscords;
  breaker: Pick<AccountBreaker, 'refusal' | 'refresh'>;
  rules: GuildRules;
  /** Is told when each counted job started (milliseconds since the epoch); nobody waits for it. */
  onStarted: (at: number) => void;
  hasBegun: HasBegun;
  packets: Pick<Packets, 'roleIdsOf' | 'isInThread'>;
  responses: Responses;
  /** Milliseconds. */
  jobDeadline: number;
  /** The clock that jobs go by: by another one, each would be over at its start, or as old as that was set back. */
  jobClock: Pick<Clock, 'now'>;
  clock: Pick<Clock, 'now' | 'setTimeout' | 'setImmediate'>;
  /** Gives a whole number from 0 to `max`. */
  randomSeed: (max: number) => number;
  log: Log;
}): StartJob {
  const priority = createAcknowledgementPriority({ clock });
  const check = createCheckOptions({ models, breaker, rules, isDiscords, randomSeed, clock });
  const prepareToTell = createPrepareToTell({ responses, log });
  const tellUnsureStart = createTellUnsureStart({ responses, log });

  /** Checks options, where the store has to be read for them. @throws StoreError */
  async function readAndCheck(place: Place, asked: UncheckedOptions | StoredOptions, t: Translate) {
    const options = 'read' in asked ? await asked.read() : asked;
    if (isRefusal(options)) return options;
    // The reply that waits for them is seen by all, and stays so.
    if (options.private && !asked.private) return giveBack(t('refusal.privately'), { id: place.id, options, t });
    const known = { ...options, private: asked.private };
    const checked = check(place, known, t);
    return typeof checked === 'string' ? giveBack(checked, { id: place.id, options: known, t }) : checked;
  }

  /** The job with addresses that can still be fetched from, or what refuses it. Where Discord does not answer, its first step asks again. */
  async function withFresh(job: NewJob, options: UncheckedOptions, t: Translate): Promise<NewJob | ReplyMessage> {
    if (job.references === undefined) return job;
    const fresh = await referenceReader.fresh(job.references);
    if (fresh.outcome === 'gone') return refuseGone(fresh.number, options, { id: job.id, t });
    return fresh.outcome === 'ready' ? { ...job, references: [...fresh.references] } : job;
  }

  /** Starts the job under the guild's rules; returns what refuses it, if it was. */
  async function start(
    interaction: Repliable,
    asked: NewJob,
    { count: option, offer, gone, told, asked: options }: Checked,
  ): Promise<Refusal | undefined> {
    const t = translate(asked.locale);
    const roleIds = packets.roleIdsOf(interaction);
    const [{ limits, complete, refuses, ...own }] = await Promise.all([
      rules.rulesFor({ guildId: asked.guildId, roleIds }),
      breaker.refresh(),
    ]);
    // What holds such a word is quoted nowhere; the form behind Edit has it, for whoever typed it.
    if (refuses(asked.prompt)) return giveBack(t('words.refused'), { id: asked.id, options, t, quoted: false });
    if (!complete) return t('refusal.unreadable');
    if (asked.references !== undefined && !own.references) return t('references.barred');
    // Another process may have found it out, which nobody waits for before the interaction is acknowledged.
    const paused = refusePaused(breaker, options, { id: asked.id, t });
    if (paused !== undefined) return paused;
    const job = await withFresh(asked, options, t);
    if ('embeds' in job) return job;
    const imagesPerJob = Math.min(own.imagesPerJob, offer.imagesPerJob);
    const model = offer.profile.text;
    const limited = limitCount(job, { option, imagesPerJob, model });
    if (!limited.ok) {
      return promptRefusal(limited, { id: job.id, asked: askedOf(options), imagesPerJob, model, t });
    }
    const sentences = [...told, ...(gone === undefined ? [] : [nextModelSentence({ gone, offer }, models, t)])];
    let tell: () => void = () => undefined;
    const prepare = async () => {
      tell = await prepareToTell(interaction, job, sentences);
    };
    const { text, count } = limited;
    const outcome = await jobs.start(newJob({ ...job, text, count }, offer), limits, prepare);
    if (outcome.outcome === 'refused') {
      const mending = limitMending(outcome.refusal, { prompt: job.prompt, imagesPerJob, model });
      return giveBack(limitSentence(outcome.refusal, t), { id: job.id, options, t, ...mending });
    }
    if (outcome.outcome === 'unsure') {
      const takenBack = giveBack(t('refusal.store'), { id: job.id, options, later: true, t });
      await tellUnsureStart(interaction, job, { fate: outcome.fate, takenBack });
      return undefined;
    }
    onStarted(job.createdAt);
    tell();
    return undefined;
  }

  /** The job of whoever uses the interaction, which they did at `createdAt` (milliseconds since the epoch). */
  function jobOf(
    interaction: Repliable,
    { messageId, ...facts }: Pick<Job, 'guildId' | 'channelId' | 'createdAt'> & { messageId: string | undefined },
    options: CheckedOptions,
  ): NewJob {
    const { createdAt } = facts;
    return {
      id: interaction.id,
      ...facts,
      userId: interaction.user.id,
      locale: interaction.locale,
      guildLocale: interaction.guildLocale ?? 'en-US',
      ...options,
      ...(!interaction.isChatInputCommand() && { pressed: true as const }),
      reply: jobReplyOf(interaction, { at: createdAt, messageId }),
      deadline: createdAt + jobDeadline,
    };
  }

  return async (interaction, asked) => {
    const t = translate(interaction.locale);
    const { guildId, channelId } = interaction;
    let typed = 'read' in asked ? asked.typed : asked;
    /** Nothing that was typed is lost with a sentence that refuses it. */
    const back = (sentence: Refusal, later = false) =>
      typeof sentence === 'string' ? giveBack(sentence, { id: interaction.id, options: typed, t, later }) : sentence;
    if (guildId === null || channelId === null) {
      await responses.replyPrivately(interaction, back(t('refusal.guildOnly')));
      return;
    }
    const missing = missingPermissions(interaction, packets.isInThread(interaction));
    const refused = missing.length > 0 ? permissionsRefusal(missing, t) : undefined;
    const place: Place = { id: interaction.id, guildId };
    const known = refused ?? ('read' in asked ? undefined : check(place, asked, t));
    if (known !== undefined && isRefusal(known)) {
      await responses.replyPrivately(interaction, back(known, known === refused));
      return;
    }
    const ephemeral = asked.private;
    const createdAt = jobClock.now();
    const messageId = await priority.acknowledge(() => responses.deferReply(interaction, { ephemeral }));
    await priority.onIdle();
    const refusal = await unlessStoreFails<Refusal | undefined>(
      t,
      async () => {
        const checked = known ?? (await readAndCheck(place, asked, t));
        if (isRefusal(checked)) return checked;
        typed = checked.asked;
        const job = jobOf(interaction, { guildId, channelId, createdAt, messageId }, checked.options);
        return start(interaction, job, checked);
      },
      (error) => {
        log.error({ job: interaction.id, guild: guildId, err: error }, 'a request could not be read or written');
        return t('refusal.store');
      },
    );
    if (refusal === undefined) return;
    // Brought twice, it may have been acknowledged before: its job goes on, and so does its reply.
    if (messageId === undefined && (await hasBegun(interaction.id))) return;
    await responses.withdrawReply(interaction, back(refusal, refusal === t('refusal.store')), { ephemeral });
  };
}
