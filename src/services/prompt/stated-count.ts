/** Which number of images a prompt states: a number before images, pictures, photos. Pure. */
import { plainText } from '../plain-text.ts';
import {
  ARTICLES,
  COLLECTIVES,
  HALF,
  MULTIPLIERS,
  ONLY_WITH_OF,
  SINGLE,
  nounOf,
  numberWord,
  type Language,
  type Noun,
} from './number-words.ts';
import { fold, tokenize, type Token } from './tokens.ts';
import * as words from './context-words.ts';
import { statesInJapanese } from './stated-count-japanese.ts';

/** Most words between a number and its noun: `5 very beautiful high quality images`. */
const GAP_MAX_WORDS = 5;
/** Most tokens looked at for them, marks included: what keeps hostile text linear. */
const GAP_MAX_TOKENS = 20;

interface Quantity {
  /** The number next to the noun first, then those it stands in a range with. */
  values: number[];
  /** Of number words; `undefined` for figures, which go with every language. */
  languages: Language[] | undefined;
  /** `single` and its like: one, if the noun is singular. */
  single: boolean;
  /** Index of the first token after it. */
  end: number;
}

const textAt = (tokens: Token[], at: number): string => tokens[at]?.text ?? '';
const shares = (some: Language[] | undefined, others: Language[]): boolean =>
  some === undefined || some.some((language) => others.includes(language));

/** One number in figures, with `1 000` taken together and a minus read as one. */
function readFigure(tokens: Token[], at: number): Quantity | undefined {
  const token = tokens[at];
  if (token?.kind !== 'figure') return undefined;
  let end = at + 1;
  let { value } = token;
  while (/^[0-9]{3}$/u.test(textAt(tokens, end)) && tokens[end]?.glued === false && token.text.length <= 3) {
    value = Math.min((value ?? 0) * 1000 + Number(textAt(tokens, end)), Number.MAX_SAFE_INTEGER);
    end += 1;
  }
  const sign = tokens[at - 1];
  const negative = token.glued && sign !== undefined && words.MINUS.has(sign.text) && (at === 1 || !sign.glued);
  if (value !== undefined && negative && tokens[at - 2]?.kind !== 'figure') value = -value;
  return { values: value === undefined ? [] : [value], languages: undefined, single: false, end };
}

