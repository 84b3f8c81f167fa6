/** The real bot for a test, pointed at the stand-ins by its environment alone. */
import { rmSync } from 'node:fs';
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
import { startBotInTest } from './bot-in-test.ts';
import { spawnBot, type BotProcess } from './bot-process.ts';
import { createPassingClock, type PassingClock } from './clock/passing-clock.ts';
import type { Bot } from './running-bot.ts';
import { createStoreFolder } from './store-folder.ts';

export type { BotProcess } from './bot-process.ts';
export type { Bot } from './running-bot.ts';
export { spawnBot } from './bot-process.ts';

/** Where time is quick: how often so much of it passes besides (both in milliseconds). */
const QUICK_EVERY = 20;
const QUICK_BY = 180;

/**
 * A bot that is started again need not wait for its turn to identify, as Discord has it, for five seconds each time. That it does
 * and is ready in the end is shown in `test/bot/process.test.ts`.
 */
const IDENTIFY_AT_ONCE = { identifyWindowMs: 1 };

const PASSING_TIME = new URL('clock/passing-time.ts', import.meta.url).href;

/** Limits that a test does not mean to meet, as environment. */
export const ROOMY = {
  LIMIT_GUILD_DAILY_IMAGES: '100000',
  LIMIT_GUILD_MONTHLY_IMAGES: '100000',
  LIMIT_USER_DAILY_IMAGES: '100000',
  LIMIT_GUILD_ACTIVE_JOBS: '10000',
  LIMIT_USER_ACTIVE_JOBS: '10000',
};

export interface StageOptions {
  discord?: Partial<DiscordStandInOptions>;
  runcomfy?: Partial<RunComfyOptions>;
  environment?: Record<string, string>;
  /**
   * Whether time passes ten times as fast as the machine's, for the bot and for Discord: for tests that would wait for the bot's
   * next look most of the time. RunComfy keeps the machine's time, and so does all in the project `processes` and over Redis.
   */
  quick?: boolean;
}

export interface Stage<Running extends Bot = Bot> extends AsyncDisposable {
  discord: DiscordStandIn;
  runcomfy: RunComfyStandIn;
  /** The bot that runs now. */
  bot: Running;
  /** The environment it was started with. */
  environment: Record<string, string>;
  /** Starts it (again) on the same store; resolves when it is ready and its commands are registered. */
  start(environment?: Record<string, string>): Promise<Running>;
  /** The time as Discord has it, and the bot (milliseconds since the epoch). */
  now(): number;
  /** So much time (milliseconds) has passed, for the bot and for Discord: what is due by now happens. */
  pass(ms: number): Promise<void>;
}

export type ProcessStage = Stage<BotProcess>;

/** How a stage's bots are started, and told that time has passed. */
interface Starting<Running extends Bot> {
  /** @param ahead how much of the stage's time was passed (milliseconds). */
  launch: (environment: Record<string, string>, ahead: number) => Running;
  pass: (bot: Running, ms: number) => Promise<void>;
}

/** Both stand-ins, and the bot ready between them. Everything ends with the stage. */
async function createStageOf<Running extends Bot>(
  { launch, pass }: Starting<Running>,
  { discord: discordOptions = {}, runcomfy: runcomfyOptions = {}, environment: more = {}, quick = false }: StageOptions,
): Promise<Stage<Running>> {
  const folder = createStoreFolder();
  let hurry: NodeJS.Timeout | undefined;
  let ahead = 0;
  const now = () => (discordOptions.now ?? Date.now)() + ahead;
  const discord = await createDiscordStandIn({
    token: 'discord-test-token',
    ...IDENTIFY_AT_ONCE,
    ...discordOptions,
    now,
  });
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

  async function ready(bot: Running): Promise<void> {
    await bot.wrote('"msg":"ready"');
    await discord.until(() => discord.commands().length > 0);
  }

  const stage: Stage<Running> = {
    discord,
    runcomfy,
    bot: launch(environment, ahead),
    environment,
    now,
    async start(other = {}) {
      stage.bot = launch({ ...environment, ...other }, ahead);
      await ready(stage.bot);
      return stage.bot;
    },
    async pass(ms) {
      ahead += ms;
      await pass(stage.bot, ms);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(hurry);
      await stage.bot.end();
      await Promise.all([discord.close(), runcomfy.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await ready(stage.bot);
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
  // BullMQ goes by the machine's time.
  const isOverRedis = process.env['TEST_STORE_URL'] !== undefined;
  if (quick && !isOverRedis) hurry = setInterval(() => void stage.pass(QUICK_BY), QUICK_EVERY);
  return stage;
}

/**
 * The whole bot in the process of the test, over real sockets and a real file. It starts in a twentieth of what a process
 * takes, which is the same but for what `src/bot/main.ts` does: see `createProcessStage`. In the project `processes`, which
 * `.ci/run` runs as well, it is a process here too.
 */
export function createStage(options: StageOptions = {}): Promise<Stage> {
  if (process.env['BOT'] === 'process') return createProcessStage({ ...options, quick: false, timePasses: true });
  const clocks = new WeakMap<Bot, PassingClock>();
  const starting: Starting<Bot> = {
    launch(environment, ahead) {
      const clock = createPassingClock(ahead);
      const bot = startBotInTest(environment, clock);
      clocks.set(bot, clock);
      return bot;
    },
    pass(bot, ms) {
      clocks.get(bot)?.pass(ms);
      return Promise.resolve();
    },
  };
  return createStageOf(starting, options);
}

/**
 * The bot as a process of its own: for what is of a process, and for what is done to one: kills, signals, modules that are
 * loaded before it.
 *
 * @param timePasses whether the test will let time pass for it; else it has the machine's clock and nothing but that.
 * @param preloads those modules, by their addresses.
 */
export function createProcessStage({
  timePasses = false,
  preloads = [],
  ...options
}: StageOptions & { timePasses?: boolean; preloads?: readonly string[] } = {}): Promise<ProcessStage> {
  const starting: Starting<BotProcess> = {
    launch: (environment, ahead) =>
      timePasses
        ? spawnBot({ ...environment, TIME_AHEAD: String(ahead) }, [PASSING_TIME, ...preloads])
        : spawnBot(environment, preloads),
    pass: ({ process: child }, ms) => {
      if (!timePasses) throw new Error('This stage has the time of the machine');
      return new Promise((resolve) => {
        const done = () => {
          child.off('message', done).off('exit', done);
          resolve();
        };
        child.on('message', done).on('exit', done);
        // One that has just been killed hears nothing of it; its successor begins with that time passed.
        child.send({ pass: ms }, () => undefined);
      });
    },
  };
  return createStageOf(starting, options);
}
