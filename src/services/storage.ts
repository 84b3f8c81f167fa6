/** Opens what `STORE_URL` names: the records, the ledger and who keeps time for the jobs. */
import type { StoreLocation } from '../config.ts';
import type { Ledger } from './ledger.ts';
import { createSqliteLedger } from './ledger-sqlite.ts';
import { createSqliteAdapter } from './keyv-sqlite.ts';
import type { Log } from './log.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { openDatabase } from './sqlite.ts';
import { createStore, type Store } from './store.ts';

/** How often what no limit needs any more is dropped from the ledger (milliseconds). */
const PRUNE_EVERY = 6 * 60 * 60_000;

export interface Storage {
  store: Store;
  ledger: Ledger;
  scheduler: Scheduler;
  close(): Promise<void>;
}

/** @throws StoreError that says what to do, when the store cannot be opened. */
export function openStorage({ location, log }: { location: StoreLocation; log: Log }): Storage {
  if (location.kind === 'redis') throw new Error('A store over Redis is not there yet: use sqlite://');
  const database = openDatabase({ path: location.path, log });
  const ledger = createSqliteLedger({ database });
  const store = createStore({ adapterFor: () => createSqliteAdapter({ database }), log });
  const pruning = setInterval(() => {
    ledger.prune(Date.now()).catch((error: unknown) => {
      log.warn({ err: error }, 'the ledger could not be pruned');
    });
  }, PRUNE_EVERY).unref();
  return {
    store,
    ledger,
    scheduler: createScheduler({ log }),
    async close() {
      clearInterval(pruning);
      await store.close();
      await database.close();
    },
  };
}
