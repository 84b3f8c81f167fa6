/** The bot: configuration, storage, services, client; start, resume, graceful stop. */
import { randomInt } from 'node:crypto';
import { Client, Events, Options, Status } from 'discord.js';
import { createAgainButton } from '../commands/buttons/again.ts';
import { createStartJob } from '../commands/start-job/start-job.ts';
import { createCancelButton } from '../commands/buttons/cancel.ts';
import { createDeliverButton } from '../commands/buttons/deliver.ts';
import { createEditButton, createEditForm } from '../commands/buttons/edit.ts';
import { createHelpCommand } from '../commands/help.ts';
import { createHistory } from '../commands/history.ts';
import { completeInteraction } from '../commands/interactions/complete-packet.ts';
import { createInteractions } from '../commands/interactions/dispatch.ts';
import { createLimitsCommand } from '../commands/limits.ts';
import { createMemberNames } from '../commands/member-names.ts';
import { createPrivacyButtons, createPrivacyCommand } from '../commands/privacy.ts';
import { createRecentUsage } from '../commands/usage-recent.ts';
import { registerCommands } from '../commands/interactions/registration.ts';
import { createRemoveButton } from '../commands/buttons/remove.ts';
import { createSeedButton } from '../commands/buttons/seed.ts';
import { createSeedreamCommand } from '../commands/seedream.ts';
import { createThreadChannels } from '../commands/interactions/thread-channels.ts';
import { createUsageCommand } from '../commands/usage.ts';
import { createWordsCommand } from '../commands/words.ts';
import { ConfigError, loadConfig, type Config } from '../config.ts';
import { translate } from '../languages/languages.ts';
import { createDownloads } from '../services/pictures/download.ts';
import { createAccountBreaker } from '../services/lifecycle/account-breaker.ts';
import { createAskCancel } from '../services/lifecycle/ask-cancel.ts';
import { createCeilingNotice } from '../services/host/ceiling-notice.ts';
import { systemClock as clock } from '../services/clock.ts';
import { createDelivery } from '../services/delivery/delivery.ts';
import { createBotRest, keepSwept, restOptions } from '../services/discord/rest.ts';
import { createErase } from '../services/history/erase.ts';
import { createGuildRules } from '../services/guild/rules.ts';
import { createGuildSettings } from '../services/guild/settings.ts';
import { createHost } from '../services/host/host.ts';
import { createJobRecords } from '../services/job/records.ts';
import { createJobSteps } from '../services/lifecycle/step.ts';
import { createJobs } from '../services/lifecycle/jobs.ts';
import { createLog, type Log } from '../services/log.ts';
import { noMonitoring } from '../services/monitoring/monitoring.ts';
import { createPolling } from '../services/polling/polling.ts';
import { createPromptHistory } from '../services/history/earlier-prompts.ts';
import { createReply } from '../services/discord/reply.ts';
import { createRunComfy } from '../services/runcomfy/runcomfy.ts';
import { SEED_MAX } from '../services/models/seedream.ts';
import { createSharedAccountBreaker } from '../services/lifecycle/account-breaker-shared.ts';
import { createHandover } from '../services/lifecycle/handover.ts';
import { openStorage } from '../services/storage/open.ts';
import { StoreError } from '../services/storage/store-error.ts';
import { createStatusMessage } from '../services/delivery/status.ts';

/** Calls by the bot's token stand under Discord's global 50 a second; the rest of the client makes a few of them too. */
const BOT_CALLS_PER_SECOND = 45;

/** A stop takes at most this long (milliseconds): container runtimes kill after 10 s. */
const STOP_WITHIN = 9000;

/** How often reservations without a job are looked for (milliseconds), and how old they must be. */
const RECLAIM_EVERY = 10 * 60_000;
const RECLAIM_AFTER = 2 * 60_000;

/** Until a login that failed is tried again (milliseconds). */
const LOGIN_AGAIN = 5000;

/** Until a store that failed at the start is asked again (milliseconds). */
const STORE_AGAIN = 2000;

/** Gateway close codes after which Discord wants no reconnect: the token, the shards or the intents are wrong. */
const FATAL_CLOSE_CODES = new Set([4004, 4010, 4011, 4012, 4013, 4014]);

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function openOrExit(config: Config, log: Log) {
  try {
    return await openStorage({ location: config.store, retention: config.retention, log });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.fatal({ err: error }, error.message);
    process.exit(1);
  }
}

/** Which shards this process holds, as discord.js wants it said: a count without ids would be overruled by 'auto'. */
function shardOptions({ count, ids }: Config['shards']) {
  if (count === 'auto') return { shards: 'auto' as const };
  return { shards: ids ?? Array.from({ length: count }, (_, id) => id), shardCount: count };
}

