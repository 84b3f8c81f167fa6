/** Breaks a text into lines, in languages without spaces too. */

/** A part of a text that a line may end after, and how wide it is, in parts of its font's size. */
export interface Piece {
  text: string;
  width: number;
}

const SPACED = /\s$/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** What no line begins with: closing signs, and the particles and endings that belong to the word before. */
const FOLLOWS = /^(?:[\s\p{Pe}\p{Pf}\p{Po}ー々]|\p{Script=Hiragana}{1,2}$)/u;
/** What no line ends with. */
const OPENS = /[\p{Ps}\p{Pi}]$/u;

function mayBreak(before: string, after: string): boolean {
  if (FOLLOWS.test(after) || OPENS.test(before)) return false;
  return SPACED.test(before) || UNSPACED.test(before.slice(-1)) || UNSPACED.test(after.slice(0, 1));
}

function split(text: string, granularity: 'word' | 'grapheme'): string[] {
  return [...new Intl.Segmenter('ja', { granularity }).segment(text)].map(({ segment }) => segment);
}

/** Where lines may end, told by how wide each part is; what is wider than `widest` by itself is cut. */
export function piecesOf(text: string, widthOf: (text: string) => number, widest: number): Piece[] {
  const pieces: string[] = [];
  for (const word of split(text, 'word')) {
    const before = pieces.at(-1);
    if (before === undefined || mayBreak(before, word)) pieces.push(word);
    else pieces[pieces.length - 1] = before + word;
  }
  return pieces.flatMap((piece) => {
    const width = widthOf(piece);
    if (width <= widest) return { text: piece, width };
    return split(piece, 'grapheme').map((letter) => ({ text: letter, width: widthOf(letter) }));
  });
}

/** Fills lines of a width one after another. */
export function breakLines(pieces: readonly Piece[], width: number): string[] {
  const lines: Piece[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (line === undefined || line.width + piece.width > width) lines.push({ ...piece });
    else lines[lines.length - 1] = { text: line.text + piece.text, width: line.width + piece.width };
  }
  return lines.map(({ text }) => text.trim());
}

/** The first lines, so many at most; what is left out becomes an ellipsis, which the last one has room for. */
export function cutLines(lines: readonly string[], most: number, fits: (line: string) => boolean): string[] {
  if (lines.length <= most) return [...lines];
  let last = `${lines[most - 1] ?? ''}…`;
  while (!fits(last) && last.length > 1) last = `${split(last, 'grapheme').slice(0, -2).join('').trimEnd()}…`;
  return [...lines.slice(0, most - 1), last];
}
