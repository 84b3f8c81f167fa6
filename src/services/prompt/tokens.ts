/** A prompt as tokens: figures, words, Japanese characters and marks. Pure, one pass. */
import { nounOf } from './number-words.ts';
import { JA_FLAT, JA_NOUNS } from './context-words.ts';

export interface Token {
  kind: 'figure' | 'word' | 'japanese' | 'mark';
  text: string;
  /** No space stands before it. */
  glued: boolean;
  /** Of a figure: its value; `undefined` when it is no whole number (`3.5`). */
  value?: number | undefined;
}

const JAPANESE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー`;
const KANJI = '〇零一二三四五六七八九十百千';
const LEXER = new RegExp(
  [
    String.raw`(?<figure>[0-9]+(?:[.,][0-9]+)*)`,
    `(?<kanji>[${KANJI}]+)`,
    `(?<japanese>${[...JA_NOUNS, ...JA_FLAT].join('|')}|[${JAPANESE}])`,
    String.raw`(?<word>[[\p{L}\p{M}\p{N}]--[${JAPANESE}]]+)`,
    String.raw`(?<mark>\S)`,
  ].join('|'),
  'gv',
);

/**
 * Text as the tables spell it: compatibility forms (full-width, circled) as plain ones, lower case, no accents on
 * Latin letters, `ß` as `ss`.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\p{DI}]/gu, '')
    .replaceAll('ß', 'ss')
    .normalize('NFC');
}

/** `五`, `十五`, `二十`, `一〇` as numbers. */
function kanjiValue(text: string): number {
  if (!/[十百千]/u.test(text)) {
    return Number(Array.from(text, (digit) => Math.max(0, KANJI.indexOf(digit) - 1)).join(''));
  }
  let total = 0;
  let digit = 0;
  for (const character of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[character];
    if (unit === undefined) digit = Math.max(0, KANJI.indexOf(character) - 1);
    else {
      total += Math.max(digit, 1) * unit;
      digit = 0;
    }
  }
  return total + digit;
}

/** `1000`, `1,000` and `1.000`; no value for decimals and lists (`3.5`, `1,2,3`). */
function figureValue(text: string): number | undefined {
  if (/^[0-9]+$/u.test(text)) return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
  if (/^[0-9]{1,3}(?:[.,][0-9]{3})+$/u.test(text)) return figureValue(text.replace(/[.,]/gu, ''));
  return undefined;
}

/**
 * The tokens of a text that {@link fold} has been through. Letters on a figure make it a word (`4k`, `3d`, `1980s`,
 * `5x7`), except a lone `x` (`5x images`) and a noun for images (`5images`).
 */
export function tokenize(folded: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of folded.matchAll(LEXER)) {
    const { figure, kanji, japanese, word } = match.groups ?? {};
    const [text] = match;
    const glued = match.index === end;
    end = match.index + text.length;
    const before = tokens.at(-1);
    if (figure !== undefined) tokens.push({ kind: 'figure', text, glued, value: figureValue(text) });
    else if (kanji !== undefined) tokens.push({ kind: 'figure', text, glued, value: kanjiValue(text) });
    else if (japanese !== undefined) tokens.push({ kind: 'japanese', text, glued });
    else if (word === undefined) tokens.push({ kind: 'mark', text, glued });
    else if (glued && before?.kind === 'figure' && /[0-9]$/u.test(before.text)) {
      if (text === 'x') end = match.index + 1;
      else if (nounOf(text) !== undefined) tokens.push({ kind: 'word', text, glued });
      else tokens.splice(-1, 1, { kind: 'word', text: before.text + text, glued: before.glued });
    } else tokens.push({ kind: 'word', text, glued });
  }
  return tokens;
}
