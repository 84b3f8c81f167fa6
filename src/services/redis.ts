/** The connections to Redis, and the one way to call it: no call waits for a server that is away. */
import { createClient } from 'redis';
import type { Log } from './log.ts';
import { StoreError } from './store-error.ts';

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
