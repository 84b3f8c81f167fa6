/** Reads from the Redis of a bot that may be at work: no process of its counts this one. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { ReadableStore } from '../storage.ts';
import { createStore } from '../store.ts';
import { createRedisConnection } from './connection.ts';
import { createRedisLedger } from './ledger.ts';
import { createRedisAdapter } from './records.ts';
import { inspectRedis } from './server.ts';

/** @throws StoreError that says what to do, where it cannot be reached or is not the bot's. */
export async function readRedis({
  url,
  application,
  clock,
  log,
}: {
  url: string;
  application: string | undefined;
  clock: Clock;
  log: Log;
}): Promise<ReadableStore> {
  const redis = createRedisConnection({ url, clock, log });
  try {
    await redis.connect();
    await inspectRedis(redis, log, application);
  } catch (error) {
    redis.close();
    throw error;
  }
  const store = createStore({ adapterFor: (namespace) => createRedisAdapter({ redis, namespace }), clock, log });
  return {
    store,
    ledger: createRedisLedger({ redis }),
    async close() {
      await store.close();
      redis.close();
    },
  };
}
