/** The words on a picture: its number, the prompt, its seed and size. They stand where no gallery crops them. */
import { px } from '../frame.ts';
import type { Picture } from '../picture.ts';
import { breakLines, cutLines, piecesOf } from './lines.ts';
import { safeArea } from './safe-area.ts';
import { BOLD, drawableText, escapeXml, PLAIN, widthOf } from './typeface.ts';

/** Lengths in parts of the safe area's shorter side. The prompt's letters are as large as they fit. */
const MARGIN = 0.05;
const PROMPT = [0.078, 0.07, 0.062, 0.054];
const NUMBER = 0.056;
const FACTS = 0.032;

/** How much of the safe area's height the words take at most: pictures to start from lie above. */
const SHARE = 0.55;

/** From one line to the next, and how far letters reach below theirs, in parts of their size. */
const LEADING = 1.25;
const DESCENT = 0.3;

/** Characters of a prompt that are looked at: more are never shown. */
const CHARACTERS = 160;

const bold = (text: string): number => widthOf(text, BOLD);

/** The prompt in lines, in the largest letters in which all of it fits. */
function fitPrompt(prompt: string, { width, height }: { width: number; height: number }, unit: number) {
  const text = drawableText(Array.from(prompt).slice(0, CHARACTERS).join(''));
  if (text === '') return { size: 0, lines: [] };
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

/** The words as SVG elements, and the shade that they stand on. */
export function drawCaption({ prompt, seed, number, of, width, height }: Picture): { shade: string; words: string } {
  const safe = safeArea({ width, height });
  const unit = Math.min(safe.width, safe.height);
  const room = safe.width - 2 * MARGIN * unit;
  const middle = width / 2;
  const foot = safe.top + safe.height - MARGIN * unit;

  const facts = `Playground picture  ·  seed ${seed}  ·  ${width} × ${height}`;
  const factsSize = Math.min(FACTS * unit, room / widthOf(facts, PLAIN));
  const factsAt = foot - DESCENT * factsSize;
  const numberSize = NUMBER * unit;
  const badge = { text: `${number} / ${of}`, height: 1.7 * numberSize };
  const badgeWidth = (bold(badge.text) + 1.2) * numberSize;

  const below = FACTS * unit * 2;
  const above = badge.height + MARGIN * unit * 0.8;
  const left = SHARE * safe.height - MARGIN * unit - below - above;
  const { size, lines } = fitPrompt(prompt, { width: room, height: left }, unit);
  const promptTop = foot - below - lines.length * size * LEADING;
  const badgeTop = promptTop - above;

  const text = (line: string, y: number, fontSize: number, look: string): string =>
    `<text x="${px(middle)}" y="${px(y)}" text-anchor="middle" font-size="${px(fontSize)}" fill="#fff" ${look}>${escapeXml(line)}</text>`;
  const shadeTop = badgeTop - unit * 0.16;
  const full = (foot - size - shadeTop) / (height - shadeTop);
  return {
    shade: `<linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="${(full / 2).toFixed(3)}" stop-color="#000" stop-opacity=".4"/><stop offset="${full.toFixed(3)}" stop-color="#000" stop-opacity=".6"/><stop offset="1" stop-color="#000" stop-opacity=".66"/></linearGradient>
<rect y="${px(shadeTop)}" width="${width}" height="${px(height - shadeTop)}" fill="url(#shade)"/>`,
    words: [
      `<rect x="${px(middle - badgeWidth / 2)}" y="${px(badgeTop)}" width="${px(badgeWidth)}" height="${px(badge.height)}" rx="${px(badge.height / 2)}" fill="#000" fill-opacity=".42"/>`,
      text(badge.text, badgeTop + badge.height / 2 + numberSize * 0.36, numberSize, BOLD),
      ...lines.map((line, index) => text(line, promptTop + (index * LEADING + 0.95) * size, size, BOLD)),
      text(facts, factsAt, factsSize, `${PLAIN} fill-opacity=".8"`),
    ].join('\n'),
  };
}
