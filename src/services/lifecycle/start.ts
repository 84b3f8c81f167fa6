/** How a job begins: its images are reserved, it is written, and it is scheduled. What a start that failed left is taken back. */
import type { Clock } from '../clock.ts';
import type { Job } from '../job/job.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Limits, Refusal } from '../ledger/limits.ts';
import type { Log } from '../log.ts';
import {
  LostClaimError,
  LostRecordsError,
  NewerRecordError,
  StoreError,
  UnreadableRecordError,
  type Claim,
  type Scheduler,
} from '../storage/storage.ts';
import { settleReservation } from './settle.ts';

/** When a job is looked at whose start was cut short between its record and its first step (milliseconds). */
const CUT_SHORT = 20_000;

/** Until what a start that failed has left is taken back again, where the store failed then too (milliseconds). */
const TAKE_BACK_RETRY = 1000;

/** What became of a start that the store failed. */
export type StartFate =
  /** Nothing is left of it, and nothing will be submitted. */
  | 'taken_back'
  /** Another process had begun the job, which goes on. */
  | 'goes_on';

type StartOutcome =
  | { outcome: 'started' }
  /**
   * The store failed, and may have the job all the same. `fate` resolves when that is known, however long the store stays
   * away; where this process ends before, the job goes on if the store has it.
   */
  | { outcome: 'unsure'; fate: Promise<StartFate> }
  /** This job has been started before: nothing happened. */
  | { outcome: 'repeated' }
  | { outcome: 'refused'; refusal: Refusal };

export interface Start {
  /**
   * Reserves the job's images, writes the job and has it submitted.
   *
   * @param beforeFirstStep - waited for once the job is written, and before anything else happens to it. Never rejects.
   * @throws StoreError when the store fails; then nothing will be submitted, and what is counted is released.
   */
  start(job: Job, limits: Limits, beforeFirstStep?: () => Promise<void>): Promise<StartOutcome>;
  /**
   * Releases what a start that was killed, or whose store failed, left reserved before a moment (milliseconds since the
   * epoch) without a job, and settles what an end that was killed left held.
   *
   * @throws StoreError
   */
  reclaim(before: number): Promise<void>;
}

/**
 * How long after it was asked for a job's record is written at most beside other processes (milliseconds). A reservation without
 * one is released after two minutes: a process that stood still in between must not begin its job.
 */
const WRITTEN_WITHIN = 60_000;

