/** The process: settings, signals, exit codes, what is opened for the bot and closed after it. */
import { Status } from 'discord.js';
import { ConfigError, loadConfig, type Config } from '../config.ts';
import { systemClock as clock } from '../services/clock.ts';
import { createBotRest, keepSwept, restOptions } from '../services/discord/rest.ts';
import { createLog, type Log } from '../services/log.ts';
import { noMonitoring, type Monitoring } from '../services/monitoring/monitoring.ts';
import { createDownloads } from '../services/pictures/download.ts';
import { createRunComfyHttp } from '../services/runcomfy/runcomfy.ts';
import { openStorage } from '../services/storage/open.ts';
import { StoreError, type Storage } from '../services/storage/storage.ts';
import { createClient, login, watchGateway } from './gateway.ts';
import { createBot } from './wiring.ts';

/** Calls by the bot's token stand under Discord's global 50 a second; the rest of the client makes a few of them too. */
const BOT_CALLS_PER_SECOND = 45;

/** A stop takes at most this long (milliseconds): container runtimes kill after 10 s. */
const STOP_WITHIN = 9000;

/** How long of that jobs have to end what they are at (milliseconds). */
const STEPS_WITHIN = STOP_WITHIN - 2000;

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** The password in the store's address, where it has one. */
function storePassword({ store }: Config): string[] {
  const password = store.kind === 'redis' ? decodeURIComponent(new URL(store.url).password) : '';
  return password === '' ? [] : [password];
}

async function openOrExit(config: Config, log: Log): Promise<OpenStorage> {
  try {
    return await openStorage({ location: config.store, retention: config.retention, clock, log });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.fatal({ err: error }, error.message);
    process.exit(1);
  }
}

/** Loaded when it is asked for: a bot without pages starts without it. */
async function startMonitoring({ http, pricePerImageUsd, limits }: Config, log: Log): Promise<Monitoring> {
  if (http === undefined) return noMonitoring;
  const { createMonitoring } = await import('../services/monitoring/metrics-on.ts');
  return createMonitoring({ port: http.port, pricePerImageUsd, ceiling: limits.totalMonthlyImages, clock, log });
}

const config = readConfig();
const secrets = [config.discord.token, config.runcomfy.token, ...storePassword(config)];
const log = createLog({ level: config.logLevel, secrets });
process.on('unhandledRejection', (error) => {
  log.error({ err: error }, 'a rejection nobody handled');
});

const monitoring = await startMonitoring(config, log);
const storage = await openOrExit(config, log);
const { token, apiUrl: api } = config.discord;
// The callbacks and edits by an interaction's token are exempt from Discord's global limit, which discord.js does not know.
// Who makes them tries again: only there it is known whether the first try may have been taken.
const client = createClient(config, restOptions({ api, perSecond: 1_000_000, retries: 0 }));
keepSwept(client.rest, clock);
const botRest = createBotRest({ api, perSecond: BOT_CALLS_PER_SECOND, retries: 3, token, clock });
const runComfyHttp = createRunComfyHttp({ ...config.runcomfy, clock });
const downloads = createDownloads({ allowed: config.runcomfy.assetHosts, clock });

const bot = createBot({
  config,
  ports: {
    storage,
    client,
    acknowledgements: client.rest,
    rest: client.rest,
    botRest,
    runComfyHttp,
    downloads,
    monitoring,
    clock,
    random: Math.random,
    log,
  },
});

let stopping = false;

/** Lets what is under way end, keeps the rest for the next start, and ends the process. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  clock.setTimeout(() => process.exit(0), STOP_WITHIN);
  await bot.stop(STEPS_WITHIN);
  await client.destroy();
  await Promise.allSettled([runComfyHttp.close(), downloads.close()]);
  await storage.close();
  log.info('stopped');
  process.exit(0);
}

/** Opens the pages of `HTTP_PORT`, or ends the process where that port cannot be had. */
async function openPages(): Promise<void> {
  const shards = () => client.ws.shards.map(({ id, status }) => ({ id, status: Status[status] }));
  try {
    await monitoring.openPages({ ...bot.sources, shards, stopping: () => stopping });
  } catch (error) {
    log.fatal(
      { err: error },
      `HTTP_PORT ${config.http?.port ?? ''} cannot be opened: let another program go, or choose another port.`,
    );
    process.exit(1);
  }
}

// More than once: under npm a Ctrl+C arrives twice, and the second must not cut the first one's stop short.
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
hearTime(client, (at) => {
  storage.hearTime(at);
});
// Everything of a job's is written down and everything of a member's is caught where it is handled: what is left is
// a client library's trouble with one event, not a reason to stop for all.
process.on('uncaughtException', (error) => {
  log.error({ err: error }, 'an exception nobody caught');
});
await openPages();
bot.start();
if (!(await login(client, token, { clock, log }))) {
  log.fatal('Discord does not accept DISCORD_TOKEN: copy it anew from your application, Bot, Reset Token.');
  process.exit(1);
}
