/** Ends a job: its reservation, its last word, its leaving. Each part of it can be done again. */
import type { Clock } from '../../clock.ts';
import { picturesHeld, type LastWord, type Progress } from '../../delivery/delivery.ts';
import { ReplyOutOfReach, ReplyTrouble, type Reply } from '../../discord/reply.ts';
import { deliveryDeadline, idsOf, type Job } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Log } from '../../log.ts';
import type { Polling } from '../../polling/polling.ts';
import { settleReservation } from '../settle.ts';
import { createCancelledBy } from './cancelled-by.ts';
import type { Journal, NextLook } from './journal.ts';
import type { LateEdits } from './late-edits.ts';
import type { Overwritten } from './overwritten.ts';
import type { Retries } from './retries.ts';

/** How long the end of a job is tried to be told where Discord is in trouble (milliseconds): its outages last for hours. */
const TOLD_WITHIN = 24 * 60 * 60_000;

/** Takes a final job's end up where it was left. */
export type Finish = (journal: Pick<Journal, 'job' | 'claim'>) => Promise<NextLook>;

/** @param account - writes down what the job came to, for the host. */
export function createFinish({
  records,
  ledger,
  account,
  polling,
  progress,
  lastWord,
  reply,
  lateEdits,
  overwritten,
  retries,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'cancellations' | 'close' | 'isWritten' | 'write'>;
  ledger: Pick<Ledger, 'settle' | 'release'>;
  account: (job: Job) => Promise<void>;
  polling: Pick<Polling, 'forget'>;
  progress: Pick<Progress, 'end'>;
  lastWord: Pick<LastWord, 'tellEnd'>;
  reply: Pick<Reply, 'read'>;
  lateEdits: LateEdits;
  overwritten: Pick<Overwritten, 'restore'>;
  retries: Retries;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): Finish {
  const wishedBy = createCancelledBy({ records, log });

  /** Whose press cancelled a job. */
  async function cancelledBy({ id, state }: Job): Promise<string | undefined> {
    if (state.name !== 'cancelled' || state.withdrawn) return undefined;
    return state.by ?? (await wishedBy(id));
  }

  /** Jobs without a gallery whose end this process has told while an older edit could still arrive. */
  const told = new Set<string>();

  /** Whether that end is still what the reply shows; `false` also where it cannot be read. @throws ReplyTrouble */
  async function isTold(job: Job): Promise<boolean> {
    if (!told.has(job.id)) return false;
    const shown = await reply.read(job);
    return shown === 'gone' || (shown?.ended === true && picturesHeld(job, shown.files, []).length === 0);
  }

  /** Shows how a job ended, where that is not shown yet, or may have been overwritten. @throws ReplyTrouble */
  async function show(job: Job): Promise<void> {
    const isDoubtful = lateEdits.isDoubtful(job.id) && lateEdits.untilOver(job.id) === 0;
    lateEdits.showing(job.id);
    if (job.state.name === 'delivered') {
      if (isDoubtful) await overwritten.restore(job);
      return;
    }
    if (isDoubtful && (await isTold(job))) return;
    await progress.end(job.id);
    await lastWord.tellEnd(job, await cancelledBy(job));
    if (lateEdits.isDoubtful(job.id)) told.add(job.id);
  }

  /** The same; gives the time until that is tried again. */
  async function tell(job: Job): Promise<NextLook> {
    try {
      await show(job);
      return undefined;
    } catch (error) {
      if (!(error instanceof ReplyTrouble) || clock.now() > toldUntil(job, error)) {
        log.error({ ...idsOf(job), err: error }, 'the end of a job could not be told');
        return undefined;
      }
      log.warn({ ...idsOf(job), err: error }, 'the end of a job could not be told yet');
      return retries.delay(job.id);
    }
  }

  return async ({ job, claim }) => {
    // After a kill it goes on as it is written: what it had not written as ended would be sent, and nothing held for it.
    if (!records.isWritten(job.id)) await records.write(job, claim);
    // Asked for together, they share one commit.
    await Promise.all([settleReservation(job, ledger), account(job)]);
    const again = await tell(job);
    if (again !== undefined) return again;
    // What is shown now may be overwritten until then: it is made sure of before the job is filed.
    const left = lateEdits.isDoubtful(job.id) ? lateEdits.untilOver(job.id) : 0;
    if (left > 0) return left;
    await progress.end(job.id);
    await records.close(job, claim);
    polling.forget(job.id);
    retries.forget(job.id);
    lateEdits.forget(job.id);
    told.delete(job.id);
    return undefined;
  };
}

/** Until when it is tried to tell how a job ended, or which pictures it lacks (milliseconds since the epoch). What only people can open is not waited for. */
export function toldUntil(job: Job, error?: ReplyTrouble): number {
  const deadline = deliveryDeadline(job);
  return error instanceof ReplyOutOfReach ? deadline : Math.max(deadline, job.endedAt ?? 0) + TOLD_WITHIN;
}
