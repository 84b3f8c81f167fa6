/**
 * Finds the words that a guild does not want in prompts: whole words, in any case, and however they are disguised. Pure.
 *
 * It sees through accents, full and half width, look-alikes of other alphabets, digits and symbols for letters (`b4d`),
 * stars for up to half of the letters (`f*ck`), invisible characters, letters held down (`baaad`) and letters apart
 * (`b.a.d`, `b a d`). With one letter doubled it is a different word (`god`, `good`), and so it is with letters apart at
 * some places only (`he'll`).
 */
import { readSigns, type Sign } from './look-alikes.ts';

/** The most words a guild can block, and the most characters of one. */
export const WORDS_MAX = 200;
export const WORD_MAX_LENGTH = 50;

/** The most runs of separators between two letters of a word, and between two words of a phrase. */
const SEPARATORS_MAX = 3;
const SPACES_MAX = 6;

/** One letter of a word, and whether separators may stand before it. */
interface Letter {
  character: string;
  /** `must` between the words of a phrase; `may` where the word itself has a sign between two letters. */
  gap: 'none' | 'may' | 'must';
}

/** A partial match: how much of a word has been found from one place on. */
interface Match {
  /** The next letter of the word, and the next sign of the text. */
  letter: number;
  at: number;
  /** Repeated letters that the word does not have: 0, 1, or 2 for "held down". */
  extra: number;
  /** Stars that were taken for letters. */
  stars: number;
  /** Whether some letters stood together, and whether some stood as far apart as words do. */
  together: boolean;
  apart: boolean;
  /** Whether anything but digits was read. */
  notOnlyDigits: boolean;
}

/** The most steps of the search in one text, each about a microsecond. Ordinary lists and prompts need a hundredth. */
const STEPS_MAX = 50_000;

/** Loads a dictionary, so it is made only when a text is written without spaces between words. */
let segmenter: Intl.Segmenter | undefined;

/** The letters that symbols in a listed word may stand for; its other symbols only separate. */
const WORD_SYMBOLS = new Set(['a', 's', 'e']);

function lettersOf(word: string): Letter[] {
  const letters: Letter[] = [];
  let gap: Letter['gap'] = 'none';
  const { text, signs } = readSigns(word);
  for (const { kind, reads, from, to } of signs) {
    const [character] = reads;
    const written = kind !== 'symbol' || /[@$€]/u.test(text.charAt(from));
    if (character !== undefined && written && (kind !== 'symbol' || WORD_SYMBOLS.has(character))) {
      letters.push({ character, gap: letters.length === 0 ? 'none' : gap });
      gap = 'none';
    } else if (/\s/u.test(text.slice(from, to))) gap = 'must';
    else if (gap === 'none') gap = 'may';
  }
  return letters;
}

/**
 * A word in the form in which words are compared: two with the same form are the same word. Empty where it holds no letter,
 * digit or emoji, so that there is nothing to find.
 */
export function foldWord(word: string): string {
  return lettersOf(word)
    .map(({ character, gap }) => (gap === 'must' ? ` ${character}` : character))
    .join('');
}

const isWordSign = ({ kind }: Sign) => kind === 'letter' || kind === 'digit';

/** Whether a word may begin or end between its own first or last sign and the neighbour outside. */
function isEdge(inside: Sign, outside: Sign | undefined): boolean {
  return (
    outside === undefined || !isWordSign(outside) || inside.kind === 'emoji' || inside.spaceless || outside.spaceless
  );
}

/** For each number of separators that can be skipped from a place on: whether all of them may stand within a word. */
function* separatorsFrom(
  signs: readonly Sign[],
  at: number,
  most: number,
): Generator<{ count: number; joins: boolean }> {
  let joins = true;
  for (let count = 0; count <= most; count += 1) {
    yield { count, joins };
    const sign = signs[at + count];
    if (sign === undefined || isWordSign(sign) || sign.kind === 'emoji') return;
    joins &&= sign.joins;
  }
}

