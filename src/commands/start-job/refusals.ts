/** Why a job is not started, in sentences, and what can be done about it. Pure. */
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import type { Refusal } from '../../services/ledger/limits.ts';
import { showMoment } from '../../services/messages/display.ts';
import { refusalMessage, type AskedOptions, type ReplyMessage } from '../../services/messages/messages.ts';
import type { Profile } from '../../services/models/models.ts';
import { COUNT_DEFAULT, COUNT_MAX } from '../../services/models/seedream.ts';
import { likelyCounts, type PromptOutcome } from '../../services/prompt/prompt.ts';
import type { NeededPermission } from './permissions.ts';

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
  return refusalMessage(sentence, { id, asked: { ...asked, count }, counts, t });
}

/** The sentence for a job that would pass a limit. */
export function limitRefusal({ limit, allowed, used, asked, freesAt }: Refusal, t: Translate): string {
  const frees = freesAt === undefined ? '' : showMoment(freesAt);
  // A limit of 0 never frees by itself.
  if (allowed === 0)
    return t(`barred.${limit.startsWith('user') ? 'user' : limit.startsWith('guild') ? 'guild' : 'total'}`);
  return t(`limit.${limit}`, { allowed, used, asked, frees });
}
