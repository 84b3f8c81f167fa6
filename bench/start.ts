/** Start and idle: from the process's start to ready, and what it holds then, beside the bare bot. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mebibytes, spread, table } from './format-numbers.ts';
import {
  startBareBot,
  startBareBotTypeScript,
  startBot,
  startBotByItsFile,
  type MeasuredProcess,
} from './measured-process.ts';
import { createLoadGenerator, TOKENS } from './load-generator.ts';
import { startRunComfy } from './runcomfy.ts';

/** How long it is left alone before its memory is read (milliseconds). */
const IDLE = 3000;

interface Start {
  wallMs: number;
  cpuMs: number;
  /** Resident bytes, as they come and after a collection. */
  rss: number;
  collected: number;
}

async function observe(starting: Promise<MeasuredProcess>): Promise<Start> {
  await using started = await starting;
  const { cpuMs } = await started.measure();
  await new Promise((resolve) => setTimeout(resolve, IDLE));
  const { rss } = await started.measure();
  const { rss: collected } = await started.measure({ collect: true });
  return { wallMs: started.readyMs, cpuMs, rss, collected };
}

async function compare(guilds: number, runs: number): Promise<string> {
  await using load = await createLoadGenerator({ guilds });
  await using runcomfy = await startRunComfy({ token: TOKENS.runcomfy, pictures: 'plain' });
  const folder = mkdtempSync(join(tmpdir(), 'seedream-bench-'));
  const environment = { DISCORD_TOKEN: TOKENS.discord, DISCORD_API_URL: load.discord.apiUrl };
  // A bot that was started before has read its model's page, and finds it in its store.
  const settings = {
    ...environment,
    RUNCOMFY_TOKEN: TOKENS.runcomfy,
    RUNCOMFY_MODEL_API_BASE: runcomfy.url,
    STORE_URL: `sqlite://${folder}/store.sqlite`,
  };
  try {
    const [floor, floorTyped, own, ownTyped]: [Start[], Start[], Start[], Start[]] = [[], [], [], []];
    // The first of each finds cold files, and the commands not registered.
    await observe(startBareBot(environment));
    await observe(startBot(settings));
    for (let run = 0; run < runs; run += 1) {
      floor.push(await observe(startBareBot(environment)));
      floorTyped.push(await observe(startBareBotTypeScript(environment)));
      own.push(await observe(startBot(settings)));
      ownTyped.push(await observe(startBotByItsFile(settings)));
    }
    const columns = (starts: Start[]) => [
      spread(starts.map(({ wallMs }) => wallMs)),
      spread(starts.map(({ cpuMs }) => cpuMs)),
      spread(starts.map(({ rss }) => mebibytes(rss))),
      spread(starts.map(({ collected }) => mebibytes(collected))),
    ];
    const ratios = (starts: Start[], to: Start[]) =>
      (['wallMs', 'cpuMs', 'rss', 'collected'] as const).map((key) => {
        const each = starts.map((one, run) => one[key] / (to[run]?.[key] ?? Number.NaN));
        return spread(each, 2);
      });
    return table([
      [`${guilds} guilds`, 'ready, ms', 'CPU ms', 'idle MiB', 'collected MiB'],
      ['bare bot', ...columns(floor)],
      ['bare bot behind a .ts file', ...columns(floorTyped)],
      ['bot, npm start', ...columns(own)],
      ['bot, node src/index.ts', ...columns(ownTyped)],
      ['npm start to bare (promise: 1.3)', ...ratios(own, floor)],
      ['node src/index.ts to bare', ...ratios(ownTyped, floor)],
      ['node src/index.ts to bare .ts', ...ratios(ownTyped, floorTyped)],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the tables, over `runs` runs. */
export async function start({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  const few = await compare(1, runs);
  return small ? few : `${few}\n\n${await compare(2500, runs)}`;
}
