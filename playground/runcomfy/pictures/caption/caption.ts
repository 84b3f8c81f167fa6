/** The words on a picture: its number, the prompt, its seed and size. They stand where no gallery crops them. */
import { px } from '../frame.ts';
import type { Picture } from '../picture.ts';
import { breakLines, cutLines, piecesOf } from './lines.ts';
import { safeArea } from './safe-area.ts';
import { BOLD, drawableText, escapeXml, PLAIN, widthOf } from './typeface.ts';

/** Parts of the safe area's shorter side. The prompt's letters are as large as they fit. */
const MARGIN = 0.05;
const PROMPT = [0.078, 0.07, 0.062, 0.054];
const NUMBER = 0.056;
/** The height of the ground that the number stands on, in parts of its size. */
const NUMBER_GROUND = 1.7;
const FACTS = 0.032;

/** How much of the safe area's height the words take at most: pictures to start from lie above. */
const SHARE = 0.55;

/** From one line to the next, and how far letters reach below theirs, in parts of their size. */
const LEADING = 1.25;
const DESCENT = 0.3;

/** Characters of a prompt that are looked at: more are never shown. */
const CHARACTERS = 160;

/** How a bot may word the number of pictures in, as a model of sets wants it named: the number stands on the picture already. */
const WORDED_NUMBER = /^Generate \d+ images?: /;

const bold = (text: string): number => widthOf(text, BOLD);

/** The prompt in lines, in the largest letters in which all of it fits. */
function fitPrompt(prompt: string, { width, height }: { width: number; height: number }, unit: number) {
  const all = Array.from(prompt.replace(WORDED_NUMBER, ''));
  const start = drawableText(all.slice(0, CHARACTERS).join(''));
  if (start === '') return { size: 0, lines: [] };
  const text = all.length > CHARACTERS ? `${start}…` : start;
  const smallest = Math.min(...PROMPT) * unit;
  const pieces = piecesOf(text, bold, width / Math.max(...PROMPT) / unit);
  const fitting = PROMPT.map((part) => {
    const size = part * unit;
    return { size, lines: breakLines(pieces, width / size) };
  }).find(({ size, lines }) => lines.length * size * LEADING <= height);
  if (fitting) return fitting;
  const most = Math.max(1, Math.floor(height / (smallest * LEADING)));
  const lines = breakLines(pieces, width / smallest);
  return { size: smallest, lines: cutLines(lines, most, (line) => bold(line) <= width / smallest) };
}

/** A line of text around a middle; lengths in pixels. */
function drawLine(line: string, { x, y, size }: { x: number; y: number; size: number }, look: string): string {
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="middle" font-size="${px(size)}" fill="#fff" ${look}>${escapeXml(line)}</text>`;
}

/** Which picture of how many, on a ground of its own. */
function drawNumber(text: string, { x, top, size }: { x: number; top: number; size: number }): string[] {
  const [width, height] = [(bold(text) + 1.2) * size, NUMBER_GROUND * size];
  return [
    `<rect x="${px(x - width / 2)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" rx="${px(height / 2)}" fill="#000" fill-opacity=".42"/>`,
    drawLine(text, { x, y: top + height / 2 + size * 0.36, size }, BOLD),
  ];
}

/** A shade from nothing at `top` to its full strength where the words are densest. */
function drawShade({ width, height }: Picture, top: number, full: number): string {
  const share = (full - top) / (height - top);
  const stop = (offset: number, opacity: number): string =>
    `<stop offset="${offset.toFixed(3)}" stop-color="#000" stop-opacity="${opacity}"/>`;
  const stops = [stop(0, 0), stop(share / 2, 0.4), stop(share, 0.6), stop(1, 0.66)].join('');
  return `<linearGradient id="shade" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient>
<rect y="${px(top)}" width="${width}" height="${px(height - top)}" fill="url(#shade)"/>`;
}

/** The words as SVG elements, and the shade that they stand on. */
export function drawCaption(picture: Picture): { shade: string; words: string } {
  const { prompt, seed, number, of, width, height } = picture;
  const safe = safeArea(picture);
  const unit = Math.min(safe.width, safe.height);
  const room = safe.width - 2 * MARGIN * unit;
  const x = width / 2;
  const foot = safe.top + safe.height - MARGIN * unit;

  const facts = `Playground picture  ·  seed ${seed}  ·  ${width} × ${height}`;
  const factsSize = Math.min(FACTS * unit, room / widthOf(facts, PLAIN));
  const numberSize = NUMBER * unit;
  const below = FACTS * unit * 2;
  // Of a model that makes one picture a request, each is the first of one.
  const above = of === 1 ? 0 : NUMBER_GROUND * numberSize + MARGIN * unit * 0.8;
  const left = SHARE * safe.height - MARGIN * unit - below - above;
  const { size, lines } = fitPrompt(prompt, { width: room, height: left }, unit);
  const promptTop = foot - below - lines.length * size * LEADING;
  const top = promptTop - above;
  return {
    shade: drawShade(picture, top - unit * 0.16, foot - size),
    words: [
      ...(of === 1 ? [] : drawNumber(`${number} / ${of}`, { x, top, size: numberSize })),
      ...lines.map((line, index) => drawLine(line, { x, y: promptTop + (index * LEADING + 0.95) * size, size }, BOLD)),
      drawLine(facts, { x, y: foot - DESCENT * factsSize, size: factsSize }, `${PLAIN} fill-opacity=".8"`),
    ].join('\n'),
  };
}
