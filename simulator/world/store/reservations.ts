/** The reservations as they are durable, with sums that are kept and not counted anew: what the ledger's acts do to them. */
import {
  FORGOTTEN,
  oldestKept,
  type DailyImages,
  type Ledger,
  type PastReservation,
  type Reservation,
} from '../../../src/services/ledger/ledger.ts';
import { checkLimits, utcDay, utcDaysBetween, utcMonth } from '../../../src/services/ledger/limits.ts';
import type { Limits, Usage } from '../../../src/services/ledger/limits.ts';
import type { StoredReservation } from '../../../src/services/storage/copy.ts';
import { createSums, type Sums } from './sums.ts';

type Acts = { [Act in keyof Ledger]: (...of: Parameters<Ledger[Act]>) => Awaited<ReturnType<Ledger[Act]>> };

/** The acts of the ledger, each at once and whole. */
export interface Reservations extends Omit<Acts, 'prune'> {
  /** @param retention - how long a member's past reservations are kept at least (milliseconds). */
  prune(at: number, retention: number): number;
  /** The same list as long as nothing has changed. */
  all(): readonly Readonly<StoredReservation>[];
  /** When the newest one was made. */
  newest(): number | undefined;
  /** Takes one over as it is; one that is known already changes nothing. */
  put(reservation: StoredReservation): void;
  clear(): void;
  readonly size: number;
}

const byTime = (one: StoredReservation, other: StoredReservation) =>
  one.at - other.at || (one.jobId < other.jobId ? -1 : 1);

const toReservation = ({ jobId, guildId, userId, images, at }: StoredReservation): Reservation => ({
  jobId,
  guildId,
  userId,
  images,
  at,
});

/** @param isRecorded - whether a job's record stands somewhere: its reservation is kept as long. */
export function createReservations({ isRecorded }: { isRecorded: (jobId: string) => boolean }): Reservations {
  const all = new Map<string, StoredReservation>();
  const sums: Sums = createSums();
  let list: readonly StoredReservation[] | undefined;

  function usage(guildId: string, userId: string, at: number): Usage {
    return sums.usage({ guildId, userId, day: utcDay(at), month: utcMonth(at) });
  }

  function put(reservation: StoredReservation): void {
    if (all.has(reservation.jobId)) return;
    all.set(reservation.jobId, { ...reservation });
    sums.add(reservation);
    list = undefined;
  }

  /** @param most - images that stay counted at most; one of which none do is released. */
  function finish(jobId: string, state: StoredReservation['state'], most = Infinity): void {
    const found = all.get(jobId);
    if (found?.state !== 'held') return;
    sums.remove(found);
    found.state = most < 1 ? 'released' : state;
    if (most >= 1) found.images = Math.min(found.images, most);
    sums.add(found);
    list = undefined;
  }

  function takeNames(at: number): void {
    const today = utcDay(at);
    for (const each of all.values()) {
      if (!each.forgetting || each.state === 'held' || each.day >= today) continue;
      sums.remove(each);
      each.userId = FORGOTTEN;
      each.forgetting = false;
      sums.add(each);
      list = undefined;
    }
  }

  return {
    put,
    all: () => (list ??= [...all.values()]),
    newest: () => (all.size === 0 ? undefined : Math.max(...[...all.values()].map(({ at }) => at))),
    clear() {
      all.clear();
      sums.clear();
      list = undefined;
    },
    get size() {
      return all.size;
    },

    reserve(reservation: Reservation, limits: Limits) {
      const { jobId, guildId, userId, images, at } = reservation;
      if (all.has(jobId)) return { outcome: 'repeated' };
      const refusal = checkLimits(images, usage(guildId, userId, at), limits, at);
      if (refusal !== undefined) return { outcome: 'refused', refusal };
      const of = { jobId, guildId, userId, images, at, day: utcDay(at), month: utcMonth(at) };
      put({ ...of, state: 'held', forgetting: false });
      return { outcome: 'reserved' };
    },
    reduce(jobId, images) {
      finish(jobId, 'held', images);
    },
    settle(jobId, images) {
      finish(jobId, 'settled', images);
    },
    release(jobId) {
      finish(jobId, 'released');
    },
    usage,
    held: (before) =>
      [...all.values()]
        .filter(({ state, at }) => state === 'held' && at < before)
        .sort(byTime)
        .map(toReservation),

    recent({ userId, guildId, since, before, after, limit }) {
      const theirs = [...all.values()].filter((each) => each.userId === userId).sort(byTime);
      const beside = before ?? after;
      const cursor = theirs.findIndex(({ jobId }) => jobId === beside);
      if (beside !== undefined && cursor < 0) return [];
      const [from, to] =
        before !== undefined ? [0, cursor] : after !== undefined ? [cursor + 1, Infinity] : [0, Infinity];
      const found = theirs
        .slice(from, to)
        .filter((each) => each.at >= since && !each.forgetting && (guildId === undefined || each.guildId === guildId));
      const nearest = before === undefined && after !== undefined ? found.slice(0, limit) : found.slice(-limit);
      return nearest.reverse().map((each): PastReservation => ({ ...toReservation(each), state: each.state }));
    },

    daily: ({ guildId, from, to }) =>
      utcDaysBetween(from, to).flatMap((day): DailyImages[] =>
        sums
          .members(guildId, day)
          .map(([userId, images]) => ({ day, userId: userId === FORGOTTEN ? undefined : userId, images })),
      ),

    forget(jobIds, at) {
      for (const jobId of jobIds) {
        const found = all.get(jobId);
        if (found !== undefined && found.userId !== FORGOTTEN) found.forgetting = true;
      }
      takeNames(at);
    },

    prune(at, retention) {
      takeNames(at);
      const oldest = oldestKept(at, retention);
      const dropped = [...all.values()].filter(
        (each) => each.state !== 'held' && each.at < oldest && !isRecorded(each.jobId),
      );
      for (const each of dropped) {
        sums.remove(each);
        all.delete(each.jobId);
        list = undefined;
      }
      return dropped.length;
    },
  };
}