/** One number in words, with its parts taken together: `twenty-five`, `two dozen`, `half a dozen`. */
function readWords(tokens: Token[], at: number): Quantity | undefined {
  const first = numberWord(textAt(tokens, at));
  if (first === undefined) return undefined;
  let { value, languages } = first;
  let end = at + 1;
  for (;;) {
    const within = words.WITHIN.has(textAt(tokens, end)) ? 1 : 0;
    const text = textAt(tokens, end + within);
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
  const before = words.HYPHENS.has(textAt(tokens, at - 1)) || textAt(tokens, at - 1) === 'a' ? at - 2 : at - 1;
  if (value === 12 && COLLECTIVES.has(textAt(tokens, end - 1)) && HALF.has(textAt(tokens, before))) value = 6;
  return { values: [value], languages, single: false, end };
}

function readNumber(tokens: Token[], at: number): Quantity | undefined {
  const figure = readFigure(tokens, at) ?? readWords(tokens, at);
  if (figure !== undefined) return figure;
  const languages = SINGLE.get(textAt(tokens, at));
  return languages && { values: [1], languages, single: true, end: at + 1 };
}

/** A number, or numbers joined to a range. One that is a label, a measure or a bare article has no values. */
function readQuantity(tokens: Token[], at: number): Quantity | undefined {
  const quantity = readNumber(tokens, at);
  if (quantity === undefined) return undefined;
  const figure = tokens[at]?.kind === 'figure';
  const before = tokens[at - 1];
  const labelled =
    words.LABELS.has(before?.text === '.' ? textAt(tokens, at - 2) : (before?.text ?? '')) ||
    (figure && tokens[at]?.glued === true && words.LABEL_MARKS.has(before?.text ?? ''));
  let measured = labelled;
  for (;;) {
    const joiner = textAt(tokens, quantity.end);
    const range = words.RANGE.has(joiner);
    if (!range && !words.MEASURE.has(joiner)) break;
    const next = readNumber(tokens, quantity.end + 1);
    if (next === undefined || next.single) break;
    if (!range) measured = true;
    quantity.values.unshift(...next.values);
    quantity.languages = next.languages;
    quantity.end = next.end;
  }
  const article = quantity.end === at + 1 && ARTICLES.has(textAt(tokens, at));
  if (measured || article) quantity.values = [];
  return quantity;
}

/** Whether a noun's form goes with the number: `5 images`, `1 image`, and `5 image of a cat` as many write it. */
function agrees(noun: Noun, quantity: Quantity, tokens: Token[], at: number): boolean {
  if (quantity.single) return noun.form !== 'plural';
  if (noun.form !== 'singular' || quantity.values[0] === 1) return true;
  const next = tokens[at + 1];
  const year = (quantity.values[0] ?? 0) >= 1000;
  return at === quantity.end && !year && (next?.kind !== 'word' || words.STOPS.has(next.text));
}

/** `cats` in `3 cats take photos`, seen from a later noun: what the number counts, not what describes the noun. */
function countsSomethingElse(gap: string[], noun: Noun): boolean {
  if (gap.some((word) => shares(numberWord(word)?.languages ?? [], noun.languages))) return true;
  if (!noun.languages.includes('en')) return false;
  return gap.slice(0, -1).some((word) => /(?<![suia])s$/u.test(word) && !words.MODIFIERS.has(word));
}

const isVerbForm = (word: string): boolean => /.{2}(?:ing|ando|endo|iendo)$/u.test(word) && !words.MODIFIERS.has(word);

/** Whether the quantity counts images: finds the noun after it, over adjectives and nothing else. */
function countsImages(tokens: Token[], quantity: Quantity): boolean {
  const gap: string[] = [];
  let start = quantity.end;
  const collective = textAt(tokens, start - 1);
  if (COLLECTIVES.has(collective) && words.OF.has(textAt(tokens, start))) {
    start += words.APOSTROPHES.has(textAt(tokens, start + 1)) ? 2 : 1;
  } else if (ONLY_WITH_OF.has(collective)) return false;
  quantity = { ...quantity, end: start };
  for (let at = start; at < Math.min(tokens.length, start + GAP_MAX_TOKENS); at += 1) {
    const { kind, text, glued } = tokens[at] ?? { kind: 'mark', text: '', glued: false };
    const next = tokens[at + 1];
    const last = gap.at(-1);
    const described = last !== undefined && words.MODIFIERS.has(last);
    if (kind === 'mark') {
      if (words.WRAPS.has(text) && !(last !== undefined && glued && words.APOSTROPHES.has(text))) continue;
      if (text === ',' && described) continue;
      const compound = (words.HYPHENS.has(text) || text === '/') && glued && next?.glued === true;
      if (!compound) return false;
      if (last === undefined && nounOf(next.text)?.form !== 'plural') return false;
      continue;
    }
    if (kind === 'figure' && textAt(tokens, at - 1) === '(' && tokens[at]?.value === quantity.values[0]) continue;
    if (kind !== 'word') return false;
    if (text === 'x' && last === undefined) continue;
    const noun = nounOf(text);
    const partOfWord =
      next !== undefined && words.HYPHENS.has(next.text) && next.glued && tokens[at + 2]?.glued === true;
    if (noun !== undefined && !partOfWord && agrees(noun, quantity, tokens, at)) {
      return shares(quantity.languages, noun.languages) && !countsSomethingElse(gap, noun);
    }
    if (words.AND.has(text) && described) continue;
    if (words.STOPS.has(text) || isVerbForm(text)) return false;
    if (last === undefined && words.UNITS.has(text)) return false;
    if (gap.push(text) > GAP_MAX_WORDS) return false;
  }
  return false;
}

/**
 * The numbers of images that a prompt states, each once, in reading order (of a range the number next to the noun
 * comes first). Empty when it states none; what is refused, as 0, 100 or -3, is among them. Linear in the prompt's length.
 */
export function statedNumbers(prompt: string): number[] {
  const tokens = tokenize(fold(plainText(prompt)));
  const stated = new Set<number>();
  for (let at = 0; at < tokens.length;) {
    const quantity = readQuantity(tokens, at);
    if (quantity === undefined) {
      at += 1;
      continue;
    }
    const counts = countsImages(tokens, quantity) || statesInJapanese(tokens, at, quantity.end);
    if (counts) for (const value of quantity.values) stated.add(value);
    at = quantity.end;
  }
  return [...stated];
}
