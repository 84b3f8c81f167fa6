/** Text that fits a terminal: what it takes of a line, and where its lines break. Pure. */

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * What takes two columns: East Asian wide and full-width characters, and pictures. Source: Unicode Standard Annex 11, the
 * values W and F. A picture that some terminals show in one column (`🖼`) counts as two, so that it never reaches too far.
 */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1B000}-\u{1B2FF}\u{1F000}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\uFE0F/u;

/** What takes none by itself. */
const WITHOUT_WIDTH = /^[\p{Mark}\p{Control}\p{Format}]+$/u;

function charactersOf(text: string): string[] {
  return Array.from(characters.segment(text), ({ segment }) => segment);
}

function widthOfCharacter(character: string): number {
  if (WITHOUT_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The columns that a line takes. */
export function widthOf(text: string): number {
  return charactersOf(text).reduce((sum, character) => sum + widthOfCharacter(character), 0);
}

/** A word in parts that fit a line each; most are one part. */
function parts(word: string, columns: number): string[] {
  if (widthOf(word) <= columns) return [word];
  const all: string[] = [];
  let part = '';
  for (const character of charactersOf(word)) {
    if (part !== '' && widthOf(part + character) > columns) {
      all.push(part);
      part = '';
    }
    part += character;
  }
  return [...all, part];
}

/** Words put on lines of so many columns with a space between them; a word alone that is longer is broken. */
export function wrapWords(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const part of words.flatMap((word) => parts(word, columns))) {
    const longer: string = line === undefined ? part : `${line} ${part}`;
    if (line !== undefined && widthOf(longer) > columns) {
      lines.push(line.trimEnd());
      line = part;
    } else {
      line = longer;
    }
  }
  return line === undefined ? lines : [...lines, line.trimEnd()];
}

/** A text's lines at so many columns; what a line begins with of spaces, the lines that it goes on in begin with, too. */
export function wrapText(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const words = line.slice(indent.length).split(' ');
    return wrapWords(words, Math.max(1, columns - indent.length)).map((each) => `${indent}${each}`.trimEnd());
  });
}
