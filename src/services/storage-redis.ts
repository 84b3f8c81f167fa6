/** What `STORE_URL=redis://...` names: everything in one Redis, shared by any number of processes. */
import { createClaims } from './claims-redis.ts';
import { createRedisAdapter } from './keyv-redis.ts';
import { createRedisLedger } from './ledger-redis.ts';
import type { Log } from './log.ts';
import { callRedis, createRedisClient, type RedisClient } from './redis.ts';
import { createBullScheduler } from './scheduler-bullmq.ts';
import type { Storage } from './storage.ts';
import { StoreError } from './store-error.ts';
import { createStore } from './store.ts';

/** How long a start waits for Redis (milliseconds). */
const CONNECT_WITHIN = 10_000;

/** The layout of all keys; a later version that changes it counts on. */
const FORMAT_KEY = 'seedream:format';
const FORMAT = 1;

/** The oldest Redis with all the commands used (GETDEL). Valkey says 7.2 and above here. */
const OLDEST = [6, 2] as const;

/** Records that only the process that acts on a job may write while it does. */
const FENCED = new Set(['jobs', 'finished', 'memories']);

/** Connects within the patience of a start. @throws StoreError that says what to do, when Redis cannot be reached. */
export async function connectRedis(client: RedisClient, url: string): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`No connection within ${CONNECT_WITHIN} ms`));
  }, CONNECT_WITHIN);
  try {
    await Promise.race([client.connect(), late]);
  } catch (error) {
    if (client.isOpen) client.destroy();
    const host = URL.canParse(url) ? new URL(url).host : 'the address';
    throw new StoreError(`Redis at ${host} cannot be reached: start it, or correct STORE_URL.`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Refuses a Redis that cannot serve, and warns of one that forgets. @throws StoreError that says what to do. */
async function inspect(client: RedisClient, log: Log): Promise<void> {
  const info = await callRedis(() => client.info());
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const version = field('redis_version') ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new StoreError(`Redis ${version} is too old: use ${OLDEST.join('.')} or newer, or Valkey.`);
  }
  if (field('aof_enabled') === '0') {
    log.warn('Redis may forget paid jobs when it is restarted: set "appendonly yes" in its configuration');
  }
  const policy = field('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    log.warn({ policy }, 'Redis may drop records when its memory is full: set "maxmemory-policy noeviction"');
  }
  await callRedis(() => client.set(FORMAT_KEY, String(FORMAT), { condition: 'NX' }));
  const format = Number(await callRedis(() => client.get(FORMAT_KEY)));
  if (format > FORMAT) {
    throw new StoreError(
      'The records in Redis were written by a newer version of seedream-bot. Start that version, or restore a backup ' +
        'made before the upgrade.',
    );
  }
}

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @throws StoreError that says what to do, when Redis cannot be reached or used.
 */
export async function openRedisStorage({
  url,
  retention,
  log,
}: {
  url: string;
  retention: number;
  log: Log;
}): Promise<Storage> {
  const client = createRedisClient({ url, log });
  const waiting = createRedisClient({ url, log, patient: true });
  const destroy = () => {
    for (const connection of [client, waiting]) if (connection.isOpen) connection.destroy();
  };
  try {
    await Promise.all([connectRedis(client, url), connectRedis(waiting, url)]);
    await inspect(client, log);
  } catch (error) {
    destroy();
    throw error;
  }
  const claims = createClaims({ client, log });
  return {
    store: createStore({
      adapterFor: (namespace) =>
        createRedisAdapter({ client, namespace, ...(FENCED.has(namespace) ? { fence: claims.fence } : {}) }),
      log,
    }),
    ledger: createRedisLedger({ client, retention }),
    scheduler: createBullScheduler({ client, waiting, claims, log }),
    shared: true,
    close() {
      destroy();
      return Promise.resolve();
    },
  };
}
