/** Which sentences of the bot's a text holds, and what was filled in: found again by the words they are made of. */
import { en } from '../../src/languages/en.ts';

interface Branch {
  [key: string]: string | Branch;
}

export interface Sentence {
  /** As in `src/languages`: `failure.deadline`. */
  key: string;
  values: Readonly<Record<string, string>>;
}

interface Finder {
  key: string;
  /** The longest piece of it between two placeholders: most texts do not hold it, which is quick to see. */
  piece: string;
  pattern: RegExp;
  /** Whether it stands in one line: what is filled in never holds a break. */
  inLine: boolean;
}

function leaves(branch: Branch, path = ''): [string, string][] {
  return Object.entries(branch).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}

function finderOf([key, sentence]: [string, string]): Finder[] {
  const pieces = sentence.split(/\{\{\w+\}\}/);
  const piece = pieces.toSorted((one, other) => other.length - one.length)[0] ?? '';
  if (!/\p{L}{2}/u.test(piece)) return [];
  const names = [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const source = pieces
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .reduce((whole, part, index) => `${whole}(?<${names[index - 1] ?? ''}_${index}>.+?)${part}`);
  const inLine = !sentence.includes('\n');
  return [{ key, piece, inLine, pattern: new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'u') }];
}

/** Parts whose words are names of things, or numbers of them, and no statements. */
const NO_STATEMENTS = /^(command\.|permission\.|button\.|mend\.|size\.|facts\.|quality\.|field\.|usage\.pictures_)/;

const finders = leaves(en)
  .filter(([key]) => !NO_STATEMENTS.test(key))
  .flatMap(finderOf);

/** Texts that were read, with what they hold: each is read by several judges. */
const known = new Map<string, Sentence[]>();
const KNOWN_MOST = 1000;

/** The sentences that an English text holds. */
export function sentencesIn(text: string): readonly Sentence[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size === KNOWN_MOST) known.clear();
  const found = find(text);
  known.set(text, found);
  return found;
}

function find(text: string): Sentence[] {
  const found: Sentence[] = [];
  const lines = text.split('\n');
  for (const { key, piece, inLine, pattern } of finders) {
    if (!text.includes(piece)) continue;
    // A pattern that begins with what is filled in would be tried at each place of every line.
    const match = inLine ? firstMatch(pattern, piece, lines) : pattern.exec(text);
    if (match === null) continue;
    const groups = Object.entries(match.groups ?? {}).map(([name, value]) => [name.replace(/_\d+$/, ''), value]);
    found.push({ key, values: Object.fromEntries(groups) as Record<string, string> });
  }
  return found;
}

function firstMatch(pattern: RegExp, piece: string, lines: readonly string[]): RegExpExecArray | null {
  for (const line of lines) {
    const match = line.includes(piece) ? pattern.exec(line) : null;
    if (match !== null) return match;
  }
  return null;
}
