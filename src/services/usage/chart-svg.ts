/** The chart of a guild's images by day and member as SVG: stacked bars, two axes, a legend. Pure. */
import { dayLabel, type Chart } from './chart-data.ts';
import { FONT_FAMILY } from './font.ts';

/** Logical size in pixels. */
const WIDTH = 720;
const HEIGHT = 380;

/** The field of the bars. Right of it is room for the names. */
const FIELD = { left: 48, right: WIDTH - 196, top: 24, bottom: HEIGHT - 40 };

/** How much of a day's place its bar takes. */
const BAR_SHARE = 0.75;

/** The legend: a patch of colour and a name a line. */
const LEGEND = { left: FIELD.right + 27, top: 27, line: 32, patch: 14, name: FIELD.right + 47, nameWidth: 132 };

/** A dark card with light text: it stands out on Discord's light theme and sits quietly in the dark one. */
const CARD = '#1f2125';
const TEXT = '#e6e8ec';
const LINES = '#3d4149';
/** After Okabe and Ito's colours, which colour-blind people tell apart, lightened for the dark card. */
const COLOURS = ['#56b4e9', '#e69f00', '#2bc48a', '#f0e442', '#e07bb0', '#ef7d4f', '#9aa5ff', '#b9d98b'];
const OTHERS = '#80848e';

const FONT_SIZE = 15;
/** From the middle of a line of text down to its baseline. */
const BASELINE = 5.5;

/** Lines across the field at most, above the one at 0. */
const LINES_MAX = 6;

/** Every seventh day is named, the last one always. */
const NAMED_DAYS = 7;

/** How wide a text is drawn, in pixels. */
export type TextWidth = (svg: string) => number;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

type Anchor = 'start' | 'middle' | 'end';

function textAt(x: number, y: number, text: string, anchor: Anchor = 'start'): string {
  return `<text x="${x}" y="${y + BASELINE}" text-anchor="${anchor}" fill="${TEXT}">${escaped(text)}</text>`;
}

function lineAcross(y: number): string {
  return `<path d="M${FIELD.left} ${y}H${FIELD.right}" stroke="${LINES}"/>`;
}

function drawing(parts: readonly string[]): string {
  const font = `font-family="${FONT_FAMILY}" font-size="${FONT_SIZE}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" ${font}>${parts.join('')}</svg>`;
}

/** The step between lines: 1, 2 or 5 times a power of ten, and whole, as images are. */
function stepFor(most: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(most / LINES_MAX)));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => Math.ceil(most / step) <= LINES_MAX) ?? most;
}

/** A name, cut where it is wider than its place. */
function nameThatFits(label: string, widthOf: TextWidth): string {
  const letters = Array.from(label);
  const cut = () => (letters.length === Array.from(label).length ? label : `${letters.join('').trimEnd()}…`);
  while (letters.length > 1 && widthOf(drawing([textAt(0, 0, cut())])) > LEGEND.nameWidth) letters.pop();
  return cut();
}

/** @param widthOf - measures a text that is drawn alone. */
export function chartSvg({ days, series, locale }: Chart, widthOf: TextWidth): string {
  const colours = series.map(({ others }, place) => (others ? OTHERS : (COLOURS[place % COLOURS.length] ?? OTHERS)));
  const totals = days.map((_, day) => series.reduce((sum, { perDay }) => sum + (perDay[day] ?? 0), 0));
  const step = stepFor(Math.max(1, ...totals));
  const lines = Math.ceil(Math.max(1, ...totals) / step);
  const y = (images: number) => FIELD.bottom - (images / (lines * step)) * (FIELD.bottom - FIELD.top);
  const place = (FIELD.right - FIELD.left) / days.length;
  const number = new Intl.NumberFormat('en-US');

  const axis = Array.from({ length: lines + 1 }, (_, index) => index * step).flatMap((images) => [
    lineAcross(y(images)),
    textAt(FIELD.left - 8, y(images), number.format(images), 'end'),
  ]);

  const bars = days.flatMap((day, index) => {
    const left = FIELD.left + (index + (1 - BAR_SHARE) / 2) * place;
    let below = 0;
    const parts = series.map(({ perDay }, of) => {
      const images = perDay[index] ?? 0;
      const top = y(below + images);
      const height = y(below) - top;
      below += images;
      const box = `x="${left}" y="${top}" width="${BAR_SHARE * place}" height="${height}"`;
      return images === 0 ? '' : `<rect ${box} fill="${colours[of]}" stroke="${CARD}" stroke-width="0.5"/>`;
    });
    const named = (days.length - 1 - index) % NAMED_DAYS === 0;
    return named
      ? [...parts, textAt(left + (BAR_SHARE * place) / 2, FIELD.bottom + 16, dayLabel(day, locale), 'middle')]
      : parts;
  });

  const legend = series.flatMap(({ label }, index) => {
    const top = LEGEND.top + index * LEGEND.line;
    const box = `x="${LEGEND.left}" y="${top}" width="${LEGEND.patch}" height="${LEGEND.patch}" rx="3"`;
    return [
      `<rect ${box} fill="${colours[index]}"/>`,
      textAt(LEGEND.name, top + LEGEND.patch / 2, nameThatFits(label, widthOf)),
    ];
  });

  return drawing([`<rect width="${WIDTH}" height="${HEIGHT}" fill="${CARD}"/>`, ...axis, ...bars, ...legend]);
}
