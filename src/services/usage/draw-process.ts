/** Draws one chart as PNG: the process that chart.ts starts. */
import { json } from 'node:stream/consumers';
import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js';
import { chartSvg } from './chart-svg.ts';
import { chartSchema } from './chart-data.ts';
import { FONT_FAMILY, fontFiles } from './font.ts';

/** The file's width in pixels: Discord shows it about 500 wide, on dense screens twice that. */
const FILE_WIDTH = 1440;

const options: ResvgRenderOptions = {
  fitTo: { mode: 'width', value: FILE_WIDTH },
  font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT_FAMILY },
};
const chart = chartSchema.parse(await json(process.stdin));
const svg = chartSvg(chart, (text) => new Resvg(text, options).getBBox()?.width ?? 0);
process.stdout.write(new Resvg(svg, options).render().asPng());
