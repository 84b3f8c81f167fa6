/**
 * A prompt's text for a request that makes one picture: "Generate 5 images of cats" asks for 1 image of cats there, or each of
 * five requests would make a grid of five. Pure.
 */
import { plainText } from '../plain-text.ts';
import * as words from './context-words.ts';
import { mapFold, type FoldMap } from './fold-map.ts';
import { ARTICLES, HALF } from './number-words.ts';
import { nounOf } from './picture-nouns.ts';
import type { Item } from './quantities.ts';
import { findCounts, pictureCounts, type Found } from './stated-count.ts';

/** A part of a folded text, and what stands there instead. */
interface Edit {
  from: number;
  to: number;
  becomes: string;
}

const isArticle = (item: Item | undefined): boolean =>
  item !== undefined && (words.DETERMINERS.has(item.text) || ARTICLES.has(item.text));

/** Whether number and noun are one word: `4-image`. */
function isHyphenated(items: readonly Item[], { at, noun }: Found): boolean {
  const hyphen = items[at + 1];
  return noun === at + 2 && hyphen?.glued === true && words.HYPHENS.has(hyphen.text);
}

/** The index from which on what stands before a number goes with it: `half a dozen`, `a set of 4`, `a 4-image set`. */
function beginOf(items: readonly Item[], found: Found): number {
  const textAt = (index: number) => items[index]?.text ?? '';
  let begin = found.at;
  if (items[begin]?.manner === 'collective') {
    while (HALF.has(textAt(begin - 1)) || isArticle(items[begin - 1])) begin -= 1;
  }
  if (isHyphenated(items, found) && isArticle(items[begin - 1])) return begin - 1;
  const ofSeries = words.OF.has(textAt(begin - 1)) || textAt(begin - 1) === 'with';
  if (!ofSeries || !words.SERIES.has(textAt(begin - 2))) return begin;
  const before = items[begin - 3];
  if (isArticle(before)) return begin - 3;
  // `a stunning set of 4` would lose what `stunning` says of the set.
  return before === undefined || before.kind === 'mark' || words.REQUESTS.has(before.text) ? begin - 2 : begin;
}

/** The index of the last item that goes with a number: `5+`, `a dozen of`, `une douzaine d'`, `4-`. */
function endOf(items: readonly Item[], found: Found): number {
  const { at } = found;
  const [next, after] = [items[at + 1], items[at + 2]];
  if (next === undefined) return at;
  if (isHyphenated(items, found) || (next.text === '+' && next.glued)) return at + 1;
  if (items[at]?.manner !== 'collective' || !words.OF.has(next.text)) return at;
  return words.APOSTROPHES.has(after?.text ?? '') ? at + 2 : at + 1;
}

/** What makes one of a stated number, and with `singular` also of its noun. */
function editsOf(items: readonly Item[], found: Found, singular: boolean): Edit[] {
  const end = endOf(items, found);
  const [number, first, last, next] = [found.at, beginOf(items, found), end, end + 1].map((at) => items[at]);
  if (number === undefined || first === undefined || last === undefined) return [];
  const one = number.manner === 'times' ? 'x1' : '1';
  // `une douzaine d'images`; but `5images` stays one word.
  const joined = next?.kind === 'word' && next.glued && !(last === number && /^[0-9]+$/u.test(number.text));
  const edits = [{ from: first.from, to: last.to, becomes: joined ? `${one} ` : one }];
  const noun = items[found.noun ?? -1];
  if (noun === undefined) return edits;
  // `images=4` and `number of images: 4` name a setting.
  const assigned = noun.from < number.from && /^[=:]$/u.test(items[found.at - 1]?.text ?? '');
  const form = nounOf(noun.text)?.singular;
  if (singular && !assigned && form !== undefined) edits.push(toSingular(noun, form));
  const series = isHyphenated(items, found) ? items[found.at + 3] : undefined;
  if (series !== undefined) edits.push({ from: noun.to, to: series.to, becomes: '' });
  return edits;
}

/** Changes little more of a noun than its ending, so that its capital and its accents stay. */
function toSingular({ text, from, to }: Item, singular: string): Edit {
  let same = 0;
  while (same < text.length - 1 && singular[same] === text[same]) same += 1;
  return { from: from + same, to, becomes: singular.slice(same) };
}

function apply(typed: string, map: FoldMap, edits: readonly Edit[]): string {
  let text = typed;
  for (const { from, to, becomes } of edits.toSorted((one, other) => other.from - one.from)) {
    const part = map.original(from, to);
    text = text.slice(0, part.from) + becomes + text.slice(part.to);
  }
  return plainText(text);
}

const isStated = ({ verdict }: { verdict: 'stated' | 'possible' }): boolean => verdict === 'stated';

/** One number can be read in two ways (`1 画像 poster`). */
const statesNoneButOne = (text: string): boolean => pictureCounts(text).stated.every((value) => value === 1);

/**
 * The text that asks for one picture of what a prompt asks for several of: the number that it states becomes 1 and its noun,
 * where its singular is known, one; all else stays. A prompt that states no number, or 1, stays as it is. Never longer than
 * the prompt.
 *
 * @param prompt as typed.
 * @returns `undefined` where that cannot be had: two groups of pictures are asked for, or the text would be read differently.
 */
export function textForOne(prompt: string): string | undefined {
  const typed = plainText(prompt);
  if (statesNoneButOne(typed)) return typed;
  const map = mapFold(typed);
  if (map === undefined) return undefined;
  const { items, found, eastAsian } = findCounts(map.folded);
  const stated = [
    ...found.filter(isStated).map((one) => [true, false].map((singular) => editsOf(items, one, singular))),
    ...eastAsian.filter(isStated).map(({ from, to }) => [[{ from, to, becomes: '1' }]]),
  ];
  const [ways = [], ...others] = stated;
  if (others.length > 0) return undefined;
  return ways
    .map((edits) => apply(typed, map, edits))
    .find((text) => text.length <= typed.length && statesNoneButOne(text));
}
