/** Why a job is not started, in sentences, and what can be done about it. Pure. */
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import type { Refusal } from '../../services/ledger/limits.ts';
import { showMoment } from '../../services/messages/display.ts';
import {
  refusalMessage,
  seedOrText,
  type AskedOptions,
  type Mending,
  type ReplyMessage,
} from '../../services/messages/messages.ts';
import type { Profile } from '../../services/models/models.ts';
import { COUNT_MAX, QUALITY_DEFAULT } from '../../services/models/seedream.ts';
import { plainText } from '../../services/plain-text.ts';
import { composePrompt, likelyCounts, promptFor, type PromptOutcome } from '../../services/prompt/prompt.ts';
import type { UncheckedOptions } from './options.ts';
import type { NeededPermission } from './permissions.ts';
import { isCutName, standsForPrompt } from './suggestions.ts';

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
 * meant; the form behind Edit has the likeliest.
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
    asked: AskedOptions;
    imagesPerJob: number;
    model: Profile['text'];
    t: Translate;
  },
): ReplyMessage {
  const sentence = promptSentence(outcome, t);
  if (outcome.reason === 'empty') return refusalMessage(sentence, { id, asked, quoted: false, t });
  const counts = likelyCounts(outcome, { prompt: asked.prompt, imagesPerJob, model });
  const count = counts[0] ?? asked.count;
  const instead = outcome.reason === 'count_out_of_range' || outcome.reason === 'count_above_job_limit';
  return refusalMessage(sentence, { id, asked: { ...asked, count }, counts, instead, t });
}

/** The longest option that is given back (characters); no client sends a longer one. */
const OPTION_MAX = 100;

/** Options as they came, as a refusal gives them back: what no form has a place for is left out. */
export function askedOf(options: UncheckedOptions): AskedOptions {
  const { prompt, count, model, size = '', seed, quality, spoiler, references, sameAs } = options;
  return {
    prompt,
    count: count !== undefined && Number.isInteger(count) ? Math.min(Math.max(count, 1), COUNT_MAX) : undefined,
    ...(model !== undefined && { model: model.slice(0, OPTION_MAX) }),
    size: size.slice(0, OPTION_MAX),
    seed: seed === undefined || Number.isNaN(seed) ? undefined : seedOrText(String(seed).slice(0, OPTION_MAX)),
    quality: quality === 'standard' ? quality : QUALITY_DEFAULT,
    spoiler,
    private: options.private,
    references,
    sameAs,
  };
}

/**
 * A sentence that refuses, with what was typed and a way to change it, so that nothing of it is lost.
 *
 * @param options - as they came; `undefined` where the store alone knows them.
 * @param quoted - whether the prompt may be shown.
 * @param mending - what helps beside changes.
 */
export function giveBack(
  sentence: string,
  {
    id,
    options,
    t,
    quoted = true,
    ...mending
  }: { id: string; options: UncheckedOptions | undefined; t: Translate; quoted?: boolean } & Mending,
): string | ReplyMessage {
  if (options === undefined) return sentence;
  const asked = askedOf(options);
  // What stands for a prompt was typed by nobody: there is all else to give back.
  const isNone = plainText(asked.prompt) === '' || standsForPrompt(asked.prompt);
  if (isNone) return refusalMessage(sentence, { id, asked: { ...asked, prompt: '' }, t, quoted: false });
  // A suggestion whose end is cut off is nothing to ask for as it is.
  return refusalMessage(sentence, { id, asked, t, quoted, ...(!isCutName(asked.prompt) && mending) });
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