/** The password in the store's address, where it has one. */
function storePassword({ store }: Config): string[] {
  const password = store.kind === 'redis' ? decodeURIComponent(new URL(store.url).password) : '';
  return password === '' ? [] : [password];
}

const config = readConfig();
const secrets = [config.discord.token, config.runcomfy.token, ...storePassword(config)];
const log = createLog({ level: config.logLevel, secrets });
process.on('unhandledRejection', (error) => {
  log.error({ err: error }, 'a rejection nobody handled');
});

const ceiling = config.limits.totalMonthlyImages;
const monitoring =
  config.http === undefined
    ? noMonitoring
    : (await import('../services/monitoring/metrics-on.ts')).createMonitoring({
        ...config.http,
        pricePerImageUsd: config.pricePerImageUsd,
        ceiling,
        clock,
        log,
      });
const storage = await openOrExit(config, log);
const client = new Client({
  // An interaction needs no intent and no cache: what is used of it comes with it.
  intents: [],
  makeCache: Options.cacheWithLimits({ UserManager: 0, MessageManager: 0, GuildMemberManager: 0 }),
  ...shardOptions(config.shards),
  // The callbacks and edits made here are exempt from Discord's global limit, which discord.js does not know.
  // Who makes them tries again: only there it is known whether the first try may have been taken.
  rest: restOptions({ api: config.discord.apiUrl, perSecond: 1_000_000, retries: 0 }),
});
keepSwept(client.rest);
const botRest = createBotRest({
  api: config.discord.apiUrl,
  perSecond: BOT_CALLS_PER_SECOND,
  retries: 3,
  token: config.discord.token,
});
monitoring.rest(client.rest);
monitoring.rest(botRest);

const { scheduler, shared } = storage;
const store = monitoring.store(storage.store);
const ledger = monitoring.ledger(storage.ledger);
const api = monitoring.runComfy(createRunComfy({ base: config.runcomfy.base, token: config.runcomfy.token }));
const assets = createDownloads({ allowed: config.runcomfy.assetHosts });
const records = createJobRecords({ store, log, retention: config.retention, shared });
const breaker = shared ? createSharedAccountBreaker({ clock, store, log }) : createAccountBreaker({ clock });
const polling = await createPolling({ store, clock, random: Math.random, log, shared });
const reply = createReply({
  rest: client.rest,
  botRest,
  clock,
  log,
  elsewhere: (job) => translate(job.locale)('gallery.elsewhere', { channel: `<#${job.channelId}>` }),
  placeholder: (job) => translate(job.locale)('gallery.more'),
});
const statusMessage = createStatusMessage({
  reply,
  polling,
  pricePerImageUsd: config.pricePerImageUsd,
  clock,
  log,
  shared,
});
const delivery = createDelivery({ assets, reply, clock, log });
const askCancel = createAskCancel({ api, records, log });
const { happened } = monitoring;
const jobStep = createJobSteps({
  api,
  records,
  ledger,
  breaker,
  polling,
  delivery,
  statusMessage,
  askCancel,
  happened,
  clock,
  log,
});
const step = shared ? createHandover({ step: jobStep, store, records, polling, statusMessage, log }) : jobStep;
const jobs = createJobs({ records, ledger, askCancel, reply, scheduler, clock, log });
const host = createHost({ rest: botRest, clock, log });
const ceilingNotice = createCeilingNotice({ ceiling, ledger, store, rest: botRest, host, clock, log });
const settings = createGuildSettings({ store });
const rules = createGuildRules({ settings, hostLimits: config.limits });
const threadChannels = createThreadChannels();
const startJob = createStartJob({
  jobs,
  breaker,
  rules,
  started: (at) => void ceilingNotice.check(at),
  threadChannels,
  jobDeadline: config.jobDeadline,
  clock,
  randomSeed: () => randomInt(SEED_MAX + 1),
  log,
});
const promptHistory = createPromptHistory({ ledger, records, retention: config.retention, clock });
const { retention, pricePerImageUsd } = config;
const history = createHistory({ ledger, records, retention, pricePerImageUsd, clock, log });
const memberNames = createMemberNames({ rest: botRest, log });
const recentUsage = createRecentUsage({ ledger, memberNames, pricePerImageUsd, log });
const erase = createErase({ ledger, records, promptHistory, clock });
const commands = [
  createSeedreamCommand({ startJob, jobs, promptHistory, log }),
  createLimitsCommand({ settings, hostLimits: config.limits, ledger, host, clock, log }),
  createWordsCommand({ settings, host, clock, log }),
  createUsageCommand({ ledger, rules, recentUsage, pricePerImageUsd, clock, log }),
  history.command,
  createPrivacyCommand({ retention }),
  createHelpCommand(),
];
const buttons = [
  createCancelButton({ jobs, log }),
  createAgainButton({ jobs, startJob }),
  createEditButton({ jobs }),
  createSeedButton({ jobs }),
  createRemoveButton({ jobs, log }),
  createDeliverButton({ jobs, clock, log }),
  ...history.buttons,
  ...createPrivacyButtons({ erase, log }),
];
const forms = [createEditForm({ jobs, startJob })];
const interactions = createInteractions({ commands, buttons, forms, log });

