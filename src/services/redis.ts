/** The connection to Redis, and the one way to call it: no call waits for a server that is away. */
import { createClient } from 'redis';
import type { Log } from './log.ts';
import { StoreError } from './store-error.ts';

/** How long one call may take (milliseconds). */
const DEADLINE = 2000;

/** Between two tries to connect, at most (milliseconds). */
const RECONNECT_MOST = 1000;

/** A connection for calls that answer at once: while Redis is away they fail instead of queueing up. */
export function createRedisClient({ url, log }: { url: string; log: Log }) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5000,
      reconnectStrategy: (tries) => Math.min(RECONNECT_MOST, 50 * 2 ** Math.min(tries, 6)),
    },
  });
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away) log.warn({ err: error }, 'Redis is away');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info('Redis is back');
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
