/** Options that are typed into a prompt as flags, from habit of other bots: `a fox --ar 9:16 --seed 7`. Pure. */
import { plainText } from '../plain-text.ts';

/** What the flags that are understood mean, by their names. */
const MEANINGS = {
  ar: 'size',
  aspect: 'size',
  size: 'size',
  seed: 'seed',
  count: 'count',
  quality: 'quality',
} as const;
type Meaning = (typeof MEANINGS)[keyof typeof MEANINGS];

/** What a value of each may look like. */
const VALUES: Record<Meaning, RegExp> = {
  size: /^\d+(?:\s?[:x×]\s?)\d+$/,
  seed: /^\d{1,15}$/,
  count: /^\d{1,3}$/,
  quality: /^(?:fast|standard)$/,
};

/** Two hyphens, or the dash that phones make of them. */
const FLAG = /(?<=^|\s)(--|[—–])(\p{L}[\p{L}\p{N}_-]*)/gu;

/** A prompt as it is typed, its flags read. */
export interface ReadFlags {
  /** Without the flags that are understood. */
  prompt: string;
  /** What they mean; the last of several counts. */
  options: Partial<Record<Meaning, string>>;
  /** Those that are not, as typed. */
  unknown: string[];
  /** The prompt without those either, and without what is said behind them. */
  without: string;
}

/** A flag's own part of a text, and what is said behind it up to the next one. */
interface Flag {
  name: string;
  typed: string;
  from: number;
  to: number;
  said: string;
}

function meaningOf(name: string): Meaning | undefined {
  const known: Readonly<Record<string, Meaning>> = MEANINGS;
  return Object.hasOwn(known, name.toLowerCase()) ? known[name.toLowerCase()] : undefined;
}

function flagsIn(text: string): Flag[] {
  const found = [...text.matchAll(FLAG)].filter(
    ([, dash, name = '']) => dash === '--' || meaningOf(name) !== undefined,
  );
  return found.map((match, index) => {
    const to = match.index + match[0].length;
    const said = text.slice(to, found[index + 1]?.index ?? text.length);
    return { name: match[2] ?? '', typed: match[0], from: match.index, to, said };
  });
}

/** A flag that is understood, where its value begins what is said behind it. */
function understood({ name, said }: Flag): { meaning: Meaning; value: string; length: number } | undefined {
  const meaning = meaningOf(name);
  const [typed = '', value = ''] = /^(?:\s*[=:]\s*|\s+)(\d+\s?[:x×]\s?\d+|\S+)/.exec(said) ?? [];
  if (meaning === undefined || !VALUES[meaning].test(value.toLowerCase())) return undefined;
  return { meaning, value: value.toLowerCase().replace(/\s/g, ''), length: typed.length };
}

/** Reads the flags of a prompt. A prompt without any is given back as it came. */
export function readFlags(typed: string): ReadFlags {
  const text = plainText(typed);
  const flags = flagsIn(text);
  if (flags.length === 0) return { prompt: typed, options: {}, unknown: [], without: typed };
  const options: ReadFlags['options'] = {};
  const unknown: string[] = [];
  const beginning = text.slice(0, flags[0]?.from);
  const [parts, plain] = [[beginning], [beginning]];
  for (const flag of flags) {
    const known = understood(flag);
    if (known === undefined) {
      unknown.push(flag.typed);
      parts.push(text.slice(flag.from, flag.to + flag.said.length));
      continue;
    }
    options[known.meaning] = known.value;
    const rest = flag.said.slice(known.length);
    parts.push(rest);
    plain.push(rest);
  }
  return { prompt: plainText(parts.join(' ')), options, unknown, without: plainText(plain.join(' ')) };
}
