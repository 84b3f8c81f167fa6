/** The chart of a guild's images by day and member, drawn out of the bot's way. */
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Chart } from './chart-data.ts';

export { dayLabel, drawableName, MEMBERS_SHOWN, type ChartSeries } from './chart-data.ts';
export type { Chart } from './chart-data.ts';
export { FONT_FAMILY, FONT_FAMILY_BOLD, fontFiles, unpackFont } from './font.ts';

/** How long a drawing may take, its process's start included (milliseconds), and how large it may be (bytes). */
const DRAWN_WITHIN = 20_000;
const PNG_MAX = 4 * 1024 * 1024;

const DRAWING = fileURLToPath(new URL('./draw-process.ts', import.meta.url));

/**
 * Draws the chart in a process of its own, which ends with it: the renderers take a second of a processor and 100 MB,
 * which nobody else shall wait for and the bot shall not keep.
 *
 * @returns a PNG.
 * @throws Error when it can't be drawn, or not in time.
 */
export function drawUsageChart(chart: Chart): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // Nothing else of the bot's environment, which holds its tokens.
  const options = { env: { TMPDIR: tmpdir() }, encoding: 'buffer', timeout: DRAWN_WITHIN, maxBuffer: PNG_MAX } as const;
  const child = execFile(process.execPath, [DRAWING], options, (error, png) => {
    if (error === null) resolve(png);
    else reject(new Error('The chart could not be drawn', { cause: error }));
  });
  // A process that could not start has told so by then.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(chart));
  return promise;
}
