/** What `STORE_URL=sqlite://...` names: everything in one file, for one process. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Storage } from '../storage.ts';
import { createStore } from '../store.ts';
import { openDatabase } from './connection.ts';
import { createSqliteLedger } from './ledger.ts';
import { createSqliteAdapter } from './records.ts';
import { createSqliteScheduler } from './scheduler.ts';

/**
 * @param path - of the database file.
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @throws StoreError that says what to do, when the file cannot be used.
 */
export function openSqliteStorage({
  path,
  retention,
  clock,
  log,
}: {
  path: string;
  retention: number;
  clock: Clock;
  log: Log;
}): Storage {
  const database = openDatabase({ path, clock, log });
  return {
    store: createStore({ adapterFor: () => createSqliteAdapter({ database, clock }), clock, log }),
    ledger: createSqliteLedger({ database, retention }),
    scheduler: createSqliteScheduler({ clock, log }),
    shared: false,
    close: () => database.close(),
  };
}
