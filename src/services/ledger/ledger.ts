/** The record of reservations: what every limit is counted from. */
import type { Limits, Refusal, Usage } from './limits.ts';

/** What stands in a name's place once it is forgotten: no id of Discord's looks like it. */
export const FORGOTTEN = 'forgotten';

/** How long reservations are kept at least, in milliseconds: 35 days, for a chart of 30. */
const KEPT = 35 * 24 * 60 * 60 * 1000;

/** The most days that reservations are kept, with whole months counted in, unless the retention is longer. */
export const KEPT_DAYS_MOST = 62;

/**
 * The oldest moment whose reservations something still needs at a moment (both milliseconds since the epoch): a window
 * of the limits, the chart, or a member's history with its `retention` in milliseconds.
 */
export function oldestKept(at: number, retention: number): number {
  const now = new Date(at);
  const previousMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1);
  return Math.min(previousMonth, at - Math.max(KEPT, retention));
}

/** The images a job holds against its guild's limits, from before submit until it is settled or released. */
export interface Reservation {
  jobId: string;
  guildId: string;
  userId: string;
  /** Images that are paid: those asked for, less those of requests that cost nothing. */
  images: number;
  /** When it was reserved (milliseconds since the epoch). It counts to this moment's UTC day and month for good. */
  at: number;
}

/** A reservation and what became of it. */
export interface PastReservation extends Reservation {
  state: 'held' | 'settled' | 'released';
}

/** What a member used on one UTC day (`2026-11-23`); `undefined` stands for all members whose names were forgotten. */
export interface DailyImages {
  day: string;
  userId: string | undefined;
  images: number;
}

type ReserveOutcome =
  | { outcome: 'reserved' }
  /** This job id has been reserved before; nothing was counted again. */
  | { outcome: 'repeated' }
  | { outcome: 'refused'; refusal: Refusal };

/**
 * Reservations against limits. Every call is atomic, durable and idempotent by job id: the first of settle and release
 * wins, later ones change nothing, and none rejects for a job that it does not know.
 *
 * Where a part of a job costs nothing, the caller says how many images stay counted, not how many are freed, so that a call
 * that is made again after a kill, late, or beside another one frees nothing twice: the number only ever falls. A reservation
 * of which none stay is released.
 *
 * Every call rejects with `StoreError` when the store fails; then nothing was counted or, where a time-out hides the
 * outcome, what was counted is found by {@link Ledger.held}.
 */
export interface Ledger {
  /** Counts the images and one active job, if all limits allow it. */
  reserve(reservation: Reservation, limits: Limits): Promise<ReserveOutcome>;
  /**
   * The job goes on, and some of its requests were refused, failed or cancelled: at most `images` stay counted. They are freed
   * as soon as that is known, and not at the job's end: a member who cancelled 5 of 8 can ask for 5 others while the 3 are
   * made, which takes minutes, or until the deadline. The job stays active.
   *
   * @param images - of all requests that are paid, may be, or are still to be submitted. It must never grow again: what may
   * yet be submitted is among them.
   */
  reduce(jobId: string, images: number): Promise<void>;
  /**
   * The job is final and is paid for: its images stay counted, it is no longer active.
   *
   * @param images - at most so many stay counted, in the same act, where a part of it cost nothing; all that still do, where
   * it is left out.
   */
  settle(jobId: string, images?: number): Promise<void>;
  /** The job is final and cost nothing: its images are no longer counted, it is no longer active. */
  release(jobId: string): Promise<void>;
  /** What a guild, a member of it and all guilds together have used at a moment (milliseconds since the epoch). */
  usage(guildId: string, userId: string, at: number): Promise<Usage>;
  /** Reservations made before a moment (milliseconds since the epoch) and neither settled nor released, oldest first. */
  held(before: number): Promise<Reservation[]>;
  /**
   * A member's reservations, newest first, whatever became of them: at most `limit`, made at or after `since`
   * (milliseconds since the epoch). Beside a job of theirs, `before` gives those just older, `after` those just newer.
   *
   * @param of.guildId - all guilds where it is left out.
   */
  recent(of: {
    userId: string;
    guildId?: string;
    since: number;
    before?: string;
    after?: string;
    limit: number;
  }): Promise<PastReservation[]>;
  /** Images of a guild by UTC day and member, of reservations that are not released, from one moment's day to another's. */
  daily(of: { guildId: string; from: number; to: number }): Promise<DailyImages[]>;
  /**
   * Removes the member's name from these jobs' reservations; their images stay counted. At once they are no longer among
   * the {@link recent} ones. So that nobody can reset a limit with it, a reservation of the moment's UTC day, or one that
   * is still held, keeps the name until the first {@link prune} after that day has ended and the job is final.
   */
  forget(jobIds: string[], at: number): Promise<void>;
  /**
   * Deletes what nothing needs any more at a moment (milliseconds since the epoch): reservations older than every window
   * and the retention, unless they are held, and the names that were to be forgotten.
   *
   * @returns how many reservations it deleted.
   */
  prune(at: number): Promise<number>;
}
