/** What stands before a number, and what that makes of it. Pure. */
import * as words from './context-words.ts';
import { HALF } from './number-words.ts';
import { nounOf } from './picture-nouns.ts';
import type { Item } from './quantities.ts';

/**
 * - `open`: nothing else, or words that ask: the number counts what follows.
 * - `determiner`: an article: it counts a plural, and belongs to a singular (`a 747 photo`).
 * - `within`: a preposition or verb that puts what follows into the picture.
 * - `name`: a word that may end in the number (`Pixel 8`, `Windows 95`); `label`: one that surely does (`No. 5`).
 * - `word`: any other word in small letters.
 * - `noun`: pictures (`cat photos 4`).
 */
export type LeftContext = 'open' | 'determiner' | 'within' | 'name' | 'label' | 'word' | 'noun';

/** Whether an earlier number counts pictures in the same clause: `4 photos of dogs and 4 photos of cats`. */
export function followsGroup(items: readonly Item[], at: number): boolean {
  let noun = false;
  for (const item of items.slice(Math.max(0, at - 30), at).toReversed()) {
    if (words.CLAUSE_ENDS.has(item.text)) return false;
    if (item.kind === 'number' && noun) return true;
    noun ||= item.kind === 'word' && nounOf(item.text) !== undefined;
  }
  return false;
}

/** Of which series a number of pictures is: `open` for `a set of 4`, else what `a wall of 12` is. */
function ofContext(items: readonly Item[], of: number): LeftContext {
  const [counted, what] = [items[of - 2], items[of - 1]];
  if (what === undefined) return 'open';
  if (!words.SERIES.has(what.text)) return 'within';
  // Three sets of 4: neither number is the whole.
  return counted?.kind === 'number' && counted.values[0] !== 1 ? 'within' : 'open';
}

/** Reads what stands before `items[at]`, over marks that only wrap. */
export function leftContext(items: readonly Item[], at: number): LeftContext {
  let before = at - 1;
  const withArticle = items[at]?.manner === 'single' || items[at]?.manner === 'collective';
  const isSkipped = (text: string) =>
    words.WRAPS.has(text) || (withArticle && (words.DETERMINERS.has(text) || HALF.has(text)));
  while (isSkipped(items[before]?.text ?? '')) before -= 1;
  const item = items[before];
  if (item === undefined) return 'open';
  const { kind, text } = item;
  if (kind === 'mark') return text === '.' && words.LABELS.has(items[before - 1]?.text ?? '') ? 'label' : 'open';
  if (kind !== 'word') return 'word';
  // `a child drawing 3 pictures`
  if (nounOf(text) !== undefined) return words.VERB.test(text) && before > 0 ? 'within' : 'noun';
  if (words.LABELS.has(text)) return 'label';
  if (words.PRODUCTS.has(text)) return 'name';
  if (words.JOINS.has(text) && followsGroup(items, before)) return 'open';
  if (words.OF.has(text) && items[before - 1]?.kind === 'word') {
    const context = ofContext(items, before);
    if (context === 'open' || text === 'of') return context;
  }
  if (text === 'with' && words.SERIES.has(items[before - 1]?.text ?? '')) return 'open';
  if (words.REQUESTS.has(text) || words.REQUEST_STEM.test(text)) return 'open';
  if (words.DETERMINERS.has(text)) return 'determiner';
  if (words.WITHIN_PICTURE.has(text) || words.STOPS.has(text)) return 'within';
  if (item.capital) return 'name';
  if (words.VERB.test(text) || words.GERUND.test(text)) return 'within';
  const begins = before === 0 || words.CLAUSE_ENDS.has(items[before - 1]?.text ?? '');
  return begins ? 'name' : 'word';
}
