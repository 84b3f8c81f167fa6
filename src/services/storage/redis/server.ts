/**
 * What a Redis server must be for the bot: one server that runs scripts and takes writes, new enough, not another version's
 * or another bot's, and one that keeps what it is given.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { StoreError, type Durability, type StoreLook } from '../storage.ts';
import { createRedisConnection, type Redis } from './connection.ts';
import { refuseBesideOthers } from './presence.ts';

/** The layout of all keys; a later version that changes it counts on. */
const FORMAT_KEY = 'seedream:format';
const FORMAT = 1;

/** Whose data it is: the id of the bot that came first. */
const APPLICATION_KEY = 'seedream:application';

/** The oldest Redis with all the commands used (GETDEL). Valkey says 7.2 and above here. */
const OLDEST = [6, 2] as const;

/** A field of INFO; `undefined` where the server does not say. */
type ReadField = (name: string) => string | undefined;

/** @throws StoreError */
async function readInfo(redis: Redis): Promise<ReadField> {
  const info = await redis.call((client) => client.info());
  return (name) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
}

async function readDurability(redis: Redis, field: ReadField): Promise<Durability> {
  const appendOnly = field('aof_enabled');
  const policy = field('maxmemory_policy');
  // A hosted server may keep its configuration to itself.
  const { appendfsync } = await redis
    .call(async (client): Promise<Record<string, string>> => client.configGet('appendfsync'))
    .catch(() => ({ appendfsync: undefined }));
  return {
    appendOnly: appendOnly === undefined ? undefined : appendOnly !== '0',
    syncsEachChange: appendfsync === undefined ? undefined : appendfsync === 'always',
    evictionPolicy: policy === 'noeviction' ? undefined : policy,
  };
}

/** @throws StoreError where this version of Redis lacks what is used. */
function refuseOld(field: ReadField): void {
  const version = field('redis_version') ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new StoreError(`Redis ${version} is too old: use ${OLDEST.join('.')} or newer, or Valkey.`);
  }
}

/** @throws StoreError where it is not one server that takes writes. */
function refuseOtherKinds(field: ReadField): void {
  const mode = field('redis_mode') ?? field('server_mode');
  if (mode === 'sentinel') {
    throw new StoreError('STORE_URL leads to a Redis Sentinel, which holds no data: name the Redis server itself.');
  }
  if (mode === 'cluster' || field('cluster_enabled') === '1') {
    throw new StoreError('Redis runs in cluster mode, which is not supported: use one server without it.');
  }
  if (field('role') === 'slave') {
    throw new StoreError('Redis is a replica, which takes no writes: name its master in STORE_URL.');
  }
}

/** @throws StoreError where it runs no scripts, without which nothing here is done at once. */
async function refuseWithoutScripts(redis: Redis): Promise<void> {
  try {
    await redis.call((client) => client.eval('return 1'));
    await redis.call((client) => client.evalSha(createHash('sha1').update('return 1').digest('hex')));
  } catch (error) {
    const { message } = error instanceof StoreError && error.cause instanceof Error ? error.cause : { message: '' };
    if (message.startsWith('NOSCRIPT')) return;
    if (!/^NOPERM|unknown command/i.test(message)) throw error;
    throw new StoreError("Redis runs no scripts for the bot's user: allow it the commands EVAL and EVALSHA.", {
      cause: error,
    });
  }
}

/** @throws StoreError where what is there is another bot's. */
function refuseOthersData(owner: string | null, application: string | undefined): void {
  if (owner === null || application === undefined || owner === application) return;
  throw new StoreError(
    `The data in this Redis database is of the bot ${owner}, and DISCORD_TOKEN is of ${application}: give each bot a ` +
      `database of its own in STORE_URL, such as /1 (or delete the key ${APPLICATION_KEY}, where this bot takes over).`,
  );
}

/** @throws StoreError where a newer version of the bot has written what is there. */
function refuseNewer(format: number): void {
  if (format <= FORMAT) return;
  throw new StoreError(
    'The records in Redis were written by a newer version of seedream-bot. Start that version, or restore a backup ' +
      'made before the upgrade.',
  );
}

/** @throws StoreError where the server cannot serve, whatever is in it. */
async function refuseUnfit(redis: Redis): Promise<ReadField> {
  const field = await readInfo(redis);
  refuseOld(field);
  refuseOtherKinds(field);
  await refuseWithoutScripts(redis);
  return field;
}

function warnOfLoss({ appendOnly, syncsEachChange, evictionPolicy: policy }: Durability, log: Pick<Log, 'warn'>): void {
  if (appendOnly === false) {
    log.warn('Redis may forget paid jobs when it is restarted: set "appendonly yes" in its configuration');
  } else if (syncsEachChange === false) {
    log.warn(
      'Redis may forget its last second when its machine crashes, and a job then be paid twice: set "appendfsync always"',
    );
  }
  if (policy !== undefined) {
    log.warn({ policy }, 'Redis may drop records when its memory is full: set "maxmemory-policy noeviction"');
  }
}

/**
 * Refuses a Redis that cannot serve, and warns of one that forgets.
 *
 * @param application - the bot whose data it must be, where it is known.
 * @returns whether there are no records.
 * @throws StoreError that says what to do.
 */
export async function inspectRedis(
  redis: Redis,
  log: Pick<Log, 'warn'>,
  application?: string,
): Promise<{ empty: boolean }> {
  const field = await refuseUnfit(redis);
  if (application !== undefined) {
    await redis.call((client) => client.set(APPLICATION_KEY, application, { condition: 'NX' }));
    refuseOthersData(await redis.call((client) => client.get(APPLICATION_KEY)), application);
  }
  warnOfLoss(await readDurability(redis, field), log);
  return { empty: (await readFormat(redis)) === null };
}

/** @throws StoreError where a newer version of the bot has written what is there. */
async function readFormat(redis: Redis): Promise<string | null> {
  const format = await redis.call((client) => client.get(FORMAT_KEY));
  refuseNewer(Number(format));
  return format;
}

/** Says how everything is laid out from here on. @throws StoreError where a newer version has said so. */
export async function settleFormat(redis: Redis): Promise<void> {
  await redis.call((client) => client.set(FORMAT_KEY, String(FORMAT), { condition: 'NX' }));
  await readFormat(redis);
}

/** Looks at a Redis and writes nothing. @throws StoreError that says what to do, where the bot could not use it. */
export async function lookAtRedis({
  application,
  ...options
}: {
  url: string;
  application?: string | undefined;
  clock: Clock;
  log: Log;
}): Promise<StoreLook> {
  const redis = createRedisConnection(options);
  try {
    await redis.connect();
    await refuseUnfit(redis);
    refuseOthersData(await redis.call((client) => client.get(APPLICATION_KEY)), application);
    if ((await readFormat(redis)) !== null) return 'ready';
    await refuseBesideOthers(redis);
    return 'empty';
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
    return await readDurability(redis, await readInfo(redis));
  } finally {
    redis.close();
  }
}
