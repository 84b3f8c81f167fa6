/** The noun for pictures that a number counts, and what stands between the two. Pure. */
import * as words from './context-words.ts';
import { nounOf, type Noun } from './picture-nouns.ts';
import type { Item } from './quantities.ts';

/** Most words and items between a number and its noun: no sentence needs more, and hostile text stays cheap. */
const GAP_MAX_WORDS = 12;
const GAP_MAX_ITEMS = 30;

export interface Counted {
  noun: Noun;
  /** Its index. */
  at: number;
  /** What stands between the number and it. */
  gap: Item[];
  /** Words between them may be what is counted. */
  doubtful: boolean;
}

const shares = ({ languages }: Item, noun: Noun): boolean =>
  languages === undefined || languages.some((language) => noun.languages.includes(language));

/** Whether two describing words may be parted by a comma or `and` after the last of them. */
function describes(gap: readonly Item[]): boolean {
  const last = gap.at(-1)?.text;
  return last !== undefined && (words.MODIFIERS.has(last) || words.ADJECTIVE.test(last));
}

/** Whether English words before `and` cannot be what a number above 1 counts: `2 cat and dog pictures`. */
function isOneThing(gap: readonly Item[], { values }: Item): boolean {
  return values[0] !== 1 && gap.length > 0 && !gap.some(({ text }) => words.PLURAL.test(text));
}

/** Whether a noun in this form goes with the number: `5 images`, `1 image`, and `5 image of a cat` as many write it. */
function agrees(noun: Noun, number: Item, { gap, next }: { gap: readonly Item[]; next: Item | undefined }): boolean {
  if (number.manner === 'single') return noun.form !== 'plural' && gap.length === 0;
  if (number.values[0] === 1) return noun.form === 'plural' || !words.COMPOUND_HEADS.has(next?.text ?? '');
  if (noun.form !== 'singular') return true;
  return gap.length === 0 && (next?.kind !== 'word' || words.STOPS.has(next.text));
}

/** What the gap makes of a number whose noun has been found: `undefined` where the number counts a word in it. */
function doubtIn(gap: readonly Item[], number: Item, noun: Noun): boolean | undefined {
  if (gap.some((item) => item.kind === 'number' && shares(item, noun))) return undefined;
  const texts = gap.map(({ text }) => text);
  if (texts.some((text) => words.GERUND.test(text))) return undefined;
  const english = noun.languages.includes('en') && (number.languages?.includes('en') ?? true);
  if (!english) return texts.length > 5;
  const one = number.values[0] === 1 && number.manner === 'plain';
  const head = one ? 0 : texts.findIndex((text) => words.PLURAL.test(text) && !words.MODIFIERS.has(text));
  const rest = head === -1 ? [] : texts.slice(head + 1);
  if (rest.some((text) => words.VERB.test(text) && !words.MODIFIERS.has(text) && !words.HUNG.has(text))) {
    return one && texts.length > 0 && describes(gap.slice(0, 1)) ? true : undefined;
  }
  // `21 pilots poster` counts pilots, though `poster` is a plural elsewhere.
  if (head !== -1 && !one && noun.form === 'both' && texts.length > 0) return undefined;
  // `one cat photos` is no number of photos for sure; nor is `3 tigers jungle pictures`.
  return one ? noun.form === 'plural' && texts.length > 0 : rest.length > 0;
}

/** Finds the noun for pictures that a number counts, over words that describe and nothing else. */
export function countedBy(items: readonly Item[], at: number): Counted | undefined {
  const number = items[at] as Item;
  const gap: Item[] = [];
  let index = at + 1;
  if (number.manner === 'collective' && words.OF.has(items[index]?.text ?? '')) {
    index += words.APOSTROPHES.has(items[index + 1]?.text ?? '') ? 2 : 1;
  }
  for (const end = Math.min(items.length, index + GAP_MAX_ITEMS); index < end; index += 1) {
    const item = items[index] as Item;
    const next = items[index + 1];
    if (item.kind === 'mark') {
      const possessive = gap.length > 0 && item.glued && words.APOSTROPHES.has(item.text);
      if (words.WRAPS.has(item.text) && !possessive) continue;
      const compound = item.glued && next?.glued === true && (words.HYPHENS.has(item.text) || item.text === '/');
      const parts = item.text === ',' && describes(gap);
      if (compound || parts) continue;
      return undefined;
    }
    // `three (3) images`
    if (item.kind === 'number' && gap.length === 0 && item.values[0] === number.values[0]) continue;
    if (item.kind === 'measure') continue;
    if (item.kind === 'number' && item.languages === undefined) return undefined;
    const noun = item.kind === 'word' ? nounOf(item.text) : undefined;
    if (noun !== undefined && shares(number, noun) && agrees(noun, number, { gap, next })) {
      // `high-image`: part of a word.
      const joined = words.HYPHENS.has(next?.text ?? '') && next?.glued === true && items[index + 2]?.glued === true;
      const doubtful = doubtIn(gap, number, noun);
      if (!joined) return doubtful === undefined ? undefined : { noun, at: index, gap, doubtful };
    }
    const joins = words.AND.has(item.text) && (describes(gap) || (item.text === 'and' && isOneThing(gap, number)));
    if (words.STOPS.has(item.text) && !joins) return undefined;
    if (!words.AND.has(item.text) && gap.push(item) > GAP_MAX_WORDS) return undefined;
  }
  return undefined;
}

/** Whether the pictures hang or lie in the one that is asked for: `12 framed photos`, `7 pictures on the wall`. */
export function hangs(items: readonly Item[], { gap, at }: Counted): boolean {
  if (gap.some(({ text }) => words.HUNG.has(text))) return true;
  const after = items.slice(at + 1, at + 6).map(({ text }) => text);
  if (words.HUNG.has(after[0] ?? '')) return true;
  return words.PLACES.has(after[0] ?? '') && after.some((text) => words.SURFACES.has(text));
}
