/** No growth: many jobs one after another; what the bot holds after each tenth of them, and what its store keeps. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatNumber, mebibytes, table } from './format-numbers.ts';
import type { Measured } from './measured-process.ts';
import { createSystemUnderTest, until } from './system-under-test.ts';
import { isDelivered } from './load-generator.ts';

const JOBS = 2000;
const JOBS_LONG = 20_000;
const WAVE = 200;
/** One wave in so many has pictures: the stand-in keeps every message's files. */
const PICTURED = 10;

/** discord.js's queues and the connections of a wave are gone by then (milliseconds). */
const REST = 65_000;

function storeBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** @returns the table. */
export async function endurance({ small, long }: { small: boolean; long: boolean }): Promise<string> {
  const jobs = small ? 400 : long ? JOBS_LONG : JOBS;
  await using system = await createSystemUnderTest({
    runcomfy: { durations: { baseMs: 1500, perImageMs: 0, standardFactor: 1, spread: 0.3 } },
  });
  const { load, bot, runcomfy, folder } = system;
  const rows = [['jobs', 'heap MiB', 'buffers MiB', 'RSS MiB', 'timers', 'sockets', 'others', 'store MiB']];
  const note = (done: number, { heapUsed, external, rss, resources }: Measured) => {
    const { Timeout: timers = 0, TCPSocketWrap: sockets = 0, TLSWrap: secure = 0, ...others } = resources;
    const rest = Object.values(others).reduce((sum, count) => sum + count, 0);
    const bytes = [heapUsed, external, rss].map((size) => formatNumber(mebibytes(size), 1));
    const counts = [timers, sockets + secure, rest].map(String);
    rows.push([String(done), ...bytes, ...counts, formatNumber(mebibytes(storeBytes(folder)), 1)]);
  };
  const every = Math.max(WAVE, jobs / 5);
  for (let done = 0; done < jobs;) {
    const pictured = (done / WAVE) % PICTURED === 0;
    await runcomfy.ask({ conditions: pictured ? { withheld: 0, videos: 0 } : { withheld: 3, videos: 1 } });
    const sent = load.burst(WAVE, { count: 3 });
    await until('a wave is delivered', () => sent.every(isDelivered), 120_000);
    done += WAVE;
    if (done % every !== 0) continue;
    await new Promise((resolve) => setTimeout(resolve, small ? 2000 : REST));
    note(done, await bot.measure({ collect: true }));
  }
  return table(rows);
}