/** The matches that are longer than this one by the word's next letter. */
function* nextLetter(word: readonly Letter[], signs: readonly Sign[], match: Match): Generator<Match> {
  const letter = word[match.letter];
  if (letter === undefined) return;
  const most = match.letter === 0 ? 0 : letter.gap === 'must' ? SPACES_MAX : SEPARATORS_MAX;
  for (const { count, joins } of separatorsFrom(signs, match.at, most)) {
    const sign = signs[match.at + count];
    if (sign === undefined || (letter.gap === 'must' && count === 0)) continue;
    const read = sign.reads.includes(letter.character);
    // A star before or after a word is emphasis, not a letter.
    const inner = match.letter > 0 && match.letter < word.length - 1;
    if (!read && (sign.kind !== 'star' || !inner || (match.stars + 1) * 2 > word.length)) continue;
    const counts = letter.gap === 'none' && match.letter > 0;
    const together = match.together || (counts && count === 0);
    const apart = match.apart || (counts && count > 0 && !joins);
    if (apart && (together || word.length < 3)) continue;
    const notOnlyDigits = match.notOnlyDigits || (read && sign.kind !== 'digit');
    const stars = match.stars + (read ? 0 : 1);
    yield { ...match, letter: match.letter + 1, at: match.at + count + 1, stars, together, apart, notOnlyDigits };
  }
}

/** The match that is longer by its last letter once more. */
function* sameLetter(word: readonly Letter[], signs: readonly Sign[], match: Match): Generator<Match> {
  const character = word[match.letter - 1]?.character;
  if (character === undefined || !signs[match.at]?.reads.includes(character)) return;
  const heldDown = [1, 2].every((back) => signs[match.at - back]?.reads.includes(character));
  yield { ...match, at: match.at + 1, extra: heldDown ? 2 : Math.min(2, match.extra + 1) };
}

/** A match as a number: two with the same number can be continued in the same ways. */
function keyOf({ letter, at, extra, stars, together, apart, notOnlyDigits }: Match, length: number): number {
  return [at, extra, stars, Number(together), Number(apart), Number(notOnlyDigits)].reduce(
    (key, value, index) => key * ([length + 1, 3, 64, 2, 2, 2][index] ?? 1) + value,
    letter,
  );
}

/** All places where a word that begins at `start` may end. Each partial match costs one step and is tried once. */
function* endsOf(
  word: readonly Letter[],
  signs: readonly Sign[],
  { start, steps }: { start: number; steps: { left: number } },
): Generator<number> {
  const allDigits = word.every(({ character }) => /\p{N}/u.test(character));
  const first = { letter: 0, at: start, extra: 0, stars: 0, together: false, apart: false, notOnlyDigits: allDigits };
  const matches: Match[] = [first];
  const seen = new Set<number>();
  for (let match = matches.pop(); match !== undefined && steps.left > 0; match = matches.pop()) {
    const key = keyOf(match, signs.length);
    if (seen.has(key)) continue;
    seen.add(key);
    steps.left -= 1;
    if (match.letter === word.length && match.extra !== 1 && match.notOnlyDigits) yield match.at;
    matches.push(...sameLetter(word, signs, match), ...nextLetter(word, signs, match));
  }
}

/** The words of a text in a script without spaces: where each begins and ends. */
function segmentsOf(text: string, signs: readonly Sign[]): { from: number; to: number }[] {
  if (!signs.some(({ spaceless }) => spaceless)) return [];
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ index, segment }) => ({ from: index, to: index + segment.length }));
}

/**
 * Gives a function that says whether a text holds one of the words. A word of a script without spaces is not found inside
 * a longer word of the dictionary (`ばか` in `そばかす`). A text made so that the search takes more than its steps counts as
 * holding one.
 */
export function createWordFinder(words: readonly string[]): (text: string) => boolean {
  const compiled = words.map(lettersOf).filter((word) => word.length > 0);
  const byFirst = Map.groupBy(compiled, ([first]) => first?.character ?? '');

  return (typed) => {
    if (compiled.length === 0) return false;
    const { text, signs } = readSigns(typed);
    const segments = segmentsOf(text, signs);
    const isPart = (first: Sign, last: Sign) =>
      (first.spaceless || last.spaceless) &&
      segments.some(({ from, to }) => from <= first.from && to >= last.to && (from < first.from || to > last.to));
    const steps = { left: STEPS_MAX };
    const begins = (word: Letter[], first: Sign, start: number) => {
      for (const end of endsOf(word, signs, { start, steps })) {
        const last = signs[end - 1];
        if (last !== undefined && isEdge(last, signs[end]) && !isPart(first, last)) return true;
      }
      return steps.left <= 0;
    };
    return signs.some((first, start) => {
      if (!isEdge(first, signs[start - 1])) return false;
      const candidates = first.reads.flatMap((read) => byFirst.get(read) ?? []);
      return candidates.some((word) => begins(word, first, start));
    });
  };
}
