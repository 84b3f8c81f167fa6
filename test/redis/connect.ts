/** Connections to a Redis of the tests' own. */
import { systemClock } from '../../src/services/clock.ts';
import { createRedisConnection, type Redis } from '../../src/services/storage/redis/connection.ts';
import { createSilentLog } from '../support/silent-log.ts';

export async function connectTo(url: string, options: { patient?: boolean } = {}): Promise<Redis> {
  const redis = createRedisConnection({ url, clock: systemClock, log: createSilentLog(), ...options });
  await redis.connect();
  return redis;
}

/** Runs an act over a connection that is closed afterwards. */
export async function withRedis<T>(url: string, act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = await connectTo(url);
  try {
    return await act(redis);
  } finally {
    redis.close();
  }
}
