/** The chart of a guild's images by day and member: drawn as SVG by echarts, made a PNG by resvg. */
import { FONT_FAMILY, fontFiles } from './font.ts';
import { plainText } from './plain-text.ts';

/** Logical size, and the width of the file in pixels: Discord shows it about 500 wide, on dense screens twice that. */
const WIDTH = 720;
const HEIGHT = 380;
const FILE_WIDTH = 2 * WIDTH;
/** What is left for the labels beside the bars. */
const LEGEND = 196;

/** The longest label that fits beside the chart, in characters. */
const LABEL_MAX = 16;

/** A dark card with light text: it stands out on Discord's light theme and sits quietly in the dark one. */
const CARD = '#1f2125';
const TEXT = '#e6e8ec';
const LINES = '#3d4149';
/** After Okabe and Ito's colours, which colour-blind people tell apart, lightened for the dark card. */
const COLOURS = ['#56b4e9', '#e69f00', '#2bc48a', '#f0e442', '#e07bb0', '#ef7d4f', '#9aa5ff', '#b9d98b'];
const OTHERS = '#80848e';

/** The most members that have a colour of their own. */
export const MEMBERS_SHOWN = COLOURS.length;

/**
 * What the bundled subsets of Inter draw: Latin with its accents, Greek, Cyrillic, and some signs. By the character maps
 * of its files.
 */
const DRAWN =
  /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u0148\u014A-\u01C3\u01C5-\u024F\u0384-\u038A\u038C\u038E-\u03A1\u03A3-\u03CE\u0400-\u045F\u0490\u0491\u1E00-\u1E9B\u1E9E-\u1EFF\u2013\u2014\u2018-\u201A\u201C-\u201E\u2022\u2026\u20AC\u2122]+$/u;

const LETTER = /[\p{L}\p{N}]/u;

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name as the chart can show it: fancy letters as plain ones, without emoji and whatever else the font lacks.
 *
 * @returns `undefined` for one whose letters can't be drawn.
 */
export function drawableName(name: string): string | undefined {
  const graphemes = [...GRAPHEMES.segment(plainText(name.normalize('NFKC')))].map(({ segment }) => segment);
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

export interface ChartSeries {
  /** What {@link drawableName} gave, or another text that the font can draw. */
  label: string;
  perDay: number[];
  /** Everyone who has no colour of their own. */
  others: boolean;
}

/**
 * Draws the chart. The first call takes longer, as it loads the renderers.
 *
 * @param days - the UTC days (`2026-11-23`) that the series run over.
 * @returns a PNG.
 */
export async function drawUsageChart({
  days,
  series,
  locale,
}: {
  days: readonly string[];
  series: readonly ChartSeries[];
  locale: string;
}): Promise<Buffer> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const svg = await drawSvg({ days, series, locale });
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: FILE_WIDTH },
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT_FAMILY },
  });
  return image.asPng();
}

async function drawSvg({
  days,
  series,
  locale,
}: {
  days: readonly string[];
  series: readonly ChartSeries[];
  locale: string;
}): Promise<string> {
  const [{ init, use }, { BarChart }, { GridComponent, LegendComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  use([BarChart, GridComponent, LegendComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const text = { color: TEXT, fontFamily: FONT_FAMILY, fontSize: 15 };
  try {
    chart.setOption({
      animation: false,
      backgroundColor: CARD,
      grid: { left: 48, right: LEGEND, top: 24, bottom: 40 },
      legend: {
        orient: 'vertical',
        left: WIDTH - LEGEND + 20,
        top: 20,
        itemGap: 14,
        itemWidth: 16,
        itemHeight: 16,
        selectedMode: false,
        textStyle: { ...text, width: LEGEND - 72, overflow: 'truncate', ellipsis: '…' },
        // A series is named by its place, as two members may share a name.
        formatter: (place: string) => series[Number(place)]?.label ?? '',
      },
      xAxis: {
        type: 'category',
        data: days.map((day) => dayLabel(day, locale)),
        axisLabel: {
          ...text,
          interval: (index: number) => (days.length - 1 - index) % 7 === 0,
          hideOverlap: true,
        },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: LINES } },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: LINES } } },
      series: series.map(({ perDay, others }, place) => ({
        name: String(place),
        type: 'bar',
        stack: 'images',
        data: perDay,
        barCategoryGap: '25%',
        itemStyle: { color: others ? OTHERS : COLOURS[place % COLOURS.length], borderColor: CARD, borderWidth: 0.5 },
      })),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
