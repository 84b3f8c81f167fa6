/** A job of the service, and what can be done with the jobs. */
import type { Input } from '../input/input.ts';
import type { Model } from '../models/model.ts';
import type { Reference } from '../references/read.ts';

export type JobState = 'in_queue' | 'in_progress' | 'succeeded' | 'failed' | 'cancelled';

/** A job as the stand-in's service knows it. Times are milliseconds since the epoch. */
export interface StandInJob {
  readonly requestId: string;
  /** Its model, as it was when the job was taken. */
  readonly model: Model;
  /** The body of the submit as it came. */
  readonly body: unknown;
  readonly input: Input;
  /** The seed its pictures are drawn from: the input's, or one of the stand-in's own. */
  readonly seed: number;
  /** How long it is generated, before `speed` shortens it. */
  readonly durationMs: number;
  /** Its price, in millionths of a US dollar. */
  readonly priceMicroUsd: number;
  /** The pictures it starts from, once they were read. */
  references: readonly Reference[];
  state: JobState;
  readonly createdAt: number;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  /** Paid for, by the number asked for; not when cancelled or failed. */
  billed: boolean;
  /** URLs of the pictures, once it has succeeded. */
  images: string[];
  /** Likewise of its videos. */
  videos: string[];
  /** `error` of a failure. */
  error: unknown;
  /** What it fails with once generated; `undefined` where it will succeed. */
  plannedFailure: { error: unknown } | undefined;
  /** Its id is unknown from now on. */
  lost: boolean;
  /** When its URLs stop working. */
  urlsExpireAt: number | undefined;
  /** Calls about it that arrived. */
  readonly polls: { status: number; result: number; cancel: number };
}

/** What a job still needs to be put into the queue. */
export type NewJob = Pick<
  StandInJob,
  'requestId' | 'model' | 'body' | 'input' | 'seed' | 'durationMs' | 'priceMicroUsd' | 'references'
>;

export interface Jobs {
  readonly all: readonly StandInJob[];
  /** Images of the jobs that are billed. */
  readonly billedImages: number;
  /** What they cost together, in millionths of a US dollar. */
  readonly billedMicroUsd: number;
  find(requestId: string): StandInJob | undefined;
  add(job: NewJob): StandInJob;
  /** Brings every job up to the present. */
  advance(): void;
  /** Jobs before this one in the queue; -1 when it is not queued. */
  position(job: StandInJob): number;
  /** Cancels a queued job; `false` when it is not queued. */
  cancel(job: StandInJob): boolean;
  /** Starts a queued job out of turn; from then on only {@link Jobs.finish} and {@link Jobs.fail} end it. */
  start(job: StandInJob): void;
  /**
   * Ends a job now, as it would have ended by itself, or as soon as its references were read; `false` when it has ended
   * before, be it only just now and by itself.
   */
  finish(job: StandInJob): boolean;
  /** Likewise with this error. */
  fail(job: StandInJob, error: unknown): boolean;
  /** A started job that had to wait goes on, or fails at once. */
  ready(job: StandInJob, failure: { error: unknown } | undefined): void;
  /** When the next running job ends; `undefined` when none runs by itself. */
  nextEnd(): number | undefined;
  /** Changes how jobs run from now on; what is left of running ones is stretched or shortened. */
  configure(next: { workers?: number; speed?: number; held?: boolean }): void;
}
