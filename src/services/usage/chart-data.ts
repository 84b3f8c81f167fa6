/** What can stand in the chart of a guild's images by day and member. Pure. */
import { z } from 'zod';
import { plainText } from '../plain-text.ts';

/** The longest label that fits beside the chart, in characters. */
const LABEL_MAX = 16;

/** The most members that have a colour of their own. */
export const MEMBERS_SHOWN = 8;

/**
 * What the bundled subsets of Inter draw: Latin with its accents, Greek, Cyrillic, and some signs. By the character maps
 * of its files.
 */
const DRAWN =
  /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u0148\u014A-\u01C3\u01C5-\u024F\u0384-\u038A\u038C\u038E-\u03A1\u03A3-\u03CE\u0400-\u045F\u0490\u0491\u1E00-\u1E9B\u1E9E-\u1EFF\u2013\u2014\u2018-\u201A\u201C-\u201E\u2022\u2026\u20AC\u2122]+$/u;

const LETTER = /[\p{L}\p{N}]/u;

/**
 * A name as the chart can show it: fancy letters as plain ones, without emoji and whatever else the font lacks.
 *
 * @returns `undefined` for one whose letters can't be drawn.
 */
export function drawableName(name: string): string | undefined {
  // Made here, not as this file is loaded: that takes 10 ms, and few starts are asked for a chart.
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const graphemes = [...segmenter.segment(plainText(name.normalize('NFKC')))].map(({ segment }) => segment);
  const drawn = graphemes.filter((grapheme) => DRAWN.test(grapheme));
  // A name may lose its ornaments, but no letter: what was left would be another's name.
  if (graphemes.some((grapheme) => !DRAWN.test(grapheme) && LETTER.test(grapheme))) return undefined;
  const text = drawn.join('').replace(/ +/gu, ' ').trim();
  if (!LETTER.test(text)) return undefined;
  return text.length > LABEL_MAX ? `${text.slice(0, LABEL_MAX - 1).trimEnd()}…` : text;
}

/** A day (`2026-11-23`) as people of a language write it without its year, in what the font can draw. */
export function dayLabel(day: string, locale: string): string {
  const format = (month: 'short' | 'numeric') =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month, timeZone: 'UTC' }).format(new Date(day));
  const short = format('short');
  return DRAWN.test(short) ? short : format('numeric');
}

const seriesSchema = z.object({
  /** What {@link drawableName} gave, or another text that the font can draw. */
  label: z.string(),
  perDay: z.array(z.number()),
  /** Everyone who has no colour of their own. */
  others: z.boolean(),
});
export type ChartSeries = z.infer<typeof seriesSchema>;

export const chartSchema = z.object({
  /** The UTC days (`2026-11-23`) that the series run over. */
  days: z.array(z.string()),
  /** Stacked in this order, the first one lowest; at most {@link MEMBERS_SHOWN} and the others. */
  series: z.array(seriesSchema),
  locale: z.string(),
});
export type Chart = z.infer<typeof chartSchema>;
