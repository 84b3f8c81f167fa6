/**
 * A prompt's text with another number of pictures than it states. For a request that makes one picture "Generate 5 images of
 * cats" asks for 1 image of cats, or each of five requests would make a grid of five. Pure.
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

/** What makes another number of a stated one, and with `singular` a singular of its noun. */
function editsOf(items: readonly Item[], found: Found, { to, singular }: { to: number; singular: boolean }): Edit[] {
  const end = endOf(items, found);
  const [number, first, last, next] = [found.at, beginOf(items, found), end, end + 1].map((at) => items[at]);
  if (number === undefined || first === undefined || last === undefined) return [];
  const other = number.manner === 'times' ? `x${to}` : String(to);
  // `une douzaine d'images`; but `5images` stays one word.
  const joined = next?.kind === 'word' && next.glued && !(last === number && /^[0-9]+$/u.test(number.text));
  const edits = [{ from: first.from, to: last.to, becomes: joined ? `${other} ` : other }];
  const noun = items[found.noun ?? -1];
  if (noun === undefined) return edits;
  // `images=4` and `number of images: 4` name a setting.
  const assigned = noun.from < number.from && /^[=:]$/u.test(items[found.at - 1]?.text ?? '');
  const form = nounOf(noun.text)?.singular;
  if (singular && !assigned && form !== undefined) {
    edits.push({ from: noun.from + form.kept, to: noun.to, becomes: form.ending });
  }
  const series = isHyphenated(items, found) ? items[found.at + 3] : undefined;
  if (series !== undefined) edits.push({ from: noun.to, to: series.to, becomes: '' });
  return edits;
}

function apply(typed: string, map: FoldMap, edits: readonly Edit[]): string {
  let text = typed;
  for (const { from, to, becomes } of edits.toSorted((one, other) => other.from - one.from)) {
    const part = map.original(from, to);
    const before = text.slice(part.from, part.to);
    // `5 IMÁGENES`
    const written = /^\p{Lu}+$/u.test(before) ? becomes.toUpperCase() : becomes;
    text = text.slice(0, part.from) + written + text.slice(part.to);
  }
  return plainText(text);
}

const isStated = ({ verdict }: { verdict: 'stated' | 'possible' }): boolean => verdict === 'stated';

/** One number can be read in two ways (`1 画像 poster`). */
const statesNoneBut = (text: string, number: number): boolean =>
  pictureCounts(text).stated.every((value) => value === number);

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
  if (statesNoneBut(typed, 1)) return typed;
  return textsWith(typed, 1).find((text) => text.length <= typed.length && statesNoneBut(text, 1));
}

/**
 * A prompt that asks for another number of pictures than it does: its own number becomes that one, and all else stays.
 *
 * @param prompt as typed.
 * @returns `undefined` where that cannot be had, as for two groups of pictures, or where the text would be read differently.
 */
export function restate(prompt: string, number: number): string | undefined {
  return textsWith(plainText(prompt), number).find((text) => {
    const { stated, possible } = pictureCounts(text);
    return stated.length > 0 && possible.length === 0 && statesNoneBut(text, number);
  });
}

/** The texts in which the one number that is stated is another one, the better ones first. */
function textsWith(typed: string, to: number): string[] {
  const map = mapFold(typed);
  if (map === undefined) return [];
  const { items, found, eastAsian } = findCounts(map.folded);
  const forms = to === 1 ? [true, false] : [false];
  const stated = [
    ...found.filter(isStated).map((one) => forms.map((singular) => editsOf(items, one, { to, singular }))),
    ...eastAsian.filter(isStated).map(({ from, to: end }) => [[{ from, to: end, becomes: String(to) }]]),
  ];
  const [ways = [], ...others] = stated;
  return others.length > 0 ? [] : ways.map((edits) => apply(typed, map, edits));
}
