/** What `STORE_URL=redis://...` names: everything in one Redis, shared by any number of processes. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { OpenedWing } from '../storage.ts';
import { createStore } from '../store.ts';
import { createClaims } from './claims.ts';
import { createRedisConnection } from './connection.ts';
import { createRedisLedger, readNewestReservation } from './ledger.ts';
import { createProcesses } from './processes.ts';
import { createRedisAdapter } from './records.ts';
import { createRedisScheduler } from './scheduler.ts';
import { inspectRedis } from './server.ts';
import { probe, watchConnection } from './watch.ts';

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @param application - the bot whose data it must be, where it is known.
 * @throws StoreError that says what to do, when Redis cannot be reached or used.
 */
export async function openRedisStorage({
  url,
  retention,
  application,
  clock,
  log,
}: {
  url: string;
  retention: number;
  application?: string | undefined;
  clock: Clock;
  log: Log;
}): Promise<OpenedWing> {
  const redis = createRedisConnection({ url, clock, log });
  const waiting = createRedisConnection({ url, clock, log, patient: true });
  const disconnect = () => {
    redis.close();
    waiting.close();
  };
  try {
    await Promise.all([redis.connect(), waiting.connect()]);
    await inspectRedis(redis, log, application);
  } catch (error) {
    disconnect();
    throw error;
  }
  const watches = [redis, waiting].map((connection) => watchConnection(connection, clock));
  const claims = createClaims({ redis, clock, log });
  const processes = createProcesses({ redis, clock, log });
  return {
    store: createStore({
      adapterFor: (namespace) => createRedisAdapter({ redis, namespace }),
      // A replica answers to reads, and can do nothing for a job.
      confirm: () => redis.call(() => probe(redis)),
      clock,
      log,
    }),
    ledger: createRedisLedger({ redis, retention }),
    scheduler: createRedisScheduler({ redis, waiting, claims, clock, log }),
    processes,
    shared: true,
    newestReservation: () => readNewestReservation(redis),
    async close() {
      await Promise.all([claims.close(), processes.close()]);
      for (const end of watches) end();
      disconnect();
    },
  };
}
