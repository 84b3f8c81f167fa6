/** Draws one chart, as SVG by echarts and from that as PNG by resvg: the process that usage-chart.ts starts. */
import { json } from 'node:stream/consumers';
import { renderAsync } from '@resvg/resvg-js';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { FONT_FAMILY, fontFiles } from './font.ts';
import { chartSchema, dayLabel, type Chart } from './chart.ts';

/** Logical size, and the width of the file in pixels: Discord shows it about 500 wide, on dense screens twice that. */
const WIDTH = 720;
const HEIGHT = 380;
const FILE_WIDTH = 2 * WIDTH;
/** What is left for the labels beside the bars. */
const LEGEND = 196;

/** A dark card with light text: it stands out on Discord's light theme and sits quietly in the dark one. */
const CARD = '#1f2125';
const TEXT = '#e6e8ec';
const LINES = '#3d4149';
/** After Okabe and Ito's colours, which colour-blind people tell apart, lightened for the dark card. */
const COLOURS = ['#56b4e9', '#e69f00', '#2bc48a', '#f0e442', '#e07bb0', '#ef7d4f', '#9aa5ff', '#b9d98b'];
const OTHERS = '#80848e';

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

function drawSvg({ days, series, locale }: Chart): string {
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

const svg = drawSvg(chartSchema.parse(await json(process.stdin)));
const image = await renderAsync(svg, {
  fitTo: { mode: 'width', value: FILE_WIDTH },
  font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT_FAMILY },
});
process.stdout.write(image.asPng());
