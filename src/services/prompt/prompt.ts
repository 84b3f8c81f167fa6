/** From what a member typed to the `text` and number of pictures that RunComfy is sent. Pure. */
import { plainText } from '../plain-text.ts';
import type { Profile } from '../models/models.ts';
import { COUNT_DEFAULT, COUNT_MAX, TEXT, TEXT_MAX_LENGTH } from '../models/seedream.ts';
import { restate, textForOne } from './one-picture.ts';
import { pictureCounts } from './stated-count.ts';

export { readFlags, type ReadFlags } from './flags.ts';
export { statedNumbers } from './stated-count.ts';

export type PromptOutcome =
  /** `text` is what each request sends: it states `count`, or for a model whose requests make one picture each 1 or none. */
  | { ok: true; text: string; count: number }
  /** Nothing that can be seen was typed. */
  | { ok: false; reason: 'empty' }
  /** `length` of the prompt, and the most it may have; less than the model takes where the bot must word the number in. */
  | { ok: false; reason: 'too_long'; length: number; maxLength: number }
  /** The prompt states one number, the option another. */
  | { ok: false; reason: 'count_mismatch'; stated: number; count: number }
  /** The prompt names several numbers of pictures, or one twice, and the option doesn't confirm the only sure one. */
  | { ok: false; reason: 'count_ambiguous'; stated: number[] }
  /** Numbers that may be the number of pictures or something else, and nothing that says so. */
  | { ok: false; reason: 'count_unsure'; possible: number[] }
  /** `number` is not between 1 and `max`, what the API makes; `from` says where it stands. */
  | { ok: false; reason: 'count_out_of_range'; number: number; from: 'prompt' | 'count'; max: number }
  /** `number` is above `max`, the host's limit for one job; `from` says where it stands. */
  | { ok: false; reason: 'count_above_job_limit'; number: number; from: 'prompt' | 'count'; max: number };

/** The API page's own way to state a number, closed by a colon so that a prompt in any language may follow. */
function wordIn(prompt: string, count: number): string {
  return `Generate ${count} ${count === 1 ? 'image' : 'images'}: ${prompt}`;
}

/** What a model says of its text. A limit in words is never met: the bot's own in characters is far below. */
type ModelText = Pick<Profile['text'], 'maxCharacters' | 'namesNumber'>;

/** The longest text that is sent, in UTF-16 code units: what every form and message of the bot's has room for. */
function longestText({ maxCharacters = TEXT_MAX_LENGTH }: ModelText): number {
  return Math.min(maxCharacters, TEXT_MAX_LENGTH);
}

/** The text for a prompt that states no number. */
function textFor(prompt: string, count: number, { namesNumber }: ModelText): string {
  return namesNumber ? wordIn(prompt, count) : prompt;
}

/** The text for a prompt that states the number; `undefined` where it cannot be made to ask for what one request makes. */
function textThatStates(prompt: string, { namesNumber }: ModelText): string | undefined {
  return namesNumber ? prompt : textForOne(prompt);
}

/** The longest prompt that always fits a model, in UTF-16 code units: with any number of pictures worded in. */
export function promptMaxLength(text: ModelText): number {
  return Math.max(1, longestText(text) - textFor('', COUNT_MAX, text).length);
}

/**
 * Makes prompt and count agree, as the API wants them. No count given: the number that the prompt states, else 3 (or
 * `imagesPerJob` if that is less). No number stated: the bot words it in. A prompt that states several numbers is refused. A
 * number that may be stated or not ("a wall of 12 framed photos") is asked about; with `count` given it is not stated, so
 * that "4 images of a room with 7 pictures" is taken where `count` is 4. For a model whose text names no number each request
 * makes one picture of its text: a number that is stated becomes 1 there.
 *
 * @param prompt as typed; sent without control and invisible characters, on one line.
 * @param count the option, `undefined` when it was left out.
 * @param imagesPerJob the host's limit, 1 to 15.
 * @param model what the model says of its text; the default model's, where it is left out.
 * @returns what to send (never more UTF-16 code units than the model takes characters, however the API counts), or why not
 * and the numbers to say so.
 */
