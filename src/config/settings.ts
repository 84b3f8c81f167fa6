/** Every variable: its form, its default as one would write it, and what a host is told of it. */
import { z } from 'zod';
import { COUNT_MAX, MODEL } from '../services/models/seedream.ts';
import {
  assetHosts,
  decimalNumber,
  httpUrl,
  modelIds,
  shardCount,
  shardIds,
  storeLocation,
  token,
  wholeNumber,
} from './values.ts';

/** Pino's levels. */
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const images = wholeNumber(0, 1_000_000_000);
const jobs = wholeNumber(1, 1_000_000);
const logLevel = z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`);

const onOrOff = z.enum(['on', 'off'], 'must be on or off').transform((text) => text === 'on');

const MINUTES = 'must be a number above 0 and at most 1440, such as 60 or 0.5';
const minutes = decimalNumber(1440, MINUTES).refine((value) => value > 0, MINUTES);

/** The environment's text to values. A description says what a variable is and, for what one must get, where. */
export const settings = z.object({
  DISCORD_TOKEN: token.describe(
    "the bot's token, from https://discord.com/developers/applications > your application > Bot > Reset Token",
  ),
  DISCORD_API_URL: httpUrl.prefault('https://discord.com/api').describe("the address of Discord's API"),
  RUNCOMFY_TOKEN: token.describe('the RunComfy API key, from your Profile on https://www.runcomfy.com'),
  RUNCOMFY_MODEL_API_BASE: httpUrl
    .prefault('https://model-api.runcomfy.net/v1')
    .describe("the address of RunComfy's Model API"),
  RUNCOMFY_ACCOUNT_API_BASE: httpUrl.optional().describe("the address of RunComfy's account API"),
  RUNCOMFY_MODELS: modelIds.prefault(MODEL).describe('the models that pictures are made with, in order'),
  RUNCOMFY_ASSET_HOSTS: assetHosts
    .prefault('*.runcomfy.net,*.runcomfy.com')
    .describe('hosts and origins that pictures may be fetched from'),
  STORE_URL: storeLocation.prefault('sqlite://data/seedream.sqlite').describe('where jobs and usage are kept'),
  LIMIT_GUILD_DAILY_IMAGES: images.prefault('100').describe('images per server and UTC day'),
  LIMIT_GUILD_MONTHLY_IMAGES: images.prefault('1000').describe('images per server and UTC month'),
  LIMIT_USER_DAILY_IMAGES: images.prefault('30').describe('images per member of a server and UTC day'),
  LIMIT_GUILD_ACTIVE_JOBS: jobs.prefault('10').describe('jobs at a time per server'),
  LIMIT_USER_ACTIVE_JOBS: jobs.prefault('2').describe('jobs at a time per member of a server'),
  LIMIT_IMAGES_PER_JOB: wholeNumber(1, COUNT_MAX).prefault(String(COUNT_MAX)).describe('images one job can ask for'),
  LIMIT_TOTAL_MONTHLY_IMAGES: images.optional().describe('images over all servers per UTC month'),
  PRICE_PER_IMAGE_USD: decimalNumber(1000, 'must be a number from 0 to 1000, such as 0.03')
    .optional()
    .describe('the price of an image in US dollars, shown as cost'),
  REFERENCES: onOrOff.prefault('on').describe('whether pictures are taken to start from'),
  BALANCE_WARNING_USD: decimalNumber(1_000_000, 'must be a number from 0 to 1000000, such as 5')
    .prefault('5')
    .describe('the balance in US dollars below which the host hears of it'),
  JOB_DEADLINE_MINUTES: minutes.prefault('60').describe('minutes until a job is given up'),
  RETENTION_DAYS: wholeNumber(1, 3650).prefault('30').describe('days that finished jobs are kept'),
  HTTP_PORT: wholeNumber(1, 65_535).optional().describe('the port of /healthz, /readyz and /metrics'),
  SHARD_COUNT: shardCount.prefault('auto').describe('gateway shards of all processes together'),
  SHARD_IDS: shardIds.prefault('all').describe('the gateway shards this process holds'),
  LOG_LEVEL: logLevel.prefault('info').describe('how much is logged'),
});

/** What two variables must agree on. */
export const agreements = settings
  .pick({ SHARD_COUNT: true, SHARD_IDS: true })
  .refine(
    ({ SHARD_COUNT: count, SHARD_IDS: ids }) =>
      ids === undefined || (count !== 'auto' && ids.every((id) => id < count)),
    {
      path: ['SHARD_IDS'],
      message: 'needs a SHARD_COUNT that is a number above each of its ids',
    },
  );