async function login(): Promise<void> {
  for (;;) {
    try {
      await client.login(config.discord.token);
      return;
    } catch (error) {
      const code = (error as { code?: unknown; status?: unknown }).code;
      if (code === 'TokenInvalid' || (error as { status?: unknown }).status === 401) {
        log.fatal('Discord does not accept DISCORD_TOKEN: copy it anew from your application, Bot, Reset Token.');
        process.exit(1);
      }
      log.error({ err: error }, 'Discord could not be reached; trying again');
      await new Promise((resolve) => setTimeout(resolve, LOGIN_AGAIN));
    }
  }
}

async function register(applicationId: string): Promise<void> {
  try {
    await registerCommands({ rest: botRest, applicationId, commands, log });
  } catch (error) {
    log.error({ err: error }, 'the commands could not be registered; trying again');
    setTimeout(() => void register(applicationId), LOGIN_AGAIN).unref();
  }
}

/**
 * Has every job that is not done with go on, and gives back what was reserved before `startedAt` without a job. Without
 * the store nothing can begin, so it is waited for. Gives the number of jobs.
 */
async function resume(startedAt: number): Promise<number> {
  for (;;) {
    try {
      await settings.load();
      const resumed = await jobs.resume();
      await jobs.reclaim(startedAt);
      return resumed;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.error({ err: error }, 'the jobs could not be read; trying again');
      await new Promise((resolve) => setTimeout(resolve, STORE_AGAIN));
    }
  }
}

let stopping = false;

/** Opens the pages of `HTTP_PORT`, or ends the process where that port cannot be had. */
async function openPages(port: number): Promise<void> {
  const shards = () => client.ws.shards.map(({ id, status }) => ({ id, status: Status[status] }));
  try {
    await monitoring.openPages({ shards, ping: () => store.ping(), stopping: () => stopping, records, ledger });
  } catch (error) {
    log.fatal({ err: error }, `HTTP_PORT ${port} cannot be opened: let another program go, or choose another port.`);
    process.exit(1);
  }
}

/** Lets what is under way end, keeps the rest for the next start, and ends the process. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(0), STOP_WITHIN).unref();
  const answered = interactions.stop();
  await scheduler.stop(STOP_WITHIN - 2000);
  await answered;
  await statusMessage.stop();
  await client.destroy();
  await Promise.allSettled([api.close(), assets.close()]);
  await storage.close();
  log.info('stopped');
  process.exit(0);
}

// More than once: under npm a Ctrl+C arrives twice, and the second must not cut the first one's stop short.
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
client.on(Events.Raw, (packet) => {
  completeInteraction(packet);
  threadChannels.hear(packet);
});
client.on(Events.InteractionCreate, (interaction) => {
  monitoring.received(interaction.id);
  void interactions.handle(interaction);
});
client.on(Events.Error, (error) => {
  log.error({ err: error }, 'the Discord client met an error');
});
client.on(Events.ShardDisconnect, ({ code }, shard) => {
  if (!FATAL_CLOSE_CODES.has(code) || stopping) return;
  log.fatal({ code, shard }, 'Discord closed the gateway for good: see the close code in its documentation');
  process.exit(1);
});
client.once(Events.ClientReady, (ready) => {
  log.info({ user: ready.user.tag, guilds: ready.guilds.cache.size }, 'ready');
  void register(ready.application.id);
});

if (config.http) await openPages(config.http.port);
// Beside other processes, a reservation without a job may be one that is just being written.
const resumed = await resume(shared ? clock.now() - RECLAIM_AFTER : clock.now());
setInterval(() => {
  jobs.reclaim(clock.now() - RECLAIM_AFTER).catch((error: unknown) => {
    log.error({ err: error }, 'reservations could not be reclaimed');
  });
}, RECLAIM_EVERY).unref();
if (resumed > 0) log.info({ jobs: resumed }, 'jobs go on');
await scheduler.start(step);
void ceilingNotice.check(clock.now());
// Everything of a job's is written down and everything of a member's is caught where it is handled: what is left is
// a client library's trouble with one event, not a reason to stop for all.
process.on('uncaughtException', (error) => {
  log.error({ err: error }, 'an exception nobody caught');
});
await login();
