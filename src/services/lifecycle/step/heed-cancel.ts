/** Heeds a member's wish to cancel a job: what waits is not sent, and RunComfy is asked for what it has. */
import { idsOf, isAtRunComfy, type Job } from '../../job/job.ts';
import type { Cancellation, JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { StoreError } from '../../storage/storage.ts';
import type { AskCancel } from '../ask-cancel.ts';
import type { Journal } from './journal.ts';

/**
 * `unread`: the store does not tell whether there is such a wish. What is paid for goes on; nothing is to be sent.
 *
 * @throws StoreError where nothing of the job is paid for yet
 */
export type HeedCancel = (journal: Journal) => Promise<'heeded' | 'unread'>;

export function createHeedCancel({
  records,
  askCancel,
  log,
}: {
  records: Pick<JobRecords, 'cancellations'>;
  askCancel: AskCancel;
  log: Log;
}): HeedCancel {
  async function read(job: Job): Promise<Cancellation | undefined | 'unread'> {
    try {
      return await records.cancellations.get(job.id);
    } catch (error) {
      if (!(error instanceof StoreError) || !isAtRunComfy(job)) throw error;
      log.warn({ ...idsOf(job), err: error }, 'whether a job is to be cancelled could not be read');
      return 'unread';
    }
  }

  return async (journal) => {
    const cancellation = await read(journal.job);
    if (cancellation === 'unread') return 'unread';
    if (cancellation === undefined) return 'heeded';
    const { userId: by } = cancellation;
    const waiting = journal.job.requests.filter(({ state }) => state.name === 'reserved');
    for (const { number: request } of waiting) await journal.record({ type: 'cancelled', by, request });
    if (!isAtRunComfy(journal.job)) return 'heeded';
    const { cancelled } = await askCancel.ask(journal.job, cancellation);
    for (const request of cancelled) await journal.record({ type: 'cancelled', by, request });
    return 'heeded';
  };
}
