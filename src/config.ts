/** The environment, read once. Nothing else reads it; `.env.example` lists every variable. */
import type { z } from 'zod';
import { utf16Files } from './config/env-files.ts';
import { findStrayNames, type StrayName } from './config/names.ts';
import { agreements, settings } from './config/settings.ts';
import type { LogLevel } from './config/settings.ts';
import type { AssetHosts, StoreLocation } from './config/values.ts';
import type { Limits } from './services/ledger/limits.ts';

export { botIdOf } from './config/bot-id.ts';
export { modelIds, storeLocation, token, wholeNumber, type StoreLocation } from './config/values.ts';

/** Everything the bot is told by its environment. */
export interface Config {
  discord: { token: string; apiUrl: string };
  runcomfy: {
    token: string;
    base: string;
    /** Below it stands `/balance`. */
    accountBase: string;
    /** Ids in order; at least one. */
    models: string[];
    assetHosts: AssetHosts;
  };
  store: StoreLocation;
  limits: Limits & {
    /** Most images one job can ask for, 1 to 15. */
    imagesPerJob: number;
  };
  /** What an image costs, whatever RunComfy says of its models. */
  pricePerImageUsd: number | undefined;
  /** Whether pictures are taken to start from. */
  references: boolean;
  /** The balance in US dollars below which the host hears of it; 0 for never. */
  balanceWarningUsd: number;
  /** How long a job may take, in milliseconds. */
  jobDeadline: number;
  /** How long finished jobs are kept, in milliseconds. */
  retention: number;
  http: { port: number } | undefined;
  /** `ids` is `undefined` for all. */
  shards: { count: number | 'auto'; ids: number[] | undefined };
  logLevel: LogLevel;
}

/** Settings the bot can't start with. The message is for the person who hosts it: at most 12 lines, and no values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Lines of wrong settings, so that a heading and a hint fit into 12. */
const LINES_MAX = 10;

/** Names that are no setting's and end the start: so many are named. */
const STRAY_MAX = 20;

/** What some editors begin a file with. Node takes it for a part of the first name. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The environment by names without a byte order mark. A variable that is empty or blank is unset. */
function readEnvironment(env: NodeJS.ProcessEnv): Map<string, string> {
  const given = Object.entries(env).map(([name, value = '']) => [name, value.trim()] as const);
  const marked = given.filter(([name]) => name.startsWith(BYTE_ORDER_MARK));
  return new Map(
    [...marked.map(([name, value]) => [name.slice(BYTE_ORDER_MARK.length), value] as const), ...given].filter(
      ([name, value]) => value !== '' && !name.startsWith(BYTE_ORDER_MARK),
    ),
  );
}

/**
 * The configuration in an environment.
 *
 * @param nodeOptions - by which Node has read files of settings.
 * @throws ConfigError that names every variable that is missing or wrong.
 */
export function loadConfig(
  env: NodeJS.ProcessEnv = process.env,
  nodeOptions: readonly string[] = process.execArgv,
): Config {
  const given = readEnvironment(env);
  const ours = Object.fromEntries(Object.keys(settings.shape).map((name) => [name, given.get(name)]));
  const read = settings.safeParse(ours);
  const agreed = agreements.safeParse(ours);
  const unread = utf16Files(nodeOptions).map(
    (file) => `${file} is UTF-16: save it as UTF-8, nothing in it can be read`,
  );
  const stray = strayIn(given).filter(({ endsStart }) => endsStart);
  if (!read.success || !agreed.success || unread.length + stray.length > 0) {
    const issues = [...(read.error?.issues ?? []), ...(agreed.error?.issues ?? [])];
    throw new ConfigError(describeWrong({ unread, stray: stray.map(describeStray), issues }));
  }
  const values = read.data;
  return {
    discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL },
    runcomfy: {
      token: values.RUNCOMFY_TOKEN,
      base: values.RUNCOMFY_MODEL_API_BASE,
      accountBase: values.RUNCOMFY_ACCOUNT_API_BASE ?? accountBaseBeside(values.RUNCOMFY_MODEL_API_BASE),
      models: values.RUNCOMFY_MODELS,
      assetHosts: values.RUNCOMFY_ASSET_HOSTS,
    },
    store: values.STORE_URL,
    limits: {
      guildDailyImages: values.LIMIT_GUILD_DAILY_IMAGES,
      guildMonthlyImages: values.LIMIT_GUILD_MONTHLY_IMAGES,
      userDailyImages: values.LIMIT_USER_DAILY_IMAGES,
      guildActiveJobs: values.LIMIT_GUILD_ACTIVE_JOBS,
      userActiveJobs: values.LIMIT_USER_ACTIVE_JOBS,
      totalMonthlyImages: values.LIMIT_TOTAL_MONTHLY_IMAGES,
      imagesPerJob: values.LIMIT_IMAGES_PER_JOB,
    },
    pricePerImageUsd: values.PRICE_PER_IMAGE_USD,
    references: values.REFERENCES,
    balanceWarningUsd: values.BALANCE_WARNING_USD,
    jobDeadline: Math.ceil(values.JOB_DEADLINE_MINUTES * 60_000),
    retention: values.RETENTION_DAYS * 24 * 60 * 60_000,
    http: values.HTTP_PORT === undefined ? undefined : { port: values.HTTP_PORT },
    shards: { count: values.SHARD_COUNT, ids: values.SHARD_IDS },
    logLevel: values.LOG_LEVEL,
  };
}

