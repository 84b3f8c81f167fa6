/** The storage of one of several processes that share a store, as `src/services/storage/redis/open.ts` opens it. */
import type { Log } from '../../../../src/services/log.ts';
import type { OpenedWing, Processes } from '../../../../src/services/storage/storage.ts';
import { createStore } from '../../../../src/services/storage/store.ts';
import type { SimulatedProcess } from '../../../kernel/process.ts';
import type { Ground } from '../../world.ts';
import { withinDeadline, type Connection } from '../connection.ts';
import type { Contents } from '../contents.ts';
import { createLedger } from '../ledger.ts';
import type { Link } from '../link.ts';
import { createRecordsAdapter } from '../records.ts';
import { createClaims } from './claims.ts';
import { createScheduler } from './scheduler.ts';
import { createWorker } from './worker.ts';

/** @param retention - how long jobs that are done with are kept (milliseconds). */
export function openForSeveral({
  process,
  contents,
  connection,
  link,
  ground: { time, random, plan },
  retention,
  log,
}: {
  process: SimulatedProcess;
  contents: Contents;
  connection: Connection;
  link: Link;
  ground: Pick<Ground, 'time' | 'random' | 'plan'>;
  retention: number;
  log: Log;
}): OpenedWing {
  const { clock } = process;
  const processId = `${process.name} (start ${process.incarnation})`;
  const { claims: book, queue } = contents;
  const impatient = withinDeadline(connection, clock);
  const claims = createClaims({ processId, book, queue, connection: impatient, link, clock, log });
  return {
    store: createStore({
      // Redis drops expired records by its own clock.
      adapterFor: (namespace) =>
        createRecordsAdapter({ namespace, contents, connection, claimed: true, now: () => time.now() }),
      confirm: () => connection.write('probe', '', () => undefined),
      clock,
      log,
    }),
    ledger: createLedger({ contents, connection: impatient, retention }),
    scheduler: createScheduler({
      queue,
      claims,
      connection: impatient,
      openWorker: (look) => createWorker({ processId, look, queue, connection, link, random, process }),
      clock,
      log,
    }),
    processes: processesOf(plan.processes),
    shared: true,
    newestReservation: () => impatient.read('newest', '', () => contents.reservations.newest()),
    close: () => claims.close(),
  };
}

/** How many there are is known here; what is paused for all of them is Discord's to say, which each of them hears by itself. */
function processesOf(count: number): Processes {
  return { count: () => count, pause: () => undefined, onPause: () => undefined };
}
