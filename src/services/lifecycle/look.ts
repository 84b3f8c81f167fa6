/** One look at a job that RunComfy has taken. */
import type { Clock } from '../clock.ts';
import type { Progress } from '../delivery/delivery.ts';
import { advance, idsOf, type Job } from '../job/job.ts';
import type { Cancellation, JobRecords } from '../job/records.ts';
import type { Log } from '../log.ts';
import { COUNT_MAX } from '../models/seedream.ts';
import type { Polling } from '../polling/polling.ts';
import { RunComfyError, type ResultAnswer, type RunComfy } from '../runcomfy/runcomfy.ts';
import { StoreError, type Claim } from '../storage/storage.ts';
import type { AskCancel } from './ask-cancel.ts';
import type { Conclude, NextLook, RecordEvent } from './conclude.ts';

export function createLook({
  api,
  records,
  polling,
  progress,
  askCancel,
  record,
  conclude,
  deliver,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'status' | 'result' | 'cancel'>;
  records: Pick<JobRecords, 'cancellations'>;
  polling: Pick<Polling, 'afterTrouble' | 'finished' | 'looked' | 'next'>;
  progress: Pick<Progress, 'show'>;
  askCancel: AskCancel;
  record: RecordEvent;
  conclude: Conclude;
  deliver: (job: Job, claim: Claim | undefined) => Promise<NextLook>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): (job: Job, requestId: string, claim: Claim | undefined) => Promise<NextLook> {
  function within(job: Job, delay: number): number {
    return Math.min(delay, Math.max(0, job.deadline - clock.now()));
  }

  /** A member's wish to cancel, as far as the store tells: a job that is paid for goes on without it. */
  async function cancellationOf(job: Job): Promise<Cancellation | undefined> {
    try {
      return await records.cancellations.get(job.id);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.warn({ ...idsOf(job), err: error }, 'whether a job is to be cancelled could not be read');
      return undefined;
    }
  }

  /** A job's result, once there should be one. */
  async function end(job: Job, requestId: string, result: ResultAnswer, claim: Claim | undefined): Promise<NextLook> {
    switch (result.status) {
      case 'succeeded': {
        if (result.images.length === 0 && result.videos.length === 0) {
          return conclude(job, { type: 'failed', failure: 'no_pictures', reason: undefined }, claim);
        }
        // No job is for more: what goes beyond is not ours to fetch.
        const [images, videos] = [result.images.slice(0, COUNT_MAX), result.videos.slice(0, COUNT_MAX)];
        const completed = await record(job, { type: 'succeeded', images, videos }, claim);
        polling.finished(completed);
        return deliver(completed, claim);
      }
      case 'failed':
        return conclude(job, { type: 'failed', failure: 'model', reason: result.reason }, claim);
      case 'cancelled':
        return conclude(job, { type: 'cancelled' }, claim);
      case 'in_queue':
      case 'in_progress':
        return goOn(job, requestId, claim);
    }
  }

  /** The job is not finished: show it, and look again, unless its time is up. */
  async function goOn(job: Job, requestId: string, claim: Claim | undefined): Promise<NextLook> {
    if (clock.now() >= job.deadline) return giveUp(job, requestId, claim);
    polling.looked(job);
    progress.show(job);
    return within(job, polling.next(job));
  }

  /** The job's time is up: it is cancelled if it still can be, and taken if it has ended unseen. */
  async function giveUp(job: Job, requestId: string, claim: Claim | undefined): Promise<NextLook> {
    try {
      if ((await api.cancel(requestId)) === 'cancelled') return await conclude(job, { type: 'cancelled' }, claim);
      const result = await api.result(requestId);
      if (result.status !== 'in_queue' && result.status !== 'in_progress') {
        return await end(job, requestId, result, claim);
      }
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a cancel at the deadline failed');
    }
    return conclude(job, { type: 'failed', failure: 'deadline', reason: undefined }, claim);
  }

  async function failed(
    job: Job,
    requestId: string,
    error: RunComfyError,
    claim: Claim | undefined,
  ): Promise<NextLook> {
    log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a look failed');
    if (error.kind === 'not_found') return conclude(job, { type: 'unknown' }, claim);
    if (clock.now() >= job.deadline) return giveUp(job, requestId, claim);
    return within(job, polling.afterTrouble(job, error));
  }

  async function see(job: Job, requestId: string, claim: Claim | undefined): Promise<NextLook> {
    const seen = await api.status(requestId);
    switch (seen.status) {
      case 'in_queue': {
        const queued = advance(job, { type: 'queued', position: seen.position }, clock.now());
        return goOn(queued, requestId, claim);
      }
      case 'in_progress': {
        const started = job.state.name === 'in_progress' ? job : await record(job, { type: 'started' }, claim);
        return goOn(started, requestId, claim);
      }
      case 'cancelled':
        return conclude(job, { type: 'cancelled' }, claim);
      case 'completed':
      case 'failed':
        return end(job, requestId, await api.result(requestId), claim);
    }
  }

  return async (job, requestId, claim) => {
    const cancellation = await cancellationOf(job);
    if (cancellation !== undefined && (await askCancel.ask(job.id, requestId, cancellation)) === 'cancelled') {
      return conclude(job, { type: 'cancelled' }, claim);
    }
    try {
      return await see(job, requestId, claim);
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      return failed(job, requestId, error, claim);
    }
  };
}
