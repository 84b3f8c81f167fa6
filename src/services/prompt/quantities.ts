/** Tokens with their numbers read: `twenty-five`, `two dozen`, `2 or 3`, `x4`, and the figures that only measure. Pure. */
import {
  ARTICLES,
  COLLECTIVES,
  HALF,
  MULTIPLIERS,
  ONLY_WITH_OF,
  SINGLE,
  numberWord,
  type Language,
} from './number-words.ts';
import * as words from './context-words.ts';
import { nounOf } from './picture-nouns.ts';
import type { Token } from './tokens.ts';

/** A token, or the tokens that are one number or one measure. */
export interface Item {
  kind: 'number' | 'measure' | 'word' | 'mark';
  text: string;
  glued: boolean;
  capital: boolean;
  /** Of a number: its value, and after it those it stands in a range or a sum with. Empty for what is no number. */
  values: number[];
  /** Of number words; `undefined` for figures, which go with every language. */
  languages: Language[] | undefined;
  /** `single` is one of a singular noun, `collective` may have `of` after it, `times` is `x4`. */
  manner: 'plain' | 'single' | 'collective' | 'times';
  /** Where it begins in the text, and ends. */
  from: number;
  to: number;
}

interface Reading extends Pick<Item, 'values' | 'languages' | 'manner'> {
  /** Index of the first token after it. */
  end: number;
}

const shares = (some: Language[], others: Language[]): boolean => some.some((language) => others.includes(language));

/** `1000`, `1 000`, `1,000` and `1.000`; `undefined` for decimals and lists (`3.5`, `1,2,3`). */
function figureValue(text: string): number | undefined {
  if (!/^(?:[0-9]+|[0-9]{1,3}(?:[., ][0-9]{3})+)$/u.test(text)) return undefined;
  return Math.min(Number(text.replace(/[., ]/gu, '')), Number.MAX_SAFE_INTEGER);
}

function readFigure(tokens: readonly Token[], at: number): Reading | undefined {
  const token = tokens[at];
  if (token?.kind !== 'figure') return undefined;
  let value = figureValue(token.text);
  const sign = tokens[at - 1];
  const negative = token.glued && words.MINUS.has(sign?.text ?? '') && !(at > 1 && sign?.glued === true);
  if (value !== undefined && negative && tokens[at - 2]?.kind !== 'figure') value = -value;
  return { values: value === undefined ? [] : [value], languages: undefined, manner: 'plain', end: at + 1 };
}

/** One number in words, with its parts taken together: `twenty-five`, `two dozen`, `half a dozen`. */
function readWords(tokens: readonly Token[], at: number): Reading | undefined {
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const first = numberWord(textAt(at));
  if (first === undefined) return undefined;
  let { value, languages } = first;
  let end = at + 1;
  for (;;) {
    const within = words.WITHIN.has(textAt(end)) ? 1 : 0;
    const text = textAt(end + within);
    const next = numberWord(text);
    if (next === undefined || !shares(languages, next.languages)) break;
    if (within === 0 && MULTIPLIERS.has(text)) value *= next.value;
    else if (next.value > 0 && ((value % 10 === 0 && next.value < 10) || (value % 100 === 0 && next.value < 100))) {
      if (value === 0) break;
      value += next.value;
    } else break;
    languages = languages.filter((language) => next.languages.includes(language));
    end += within + 1;
  }
  const collective = COLLECTIVES.has(textAt(end - 1));
  if (ONLY_WITH_OF.has(textAt(end - 1)) && !words.OF.has(textAt(end))) return undefined;
  const before = words.HYPHENS.has(textAt(at - 1)) || textAt(at - 1) === 'a' ? at - 2 : at - 1;
  if (value === 12 && collective && HALF.has(textAt(before))) value = 6;
  return { values: [value], languages, manner: collective ? 'collective' : 'plain', end };
}

/** `x4`, `x 4`, `×4`. */
function readTimes(tokens: readonly Token[], at: number): Reading | undefined {
  const { text = '', kind } = tokens[at] ?? {};
  const [, glued] = /^x([0-9]{1,4})$/u.exec(text) ?? [];
  const apart =
    kind !== 'figure' && /^[x×]$/u.test(text) && tokens[at + 1]?.kind === 'figure' ? tokens[at + 1]?.text : '';
  const value = figureValue(glued ?? apart ?? '');
  if (value === undefined) return undefined;
  return { values: [value], languages: undefined, manner: 'times', end: at + (glued === undefined ? 2 : 1) };
}

function readNumber(tokens: readonly Token[], at: number): Reading | undefined {
  const number = readFigure(tokens, at) ?? readWords(tokens, at) ?? readTimes(tokens, at);
  if (number !== undefined) return number;
  const languages = SINGLE.get(tokens[at]?.text ?? '');
  return languages && { values: [1], languages, manner: 'single', end: at + 1 };
}

/** Where a measure ends that a number begins: `35 mm`, `two-tone`, `5 by 7`; `undefined` where it counts something. */
function measureEnd(tokens: readonly Token[], { end, values, manner }: Reading, at: number): number | undefined {
  const [next, after] = [tokens[end], tokens[end + 1]];
  const figure = tokens[at]?.kind === 'figure';
  if (figure && (values.length === 0 || (tokens[at]?.glued && words.LABEL_MARKS.has(tokens[at - 1]?.text ?? '')))) {
    return end;
  }
  if (next === undefined || manner === 'single') return undefined;
  if (words.UNITS.has(next.text)) return end + 1;
  if (figure && next.text === 'by' && after?.kind === 'figure') return end + 2;
  const hyphenated = words.HYPHENS.has(next.text) && next.glued && after?.glued === true && after.kind === 'word';
  return hyphenated && nounOf(after.text) === undefined ? end + 2 : undefined;
}

/** A number, or numbers joined to a range; the one next to the noun comes first. */
function readRange(tokens: readonly Token[], at: number): Reading | undefined {
  const reading = readNumber(tokens, at);
  if (reading === undefined || reading.manner === 'single') return reading;
  while (words.RANGE.has(tokens[reading.end]?.text ?? '')) {
    const next = readNumber(tokens, reading.end + 1);
    if (next === undefined || next.manner === 'single' || measureEnd(tokens, next, reading.end + 1) !== undefined)
      break;
    reading.values.unshift(...next.values);
    ({ languages: reading.languages, end: reading.end } = next);
  }
  return reading;
}

/** The items of tokens, in their order. */
export function itemsOf(tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length;) {
    const { text, glued, capital, kind, from, to } = tokens[at] as Token;
    const plain = { text, glued, capital, from, to, values: [], languages: undefined, manner: 'plain' as const };
    const reading = readRange(tokens, at);
    const article = reading?.end === at + 1 && ARTICLES.has(text);
    const measured = reading && measureEnd(tokens, reading, at);
    let end = at + 1;
    if (measured !== undefined) {
      items.push({ ...plain, kind: 'measure' });
      end = measured;
    } else if (reading !== undefined && !article) {
      items.push({ ...plain, ...reading, kind: 'number' });
      ({ end } = reading);
      // `5x images`, `5 × images`; `three (3) images`
      if (kind === 'figure' && /^[x×]$/u.test(tokens[end]?.text ?? '')) end += 1;
      if (tokens[end]?.text === '(' && readNumber(tokens, end + 1)?.values[0] === reading.values[0]) end += 3;
    } else items.push({ ...plain, kind: kind === 'figure' ? 'measure' : kind });
    const last = items.at(-1) as Item;
    last.to = tokens[end - 1]?.to ?? last.to;
    at = end;
  }
  return items;
}
