/** The ledger of one process over the reservations in memory. */
import type { Clock } from '../../../src/services/clock.ts';
import { withDeadline } from '../../../src/services/deadline.ts';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import type { Connection } from './connection.ts';
import type { Reservations } from './reservations.ts';

/** How long one call may take (milliseconds), as for every call of the storage's. */
const DEADLINE = 2000;

/** @param retention - how long a member's past reservations are to be found at least (milliseconds). */
export function createLedger({
  reservations,
  connection,
  retention,
  clock,
}: {
  reservations: Reservations;
  connection: Connection;
  retention: number;
  clock: Pick<Clock, 'setTimeout'>;
}): Ledger {
  const within = <T>(call: () => Promise<T>): Promise<T> =>
    withDeadline(clock, DEADLINE, call, () => new StoreError('The ledger did not answer in time.'));
  const read = <T>(what: string, id: string, act: () => T) => within(() => connection.read(what, id, act));
  const write = <T>(what: string, id: string, act: () => T) => within(() => connection.write(what, id, act));

  return {
    reserve: (reservation, limits) =>
      write('reserve', reservation.jobId, () => reservations.reserve(reservation, limits)),
    settle: (jobId) =>
      write('settle', jobId, () => {
        reservations.settle(jobId);
      }),
    release: (jobId) =>
      write('release', jobId, () => {
        reservations.release(jobId);
      }),
    usage: (guildId, userId, at) => read('usage', userId, () => reservations.usage(guildId, userId, at)),
    held: (before) => read('held', '', () => reservations.held(before)),
    recent: (of) => read('recent', of.userId, () => reservations.recent(of)),
    daily: (of) => read('daily', of.guildId, () => reservations.daily(of)),
    forget: (jobIds, at) =>
      write('forget', jobIds.join(), () => {
        reservations.forget(jobIds, at);
      }),
    prune: (at) => write('prune', '', () => reservations.prune(at, retention)),
  };
}
