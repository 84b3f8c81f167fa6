/** Why a job is not started, in sentences, and what can be done about it. Pure. */
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import type { Refusal } from '../../services/ledger/limits.ts';
import { showMoment } from '../../services/messages/display.ts';
import {
  refusalMessage,
  type AskedOptions,
  type Mending,
  type ReplyMessage,
} from '../../services/messages/messages.ts';
import type { Profile } from '../../services/models/models.ts';
import { COUNT_DEFAULT, COUNT_MAX, QUALITY_DEFAULT } from '../../services/models/seedream.ts';
import { plainText } from '../../services/plain-text.ts';
import { composePrompt, likelyCounts, promptFor, type PromptOutcome } from '../../services/prompt/prompt.ts';
import type { UncheckedOptions } from './options.ts';
import type { NeededPermission } from './permissions.ts';
import { standsForPrompt } from './suggestions.ts';

/** The sentence for permissions that the bot lacks. */
export function permissionsRefusal(missing: NeededPermission[], t: Translate): string {
  const names = missing.map((name) => `**${t(`permission.${name}`)}**`);
  return t('refusal.permissions', { permissions: showList(names, t) });
}

type RefusedPrompt = Exclude<PromptOutcome, { ok: true }>;

/** The sentence for a prompt that is refused. */
function promptSentence(outcome: RefusedPrompt, t: Translate): string {
  switch (outcome.reason) {
    case 'empty':
      return t('prompt.empty');
    case 'too_long':
      return t('prompt.too_long', { length: outcome.length, max: outcome.maxLength });
    case 'count_mismatch':
      return t('prompt.mismatch', { stated: outcome.stated, count: outcome.count });
    case 'count_ambiguous':
      return t('prompt.ambiguous', { numbers: showList(outcome.stated.map(String), t) });
    case 'count_unsure':
      return t('prompt.unsure', { numbers: showList(outcome.possible.map(String), t) });
    case 'count_out_of_range':
      return t('prompt.out_of_range', { number: outcome.number, max: outcome.max });
    case 'count_above_job_limit':
      return t('prompt.above_job_limit', { number: outcome.number, max: outcome.max });
  }
}

/**
 * The message for a prompt that is refused: why, what was typed, and a button for each number of pictures that may have been
 * meant. `asked.count` is the option as it came; the form behind Edit needs one that can be had.
 *
 * @param id - the interaction's.
 * @param model - what the model says of its text.
 */
export function promptRefusal(
  outcome: RefusedPrompt,
  {
    id,
    asked,
    imagesPerJob,
    model,
    t,
  }: {
    id: string;
    asked: Omit<AskedOptions, 'count'> & { count: number | undefined };
    imagesPerJob: number;
    model: Profile['text'];
    t: Translate;
  },
): string | ReplyMessage {
  const sentence = promptSentence(outcome, t);
  if (outcome.reason === 'empty') return sentence;
  const counts = likelyCounts(outcome, { prompt: asked.prompt, imagesPerJob, model });
  const count = counts[0] ?? Math.min(Math.max(asked.count ?? COUNT_DEFAULT, 1), COUNT_MAX);
  const instead = outcome.reason === 'count_out_of_range' || outcome.reason === 'count_above_job_limit';
  return refusalMessage(sentence, { id, asked: { ...asked, count }, counts, instead, t });
}

/** Options as they came, as a refusal gives them back: what cannot be had of them is left out. */
export function askedOf(options: UncheckedOptions): AskedOptions {
  const { prompt, count = COUNT_DEFAULT, model, size = '', seed, quality, spoiler, references } = options;
  return {
    prompt,
    count: Number.isInteger(count) ? Math.min(Math.max(count, 1), COUNT_MAX) : COUNT_DEFAULT,
    ...(model !== undefined && { model }),
    size,
    seed: seed !== undefined && Number.isInteger(seed) && seed >= 0 ? seed : undefined,
    quality: quality === 'standard' ? quality : QUALITY_DEFAULT,
    spoiler,
    private: options.private,
    references,
  };
}

/**
 * A sentence that refuses, with what was typed and a way to change it, so that nothing of it is lost.
 *
 * @param options - as they came; `undefined` where the store alone knows them.
 * @param mending - what helps beside changes.
 */
export function giveBack(
  sentence: string,
  { id, options, t, ...mending }: { id: string; options: UncheckedOptions | undefined; t: Translate } & Mending,
): string | ReplyMessage {
  if (options === undefined || plainText(options.prompt) === '' || standsForPrompt(options.prompt)) return sentence;
  return refusalMessage(sentence, { id, asked: askedOf(options), t, ...mending });
}

/** The sentence for a job that would pass a limit. */
export function limitSentence({ limit, allowed, used, asked, freesAt }: Refusal, t: Translate): string {
  const resets = freesAt === undefined ? '' : showMoment(freesAt);
  // A limit of 0 never resets by itself.
  if (allowed === 0)
    return t(`barred.${limit.startsWith('user') ? 'user' : limit.startsWith('guild') ? 'guild' : 'total'}`);
  return t(`limit.${limit}`, { allowed, used, asked, resets });
}

/**
 * What helps a job that would pass a limit: fewer pictures where there is room for some, else waiting where a job that runs is
 * what stands in its way.
 *
 * @param imagesPerJob - the most pictures that it may have.
 */
export function limitMending(
  { limit, allowed, used, freesAt }: Refusal,
  { prompt, imagesPerJob, model }: { prompt: string; imagesPerJob: number; model: Profile['text'] },
): Mending {
  if (allowed === 0) return {};
  if (freesAt === undefined) return { later: limit === 'userActiveJobs' || limit === 'guildActiveJobs' };
  const room = Math.min(allowed - used, imagesPerJob);
  if (room < 1) return {};
  const text = promptFor(prompt, { count: room, imagesPerJob, model });
  return composePrompt({ prompt: text, count: room, imagesPerJob, model }).ok ? { counts: [room], instead: true } : {};
}
