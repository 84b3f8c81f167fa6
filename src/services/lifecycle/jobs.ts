/** The use case: start a job, cancel it, resume all. Knows nothing of slash commands. */
import { setTimeout as wait } from 'node:timers/promises';
import type { AskCancel } from './ask-cancel.ts';
import type { Clock } from '../clock.ts';
import type { Cancellation, JobRecords } from '../job/records.ts';
import { advance, isFinal, settlement, type Job } from '../job/job.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Limits, Refusal } from '../ledger/limits.ts';
import type { Log } from '../log.ts';
import type { Reply } from '../discord/reply.ts';
import type { Scheduler } from '../storage/sqlite/scheduler.ts';
import { NewerRecordError } from '../storage/store-error.ts';

/**
 * How long bringing pictures to a new reply is tried (milliseconds): long enough for a hiccup, and short enough to say
 * that they cannot be had any more while somebody waits for them.
 */
const REDELIVERY = 2 * 60_000;

/** When a job is looked at whose start was cut short between its record and its first look (milliseconds). */
const CUT_SHORT = 20_000;

/** Until a start that failed is taken back again, where the store would not have it (milliseconds). */
const TAKE_BACK_AGAIN = 1000;

export type StartOutcome =
  | { outcome: 'started' }
  /** This job has been started before: nothing happened. */
  | { outcome: 'repeated' }
  | { outcome: 'refused'; refusal: Refusal };

export type CancelOutcome =
  /** RunComfy has cancelled it. */
  | 'cancelled'
  /** It had not been sent yet, or is being sent: it is cancelled by its next step if it still can be. */
  | 'asked'
  /** RunComfy had begun. */
  | 'late'
  /** It was over already. */
  | 'over'
  /** RunComfy did not answer; the next look tries again. */
  | 'trouble'
  /** Nobody knows this job. */
  | 'gone';

export type RemoveOutcome =
  /** Its messages are deleted. */
  | 'removed'
  /** Its pictures are still on their way. */
  | 'running'
  /** Nobody knows this job, or it has no messages. */
  | 'gone';

export type RedeliverOutcome =
  /** Its pictures are on their way to the new reply. */
  | 'started'
  /** They are on their way already, or the job is not finished. */
  | 'running'
  /** There is nothing to bring: it was delivered, or ended without pictures. */
  | 'over'
  /** Nobody knows this job. */
  | 'gone';

export interface Jobs {
  /**
   * Reserves the job's images, writes the job and has it submitted.
   *
   * @throws StoreError when the store fails; then nothing is counted and nothing will be submitted.
   */
  start(job: Job, limits: Limits): Promise<StartOutcome>;
  /** Asks RunComfy to cancel a job. Who may is the caller's to check. @throws StoreError */
  cancel(jobId: string, userId: string): Promise<CancelOutcome>;
  /**
   * Deletes a finished job's gallery. Who may is the caller's to check; nothing is freed, as it was paid for.
   *
   * @throws StoreError; ReplyTrouble when Discord does not delete a message now.
   */
  remove(jobId: string): Promise<RemoveOutcome>;
  /**
   * Brings the pictures of a job that was paid, made and given up to a new reply, which its requester alone sees. Who may
   * is the caller's to check. Asked twice at once, the first one's reply gets them.
   *
   * @throws StoreError
   */
  redeliver(jobId: string, reply: Job['reply']): Promise<RedeliverOutcome>;
  /** A job by its id. @throws StoreError */
  find(jobId: string): Promise<Job | undefined>;
  /** Schedules every job that is not done with; gives their number. @throws StoreError */
  resume(): Promise<number>;
  /**
   * Gives back what a start that was killed, or whose store failed, left reserved before a moment (milliseconds since
   * the epoch) without a job, and settles what an end that was killed left held.
   *
   * @throws StoreError
   */
  reclaim(before: number): Promise<void>;
}

