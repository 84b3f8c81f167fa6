/**
 * Which number of pictures a prompt states. Pure.
 *
 * A number counts the first noun after it that can be counted: for 2 and more a plural, for 1 a singular. Between the two
 * stand only words that describe: adjectives, nouns in the singular (`cat`), measures (`4K`, `16:9`). Where that noun means
 * pictures the prompt states the number, if what stands before it asks for pictures or nothing does. Where a number stands
 * near such a noun and may count it or not, it is possible: a question to the member.
 */
import { plainText } from '../plain-text.ts';
import * as words from './context-words.ts';
import { countedBy, hangs, type Counted } from './counted-noun.ts';
import { findInEastAsian, type FoundInEastAsian } from './east-asian.ts';
import { followsGroup, leftContext } from './left-context.ts';
import { nounOf, type Noun } from './picture-nouns.ts';
import { itemsOf, type Item } from './quantities.ts';
import { fold, tokenize } from './tokens.ts';

/** How far from its noun a number without one of its own is looked for, in items. */
const NEAR = 12;
/** Numbers above it that stand alone are years, speeds and the like. */
const BARE_MAX = 100;

type Verdict = 'stated' | 'possible' | 'none';

/** The numbers of pictures in a prompt, in reading order: of a range the one next to the noun first. */
export interface PictureCounts {
  /** Surely asked for; what is refused, as 0, 100 or -3, is among them. A number stated twice stands here twice. */
  stated: number[];
  /** May be asked for, or be something else. */
  possible: number[];
}

/** The verdict on a number that counts pictures by what stands before it. */
function byContext(items: readonly Item[], at: number, counted: Counted): Verdict {
  const { values, languages, manner } = items[at] as Item;
  const [value = 0] = values;
  const { noun } = counted;
  const context = leftContext(items, at);
  if (context === 'label') return 'none';
  if (noun.thing && context !== 'open' && context !== 'determiner') return 'none';
  if (noun.form !== 'plural' && manner === 'plain') {
    const named = context === 'name' || context === 'word' || context === 'noun';
    if (named) return languages === undefined || context === 'name' ? 'none' : 'possible';
    const year = value >= 1500 && value <= 2100;
    if (languages === undefined && (noun.form === 'singular' ? value > BARE_MAX : year)) return 'none';
    if (context === 'determiner' && value !== 1) return 'none';
  }
  if (counted.doubtful || context === 'within' || context === 'name') return 'possible';
  if (hangs(items, counted) && values.length === 1 && value !== 1) return 'possible';
  if (context === 'word' || context === 'noun') {
    const next = items[counted.at + 1];
    return value <= 15 && (next === undefined || next.kind === 'mark') ? 'stated' : 'possible';
  }
  return 'stated';
}

/** Pictures named in the same clause before `items[at]` and counted by no other number, and whether right before it. */
function namedBefore(
  items: readonly Item[],
  at: number,
  taken: ReadonlySet<number>,
): { noun: Noun; at: number; beside: boolean } | undefined {
  for (let index = at - 1; index >= Math.max(0, at - NEAR); index -= 1) {
    const { kind, text } = items[index] as Item;
    const noun = kind === 'word' ? nounOf(text) : undefined;
    if (noun !== undefined)
      return taken.has(index)
        ? undefined
        : { noun, at: index, beside: index >= at - (items[at - 2]?.text === 'count' ? 3 : 2) };
    if (words.CLAUSE_ENDS.has(text) && !(text === ':' && index === at - 1)) return undefined;
  }
  return undefined;
}

/** Whether a number goes on with what an earlier one counts: `4 photos of dogs and 4 of cats`, `3 images and 2 more`. */
function isEllipsis(items: readonly Item[], at: number): boolean {
  const [before, next, after] = [items[at - 1]?.text ?? '', items[at + 1]?.text, items[at + 2]?.text ?? ''];
  const goesOn = next === 'more' || (words.OF.has(next ?? '') && !words.PARTS.has(after));
  return goesOn && (before === ',' || words.JOINS.has(before)) && followsGroup(items, at - 1);
}

