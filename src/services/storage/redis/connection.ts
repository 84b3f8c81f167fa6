/** The connections to Redis, and the one way to call it: no call waits for a server that is away. */
import { createClient } from 'redis';
import type { Log } from '../../log.ts';
import { StoreError } from '../store-error.ts';

/** How long one call may take (milliseconds). */
const DEADLINE = 2000;

/** Between two tries to connect, at most (milliseconds). */
const RECONNECT_MOST = 1000;

/**
 * How often a connection is tried when nothing else goes over it, and how long it may be silent before it counts as
 * dead (milliseconds): a host that vanished without a word is noticed then. A call that waits for work takes up to 10 s.
 */
const PING_EVERY = 3000;
const SILENT_MOST = 9000;
const SILENT_MOST_WAITING = 30_000;

/** How long a start waits for Redis (milliseconds). */
const CONNECT_WITHIN = 10_000;

/** The layout of all keys; a later version that changes it counts on. */
const FORMAT_KEY = 'seedream:format';
const FORMAT = 1;

/** The oldest Redis with all the commands used (GETDEL). Valkey says 7.2 and above here. */
const OLDEST = [6, 2] as const;

/**
 * A connection to Redis that comes back by itself. While Redis is away its calls fail at once; those of a `patient` one
 * wait for it.
 */
export function createRedisClient({ url, log, patient = false }: { url: string; log: Log; patient?: boolean }) {
  const client = createClient({
    url,
    disableOfflineQueue: !patient,
    pingInterval: PING_EVERY,
    socket: {
      connectTimeout: 5000,
      socketTimeout: patient ? SILENT_MOST_WAITING : SILENT_MOST,
      reconnectStrategy: (tries) => Math.min(RECONNECT_MOST, 50 * 2 ** Math.min(tries, 6)),
    },
  });
  // Each namespace of the store listens too.
  client.setMaxListeners(100);
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away && !patient) log.warn({ err: error }, 'Redis is away');
    away = true;
  });
  client.on('ready', () => {
    if (away && !patient) log.info('Redis is back');
    away = false;
  });
  return client;
}

export type RedisClient = ReturnType<typeof createRedisClient>;

/**
 * Runs a call under a deadline.
 *
 * @throws StoreError when it fails or takes too long: then it may still have happened.
 */
export async function callRedis<T>(call: () => Promise<T>, deadline = DEADLINE): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`No answer within ${deadline} ms`));
  }, deadline);
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    throw new StoreError('Redis did not do it', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Whether Redis answers that this client may not in. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(NOAUTH|WRONGPASS|NOPERM|ERR AUTH|ERR invalid password)/.test(error.message);
}

/** Connects within the patience of a start. @throws StoreError that says what to do, when Redis cannot be reached. */
export async function connectRedis(client: RedisClient, url: string): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`No connection within ${CONNECT_WITHIN} ms`));
  }, CONNECT_WITHIN);
  let trouble: unknown;
  const hear = (error: unknown) => {
    trouble = error;
    if (isRefusal(error)) reject(new Error('Redis refused'));
  };
  client.on('error', hear);
  try {
    await Promise.race([client.connect(), late]);
  } catch (error) {
    if (client.isOpen) client.destroy();
    const host = URL.canParse(url) ? new URL(url).host : 'the address';
    const what = isRefusal(trouble)
      ? 'does not accept the name or password: correct STORE_URL.'
      : 'cannot be reached: start it, or correct STORE_URL.';
    throw new StoreError(`Redis at ${host} ${what}`, { cause: trouble ?? error });
  } finally {
    client.off('error', hear);
    clearTimeout(timer);
  }
}

/** Refuses a Redis that cannot serve, and warns of one that forgets. @throws StoreError that says what to do. */
export async function inspectRedis(client: RedisClient, log: Log): Promise<void> {
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
