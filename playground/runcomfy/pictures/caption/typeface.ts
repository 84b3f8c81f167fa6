/** The letters on pictures: Latin, Greek and Cyrillic ones from the bot's own font, Japanese ones from another. */
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { BoundedMap } from '../../../../src/services/bounded.ts';
import { FONT_FAMILY, FONT_FAMILY_BOLD, fontFiles, unpackFont } from '../../../../src/services/usage/chart.ts';

const require = createRequire(import.meta.url);
const JAPANESE = '@fontsource/biz-udpgothic/files/biz-udpgothic-japanese-700-normal.woff';

/** Attributes of an element whose text is drawn bold. */
export const BOLD = `font-family="${FONT_FAMILY_BOLD}" font-weight="600"`;

/** Attributes of an element whose text is not. */
export const PLAIN = `font-family="${FONT_FAMILY}"`;

let files: string[] | undefined;

/** What the renderer is told of fonts. */
export function typeface() {
  files ??= [...fontFiles(), unpackFont(require.resolve(JAPANESE))];
  return { loadSystemFonts: false, fontFiles: files, defaultFontFamily: FONT_FAMILY };
}

export function escapeXml(text: string): string {
  // XML has no place for most control characters, however they are written.
  const printable = text.replace(/\p{Cc}/gu, ' ').toWellFormed();
  return printable.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Large, as boxes are told to a tenth. */
const SIZE = 100;

function boxOf(text: string, look: string) {
  const element = `<text font-size="${SIZE}" ${look} xml:space="preserve">${escapeXml(text)}</text>`;
  return new Resvg(`<svg xmlns="http://www.w3.org/2000/svg">${element}</svg>`, { font: typeface() }).getBBox();
}

/** Measuring takes a millisecond, and most of what is measured comes again: on the job's next picture, in other prompts. */
const widths = new BoundedMap<string, number>(2000);

/** How wide a text stands, in parts of its font's size; spaces count wherever they are. */
export function widthOf(text: string, look: string): number {
  const key = `${look} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const [alone, between] = [boxOf('||', look)?.width ?? 0, boxOf(`|${text}|`, look)?.width ?? 0];
  widths.set(key, (between - alone) / SIZE);
  return (between - alone) / SIZE;
}

/** A character that no font has is drawn as the same box as this one, which no language has. */
const NOBODYS = '\u{10FFFD}';

/** Whether a font has a character, by characters that were asked for. */
const drawn = new BoundedMap<string, boolean>(2000);
let missing: string | undefined;

function shapeOf(character: string): string {
  const box = boxOf(character, BOLD);
  return box ? `${box.x} ${box.y} ${box.width} ${box.height}` : '';
}

function isDrawn(character: string): boolean {
  if (/^[ -~]$/.test(character)) return true;
  missing ??= shapeOf(NOBODYS);
  const has = drawn.get(character) ?? shapeOf(character) !== missing;
  drawn.set(character, has);
  return has;
}

/** What can be drawn of a text: it may lose its ornaments, but where a letter is missing it would be another, and nothing is. */
export function drawableText(text: string): string {
  const characters = Array.from(text.normalize('NFKC'));
  const isLetter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
  if (characters.some((character) => isLetter(character) && !isDrawn(character))) return '';
  return characters.filter(isDrawn).join('').replace(/\s+/gu, ' ').trim();
}
