/** What the rest of the bot knows of the storage: records, the ledger and the scheduler, whatever they stand on. */
import type { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';

export {
  LostClaimError,
  LostRecordsError,
  NewerRecordError,
  StoreError,
  UnreadableRecordError,
} from './store-error.ts';

/** Everything that `STORE_URL` names, opened. */
export interface Storage {
  store: Store;
  ledger: Ledger;
  scheduler: Scheduler;
  processes: Processes;
  /** Whether other processes may work on the same jobs. */
  shared: boolean;
  /** Missing where the store is a file, which is used on though its name is gone. */
  presence?: Presence;
  close(): Promise<void>;
}

/** A store that nothing is to be written to. */
export interface ReadableStore {
  store: Pick<Store, 'collection'>;
  ledger: Pick<Ledger, 'usage'>;
  close(): Promise<void>;
}

/** The processes that work on this storage, with one bot's token between them. */
export interface Processes {
  /** How many there are, this one included; `Infinity` while the others may not know of this one yet. */
  count(): number;
  /** Tells all of them that nobody may call Discord by that token for so long (milliseconds). */
  pause(ms: number): void;
  /** Calls `hear`, perhaps repeatedly, with the milliseconds that are left of a pause that any of them was told of. */
  onPause(hear: (ms: number) => void): void;
}

/** Whether the records that this process began with are still there. Once they are gone every call rejects with `LostRecordsError`. */
export interface Presence {
  /** When they were last known to be there (milliseconds of the clock that never jumps). */
  seenAt(): number;
  /** Calls `listener` in the moment they are found to be gone. */
  onLost(listener: () => void): void;
  /** The record of a job that goes on is not there: no new job is taken any more. */
  missing(jobId: string): void;
}

/** What one wing opens; `open.ts` makes the storage of it. */
export interface OpenedWing extends Storage {
  /** When the newest reservation was made (milliseconds since the epoch); `undefined` where there is none. */
  newestReservation: () => Promise<number | undefined>;
}

/**
 * That this process may act on a job. A shared storage hands one to each step; every write about the job that bears it is
 * made only while it holds. Where no other process can act on a job there are no claims, and `undefined` goes the same way.
 */
export interface Claim {
  readonly jobId: string;
  /** The process that holds it and which of its claims this is: no two are the same. */
  readonly holder: string;
}

/** How a record is written. */
export interface WriteOptions {
  /** How long it is kept, in milliseconds; for ever where it is not given. */
  ttl?: number | undefined;
  /** The write is made only while this claim holds; else it rejects with `LostClaimError`. */
  claim?: Claim | undefined;
}

/** How a record is deleted. */
export interface DeleteOptions {
  /** It is deleted only while this claim holds; else that rejects with `LostClaimError`. */
  claim?: Claim | undefined;
  /** Whether the claim ends in the same act, so that nothing written under it arrives after. */
  release?: boolean;
}

/** Records of one kind, by id. Every call rejects with `StoreError` when the store fails or is too slow. */
export interface Collection<T> {
  /**
   * The record, or `undefined` where there is none, it has expired or it can't be parsed. Rejects with
   * `NewerRecordError` where a newer version of the bot has written it.
   */
  get(id: string): Promise<T | undefined>;
  /** Writes a record. It is durable when this resolves. */
  set(id: string, value: T, options?: WriteOptions): Promise<void>;
  /** @returns whether there was one. */
  delete(id: string, options?: DeleteOptions): Promise<boolean>;
  /**
   * Takes a claim back that another process took meanwhile, if the record still is `value`, as it was written under it.
   * From then on the other one's claim does not hold.
   *
   * @returns whether it was; where there are no claims, `false`.
   */
  retake(id: string, value: T, claim: Claim): Promise<boolean>;
  /** All records but those of a newer version, in no order. One that is written meanwhile may be missing. */
  entries(): AsyncIterable<[string, T]>;
}

export interface Store {
  /**
   * The records of a namespace. One that does not parse is moved to the namespace `set-aside:<namespace>` under the
   * same id, logged by id, and as good as missing. But one of a newer version (the schema names its own by a literal
   * `version`) is left where it is.
   */
  collection<T>(namespace: string, schema: z.ZodType<T>): Collection<T>;
  /**
   * Takes what was deleted out of whatever else the store has written on this machine: then it is nowhere to be read.
   *
   * @throws StoreError
   */
  purge(): Promise<void>;
  /** Resolves when the store answers; rejects with `StoreError` otherwise. */
  ping(): Promise<void>;
  /** Ends the use of the adapters. What they stand on (the database, the connection) is closed by whoever opened it. */
  close(): Promise<void>;
}

/**
 * Looks at a job once.
 *
 * @param claim - goes to every write about the job.
 * @returns milliseconds until the next look, or `undefined` when there is none.
 */
export type Step = (jobId: string, claim?: Claim) => Promise<number | undefined>;

/** Calls a job's step when it is due; never twice at a time for one job. */
export interface Scheduler {
  /**
   * Has `step` called for a job after `delay` milliseconds, or sooner if that was asked before. For a job that waits
   * already, 0 makes it due now; a longer delay may leave it the time it has.
   */
  schedule(jobId: string, delay: number): Promise<void>;
  /** Has `step` called for a job that a process has left: at once, unless it waits already, for whoever steps it. */
  resume(jobId: string): Promise<void>;
  /**
   * Keeps every process from calling `step` for a job that is being started, until `letGo` or until this process seems
   * dead to the others.
   *
   * @returns the claim under which the job's record is to be written.
   * @throws StoreError
   */
  hold(jobId: string): Promise<Claim | undefined>;
  /** Ends a hold. */
  letGo(jobId: string, claim: Claim | undefined): Promise<void>;
  /** Begins calling `step`. */
  start(step: Step): Promise<void>;
  /** Starts no more steps; resolves when those under way have ended, or after `patience` milliseconds. */
  stop(patience: number): Promise<void>;
  /** Jobs that wait for a look or are being looked at by this process. */
  size(): number;
}

/** What somebody finds who only looks at a store; whatever keeps the bot from using it is a StoreError. */
export type StoreLook =
  /** It is made at the start. */
  | 'missing'
  /** There is a file with nothing in it yet: it is filled at the start. */
  | 'empty'
  /** It was written by an older version: it is brought to the newest schema at the start. */
  | 'older'
  | 'ready';

/** Whether a store still has after a crash what it was given. */
export interface Durability {
  /** Whether Redis writes down every change; `undefined` where it does not say. */
  appendOnly: boolean | undefined;
  /** Whether each change is on the disk before it is answered; `undefined` where Redis does not say. */
  syncsEachChange: boolean | undefined;
  /** How Redis drops records when its memory is full; `undefined` where it does not, or does not say. */
  evictionPolicy: string | undefined;
}
