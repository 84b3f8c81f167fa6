/** What `STORE_URL=redis://...` names: everything in one Redis, shared by any number of processes. */
import { createClaims } from './claims.ts';
import { createRedisAdapter } from './records.ts';
import { createRedisLedger } from './ledger.ts';
import type { Log } from '../../log.ts';
import { connectRedis, createRedisClient, inspectRedis } from './connection.ts';
import { createBullScheduler } from './scheduler.ts';
import type { Storage } from '../open.ts';
import { createStore } from '../store.ts';

/** Records that only the process that acts on a job may write while it does. */
const FENCED = new Set(['jobs', 'finished', 'memories']);

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
    await inspectRedis(client, log);
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
    async close() {
      await claims.close();
      destroy();
    },
  };
}