/** The verdict on a number that no noun follows: `images=4`, `portraits x4`, `photos of a cat, 4`. */
function withoutNoun(items: readonly Item[], at: number, taken: ReadonlySet<number>): Verdict {
  const { manner, values, languages } = items[at] as Item;
  const [value = 0] = values;
  const [before, next, after] = [items[at - 1]?.text ?? '', items[at + 1], items[at + 2]];
  const list = next?.glued === true && /^[.)]$/u.test(next.text) && after?.kind === 'word' && before !== '(';
  if (list || value > BARE_MAX || (languages !== undefined && value === 1)) return 'none';
  const ends = next === undefined || (next.kind === 'mark' && !words.HYPHENS.has(next.text)) || next.text === 'please';
  const named = namedBefore(items, at, taken);
  if (named?.beside && !ends && named.noun.form !== 'singular') {
    // `images=4 of a cat` assigns; `images 4 a cat` may, or the number counts what follows.
    if (before === '=') return 'stated';
    if (nounOf(before) !== undefined && manner === 'plain') return 'possible';
  }
  if (named !== undefined && ends) {
    const { noun, beside } = named;
    const many = noun.form !== 'singular' || items[at - 2]?.text === 'count';
    if (manner === 'times') return many || beside ? 'stated' : 'possible';
    if ((/^[=:]$/u.test(before) || (before === '(' && next?.text === ')')) && beside) return many ? 'stated' : 'none';
    const context = leftContext(items, at);
    return many && (context === 'open' || context === 'noun') ? 'possible' : 'none';
  }
  if (isEllipsis(items, at)) return 'stated';
  const unread = next?.kind === 'mark' || next?.kind === 'number' || words.STOPS.has(next?.text ?? '');
  if (!unread || leftContext(items, at) !== 'open') return 'none';
  const near = items.slice(at + 1, at + 7);
  const clause = near.findIndex(({ text }) => /^[.!?;]$/u.test(text));
  const nouns = near
    .slice(0, clause === -1 ? near.length : clause)
    .map(({ kind, text }) => kind === 'word' && nounOf(text));
  return nouns.some((noun) => noun && noun.form === 'plural') ? 'possible' : 'none';
}

/** `a 4-image set`: a series of so many pictures; `a 9-photo collage` is one picture. */
function hyphenated(items: readonly Item[], at: number): Verdict | undefined {
  const [hyphen, noun, head] = items.slice(at + 1, at + 4);
  if (!hyphen?.glued || !words.HYPHENS.has(hyphen.text) || !noun?.glued) return undefined;
  if (nounOf(noun.text)?.form !== 'singular' || noun.kind !== 'word') return undefined;
  return words.SERIES.has(head?.text ?? '') ? 'stated' : 'possible';
}

/** The verdict on a number, and the index of the noun for pictures that it goes with, where there is one. */
function verdictOn(
  items: readonly Item[],
  at: number,
  taken: Set<number>,
): { verdict: Verdict; noun?: number | undefined } {
  const hyphen = hyphenated(items, at);
  if (hyphen !== undefined) return { verdict: hyphen, noun: at + 2 };
  const counted = countedBy(items, at);
  if (counted === undefined) {
    const noun = namedBefore(items, at, taken)?.at;
    return items[at]?.manner === 'single' ? { verdict: 'none' } : { verdict: withoutNoun(items, at, taken), noun };
  }
  taken.add(counted.at);
  return { verdict: byContext(items, at, counted), noun: counted.at };
}

/** A number of pictures among the items of a prompt. */
export interface Found {
  verdict: 'stated' | 'possible';
  /** Its index, and that of the noun for pictures that it goes with, where there is one. */
  at: number;
  noun: number | undefined;
}

/** Finds the numbers of pictures in a text that {@link fold} has been through. Linear in its length. */
export function findCounts(folded: string): { items: Item[]; found: Found[]; eastAsian: FoundInEastAsian[] } {
  const items = itemsOf(tokenize(folded, (word) => nounOf(word) !== undefined));
  const found: Found[] = [];
  const taken = new Set<number>();
  for (const [at, { kind }] of items.entries()) {
    if (kind !== 'number') continue;
    const { verdict, noun } = verdictOn(items, at, taken);
    if (verdict !== 'none') found.push({ verdict, at, noun });
  }
  return { items, found, eastAsian: findInEastAsian(folded) };
}

/** Reads the numbers of pictures in a prompt. Linear in its length. */
export function pictureCounts(prompt: string): PictureCounts {
  const { items, found, eastAsian } = findCounts(fold(plainText(prompt)));
  const counts: PictureCounts = { stated: [], possible: [] };
  for (const { verdict, at } of found) counts[verdict].push(...(items[at]?.values ?? []));
  for (const { verdict, values } of eastAsian) counts[verdict].push(...values);
  return counts;
}

/** The numbers that {@link pictureCounts} is sure of. */
export function statedNumbers(prompt: string): number[] {
  return pictureCounts(prompt).stated;
}