export function composePrompt({
  prompt,
  count,
  imagesPerJob,
  model = TEXT,
}: {
  prompt: string;
  count: number | undefined;
  imagesPerJob: number;
  model?: ModelText;
}): PromptOutcome {
  const typed = plainText(prompt);
  const longest = longestText(model);
  if (typed === '') return { ok: false, reason: 'empty' };
  if (typed.length > longest) return { ok: false, reason: 'too_long', length: typed.length, maxLength: longest };
  const { stated, possible } = pictureCounts(typed);
  const [first] = stated;
  const several = stated.length > 1 || (stated.length === 1 && possible.some((value) => value !== first));
  if (several && (stated.length > 1 || first !== count)) {
    return { ok: false, reason: 'count_ambiguous', stated: [...stated, ...possible] };
  }
  if (first !== undefined && count !== undefined && first !== count) {
    return { ok: false, reason: 'count_mismatch', stated: first, count };
  }
  if (first === undefined && count === undefined && possible.length > 0) {
    return { ok: false, reason: 'count_unsure', possible };
  }
  const number = count ?? first ?? Math.min(COUNT_DEFAULT, imagesPerJob);
  const from = count === undefined ? 'prompt' : 'count';
  if (!Number.isInteger(number) || number < 1 || number > COUNT_MAX) {
    return { ok: false, reason: 'count_out_of_range', number, from, max: COUNT_MAX };
  }
  if (number > imagesPerJob) return { ok: false, reason: 'count_above_job_limit', number, from, max: imagesPerJob };
  const text = first === undefined ? textFor(typed, number, model) : textThatStates(typed, model);
  if (text === undefined) return { ok: false, reason: 'count_ambiguous', stated: [...stated, ...possible] };
  if (text.length > longest) {
    const maxLength = longest - (text.length - typed.length);
    return { ok: false, reason: 'too_long', length: typed.length, maxLength };
  }
  return { ok: true, text, count: number };
}

/** The most answers that are offered to a question. */
const LIKELY_MAX = 4;

/**
 * The prompt for a number that its member has chosen: as it is where that is taken, else with its own number made that one.
 *
 * @returns the prompt as typed where neither can be had.
 */
export function promptFor(
  prompt: string,
  { count, imagesPerJob, model = TEXT }: { count: number; imagesPerJob: number; model?: ModelText },
): string {
  const isTaken = (text: string) => composePrompt({ prompt: text, count, imagesPerJob, model }).ok;
  if (isTaken(prompt)) return prompt;
  const restated = restate(prompt, count);
  return restated !== undefined && isTaken(restated) ? restated : prompt;
}

/**
 * The numbers of pictures that may have been meant by a prompt that was refused: with any of them as the count it is taken, or
 * can be made to be by {@link promptFor}. In rising order, at most {@link LIKELY_MAX}; none where only other words can help.
 */
export function likelyCounts(
  outcome: Exclude<PromptOutcome, { ok: true }>,
  { prompt, imagesPerJob, model = TEXT }: { prompt: string; imagesPerJob: number; model?: ModelText },
): number[] {
  const numbers = (): number[] => {
    switch (outcome.reason) {
      case 'count_ambiguous':
        return outcome.stated;
      case 'count_mismatch':
        return [outcome.stated, outcome.count];
      case 'count_unsure':
        return [Math.min(COUNT_DEFAULT, imagesPerJob), ...outcome.possible];
      case 'count_out_of_range':
      case 'count_above_job_limit':
        return outcome.number > 0 ? [imagesPerJob] : [];
      case 'empty':
      case 'too_long':
        return [];
    }
  };
  const taken = (count: number) => {
    const text = promptFor(prompt, { count, imagesPerJob, model });
    return composePrompt({ prompt: text, count, imagesPerJob, model }).ok;
  };
  return [...new Set(numbers())]
    .filter(taken)
    .slice(0, LIKELY_MAX)
    .toSorted((one, other) => one - other);
}

/**
 * Holds a composed prompt to a guild's own limit, which is known later than the host's. A number that nobody asked for goes
 * down to it.
 *
 * @param composed what {@link composePrompt} made of `prompt`.
 * @param option the option `count`, `undefined` when it was left out.
 */
export function limitCount(
  composed: { prompt: string; text: string; count: number },
  { option, imagesPerJob, model = TEXT }: { option: number | undefined; imagesPerJob: number; model?: ModelText },
): PromptOutcome {
  const { text, count } = composed;
  if (count <= imagesPerJob) return { ok: true, text, count };
  const typed = plainText(composed.prompt);
  const isDefault = option === undefined && pictureCounts(typed).stated.length === 0;
  // Fewer pictures are never worded longer, so it still fits.
  if (isDefault) return { ok: true, text: textFor(typed, imagesPerJob, model), count: imagesPerJob };
  const from = option === undefined ? 'prompt' : 'count';
  return { ok: false, reason: 'count_above_job_limit', number: count, from, max: imagesPerJob };
}
