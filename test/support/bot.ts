/** The real bot for a test: its own process, `src/index.ts`, pointed at the stand-ins by its environment alone. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDiscordStandIn,
  type DiscordStandIn,
  type DiscordStandInOptions,
} from '../../playground/discord/stand-in.ts';
import {
  createRunComfyStandIn,
  type RunComfyOptions,
  type RunComfyStandIn,
} from '../../playground/runcomfy/stand-in.ts';
import { endWithTests } from './child-processes.ts';

const INDEX = new URL('../../src/index.ts', import.meta.url).pathname;
const COMPILE_CACHE = new URL('../../src/compile-cache.mjs', import.meta.url).href;
const END_WITH_PARENT = new URL('end-with-parent.mjs', import.meta.url).href;

/** Limits that a test does not mean to meet, as environment. */
export const ROOMY = {
  LIMIT_GUILD_DAILY_IMAGES: '100000',
  LIMIT_GUILD_MONTHLY_IMAGES: '100000',
  LIMIT_USER_DAILY_IMAGES: '100000',
  LIMIT_GUILD_ACTIVE_JOBS: '10000',
  LIMIT_USER_ACTIVE_JOBS: '10000',
};

export interface Bot {
  process: ChildProcess;
  /** Everything it wrote so far. */
  output(): string;
  /** Resolves once a line of its output holds this text. */
  wrote(text: string): Promise<void>;
  /** Ends it, with SIGTERM unless said otherwise; resolves with its exit code, `null` after a signal. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Resolves with its exit code when it ends by itself. */
  exited: Promise<number | null>;
}

/** Starts the bot with this environment and nothing else of ours. */
export function spawnBot(environment: Record<string, string>): Bot {
  const child = spawn(process.execPath, ['--import', COMPILE_CACHE, '--import', END_WITH_PARENT, INDEX], {
    env: { PATH: process.env['PATH'], ...environment },
    // The last is there only to be cut when the tests end, whatever ends them.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  endWithTests(child);
  let output = '';
  const waiting = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const exited = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code);
      for (const look of waiting) look();
    });
  });
  return {
    process: child,
    output: () => output,
    wrote(text) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (output.includes(text)) resolve();
          else if (child.exitCode !== null) reject(new Error(`The bot ended without writing "${text}":\n${output}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      });
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return exited;
    },
    exited,
  };
}

export interface Stage extends AsyncDisposable {
  discord: DiscordStandIn;
  runcomfy: RunComfyStandIn;
  /** The bot that runs now. */
  bot: Bot;
  /** The environment it was started with. */
  environment: Record<string, string>;
  /** Starts it (again) on the same store; resolves when it is ready and its commands are registered. */
  start(environment?: Record<string, string>): Promise<Bot>;
}

/** Both stand-ins, and the bot ready between them. Everything ends with the stage. */
export async function createStage({
  discord: discordOptions = {},
  runcomfy: runcomfyOptions = {},
  environment: more = {},
}: {
  discord?: Partial<DiscordStandInOptions>;
  runcomfy?: Partial<RunComfyOptions>;
  environment?: Record<string, string>;
} = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-'));
  const discord = await createDiscordStandIn({ token: 'discord-test-token', ...discordOptions });
  const runcomfy = await createRunComfyStandIn({ token: 'runcomfy-test-token', pictures: 'plain', ...runcomfyOptions });
  const environment = {
    DISCORD_TOKEN: 'discord-test-token',
    DISCORD_API_URL: discord.apiUrl,
    RUNCOMFY_TOKEN: 'runcomfy-test-token',
    RUNCOMFY_MODEL_API_BASE: runcomfy.url,
    RUNCOMFY_ASSET_HOSTS: runcomfy.assetOrigin,
    STORE_URL: process.env['TEST_STORE_URL'] ?? `sqlite://${folder}/store.sqlite`,
    LOG_LEVEL: 'debug',
    ...more,
  };

  async function start(other: Record<string, string> = {}): Promise<Bot> {
    const bot = spawnBot({ ...environment, ...other });
    stage.bot = bot;
    await bot.wrote('"msg":"ready"');
    await discord.until(() => discord.commands().length > 0);
    return bot;
  }

  const stage: Stage = {
    discord,
    runcomfy,
    bot: spawnBot(environment),
    environment,
    start,
    async [Symbol.asyncDispose]() {
      await stage.bot.stop('SIGKILL');
      await Promise.all([discord.close(), runcomfy.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await stage.bot.wrote('"msg":"ready"');
    await discord.until(() => discord.commands().length > 0);
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
  return stage;
}
