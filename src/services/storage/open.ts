/** Opens what `STORE_URL` names: the records, the ledger and who keeps time for the jobs. */
import type { StoreLocation } from '../../config.ts';
import { MARK, markSchema } from './copy.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createSqliteLedger } from './sqlite/ledger.ts';
import { createSqliteAdapter } from './sqlite/records.ts';
import type { Log } from '../log.ts';
import { createScheduler, type Scheduler } from './sqlite/scheduler.ts';
import { openDatabase } from './sqlite/connection.ts';
import { StoreError } from './store-error.ts';
import { createStore, type Store } from './store.ts';

/**
 * How often what nothing needs any more is dropped from the ledger (milliseconds): members whose names are to be
 * forgotten are told that it happens within the hour after midnight.
 */
const PRUNE_EVERY = 30 * 60_000;

export interface Storage {
  store: Store;
  ledger: Ledger;
  scheduler: Scheduler;
  /** Whether other processes may work on the same jobs. */
  shared: boolean;
  close(): Promise<void>;
}

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @throws StoreError that says what to do, when the store cannot be opened.
 */
export async function openStorage({
  location,
  retention,
  log,
}: {
  location: StoreLocation;
  retention: number;
  log: Log;
}): Promise<Storage> {
  const storage =
    location.kind === 'sqlite'
      ? openSqliteStorage({ path: location.path, retention, log })
      : await openRedis({ url: location.url, retention, log });
  try {
    await refuseUnfinished(storage.store);
  } catch (error) {
    await storage.store.close();
    await storage.close();
    throw error;
  }
  const prune = () => {
    storage.ledger.prune(Date.now()).catch((error: unknown) => {
      log.warn({ err: error }, 'the ledger could not be pruned');
    });
  };
  prune();
  const pruning = setInterval(prune, PRUNE_EVERY).unref();
  return {
    ...storage,
    async close() {
      clearInterval(pruning);
      await storage.store.close();
      await storage.close();
    },
  };
}

/** @throws StoreError where a copy into this store was not finished. */
async function refuseUnfinished(store: Store): Promise<void> {
  // A store that cannot answer yet is waited for later on.
  const mark = await store
    .collection(MARK.namespace, markSchema)
    .get(MARK.id)
    .catch(() => undefined);
  if (mark !== undefined) {
    throw new StoreError(`The copy of ${mark.from} into this store is not finished: run npm run store:copy again.`);
  }
}

/** Loaded when it is asked for: a bot on SQLite starts without it. */
async function openRedis(options: { url: string; retention: number; log: Log }): Promise<Storage> {
  const { openRedisStorage } = await import('./redis/open.ts');
  return openRedisStorage(options);
}

function openSqliteStorage({ path, retention, log }: { path: string; retention: number; log: Log }): Storage {
  const database = openDatabase({ path, log });
  return {
    store: createStore({ adapterFor: () => createSqliteAdapter({ database }), log }),
    ledger: createSqliteLedger({ database, retention }),
    scheduler: createScheduler({ log }),
    shared: false,
    close: () => database.close(),
  };
}
