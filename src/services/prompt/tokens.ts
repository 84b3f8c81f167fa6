/** A prompt as tokens: figures, measures, words and marks. Pure, one pass. */

export interface Token {
  kind: 'figure' | 'measure' | 'word' | 'mark';
  /** In lower case. */
  text: string;
  /** No space stands before it. */
  glued: boolean;
  /** Its first letter is a capital. */
  capital: boolean;
  /** Where it begins in the text, and ends. */
  from: number;
  to: number;
}

/** Characters that count from 1 upwards in a row without being digits: Ⅰ, ⅰ (to 12), ⓵, ❶, ➀, ➊ (to 10). */
const COUNTING = [0x2160, 0x2170, 0x24f5, 0x2776, 0x2780, 0x278a];

/** The value of a digit of any script (`٤`, `४`, `❹`), by its place in its row. */
function figureOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const first = COUNTING.find((start) => point >= start && point < start + (start < 0x2200 ? 12 : 10));
  if (first !== undefined) return String(point - first + 1);
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

/**
 * Text as the tables spell it, but for capitals: compatibility forms (full-width, circled, keycaps) as plain ones, digits of
 * all scripts as 0 to 9, no accents, no emoji, `ß` as `ss`.
 */
export function fold(text: string): string {
  return text
    .replaceAll('🔟', '10')
    .replace(/[\u2160-\u216b\u2170-\u217b\u24f5-\u24fe\u2776-\u2793]/gu, figureOf)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u20e3\p{DI}]/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, figureOf)
    .replace(/\p{ExtPict}|\p{RI}/gu, ' ')
    .replace(/ß/giu, 'ss')
    .normalize('NFC');
}

/** The words of a table, in the spelling of {@link fold} and in lower case. */
export function wordsOf(text: string): string[] {
  return fold(text).toLowerCase().split(/\s+/u).filter(Boolean);
}

/** `16:9`, `5 x 7`, `1/2`; then letters on a figure (`4k`, `35mm`, `1980s`, `5枚`), but a lone `x` (`5x images`). */
const MEASURE = String.raw`[0-9]+(?:[.,][0-9]+)?(?:(?:[x×:\/⁄*]| [x×:\/⁄] )[0-9]+(?:[.,][0-9]+)?)+\p{L}*`;
const ATTACHED = String.raw`(?:[x×](?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+)`;
const LEXER = new RegExp(
  [
    `(?<measure>${MEASURE})`,
    `(?<figure>[0-9]{1,3}(?: [0-9]{3})+(?![0-9\\p{L}])|[0-9]+(?:[.,][0-9]+)*)(?<attached>${ATTACHED})?`,
    String.raw`(?<word>[\p{L}\p{M}\p{N}]+)`,
    String.raw`(?<mark>\S)`,
  ].join('|'),
  'giu',
);

/**
 * The tokens of a text that {@link fold} has been through.
 *
 * @param isNoun - whether letters on a figure are a word of their own: `5images`.
 */
export function tokenize(folded: string, isNoun: (word: string) => boolean): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: text, index, groups = {} } of folded.matchAll(LEXER)) {
    const { measure, figure, attached, word } = groups;
    const glued = index === end;
    end = index;
    const push = (kind: Token['kind'], as: string, glued: boolean) => {
      const from = end;
      end += as.length;
      tokens.push({ kind, text: as.toLowerCase(), glued, capital: /^\p{Lu}/u.test(as), from, to: end });
    };
    if (measure !== undefined) push('measure', text, glued);
    else if (figure === undefined) push(word === undefined ? 'mark' : 'word', text, glued);
    else if (attached === undefined) push('figure', figure, glued);
    else if (/^[x×]$/iu.test(attached) || isNoun(attached.toLowerCase())) {
      push('figure', figure, glued);
      push(attached === '×' ? 'mark' : 'word', attached, true);
    } else push('measure', text, glued);
  }
  return tokens;
}