export function createStart({
  records,
  ledger,
  scheduler,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'find' | 'write' | 'discard' | 'isSetAside'>;
  ledger: Pick<Ledger, 'reserve' | 'release' | 'settle' | 'held'>;
  scheduler: Pick<Scheduler, 'schedule' | 'hold' | 'letGo'>;
  clock: Pick<Clock, 'now' | 'sleep' | 'monotonic'>;
  log: Log;
}): Start {
  async function reclaim(jobId: string): Promise<void> {
    const job = await records.find(jobId);
    if (job === undefined && (await records.isSetAside(jobId))) {
      log.warn({ job: jobId }, 'the reservation of a job whose record cannot be read stays counted');
      await ledger.settle(jobId);
    } else if (job === undefined) {
      log.warn({ job: jobId }, 'a reservation without a job is released');
      await ledger.release(jobId);
    } else await settleReservation(job, ledger);
  }

  async function reclaimHeld(jobId: string, at: number): Promise<void> {
    if ((await ledger.held(at + 1)).some((reservation) => reservation.jobId === jobId)) await reclaim(jobId);
  }

  /** Takes back what stands of a start, unless another process has begun the job. */
  async function takeBack(jobId: string, claim: Claim | undefined): Promise<StartFate> {
    let fate: StartFate = 'taken_back';
    try {
      // The record first: it must be gone, and no write of it on its way, before what it would be paid from is free.
      await records.discard(jobId, claim);
      await ledger.release(jobId);
    } catch (error) {
      if (!(error instanceof LostClaimError)) throw error;
      // Begun by another process, or discarded by a try whose answer was lost.
      await reclaim(jobId);
      if ((await records.find(jobId)) !== undefined) fate = 'goes_on';
    }
    await scheduler.letGo(jobId, claim);
    return fate;
  }

  /** Retries `act`, which takes back a start that failed, until the store lets it. */
  async function retry<T>(jobId: string, act: () => Promise<T>): Promise<T> {
    for (;;) {
      await clock.sleep(TAKE_BACK_RETRY);
      try {
        const done = await act();
        log.debug({ job: jobId, fate: done }, 'a start that failed has been taken back, or goes on');
        return done;
      } catch (error) {
        log.debug({ job: jobId, err: error }, 'a start that failed could not be taken back yet');
      }
    }
  }

  /** Holds the job and has it looked at: another process finds it by this entry, should this one die. */
  async function prepare(jobId: string, at: number): Promise<Claim | undefined> {
    const claim = await scheduler.hold(jobId).catch((error: unknown) => {
      void retry(jobId, () => reclaimHeld(jobId, at));
      throw error;
    });
    try {
      await scheduler.schedule(jobId, CUT_SHORT);
    } catch (error) {
      void retry(jobId, () => takeBack(jobId, claim));
      throw error;
    }
    return claim;
  }

  /**
   * What becomes of a start whose record could not be written, as far as the store says.
   *
   * @throws StoreError where it is taken back.
   */
  async function undo(jobId: string, claim: Claim | undefined, error: unknown): Promise<StartOutcome> {
    if (error instanceof LostRecordsError) throw error;
    let fate: StartFate;
    try {
      fate = await takeBack(jobId, claim);
    } catch (cause) {
      log.error({ job: jobId, err: cause }, 'a start that failed could not be taken back yet');
      return { outcome: 'unsure', fate: retry(jobId, () => takeBack(jobId, claim)) };
    }
    if (fate === 'goes_on') return { outcome: 'started' };
    throw error instanceof LostClaimError ? new StoreError('The job was not begun in time.', { cause: error }) : error;
  }

  return {
    async start(job, limits, beforeFirstStep) {
      const begunAt = clock.monotonic();
      const { id: jobId, guildId, userId, count: images, createdAt: at } = job;
      const reserved = await ledger.reserve({ jobId, guildId, userId, images, at }, limits).catch((error: unknown) => {
        // Otherwise it may have been reserved all the same.
        if (!(error instanceof LostRecordsError)) void retry(jobId, () => reclaimHeld(jobId, at));
        throw error;
      });
      if (reserved.outcome !== 'reserved') return reserved;
      const claim = await prepare(jobId, at);
      // Another process may have released by now what has no record for so long.
      if (claim !== undefined && Math.max(clock.monotonic() - begunAt, clock.now() - at) > WRITTEN_WITHIN) {
        return undo(jobId, claim, new StoreError('The job was not begun in time.'));
      }
      try {
        await records.write(job, claim);
      } catch (error) {
        return undo(jobId, claim, error);
      }
      await beforeFirstStep?.();
      await Promise.all([
        scheduler.letGo(jobId, claim),
        scheduler.schedule(jobId, 0).catch((error: unknown) => {
          log.warn({ job: jobId, err: error }, 'a job starts late, as it could not be scheduled at once');
        }),
      ]);
      return { outcome: 'started' };
    },

    async reclaim(before) {
      for (const reservation of await ledger.held(before)) {
        try {
          await reclaim(reservation.jobId);
        } catch (error) {
          // Where a newer version wrote the job, that one looks after its reservation.
          if (error instanceof NewerRecordError) continue;
          if (!(error instanceof UnreadableRecordError)) throw error;
          log.warn(
            { job: reservation.jobId, err: error },
            'the reservation of a job whose record cannot be read stays held',
          );
        }
      }
    },
  };
}
