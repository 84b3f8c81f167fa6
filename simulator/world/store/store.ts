/** The store of a history: everything that outlives the processes of the bot, and how each of them calls it. */
import type { Log } from '../../../src/services/log.ts';
import type { StoredReservation } from '../../../src/services/storage/copy.ts';
import { openOver } from '../../../src/services/storage/open.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { JobRecord, ReservationTruth } from '../truth.ts';
import type { Ground, StoreWorld } from '../world.ts';
import { createConnection } from './connection.ts';
import { createContents, type Contents } from './contents.ts';
import { openForOneProcess } from './one-process.ts';

export { STORE_TROUBLES } from './trouble.ts';

export function createStoreWorld(ground: Ground): StoreWorld {
  const contents = createContents();
  const counts = new Map<string, number>();

  async function connect(process: SimulatedProcess, { retention, log }: { retention: number; log: Log }) {
    const { clock } = process;
    const connection = createConnection({ process, ground, counts, local: true });
    await connection.read('open', '', () => undefined);
    return openOver({
      openWing: () => openForOneProcess({ contents, connection, retention, clock, log }),
      clock,
      log,
    });
  }

  return {
    connect,
    killed: () => undefined,
    reservations: () => [...contents.reservations.all()].map(toTruth),
    jobs: () => ({ live: recordsOf(contents, 'jobs'), finished: recordsOf(contents, 'finished') }),
    size: () => contents.reservations.size + [...contents.namespaces()].reduce((sum, [, space]) => sum + space.size, 0),
  };
}

function toTruth({ jobId, guildId, userId, images, at, state }: Readonly<StoredReservation>): ReservationTruth {
  return { jobId, guild: guildId, member: userId, images, at, state };
}

function recordsOf(contents: Contents, namespace: string): JobRecord[] {
  return [...contents.records(namespace).values()].map(({ text }) => (JSON.parse(text) as { value: JobRecord }).value);
}
