/** What `STORE_URL=redis://...` names: everything in one Redis, shared by any number of processes. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { OpenedWing } from '../storage.ts';
import { createStore } from '../store.ts';
import { createClaims } from './claims.ts';
import { createRedisConnection } from './connection.ts';
import { createRedisLedger, readNewestReservation } from './ledger.ts';
import { createPresence, settleIdentity, type RedisPresence } from './presence.ts';
import { createProcesses } from './processes.ts';
import { createRedisAdapter } from './records.ts';
import { createRedisScheduler } from './scheduler.ts';
import { inspectRedis, settleFormat } from './server.ts';
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
  let presence: RedisPresence;
  try {
    await Promise.all([redis.connect(), waiting.connect()]);
    const { empty } = await inspectRedis(redis, log, application);
    presence = createPresence({ redis, identity: await settleIdentity(redis, { empty, clock, log }), clock, log });
    await settleFormat(redis);
  } catch (error) {
    disconnect();
    throw error;
  }
  const see = (identity: string | null) => {
    presence.see(identity);
  };
  const watches = [redis, waiting].map((connection) => watchConnection(connection, { see, clock }));
  const guarded = presence.guard(redis);
  // It goes on to report that it is alive, so that nobody begins anew beside it.
  const claims = createClaims({ redis, presence, clock, log });
  const processes = createProcesses({ redis, clock, log });
  return {
    store: createStore({
      adapterFor: (namespace) => createRedisAdapter({ redis, namespace, presence }),
      refusal: () => presence.refusal(),
      // A replica answers to reads, and can do nothing for a job.
      async confirm() {
        presence.see(await redis.call(() => probe(redis)));
        presence.refuseNew();
      },
      clock,
      log,
    }),
    ledger: createRedisLedger({ redis: guarded, retention, presence }),
    scheduler: createRedisScheduler({ redis: guarded, waiting, claims, presence, clock, log }),
    processes,
    shared: true,
    presence,
    newestReservation: () => readNewestReservation(guarded),
    async close() {
      await Promise.all([claims.close(), processes.close()]);
      for (const end of watches) end();
      disconnect();
    },
  };
}
