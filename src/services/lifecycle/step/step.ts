/** One step of a job: it looks once, makes one transition, writes it and says when to look next. */
import type { Clock } from '../../clock.ts';
import { isFinal, type Job } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { LostRecordsError, StoreError, type Claim, type Step } from '../../storage/storage.ts';
import type { Conclude, Finish, NextLook } from './conclude.ts';
import type { Retries } from './retries.ts';

/** Until a step that met a failing store is tried again at most (milliseconds): the store is near. */
const STORE_RETRY_MOST = 2000;

/** How soon a record that is only in memory is written again (milliseconds): a kill until then would lose it. */
const WRITE_AGAIN = 1000;

/**
 * How long a submit may take (milliseconds): the 60 s after which it is given up, and some for writing what came of it. And
 * how soon one that may be under way elsewhere is looked at again.
 */
const SUBMIT_MOST = 65_000;
const SUBMITTING_AGAIN = 5000;

/**
 * The step of every job. A failing store or Discord makes it wait. Never called for one job twice at a time.
 *
 * @param submit, look, deliver - what is done in the job's state.
 */
export function createStep({
  records,
  submit,
  look,
  deliver,
  conclude,
  finish,
  retries,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'findLive' | 'isWritten'>;
  submit: (job: Job, claim: Claim | undefined) => Promise<NextLook>;
  look: (job: Job, requestId: string, claim: Claim | undefined) => Promise<NextLook>;
  deliver: (job: Job, claim: Claim | undefined) => Promise<NextLook>;
  conclude: Conclude;
  finish: Finish;
  retries: Retries;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): Step {
  /**
   * Steps of a job never overlap in one process, so there a submit was found after a kill: it may have been taken, and
   * billed. Beside others its process may only have stood still, and still write what came of it.
   */
  async function found(job: Job, since: number | undefined, claim: Claim | undefined): Promise<NextLook> {
    const left = claim === undefined || since === undefined ? 0 : since + SUBMIT_MOST - clock.now();
    return left > 0 ? Math.min(left, SUBMITTING_AGAIN) : conclude(job, { type: 'unknown' }, claim);
  }

  async function stepOn(job: Job, claim: Claim | undefined): Promise<NextLook> {
    if (isFinal(job)) return finish(job, claim);
    switch (job.state.name) {
      case 'reserved':
        return submit(job, claim);
      case 'submitting':
        return found(job, job.state.since, claim);
      case 'in_queue':
      case 'in_progress':
        return look(job, job.state.requestId, claim);
      case 'completed':
        return deliver(job, claim);
      case 'delivered':
      case 'failed':
      case 'cancelled':
      case 'unknown':
        return undefined;
    }
  }

  return async (jobId, claim) => {
    try {
      const job = await records.findLive(jobId, claim);
      if (job === undefined) return undefined;
      const delay = await stepOn(job, claim);
      // A job that is posted or told may be waiting for Discord: its failures count on.
      if (job.state.name !== 'completed' && !isFinal(job)) retries.forget(jobId);
      return delay === undefined || records.isWritten(jobId) ? delay : Math.min(delay, WRITE_AGAIN);
    } catch (error) {
      if (!(error instanceof StoreError) || error instanceof LostRecordsError) throw error;
      log.error({ job: jobId, err: error }, 'the store failed in a step');
      return Math.min(retries.delay(jobId), STORE_RETRY_MOST);
    }
  };
}
