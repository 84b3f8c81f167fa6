/** Which sentences of the bot's a text holds, and what was filled in: found again by the words they are made of. */
import { en } from '../../src/languages/en.ts';
import { remembered } from './remembered.ts';

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
  /** Its place among the sentences. */
  place: number;
  /** The longest piece of it between two placeholders: most texts do not hold it, which is quick to see. */
  piece: string;
  /** The longest word of it that nothing is filled in beside: a text that holds it has that word. */
  word: string | undefined;
  pattern: RegExp;
  /** Whether it stands in one line: what is filled in never holds a break. */
  inLine: boolean;
}

function leaves(branch: Branch, path = ''): [string, string][] {
  return Object.entries(branch).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}

function longest(texts: readonly string[]): string | undefined {
  return texts.toSorted((one, other) => other.length - one.length)[0];
}

function finderOf([key, sentence]: [string, string], place: number): Finder[] {
  const pieces = sentence.split(/\{\{\w+\}\}/);
  const piece = longest(pieces) ?? '';
  if (!/\p{L}{2}/u.test(piece)) return [];
  const word = longest(pieces.join('0').match(/(?<![\p{L}\p{N}])\p{L}+(?![\p{L}\p{N}])/gu) ?? []);
  const names = [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const source = pieces
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .reduce((whole, part, index) => `${whole}(?<${names[index - 1] ?? ''}_${index}>.+?)${part}`);
  const inLine = !sentence.includes('\n');
  return [
    { key, place, piece, word, inLine, pattern: new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'u') },
  ];
}

/** Parts whose words are names of things, or numbers of them, and no statements. */
const NO_STATEMENTS = /^(command\.|permission\.|button\.|mend\.|size\.|facts\.|quality\.|field\.|usage\.pictures_)/;

const finders = leaves(en)
  .filter(([key]) => !NO_STATEMENTS.test(key))
  .flatMap(finderOf);

const ofTexts = finders.filter(({ inLine }) => !inLine);

/** Those of one line, by the word that it must hold. */
const ofLines = Map.groupBy(
  finders.filter(({ inLine }) => inLine),
  ({ word }) => word,
);

/** The sentences that may stand in a line, by its words. */
function perhapsIn(line: string): Finder[] {
  return [undefined, ...new Set(line.match(/\p{L}+/gu))].flatMap((word) => ofLines.get(word) ?? []);
}

/** What is found in a text by some of the finders. */
function findBy(some: readonly Finder[], text: string): Map<Finder, Sentence> {
  const found = new Map<Finder, Sentence>();
  for (const finder of some) {
    const match = text.includes(finder.piece) ? finder.pattern.exec(text) : null;
    if (match === null) continue;
    const groups = Object.entries(match.groups ?? {}).map(([name, value]) => [name.replace(/_\d+$/, ''), value]);
    found.set(finder, { key: finder.key, values: Object.fromEntries(groups) as Record<string, string> });
  }
  return found;
}

/** Texts change often in a line or two: each line is read once. */
const inLine = remembered(2000, (line) => findBy(perhapsIn(line), line));

/** The sentences that an English text holds, each where it stands first. */
export const sentencesIn: (text: string) => readonly Sentence[] = remembered(1000, (text) => {
  const found = findBy(ofTexts, text);
  for (const line of text.split('\n')) {
    for (const [finder, sentence] of inLine(line)) if (!found.has(finder)) found.set(finder, sentence);
  }
  return [...found].sort(([one], [other]) => one.place - other.place).map(([, sentence]) => sentence);
});
