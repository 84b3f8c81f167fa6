/** Pictures that are pleasant to look at: a landscape, with the prompt and the picture's number on it. */
import { renderAsync } from '@resvg/resvg-js';
import sharp from 'sharp';
import { FONT_FAMILY, FONT_FAMILY_BOLD, fontFiles } from '../../../src/services/usage/chart.ts';
import { chooseScene, drawLandscape } from './draw-landscape.ts';
import { choosePalette } from './palettes.ts';
import type { Picture } from './picture.ts';
import { createRandom, seedOf } from '../random.ts';
import { px } from './frame.ts';

/** Lines of the prompt that are shown. */
const LINES_MAX = 3;
/** Mean width of a letter of the font, in parts of its size. */
const LETTER_WIDTH = 0.58;

function escapeXml(text: string): string {
  // XML has no place for most control characters, however they are written.
  const printable = text.replace(/\p{Cc}/gu, ' ').toWellFormed();
  return printable.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Breaks text into at most {@link LINES_MAX} lines of about `letters` letters; what is left out becomes an ellipsis. */
function breakLines(text: string, letters: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/).flatMap((long) => long.match(new RegExp(`.{1,${letters}}`, 'gu')) ?? [])) {
    const line = lines.at(-1) ?? '';
    if (line === '' || line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`.trim();
    else lines.push(word);
  }
  if (lines.length <= LINES_MAX) return lines;
  const last = lines[LINES_MAX - 1] ?? '';
  return [...lines.slice(0, LINES_MAX - 1), `${last.slice(0, letters - 1).trimEnd()}…`];
}

/** The prompt at the foot, the number in a corner. */
function drawCaption({ prompt, seed, number, of, width, height }: Picture): string {
  const small = Math.min(width, height);
  const margin = small * 0.05;
  const size = small * 0.036;
  const lines = breakLines(prompt, Math.floor((width - 2 * margin) / (size * LETTER_WIDTH)));
  const foot = height - margin;
  const first = foot - size * 1.25 - (lines.length - 1) * size * 1.3;
  const shade = height - first + size * 5;
  const badge = `${number} / ${of}`;
  const badgeWidth = size * (1.3 + badge.length * LETTER_WIDTH);
  const text = lines.map((line, index) => {
    return `<text x="${px(margin)}" y="${px(first + index * size * 1.3)}" font-size="${px(size)}" font-family="${FONT_FAMILY_BOLD}" font-weight="600" fill="#fff">${escapeXml(line)}</text>`;
  });
  return `<linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".62"/></linearGradient>
<rect y="${px(height - shade)}" width="${width}" height="${px(shade)}" fill="url(#shade)"/>
<g font-family="${FONT_FAMILY}">${text.join('')}
<text x="${px(margin)}" y="${px(foot)}" font-size="${px(size * 0.58)}" fill="#fff" fill-opacity=".78">Playground picture  ·  seed ${seed}  ·  ${width} × ${height}</text>
<rect x="${px(width - margin - badgeWidth)}" y="${px(margin)}" width="${px(badgeWidth)}" height="${px(size * 1.8)}" rx="${px(size * 0.9)}" fill="#000" fill-opacity=".38"/>
<text x="${px(width - margin - badgeWidth / 2)}" y="${px(margin + size * 1.24)}" text-anchor="middle" font-size="${px(size)}" font-family="${FONT_FAMILY_BOLD}" font-weight="600" fill="#fff">${badge}</text></g>`;
}

/** The picture as an SVG document. */
function composeSvg(picture: Picture): string {
  const { prompt, seed, number, width, height } = picture;
  const series = createRandom(seed ^ seedOf(prompt));
  const scene = chooseScene(prompt, series);
  const palette = choosePalette(prompt, series(), number);
  const random = createRandom((seed ^ seedOf(prompt)) + number * 7919);
  const horizon = height * (scene === 'sea' ? 0.56 : 0.6);
  const light = { x: width * (0.2 + 0.6 * random()), y: horizon * (1 - 0.85 * palette.height) };
  const land = drawLandscape({ width, height, horizon, palette, random, light }, scene);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${land}${drawCaption(picture)}</svg>`;
}

/** Draws a picture and returns its JPEG. */
export async function drawPicture(picture: Picture): Promise<Buffer> {
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT_FAMILY };
  const { pixels, width, height } = await renderAsync(composeSvg(picture), { font });
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: 84 })
    .toBuffer();
}
