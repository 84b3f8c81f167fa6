/**
 * Words that a guild does not want in prompts: found as whole words in any case and spelling trick. Pure.
 *
 * Folded: accents, widths, look-alikes of other alphabets, figures and symbols for letters (`b4d`), one letter in
 * two as a star (`f*ck`), invisible characters, letters held down (`baaad`), letters apart (`b.a.d`, `b a d`). One
 * doubled letter alone is another word (`god`, `good`), and so are letters apart at some places only (`he'll`).
 */
import { readSigns, type Sign } from './look-alikes.ts';

/** Most words a guild can have, and the most characters of one. */
export const WORDS_MAX = 200;
export const WORD_MAX_LENGTH = 50;

/** Separators between two letters of a word, and between two words of a phrase, at most. */
const SEPARATORS_MAX = 3;
const SPACES_MAX = 6;

/** One letter of a word, and what may stand before it. */
interface Letter {
  character: string;
  /** `must` between the words of a phrase, `may` where the word has a sign between letters. */
  gap: 'none' | 'may' | 'must';
}

/** How far a word has been found at a place. */
interface Trail {
  /** The next letter of the word, and the next sign of the text. */
  letter: number;
  at: number;
  /** Letters more than the word has: 0, 1, or 2 for "held down". */
  extra: number;
  stars: number;
  /** Whether two letters stood together, and whether two stood as far apart as words do. */
  together: boolean;
  apart: boolean;
  /** Whether anything but figures was read. */
  drawn: boolean;
}

/** Steps of the search in one text; ordinary lists and prompts need a hundredth. Each takes about a microsecond. */
const STEPS_MAX = 50_000;

/** Takes a dictionary to make: not before a text has words without spaces between them. */
let segmenter: Intl.Segmenter | undefined;

/** Symbols that a word in the list can be written with; others in it only separate. */
const WORD_SYMBOLS = new Set(['a', 's', 'e']);

function lettersOf(word: string): Letter[] {
  const letters: Letter[] = [];
  let gap: Letter['gap'] = 'none';
  const { text, signs } = readSigns(word);
  for (const { kind, reads, from } of signs) {
    const [character] = reads;
    const written = kind !== 'symbol' || /[@$€]/u.test(text.charAt(from));
    if (character !== undefined && written && (kind !== 'symbol' || WORD_SYMBOLS.has(character))) {
      letters.push({ character, gap: letters.length === 0 ? 'none' : gap });
      gap = 'none';
    } else if (/\s/u.test(text.charAt(from))) gap = 'must';
    else if (gap === 'none') gap = 'may';
  }
  return letters;
}

/**
 * A word in the form it is compared by: two words with the same are one. Empty where it holds no letter, digit or emoji,
 * so that nothing could be found.
 */
export function foldWord(word: string): string {
  return lettersOf(word)
    .map(({ character, gap }) => (gap === 'must' ? ` ${character}` : character))
    .join('');
}

const isWordSign = ({ kind }: Sign) => kind === 'letter' || kind === 'digit';

/** Whether a word may end between a sign of it and its neighbour outside. */
function isEdge(inside: Sign, outside: Sign | undefined): boolean {
  return (
    outside === undefined || !isWordSign(outside) || inside.kind === 'emoji' || inside.spaceless || outside.spaceless
  );
}

/** The number of separators behind a place, and whether all of them may stand within a word; as far as is of interest. */
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

/** The ways on from a trail by the word's next letter. */
function* nextLetter(word: readonly Letter[], signs: readonly Sign[], trail: Trail): Generator<Trail> {
  const letter = word[trail.letter];
  if (letter === undefined) return;
  const most = trail.letter === 0 ? 0 : letter.gap === 'must' ? SPACES_MAX : SEPARATORS_MAX;
  for (const { count, joins } of separatorsFrom(signs, trail.at, most)) {
    const sign = signs[trail.at + count];
    if (sign === undefined || (letter.gap === 'must' && count === 0)) continue;
    const read = sign.reads.includes(letter.character);
    // Stars around a word are emphasis.
    const inner = trail.letter > 0 && trail.letter < word.length - 1;
    if (!read && (sign.kind !== 'star' || !inner || (trail.stars + 1) * 2 > word.length)) continue;
    const counts = letter.gap === 'none' && trail.letter > 0;
    const together = trail.together || (counts && count === 0);
    const apart = trail.apart || (counts && count > 0 && !joins);
    if (apart && (together || word.length < 3)) continue;
    const drawn = trail.drawn || (read && sign.kind !== 'digit');
    const stars = trail.stars + (read ? 0 : 1);
    yield { ...trail, letter: trail.letter + 1, at: trail.at + count + 1, stars, together, apart, drawn };
  }
}

/** The way on by the same letter once more. */
function* sameLetter(word: readonly Letter[], signs: readonly Sign[], trail: Trail): Generator<Trail> {
  const character = word[trail.letter - 1]?.character;
  if (character === undefined || !signs[trail.at]?.reads.includes(character)) return;
  const heldDown = [1, 2].every((back) => signs[trail.at - back]?.reads.includes(character));
  yield { ...trail, at: trail.at + 1, extra: heldDown ? 2 : Math.min(2, trail.extra + 1) };
}

/** A trail as a number: the same for two from which the same can follow. */
function keyOf({ letter, at, extra, stars, together, apart, drawn }: Trail, length: number): number {
  return [at, extra, stars, Number(together), Number(apart), Number(drawn)].reduce(
    (key, value, index) => key * ([length + 1, 3, 64, 2, 2, 2][index] ?? 1) + value,
    letter,
  );
}

/** Where a word that begins at a place ends: each end it may have. Each trail costs a step, and none is gone twice. */
function* endsOf(
  word: readonly Letter[],
  signs: readonly Sign[],
  { start, steps }: { start: number; steps: { left: number } },
): Generator<number> {
  const figures = word.every(({ character }) => /\p{N}/u.test(character));
  const first = { letter: 0, at: start, extra: 0, stars: 0, together: false, apart: false, drawn: figures };
  const trails: Trail[] = [first];
  const seen = new Set<number>();
  for (let trail = trails.pop(); trail !== undefined && steps.left > 0; trail = trails.pop()) {
    const key = keyOf(trail, signs.length);
    if (seen.has(key)) continue;
    seen.add(key);
    steps.left -= 1;
    if (trail.letter === word.length && trail.extra !== 1 && trail.drawn) yield trail.at;
    trails.push(...sameLetter(word, signs, trail), ...nextLetter(word, signs, trail));
  }
}

/** Words of scripts without spaces, from and to where they stand. */
function segmentsOf(text: string, signs: readonly Sign[]): { from: number; to: number }[] {
  if (!signs.some(({ spaceless }) => spaceless)) return [];
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ index, segment }) => ({ from: index, to: index + segment.length }));
}

/**
 * Gives a function that says whether a text holds one of the words. A word of a script without spaces is not found where
 * it is a part of one longer word of the dictionary (`ばか` in `そばかす`). A text so contrived that the search does not
 * end in good time counts as holding one.
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
