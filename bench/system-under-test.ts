/** The system under test: the bot between its stand-ins, to be measured. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunComfyOptions } from '../playground/runcomfy/stand-in.ts';
import { startBot, type MeasuredProcess } from './measured-process.ts';
import { startRunComfy, type RunComfyProcess } from './runcomfy.ts';
import type { ShapedNetwork } from './shaped-network.ts';
import { createLoadGenerator, NO_LIMITS, TOKENS, type LoadGenerator } from './load-generator.ts';

export interface SystemUnderTest extends AsyncDisposable {
  load: LoadGenerator;
  runcomfy: RunComfyProcess;
  bot: MeasuredProcess;
  /** The folder of its database. */
  folder: string;
  /** The environment the bot was started with. */
  environment: Record<string, string>;
}

/**
 * Starts the stand-ins and the bot, which has no limits worth the name.
 *
 * @param network - lies between the bot and Discord's REST, and between the bot and the pictures, where it is given.
 */
export async function createSystemUnderTest({
  guilds = 50,
  rateLimits = true,
  runcomfy: options = {},
  environment: more = {},
  network,
}: {
  guilds?: number;
  rateLimits?: boolean;
  runcomfy?: Partial<RunComfyOptions>;
  environment?: Record<string, string>;
  network?: ShapedNetwork | undefined;
} = {}): Promise<SystemUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-bench-'));
  const ends = new AsyncDisposableStack();
  ends.defer(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    const load = ends.use(await createLoadGenerator({ guilds, rateLimits }));
    const toDiscord = await network?.open();
    const toPictures = await network?.open();
    const runcomfy = ends.use(
      await startRunComfy({
        token: TOKENS.runcomfy,
        pictures: 'plain',
        workers: 1_000_000,
        balanceUsd: 1e9,
        ...(toPictures && { assetBase: toPictures.origin }),
        ...options,
      }),
    );
    await toPictures?.leadTo(runcomfy.assetOrigin);
    const environment = {
      DISCORD_TOKEN: TOKENS.discord,
      DISCORD_API_URL: (await toDiscord?.leadTo(load.discord.apiUrl)) ?? load.discord.apiUrl,
      RUNCOMFY_TOKEN: TOKENS.runcomfy,
      RUNCOMFY_MODEL_API_BASE: runcomfy.url,
      RUNCOMFY_ASSET_HOSTS: toPictures?.origin ?? runcomfy.assetOrigin,
      STORE_URL: `sqlite://${folder}/store.sqlite`,
      ...NO_LIMITS,
      ...more,
    };
    const bot = ends.use(await startBot(environment));
    await load.discord.until(() => load.discord.commands().length > 0, 30_000);
    return { load, runcomfy, bot, folder, environment, [Symbol.asyncDispose]: () => ends.disposeAsync() };
  } catch (error) {
    await ends.disposeAsync();
    throw error;
  }
}

/** Looks again every 50 ms whether it is so. @throws Error (rejects) when it is not within `withinMs`. */
export async function until(what: string, so: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await so())) {
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
