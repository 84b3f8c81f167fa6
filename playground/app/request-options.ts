/** The options of one `/seedream` by the words of the command line, held to what its models take. Pure. */
import { writtenModels, type Profile } from '../../src/services/models/models.ts';
import { COUNT_MAX, SEED_MAX } from '../../src/services/models/seedream.ts';
import { promptMaxLength } from '../../src/services/prompt/prompt.ts';
import type { SeedreamOptions } from './seedream-request.ts';

/** What a request of the playground asks for where nothing is said. */
const PROMPT = 'a lighthouse on a cliff, first light, oil painting';

/** How many pictures it then has. */
const COUNT = 4;

/** What was typed of it, by the option's name. */
export interface RequestWords {
  prompt: string | undefined;
  count: string | undefined;
  size: string | undefined;
  quality: string | undefined;
  seed: string | undefined;
  model: string | undefined;
  private: true | undefined;
}

/** `16:9` of `2560:1440 (16:9)`. */
export function ratioOf(size: string): string {
  return /\((.*)\)/.exec(size)?.[1] ?? size;
}

/** A sentence that names the choices. */
export function choose(name: string, given: string, choices: readonly string[]): Error {
  const known = choices.length === 0 ? `nothing, with these models` : [...new Set(choices)].join(', ');
  return new Error(`${name} cannot be "${given}"; it takes ${known}.`);
}

function wholeNumber(name: string, given: string | undefined, least: number, most: number): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (given.trim() !== '' && Number.isSafeInteger(number) && number >= least && number <= most) return number;
  throw new Error(`--${name} cannot be "${given}"; it takes a whole number from ${least} to ${most}.`);
}

function promptFor(given: string, profiles: readonly Profile[]): string {
  const most = Math.min(...profiles.map(({ text }) => promptMaxLength(text)));
  if (given.trim() === '') throw new Error('--prompt cannot be empty; it takes what the pictures should show.');
  if (given.length <= most) return given;
  throw new Error(`--prompt has ${given.length} characters; it takes at most ${most}.`);
}

/** The size in the words of the model: by its ratio, its pixels, or whole. */
function sizeFor(given: string, profiles: readonly Profile[]): string {
  const values = profiles.find(({ size }) => size)?.size?.choices.map(({ value }) => value) ?? [];
  const meant = values.find((value) => value === given || ratioOf(value) === given || value.startsWith(`${given} `));
  if (meant === undefined) throw choose('--size', given, values.map(ratioOf));
  return meant;
}

function oneOf(name: string, given: string, choices: readonly string[]): string {
  if (!choices.includes(given)) throw choose(`--${name}`, given, choices);
  return given;
}

/**
 * What is asked for. Where a model is one that nobody has written down, what it takes of sizes and qualities is known to the bot
 * alone, once it runs: such a word stays as it is.
 *
 * @param models - the models' ids, in order
 * @throws Error that says in a sentence what cannot be asked for, and the choices
 */
export function requestOptions(words: RequestWords, models: readonly string[]): SeedreamOptions {
  const profiles = models.flatMap((id) => writtenModels.find(id) ?? []);
  const areKnown = profiles.length === models.length;
  const { prompt, size, quality, model } = words;
  const most = areKnown ? Math.max(...profiles.map(({ imagesPerJob }) => imagesPerJob)) : COUNT_MAX;
  const seedMost = Math.min(SEED_MAX, ...profiles.flatMap(({ seed }) => seed?.max ?? []));
  const qualities = profiles.find((each) => each.quality)?.quality?.choices ?? [];
  const modelChosen = model === undefined ? undefined : oneOf('model', model, models);
  return {
    prompt: prompt === undefined ? PROMPT : promptFor(prompt, profiles),
    count: wholeNumber('count', words.count, 1, most) ?? (prompt === undefined ? COUNT : undefined),
    size: size === undefined || !areKnown ? size : sizeFor(size, profiles),
    quality: quality === undefined || !areKnown ? quality : oneOf('quality', quality, qualities),
    seed: wholeNumber('seed', words.seed, 0, seedMost),
    // The command has this option only where there is something to choose.
    model: models.length > 1 ? modelChosen : undefined,
    private: words.private,
  };
}
