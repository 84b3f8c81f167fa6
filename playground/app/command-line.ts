/** What `npm run playground` is asked for on its command line. */
import { parseArgs } from 'node:util';
import { SIZES, SIZE_DEFAULT, type Size } from '../../src/services/models/seedream.ts';
import type { SeedreamOptions } from './seedream-request.ts';

export const HELP = `The whole bot on this machine, without an account: stand-ins for Discord and RunComfy, and the real bot between them.

  npm run playground                      a page like a Discord channel, until Ctrl-C (PLAYGROUND_PORT, default 8080)
  npm run playground -- --once            one /seedream in this terminal; its pictures go to playground/pictures/

Of that one request:
  --prompt "a fox in the snow"            what the pictures should show
  --count 4                               how many, 1 to 15
  --size 4:3                              ${SIZES.map(ratioOf).join(', ')}, or a whole value: "${SIZE_DEFAULT}"
  --quality standard                      fast (default) or standard
  --seed 7                                a whole number
  --private                               only the member sees the pictures

  --speed 20                              how many times faster than the real model (default 5)
  --serve                                 the page, even where there is no terminal
  --help                                  this`;

/** What a request of the playground asks for where nothing is said. */
const PROMPT = 'a lighthouse on a cliff, first light, oil painting';

export interface PlaygroundOptions {
  help: boolean;
  once: boolean;
  serve: boolean;
  /** Times as fast as the real model; `undefined` for the default. */
  speed: number | undefined;
  request: SeedreamOptions;
}

/** `16:9` of `2560:1440 (16:9)`. */
function ratioOf(size: Size): string {
  return /\((.*)\)/.exec(size)?.[1] ?? size;
}

/** A whole value for a size by its ratio; anything else stays as it is, for Discord's client to refuse. */
function sizeOf(given: string): string {
  return SIZES.find((size) => size === given || ratioOf(size) === given || size.startsWith(`${given} `)) ?? given;
}

function numberOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (given.trim() === '' || !Number.isFinite(number)) throw new Error(`--${name} ${given}: not a number`);
  return number;
}

/**
 * Reads the command line's arguments. Any word about the one request (`--prompt`, ...) asks for it as `--once` does.
 *
 * @throws Error that names what is not understood
 */
export function readOptions(args: string[]): PlaygroundOptions {
  const { values } = parseArgs({
    args,
    options: {
      once: { type: 'boolean', default: false },
      serve: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      prompt: { type: 'string' },
      count: { type: 'string' },
      size: { type: 'string' },
      quality: { type: 'string' },
      seed: { type: 'string' },
      private: { type: 'boolean' },
      speed: { type: 'string' },
    },
  });
  const { help, once, serve, prompt, count, size, quality, seed } = values;
  const speed = numberOf('speed', values.speed);
  if (speed !== undefined && speed <= 0) throw new Error(`--speed ${speed}: must be above 0`);
  const asked = [prompt, count, size, quality, seed, values.private].some((value) => value !== undefined);
  return {
    help,
    once: once || (asked && !serve),
    serve,
    speed,
    request: {
      prompt: prompt ?? PROMPT,
      count: numberOf('count', count) ?? (prompt === undefined ? 4 : undefined),
      size: size === undefined ? undefined : sizeOf(size),
      quality,
      seed: numberOf('seed', seed),
      private: values.private,
    },
  };
}
