/** How a job begins: its images are reserved, it is written, and it is scheduled. What a start that failed left is taken back. */
import type { Clock } from '../clock.ts';
import { settlement, type Job } from '../job/job.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Limits, Refusal } from '../ledger/limits.ts';
import type { Log } from '../log.ts';
import { NewerRecordError, UnreadableRecordError, type Scheduler } from '../storage/storage.ts';

/** When a job is looked at whose start was cut short between its record and its first step (milliseconds). */
const CUT_SHORT = 20_000;

/** Until what a start that failed has left is taken back again, where the store failed then too (milliseconds). */
const TAKE_BACK_RETRY = 1000;

type StartOutcome =
  | { outcome: 'started' }
  /** This job has been started before: nothing happened. */
  | { outcome: 'repeated' }
  | { outcome: 'refused'; refusal: Refusal };

export interface Start {
  /**
   * Reserves the job's images, writes the job and has it submitted.
   *
   * @throws StoreError when the store fails; then nothing is counted and nothing will be submitted.
   */
  start(job: Job, limits: Limits): Promise<StartOutcome>;
  /**
   * Releases what a start that was killed, or whose store failed, left reserved before a moment (milliseconds since the
   * epoch) without a job, and settles what an end that was killed left held.
   *
   * @throws StoreError
   */
  reclaim(before: number): Promise<void>;
}

export function createStart({
  records,
  ledger,
  scheduler,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'find' | 'write' | 'discard' | 'isSetAside'>;
  ledger: Pick<Ledger, 'reserve' | 'release' | 'settle' | 'held'>;
  scheduler: Pick<Scheduler, 'schedule'>;
  clock: Pick<Clock, 'sleep'>;
  log: Log;
}): Start {
  /** The record first: it may have been written late, and must be gone before what it would be paid from is free. */
  async function takeBack(jobId: string): Promise<void> {
    await records.discard(jobId);
    await ledger.release(jobId);
  }

  async function reclaim(jobId: string): Promise<void> {
    const job = await records.find(jobId);
    if (job === undefined && (await records.isSetAside(jobId))) {
      log.warn({ job: jobId }, 'the reservation of a job whose record cannot be read stays counted');
      await ledger.settle(jobId);
    } else if (job === undefined) {
      log.warn({ job: jobId }, 'a reservation without a job is released');
      await ledger.release(jobId);
    } else if (settlement(job) === 'settle') await ledger.settle(jobId);
    else if (settlement(job) === 'release') await ledger.release(jobId);
  }

  async function reclaimHeld(jobId: string, at: number): Promise<void> {
    if ((await ledger.held(at + 1)).some((reservation) => reservation.jobId === jobId)) await reclaim(jobId);
  }

  /** Retries `act`, which takes back a start that failed, until the store lets it. */
  async function retry(jobId: string, act: (jobId: string) => Promise<void>): Promise<void> {
    for (;;) {
      await clock.sleep(TAKE_BACK_RETRY);
      try {
        await act(jobId);
        log.debug({ job: jobId }, 'a start that failed has been taken back');
        return;
      } catch (error) {
        log.debug({ job: jobId, err: error }, 'a start that failed could not be taken back yet');
      }
    }
  }

  return {
    async start(job, limits) {
      const { id: jobId, guildId, userId, count: images, createdAt: at } = job;
      const reserved = await ledger.reserve({ jobId, guildId, userId, images, at }, limits).catch((error: unknown) => {
        // It may have been reserved all the same.
        void retry(jobId, () => reclaimHeld(jobId, at));
        throw error;
      });
      if (reserved.outcome !== 'reserved') return reserved;
      try {
        // Another process finds it by this entry, should this one die before the next line but one.
        await scheduler.schedule(jobId, CUT_SHORT);
        await records.write(job);
      } catch (error) {
        await takeBack(jobId).catch((cause: unknown) => {
          log.error({ job: jobId, err: cause }, 'a reservation could not be released yet');
          void retry(jobId, takeBack);
        });
        throw error;
      }
      await scheduler.schedule(jobId, 0).catch((error: unknown) => {
        log.warn({ job: jobId, err: error }, 'a job starts late, as it could not be scheduled at once');
      });
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
