/** One look at a job that RunComfy has taken. */
import type { Clock } from '../../clock.ts';
import type { Progress } from '../../delivery/delivery.ts';
import { advance, idsOf, isLost, isMissed, untilDeadline, type Job } from '../../job/job.ts';
import type { Cancellation, JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { COUNT_MAX } from '../../models/seedream.ts';
import type { Polling } from '../../polling/polling.ts';
import { RunComfyError, type ResultAnswer, type RunComfy } from '../../runcomfy/runcomfy.ts';
import { StoreError, type Claim } from '../../storage/storage.ts';
import type { AskCancel } from '../ask-cancel.ts';
import type { Conclude, NextLook, RecordEvent } from './conclude.ts';

/** Pictures of a job that are fetched at most: no job is for more than half of it. */
const FETCHED_MAX = 2 * COUNT_MAX;

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
  polling: Pick<Polling, 'afterTrouble' | 'finished' | 'isSilent' | 'looked' | 'next' | 'untilDue'>;
  progress: Pick<Progress, 'show'>;
  askCancel: AskCancel;
  record: RecordEvent;
  conclude: Conclude;
  deliver: (job: Job, claim: Claim | undefined) => Promise<NextLook>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): (job: Job, requestId: string, claim: Claim | undefined) => Promise<NextLook> {
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
        const [images, videos] = [result.images.slice(0, FETCHED_MAX), result.videos.slice(0, FETCHED_MAX)];
        if (images.length < result.images.length) {
          log.warn({ ...idsOf(job), made: result.images.length }, 'more pictures were made than are fetched');
        }
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
    const known = isMissed(job) ? await record(job, { type: 'found' }, claim) : job;
    polling.looked(known);
    progress.show(known);
    return untilDeadline(known, polling.next(known), clock.now());
  }

  /** What a call at the deadline gives, or how it failed. */
  async function tryLast<T>(job: Job, call: () => Promise<T>): Promise<T | RunComfyError> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a call at the deadline failed');
      return error;
    }
  }

  /** The job's time is up: it is cancelled if it still can be, and taken if it has ended unseen. */
  async function giveUp(job: Job, requestId: string, claim: Claim | undefined): Promise<NextLook> {
    if ((await tryLast(job, () => api.cancel(requestId))) === 'cancelled') {
      return conclude(job, { type: 'cancelled' }, claim);
    }
    const result = await tryLast(job, () => api.result(requestId));
    const isError = result instanceof RunComfyError;
    if (!isError && result.status !== 'in_queue' && result.status !== 'in_progress') {
      return end(job, requestId, result, claim);
    }
    const failure = isError && result.kind === 'unreadable' ? 'unreadable' : 'deadline';
    return conclude(job, { type: 'failed', failure, reason: undefined }, claim);
  }

  /** @param askedAt - when the call was made: how slow its answer or a write was since adds nothing to a denial's span. */
  async function failed(
    job: Job,
    requestId: string,
    { error, askedAt }: { error: RunComfyError; askedAt: number },
    claim: Claim | undefined,
  ): Promise<NextLook> {
    log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a look failed');
    const denied = error.kind === 'not_found';
    const known = denied ? await record(job, { type: 'missed' }, claim) : job;
    if (denied && isLost(known, askedAt)) return conclude(known, { type: 'unknown' }, claim);
    if (clock.now() >= known.deadline) return giveUp(known, requestId, claim);
    const delay = polling.afterTrouble(known, error);
    if (polling.isSilent(known.id)) progress.show(known);
    return untilDeadline(known, delay, clock.now());
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
    const early = polling.untilDue(job);
    if (early > 0 && clock.now() < job.deadline) return untilDeadline(job, early, clock.now());
    const askedAt = clock.now();
    try {
      return await see(job, requestId, claim);
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      return failed(job, requestId, { error, askedAt }, claim);
    }
  };
}
