/** What a Redis server must be for the bot: new enough, not another version's, and one that keeps what it is given. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { StoreError, type Durability, type StoreLook } from '../storage.ts';
import { createRedisConnection, type Redis } from './connection.ts';

/** The layout of all keys; a later version that changes it counts on. */
const FORMAT_KEY = 'seedream:format';
const FORMAT = 1;

/** The oldest Redis with all the commands used (GETDEL). Valkey says 7.2 and above here. */
const OLDEST = [6, 2] as const;

/** A reader of the fields of INFO. @throws StoreError */
async function readInfo(redis: Redis): Promise<(field: string) => string | undefined> {
  const info = await redis.call((client) => client.info());
  return (field) => new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(info)?.[1];
}

function durabilityOf(field: (name: string) => string | undefined): Durability {
  const appendOnly = field('aof_enabled');
  const policy = field('maxmemory_policy');
  return {
    appendOnly: appendOnly === undefined ? undefined : appendOnly !== '0',
    evictionPolicy: policy === 'noeviction' ? undefined : policy,
  };
}

/** @throws StoreError where this version of Redis lacks what is used. */
function refuseOld(field: (name: string) => string | undefined): void {
  const version = field('redis_version') ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new StoreError(`Redis ${version} is too old: use ${OLDEST.join('.')} or newer, or Valkey.`);
  }
}

/** @throws StoreError where a newer version of the bot has written what is there. */
function refuseNewer(format: number): void {
  if (format <= FORMAT) return;
  throw new StoreError(
    'The records in Redis were written by a newer version of seedream-bot. Start that version, or restore a backup ' +
      'made before the upgrade.',
  );
}

/** Refuses a Redis that cannot serve, and warns of one that forgets. @throws StoreError that says what to do. */
export async function inspectRedis(redis: Redis, log: Pick<Log, 'warn'>): Promise<void> {
  const field = await readInfo(redis);
  refuseOld(field);
  const { appendOnly, evictionPolicy: policy } = durabilityOf(field);
  if (appendOnly === false) {
    log.warn('Redis may forget paid jobs when it is restarted: set "appendonly yes" in its configuration');
  }
  if (policy !== undefined) {
    log.warn({ policy }, 'Redis may drop records when its memory is full: set "maxmemory-policy noeviction"');
  }
  await redis.call((client) => client.set(FORMAT_KEY, String(FORMAT), { condition: 'NX' }));
  refuseNewer(Number(await redis.call((client) => client.get(FORMAT_KEY))));
}

/** Looks at a Redis and writes nothing. @throws StoreError that says what to do, where the bot could not use it. */
export async function lookAtRedis(options: { url: string; clock: Clock; log: Log }): Promise<StoreLook> {
  const redis = createRedisConnection(options);
  try {
    await redis.connect();
    refuseOld(await readInfo(redis));
    const format = await redis.call((client) => client.get(FORMAT_KEY));
    refuseNewer(Number(format));
    return format === null ? 'empty' : 'ready';
  } finally {
    redis.close();
  }
}

/** How a Redis keeps its data. @throws StoreError when it cannot be reached or does not say. */
export async function readRedisDurability({
  url,
  clock,
  log,
}: {
  url: string;
  clock: Clock;
  log: Log;
}): Promise<Durability> {
  const redis = createRedisConnection({ url, clock, log });
  await redis.connect();
  try {
    return durabilityOf(await readInfo(redis));
  } finally {
    redis.close();
  }
}
