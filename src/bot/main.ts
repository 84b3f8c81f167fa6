/** The process: settings, signals, exit codes, what is opened for the bot and closed after it. */
import { Status } from 'discord.js';
import { botIdOf, ConfigError, environmentWarnings, loadConfig, type Config } from '../config.ts';
import { systemClock as clock } from '../services/clock.ts';
import { withDeadline } from '../services/deadline.ts';
import { createLog, type Log } from '../services/log.ts';
import { noMonitoring, type Monitoring } from '../services/monitoring/monitoring.ts';
import { openStorage, type OpenStorage } from '../services/storage/open.ts';
import { StoreError } from '../services/storage/storage.ts';
import { connectBot } from './connect.ts';
import { exitNow, killAfter, threadsWork } from './exit.ts';
import { createStandardOutput } from './log-output.ts';

/**
 * A stop takes at most this long (milliseconds): container runtimes kill after 10 s. Then it is cut short, and a little later
 * killed, should the main thread itself hang.
 */
const STOP_WITHIN = 9000;
const KILL_AFTER = STOP_WITHIN + 500;

/** How long of that jobs have to end what they are at (milliseconds). */
const STEPS_WITHIN = STOP_WITHIN - 2000;

/** How long the last lines of the log may take, and connections to be closed (milliseconds). */
const WRITTEN_WITHIN = 500;
const CLOSED_WITHIN = 1000;

/** How often threads at work are looked at before the end (milliseconds). */
const THREADS_EVERY = 20;

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
    const { store: location, retention, discord } = config;
    return await openStorage({ location, retention, application: botIdOf(discord.token), clock, log });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.fatal({ err: error }, error.message);
    return end(1);
  }
}

/** Loaded when it is asked for: a bot without pages starts without it. */
async function startMonitoring({ http, limits }: Config, log: Log): Promise<Monitoring> {
  if (http === undefined) return noMonitoring;
  const { createMonitoring } = await import('../services/monitoring/metrics-on.ts');
  return createMonitoring({ port: http.port, ceiling: limits.totalMonthlyImages, clock, log });
}

const config = readConfig();
const secrets = [config.discord.token, config.runcomfy.token, ...storePassword(config)];
const log = createLog({ level: config.logLevel, secrets, output: await createStandardOutput(clock) });
for (const warning of environmentWarnings()) log.warn(warning);
process.on('unhandledRejection', (error) => {
  log.error({ err: error }, 'a rejection nobody handled');
});
// Nobody knows what an exception that was caught nowhere has left half done. Everything of a job's is written down: a new
// process goes on from there.
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'an exception nobody caught: the process ends, and the next one goes on from the records');
  void end(1);
});

const monitoring = await startMonitoring(config, log);
const storage = await openOrExit(config, log);
let stopping = false;

const { bot, client, login, close } = connectBot({
  config,
  storage,
  monitoring,
  clock,
  log,
  ended() {
    if (!stopping) void end(1);
  },
});

/** Ends the process once the log's last lines are written and no thread is at work, or soon all the same. */
async function end(code: number): Promise<never> {
  const until = clock.monotonic() + WRITTEN_WITHIN;
  const written = new Promise<void>((resolve) => {
    log.flush(() => {
      resolve();
    });
  });
  await withDeadline(clock, WRITTEN_WITHIN, () => written).catch(() => undefined);
  // The write that has just ended may still count as work.
  while (threadsWork() && clock.monotonic() < until) await clock.sleep(THREADS_EVERY);
  return exitNow(code);
}

/** Lets what is under way end, keeps the rest for the next start, and ends the process. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  killAfter(KILL_AFTER);
  const began = clock.monotonic();
  clock.setTimeout(() => {
    exitNow(0);
  }, STOP_WITHIN);
  await bot.stop(STEPS_WITHIN);
  const closed = withDeadline(clock, CLOSED_WITHIN, close).catch(() => undefined);
  await Promise.allSettled([storage.close(), closed]);
  log.info('stopped');
  while (threadsWork() && clock.monotonic() - began < STOP_WITHIN) await clock.sleep(THREADS_EVERY);
  await end(0);
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
    await end(1);
  }
}

// More than once: under npm a Ctrl+C arrives twice, and the second must not cut the first one's stop short.
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
const refusal = await bot.prepare();
if (refusal !== undefined) {
  log.fatal(refusal);
  await end(1);
}
await openPages();
bot.start();
if (!(await login())) {
  log.fatal('Discord does not accept DISCORD_TOKEN: copy it anew from your application, Bot, Reset Token.');
  await end(1);
}
