/** The playground: both stand-ins, and the bot between them on a store of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBotProcess, type BotProcess } from './bot-process.ts';
import { writeDurations } from './durations.ts';
import { createDiscordStandIn, type DiscordStandIn } from '../discord/stand-in.ts';
import { createOtherCustomers, type OtherCustomers } from './other-customers.ts';
import { createRunComfyStandIn, DURATIONS, type RunComfyStandIn } from '../runcomfy/stand-in.ts';

/** Settings of the bot that may be tried in the playground: `LIMIT_USER_DAILY_IMAGES=5 npm run playground`. */
const PASSED_ON =
  /^(?:LIMIT_|RUNCOMFY_MODELS$|PRICE_PER_IMAGE_USD$|REFERENCES$|JOB_DEADLINE_MINUTES$|RETENTION_DAYS$|LOG_LEVEL$)/;

/** The models that `/seedream` offers where nothing else is set: one that makes sets, and one that makes single pictures, so that a gallery fills. */
export const MODELS = 'bytedance/seedream-4-0/sequential,bytedance/seedream-5/lite/text-to-image';

/** How many times faster than the real model jobs run, so that a gallery of four takes about a quarter of a minute. */
const SPEED = 5;

/** The real model's own times, less spread out than they are: who tries the bot should not have to wait for the slowest of twenty. */
const STEADY = { ...DURATIONS, spread: 0.15 };

/** Jobs of other customers before a new one. */
const JOBS_AHEAD = 1;

/** Until the bot must have registered its commands (milliseconds). */
const READY_WITHIN = 30_000;

export interface Playground {
  readonly discord: DiscordStandIn;
  readonly runcomfy: RunComfyStandIn;
  readonly customers: OtherCustomers;
  readonly bot: BotProcess;
  /** Ends everything and removes the store. */
  close(): Promise<void>;
}

/**
 * Starts everything; resolves when the bot's commands are registered.
 *
 * @param environment - further settings of the bot
 * @param createBot - how the bot is built, to be started: as a process, unless said otherwise
 * @throws Error that says why the bot did not start
 */
export async function createPlayground({
  speed = SPEED,
  jobsAhead = JOBS_AHEAD,
  pictures = 'drawn',
  environment = {},
  createBot = createBotProcess,
}: {
  speed?: number;
  jobsAhead?: number;
  pictures?: 'drawn' | 'plain';
  environment?: Record<string, string>;
  createBot?: typeof createBotProcess;
} = {}): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-playground-'));
  const token = () => randomBytes(24).toString('base64url');
  const discord = await createDiscordStandIn({ token: token() });
  // Who hosts a bot is mostly the admin of a server of theirs, and sees what both see.
  discord.promote(discord.members.host, ['ManageGuild', 'ManageMessages']);
  const runcomfyToken = token();
  const runcomfy = await createRunComfyStandIn({
    token: runcomfyToken,
    speed,
    workers: 1,
    durations: STEADY,
    pictures,
  });
  const customers = createOtherCustomers(runcomfy);
  const bot = createBot({
    environment: {
      RUNCOMFY_MODELS: MODELS,
      ...Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => passedOn(name, value))),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      RUNCOMFY_TOKEN: runcomfyToken,
      RUNCOMFY_MODEL_API_BASE: runcomfy.url,
      RUNCOMFY_ASSET_HOSTS: runcomfy.assetOrigin,
      TMPDIR: folder,
      STORE_URL: `sqlite://${folder}/store.sqlite`,
      ...environment,
    },
  });

  // A bot that was killed a moment ago may still write a file of its store meanwhile.
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  // However this process ends, nothing is left; the bot has a listener of its own, before this one, that kills it.
  process.once('exit', remove);

  async function close(): Promise<void> {
    customers.keepAhead(0);
    await bot.stop();
    await Promise.all([discord.close(), runcomfy.close()]);
    remove();
    process.removeListener('exit', remove);
  }

  try {
    await writeDurations({ path: `${folder}/store.sqlite`, durations: STEADY, speed, jobsAhead });
    customers.keepAhead(jobsAhead);
    await startBot({ discord, bot });
  } catch (error) {
    await close();
    throw error;
  }
  return { discord, runcomfy, customers, bot, close };
}

function passedOn(name: string, value: string | undefined): [string, string][] {
  return value !== undefined && PASSED_ON.test(name) ? [[name, value]] : [];
}

/** Starts the bot; resolves when its commands are registered, rejects with what it said if it ends before. */
async function startBot({ discord, bot }: { discord: DiscordStandIn; bot: BotProcess }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  bot.on(({ running }) => {
    if (!running) reject(new Error(`The bot ended at its start. Its last words:\n${bot.lines.join('\n')}`));
  });
  const stopListening = discord.on(() => {
    if (discord.commands().length > 0) resolve(undefined);
  });
  const timer = setTimeout(() => {
    reject(new Error(`The bot did not register its commands within ${READY_WITHIN / 1000} s.`));
  }, READY_WITHIN);
  try {
    bot.start();
    await promise;
  } finally {
    // Whatever still waited would keep this process from its end.
    clearTimeout(timer);
    stopListening();
  }
}
