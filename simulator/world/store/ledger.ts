/** The ledger of one process over the reservations in memory. */
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import type { Connection } from './connection.ts';
import type { Contents } from './contents.ts';

/**
 * @param connection - whose calls are given up when they take too long.
 * @param retention - how long a member's past reservations are to be found at least (milliseconds).
 */
export function createLedger({
  contents,
  connection,
  retention,
}: {
  contents: Contents;
  connection: Connection;
  retention: number;
}): Ledger {
  const { reservations } = contents;
  const read: Connection['read'] = (what, id, act) => connection.read(what, id, act);
  const write: Connection['write'] = (what, id, act) => connection.write(what, id, act);

  return {
    reserve: (reservation, limits) =>
      write('reserve', reservation.jobId, () => reservations.reserve(reservation, limits)),
    reduce: (jobId, images) =>
      write('reduce', jobId, () => {
        reservations.reduce(jobId, images);
      }),
    settle: (jobId, images) =>
      write('settle', jobId, () => {
        reservations.settle(jobId, images);
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
    prune: (at) =>
      write('prune', '', () => {
        // Expired records go by timers of their own elsewhere; here it is soon enough.
        contents.sweep(at);
        return reservations.prune(at, retention);
      }),
  };
}
