/** The storage of the only process, as a SQLite file gives it: its scheduler is the real one, and nobody claims anything. */
import type { Clock } from '../../../src/services/clock.ts';
import type { Log } from '../../../src/services/log.ts';
import { soleProcess } from '../../../src/services/storage/sqlite/processes.ts';
import { createSqliteScheduler } from '../../../src/services/storage/sqlite/scheduler.ts';
import type { OpenedWing } from '../../../src/services/storage/storage.ts';
import { createStore } from '../../../src/services/storage/store.ts';
import { withinDeadline, type Connection } from './connection.ts';
import type { Contents } from './contents.ts';
import { createLedger } from './ledger.ts';
import { createRecordsAdapter } from './records.ts';

/** @param retention - how long jobs that are done with are kept (milliseconds). */
export function openForOneProcess({
  contents,
  connection,
  retention,
  clock,
  log,
}: {
  contents: Contents;
  connection: Connection;
  retention: number;
  clock: Clock;
  log: Log;
}): OpenedWing {
  return {
    store: createStore({
      adapterFor: (namespace) => createRecordsAdapter({ namespace, contents, connection, now: () => clock.now() }),
      clock,
      log,
    }),
    ledger: createLedger({ contents, connection: withinDeadline(connection, clock), retention }),
    scheduler: createSqliteScheduler({ clock, log }),
    processes: soleProcess,
    shared: false,
    newestReservation: () => connection.read('newest', '', () => contents.reservations.newest()),
    close: () => Promise.resolve(),
  };
}
