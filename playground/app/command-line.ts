/** What `npm run playground` is asked for on its command line. Pure. */
import { parseArgs } from 'node:util';
import { requestOptions } from './request-options.ts';
import type { SeedreamOptions } from './seedream-request.ts';

/** Whether a word of the command line has a value behind it. */
const OPTIONS = {
  prompt: { type: 'string' },
  count: { type: 'string' },
  size: { type: 'string' },
  quality: { type: 'string' },
  seed: { type: 'string' },
  model: { type: 'string' },
  private: { type: 'boolean' },
  once: { type: 'boolean' },
  serve: { type: 'boolean' },
  speed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Name = keyof typeof OPTIONS;

export interface PlaygroundOptions {
  help: boolean;
  once: boolean;
  serve: boolean;
  /** Times as fast as the real model; `undefined` for the default. */
  speed: number | undefined;
  request: SeedreamOptions;
}

function isName(name: string): name is Name {
  return Object.hasOwn(OPTIONS, name);
}

/** Whether a word is rather the next option than the value of the one before it; `-3` is a value. */
function isOption(word: string): boolean {
  return /^-[^\d.]/.test(word);
}

/** The words by their options; one that is given twice counts as it was given last. */
function readWords(args: string[]): { [name in Name]?: string | true } {
  const words: { [name in Name]?: string | true } = {};
  const { tokens } = parseArgs({ args, options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      throw new Error(`"${token.value}" belongs to no option; quote what has spaces: --prompt "a fox in the snow".`);
    }
    const { name, rawName, value, inlineValue } = token;
    if (!isName(name)) {
      const known = Object.keys(OPTIONS).map((each) => `--${each}`);
      throw new Error(`There is no option ${rawName}; there are ${known.join(', ')}.`);
    }
    const takesValue = OPTIONS[name].type === 'string';
    if (!takesValue && value !== undefined) throw new Error(`${rawName} takes no value.`);
    if (takesValue && (value === undefined || (!inlineValue && isOption(value)))) {
      throw new Error(`${rawName} lacks its value.`);
    }
    words[name] = value ?? true;
  }
  return words;
}

function speedOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const speed = Number(given);
  if (given.trim() !== '' && Number.isFinite(speed) && speed > 0) return speed;
  throw new Error(`--speed cannot be "${given}"; it takes a number above 0.`);
}

/**
 * Reads the command line's arguments. Any word about the one request (`--prompt`, ...) asks for it as `--once` does.
 *
 * @param models - the ids of the models that can be asked for, in order
 * @throws Error that says in a sentence what is wrong, and the choices where there are some
 */
export function readOptions(args: string[], models: readonly string[]): PlaygroundOptions {
  const words = readWords(args);
  const text = (name: Name): string | undefined => {
    const word = words[name];
    return word === true ? undefined : word;
  };
  const serve = words.serve === true;
  const { prompt, count, size, quality, seed, model } = words;
  const asked = [prompt, count, size, quality, seed, model, words.private].some((word) => word !== undefined);
  return {
    help: words.help === true,
    once: words.once === true || (asked && !serve),
    serve,
    speed: speedOf(text('speed')),
    request: requestOptions(
      {
        prompt: text('prompt'),
        count: text('count'),
        size: text('size'),
        quality: text('quality'),
        seed: text('seed'),
        model: text('model'),
        private: words.private === true ? true : undefined,
      },
      models,
    ),
  };
}
