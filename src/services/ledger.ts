/** The record of reservations: what every limit is counted from. */
import type { Limits, Refusal, Usage } from './limits.ts';

/** The images a job holds against its guild's limits, from before submit until it is settled or released. */
export interface Reservation {
  jobId: string;
  guildId: string;
  userId: string;
  /** Images asked for: the number that is paid. */
  images: number;
  /** When it was reserved (milliseconds since the epoch). It counts to this moment's UTC day and month for good. */
  at: number;
}

export type ReserveOutcome =
  | { outcome: 'reserved' }
  /** This job id has been here before; nothing was counted again. */
  | { outcome: 'repeated' }
  | { outcome: 'refused'; refusal: Refusal };

/**
 * Reservations against limits. Every call is one atomic, durable act and idempotent by job id: the first of settle and
 * release wins, later ones change nothing, and both are silent about a job they do not know.
 *
 * Every call rejects with `StoreError` when the store fails; then nothing was counted or, where a time-out hides the
 * outcome, what was counted is found by {@link Ledger.held}.
 */
export interface Ledger {
  /** Counts the images and one active job, if all limits allow it. */
  reserve(reservation: Reservation, limits: Limits): Promise<ReserveOutcome>;
  /** The job is final and is paid for: its images stay counted, it is no longer active. */
  settle(jobId: string): Promise<void>;
  /** The job is final and cost nothing: its images are given back, it is no longer active. */
  release(jobId: string): Promise<void>;
  /** What a guild, a member of it and all guilds together have used at a moment (milliseconds since the epoch). */
  usage(guildId: string, userId: string, at: number): Promise<Usage>;
  /** Reservations neither settled nor released. */
  held(): Promise<Reservation[]>;
}