export function createJobs({
  records,
  ledger,
  askCancel,
  reply,
  scheduler,
  clock,
  log,
}: {
  records: JobRecords;
  ledger: Ledger;
  askCancel: AskCancel;
  reply: Pick<Reply, 'remove'>;
  scheduler: Pick<Scheduler, 'schedule'>;
  clock: Clock;
  log: Log;
}): Jobs {
  const running = new Map<string, Promise<CancelOutcome>>();
  const reopening = new Set<string>();

  async function cancel(jobId: string, userId: string): Promise<CancelOutcome> {
    const job = await records.find(jobId);
    if (job === undefined) return 'gone';
    if (isFinal(job) || job.state.name === 'completed') return job.state.name === 'cancelled' ? 'cancelled' : 'over';
    const cancellation: Cancellation = { version: 1, at: clock.now(), userId };
    if (job.state.name === 'in_progress') return 'late';
    await records.cancellations.set(jobId, cancellation);
    const outcome =
      job.state.name === 'in_queue' ? await askCancel.ask(jobId, job.state.requestId, cancellation) : 'asked';
    await scheduler.schedule(jobId, 0);
    return outcome;
  }

  return {
    async start(job, limits) {
      const { id: jobId, guildId, userId, count: images, createdAt: at } = job;
      const reserved = await ledger.reserve({ jobId, guildId, userId, images, at }, limits).catch((error: unknown) => {
        // It may have been reserved all the same.
        void reclaimLater(jobId);
        throw error;
      });
      if (reserved.outcome !== 'reserved') return reserved;
      try {
        // Another process finds it by this look, should this one die before the next line but one.
        await scheduler.schedule(jobId, CUT_SHORT);
        await records.write(job);
      } catch (error) {
        // The record may have been written late: it must be gone before what it would be paid from is given back.
        await giveBack(jobId).catch((cause: unknown) => {
          log.error({ job: jobId, err: cause }, 'a reservation could not be given back yet');
          void giveBackLater(jobId);
        });
        throw error;
      }
      await scheduler.schedule(jobId, 0).catch((error: unknown) => {
        log.warn({ job: jobId, err: error }, 'a job starts late, as it could not be scheduled at once');
      });
      return { outcome: 'started' };
    },

    cancel(jobId, userId) {
      const outcome = running.get(jobId) ?? cancel(jobId, userId).finally(() => running.delete(jobId));
      running.set(jobId, outcome);
      return outcome;
    },

    async remove(jobId) {
      const job = await records.find(jobId);
      if (job === undefined) return 'gone';
      if (!isFinal(job)) return 'running';
      const { state } = job;
      if (state.name !== 'delivered' && state.name !== 'completed') return 'gone';
      if (!job.private) await Promise.all(state.posted.map((message) => reply.remove(message)));
      await records.close({ ...job, state: { ...state, posted: [] } });
      return 'removed';
    },

    async redeliver(jobId, reply) {
      if (reopening.has(jobId)) return 'running';
      reopening.add(jobId);
      try {
        return await reopen(jobId, reply);
      } finally {
        reopening.delete(jobId);
      }
    },

    find: (jobId) => records.find(jobId),

    async resume() {
      let resumed = 0;
      for await (const job of records.live()) {
        await scheduler.schedule(job.id, 0);
        resumed += 1;
      }
      return resumed;
    },

    async reclaim(before) {
      for (const reservation of await ledger.held()) {
        if (reservation.at >= before) continue;
        try {
          await reclaim(reservation.jobId);
        } catch (error) {
          // The version that wrote the job looks after its reservation.
          if (!(error instanceof NewerRecordError)) throw error;
        }
      }
    },
  };

  async function reopen(jobId: string, reply: Job['reply']): Promise<RedeliverOutcome> {
    const job = await records.find(jobId);
    if (job === undefined) return 'gone';
    if (!isFinal(job) || (await records.isLive(jobId))) return 'running';
    if (job.state.name !== 'completed') return 'over';
    const at = clock.now();
    await records.write(advance(job, { type: 'reopened', reply, deadline: at + REDELIVERY }, at));
    log.info({ job: jobId, guild: job.guildId }, 'a delivery was asked for again');
    await scheduler.schedule(jobId, 0);
    return 'started';
  }

  async function giveBack(jobId: string): Promise<void> {
    await records.discard(jobId);
    await ledger.release(jobId);
  }

  /** Takes a start back that failed, as soon as the store lets it. */
  async function takeBackLater(jobId: string, act: () => Promise<void>): Promise<void> {
    for (;;) {
      await wait(TAKE_BACK_AGAIN, undefined, { ref: false });
      try {
        await act();
        log.debug({ job: jobId }, 'a start that failed has been taken back');
        return;
      } catch (error) {
        log.debug({ job: jobId, err: error }, 'a start that failed could not be taken back yet');
      }
    }
  }

  function giveBackLater(jobId: string): Promise<void> {
    return takeBackLater(jobId, () => giveBack(jobId));
  }

  function reclaimLater(jobId: string): Promise<void> {
    return takeBackLater(jobId, async () => {
      if ((await ledger.held()).some((reservation) => reservation.jobId === jobId)) await reclaim(jobId);
    });
  }

  async function reclaim(jobId: string): Promise<void> {
    const job = await records.find(jobId);
    if (job === undefined && (await records.isSetAside(jobId))) {
      log.warn({ job: jobId }, 'the reservation of a job whose record cannot be read stays counted');
      await ledger.settle(jobId);
    } else if (job === undefined) {
      log.warn({ job: jobId }, 'a reservation without a job is given back');
      await ledger.release(jobId);
    } else if (settlement(job) === 'settle') await ledger.settle(jobId);
    else if (settlement(job) === 'release') await ledger.release(jobId);
  }
}
