/** What `STORE_URL=redis://...` names: everything in one Redis, shared by any number of processes. */
import KeyvRedis from '@keyv/redis';
import { createRedisLedger } from './ledger-redis.ts';
import type { Log } from './log.ts';
import { createRedisClient } from './redis.ts';
import { createBullScheduler } from './scheduler-bullmq.ts';
import type { Storage } from './storage.ts';
import { StoreError } from './store-error.ts';
import { createStore } from './store.ts';

/** How long a start waits for Redis (milliseconds). */
const CONNECT_WITHIN = 10_000;

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @throws StoreError that says what to do, when Redis cannot be reached.
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
  const late = new Promise<never>((_, reject) => {
    setTimeout(reject, CONNECT_WITHIN, new Error(`No connection within ${CONNECT_WITHIN} ms`)).unref();
  });
  try {
    await Promise.race([client.connect(), late]);
  } catch (error) {
    client.destroy();
    const host = URL.canParse(url) ? new URL(url).host : 'the address';
    throw new StoreError(`Redis at ${host} cannot be reached: start it, or correct STORE_URL.`, { cause: error });
  }
  const ledger = createRedisLedger({ client, retention });
  const store = createStore({
    adapterFor: (namespace) => new KeyvRedis(client, { namespace, throwOnErrors: true, noNamespaceAffectsAll: false }),
    log,
  });
  return {
    store,
    ledger,
    scheduler: createBullScheduler({ client, log }),
    shared: true,
    close() {
      if (client.isOpen) client.destroy();
      return Promise.resolve();
    },
  };
}