/** The vendor's own hosts: its Model API, and the one that knows the account. */
const MODEL_API_HOST = 'model-api.runcomfy.net';
const ACCOUNT_ORIGIN = 'https://api.runcomfy.net';

/** The account API of a Model API: one elsewhere (a proxy, a stand-in) serves both, as the key is nobody else's business. */
function accountBaseBeside(modelApi: string): string {
  const { hostname, origin } = new URL(modelApi);
  return `${hostname === MODEL_API_HOST ? ACCOUNT_ORIGIN : origin}/prod/v2`;
}

/** The environment with some variables set otherwise, as a process that is started with it finds it. */
export function environmentWith(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** What is worth knowing of an environment that the bot can start with: one sentence each, without values. */
export function environmentWarnings(env: NodeJS.ProcessEnv = process.env): string[] {
  const given = readEnvironment(env);
  const proxies = [...given.keys()].filter((name) => PROXY.test(name));
  return [
    ...strayIn(given)
      .filter(({ endsStart }) => !endsStart)
      .map(describeStray),
    ...(proxies.length === 0
      ? []
      : [`${proxies.join(', ')}: the bot uses no proxy, it connects to Discord and to RunComfy directly`]),
  ];
}

/** What other programs are told of a proxy by. */
const PROXY = /^(https?|all)_proxy$/i;

function strayIn(given: ReadonlyMap<string, string>): StrayName[] {
  return findStrayNames([...given.keys()], Object.keys(settings.shape));
}

function describeStray({ name, nearest }: StrayName): string {
  return `${name} is no setting of this bot: is ${nearest} meant?`;
}

/** One sentence a wrong variable; several a line where there are many. */
function describeWrong({
  unread,
  stray,
  issues,
}: {
  unread: string[];
  stray: string[];
  issues: z.core.$ZodIssue[];
}): string {
  const messages = new Map(issues.toReversed().map(({ path, message }) => [String(path[0]), message]));
  const sentences = [
    ...unread,
    ...stray.slice(0, STRAY_MAX),
    ...(stray.length > STRAY_MAX ? [`${stray.length - STRAY_MAX} more names like these are no settings`] : []),
    ...Object.entries(settings.shape)
      .filter(([name]) => messages.has(name))
      .map(([name, { description }]) => `${name} ${messages.get(name) ?? ''} (${description ?? ''})`),
  ];
  const perLine = Math.ceil(sentences.length / LINES_MAX);
  const lines = Array.from({ length: Math.ceil(sentences.length / perLine) }, (_, line) =>
    sentences.slice(line * perLine, (line + 1) * perLine).join('; '),
  );
  const count = sentences.length === 1 ? 'a setting is' : `${sentences.length} settings are`;
  return [
    `The bot can't start: ${count} missing or wrong. Set them in .env (.env.example explains each) or the environment.`,
    ...lines.map((line) => `  ${line}`),
    ...(messages.get('DISCORD_TOKEN') === 'is missing'
      ? ['npm run setup asks for it and writes .env. No token yet? Try the bot without: npm run playground']
      : []),
  ].join('\n');
}
