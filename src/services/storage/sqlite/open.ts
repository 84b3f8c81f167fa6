/** What `STORE_URL=sqlite://...` names: everything in one file, for one process. */
import { resolve as absolute } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { OpenedWing } from '../storage.ts';
import { createStore } from '../store.ts';
import { openDatabase, type Database } from './connection.ts';
import { createSqliteLedger } from './ledger.ts';
import { soleProcess } from './processes.ts';
import { createSqliteAdapter } from './records.ts';
import { createSqliteScheduler } from './scheduler.ts';
import { takeFile } from './sole-process.ts';

/** How often it is looked whether the file is still there (milliseconds). */
const CONFIRM_EVERY = 10_000;

const newestSchema = z.object({ at: z.number().nullable() });

/**
 * @param path - of the database file.
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @param mayDelete - whether the clock is to be believed when it says that something is old.
 * @throws StoreError that says what to do, when the file cannot be used, or another process uses it.
 */
export function openSqliteStorage({
  path,
  retention,
  mayDelete,
  clock,
  log,
}: {
  path: string;
  retention: number;
  mayDelete?: () => boolean;
  clock: Clock;
  log: Log;
}): OpenedWing {
  const giveBack = takeFile(absolute(path));
  let database: Database;
  try {
    database = openDatabase({ path, clock, log });
  } catch (error) {
    giveBack();
    throw error;
  }
  const newest = database.prepare('SELECT max(reserved_at) AS at FROM reservations');
  const confirming = clock.setInterval(() => {
    try {
      database.confirm();
    } catch {
      // It is logged; whoever begins something hears of it.
    }
  }, CONFIRM_EVERY);
  return {
    store: createStore({
      adapterFor: () => createSqliteAdapter({ database, clock, ...(mayDelete && { mayDelete }) }),
      purge: () => database.purge(),
      confirm: () => {
        database.confirm();
      },
      clock,
      log,
    }),
    ledger: createSqliteLedger({ database, retention }),
    scheduler: createSqliteScheduler({ clock, log }),
    processes: soleProcess,
    shared: false,
    newestReservation: () => database.read(() => newestSchema.parse(newest.get()).at ?? undefined),
    async close() {
      confirming.cancel();
      await database.close();
      giveBack();
    },
  };
}
