/** The environment, read once. Nothing else reads it; `.env.example` lists every variable. */
import type { z } from 'zod';
import { agreements, settings } from './config/settings.ts';
import type { LogLevel } from './config/settings.ts';
import type { AssetHosts, StoreLocation } from './config/values.ts';
import type { Limits } from './services/ledger/limits.ts';

export { storeLocation, type StoreLocation } from './config/values.ts';

/** Everything the bot is told by its environment. */
export interface Config {
  discord: { token: string; apiUrl: string };
  runcomfy: { token: string; base: string; assetHosts: AssetHosts };
  store: StoreLocation;
  limits: Limits & {
    /** Most images one job can ask for, 1 to 15. */
    imagesPerJob: number;
  };
  pricePerImageUsd: number;
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

/**
 * The configuration in an environment. A variable that is empty or blank is unset.
 *
 * @throws ConfigError that names every variable that is missing or wrong.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, env[name]?.trim() === '' ? undefined : env[name]?.trim()]),
  );
  const read = settings.safeParse(given);
  const agreed = agreements.safeParse(given);
  if (!read.success || !agreed.success) {
    throw new ConfigError(describeWrong([...(read.error?.issues ?? []), ...(agreed.error?.issues ?? [])]));
  }
  const values = read.data;
  return {
    discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL },
    runcomfy: {
      token: values.RUNCOMFY_TOKEN,
      base: values.RUNCOMFY_MODEL_API_BASE,
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
    jobDeadline: Math.ceil(values.JOB_DEADLINE_MINUTES * 60_000),
    retention: values.RETENTION_DAYS * 24 * 60 * 60_000,
    http: values.HTTP_PORT === undefined ? undefined : { port: values.HTTP_PORT },
    shards: { count: values.SHARD_COUNT, ids: values.SHARD_IDS },
    logLevel: values.LOG_LEVEL,
  };
}

/** One sentence a wrong variable; several a line where there are many. */
function describeWrong(issues: z.core.$ZodIssue[]): string {
  const messages = new Map(issues.toReversed().map(({ path, message }) => [String(path[0]), message]));
  const sentences = Object.entries(settings.shape)
    .filter(([name]) => messages.has(name))
    .map(([name, { description }]) => `${name} ${messages.get(name) ?? ''} (${description ?? ''})`);
  const perLine = Math.ceil(sentences.length / LINES_MAX);
  const lines = Array.from({ length: Math.ceil(sentences.length / perLine) }, (_, line) =>
    sentences.slice(line * perLine, (line + 1) * perLine).join('; '),
  );
  const count = sentences.length === 1 ? 'a setting is' : `${sentences.length} settings are`;
  return [
    `The bot can't start: ${count} missing or wrong. Set them in .env (.env.example explains each) or the environment.`,
    ...lines.map((line) => `  ${line}`),
    ...(messages.get('DISCORD_TOKEN') === 'is missing'
      ? ['No Discord token yet? Try the bot without: npm run playground']
      : []),
  ].join('\n');
}
