/** One look at a job: what is asked of RunComfy or brought to Discord in the job's state, and when to look next. */
import type { AccountBreaker } from './account-breaker.ts';
import type { AskCancel } from './ask-cancel.ts';
import type { Clock } from '../clock.ts';
import { deliveryDeadline, missingPictures, type Delivery } from '../delivery/delivery.ts';
import type { Cancellation, JobRecords } from '../job/records.ts';
import { advance, idsOf, isFinal, settlement, type Job, type JobEvent } from '../job/job.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Polling } from '../polling/polling.ts';
import { ReplyTrouble } from '../discord/faults.ts';
import { RunComfyError, type ResultAnswer, type RunComfy } from '../runcomfy/runcomfy.ts';
import type { Step } from '../storage/sqlite/scheduler.ts';
import { COUNT_MAX } from '../models/seedream.ts';
import { LostClaimError, StoreError } from '../storage/store-error.ts';
import type { StatusMessage } from '../delivery/status.ts';

/** Until a step that met a failing store or Discord is tried again, at first and at most (milliseconds). */
const RETRY_FIRST = 1000;
const RETRY_MOST = 60_000;

/** The same at most where only the store failed, which is near. */
const STORE_RETRY_MOST = 2000;

/** Jobs whose failed attempts are counted. */
const ATTEMPTS_REMEMBERED = 10_000;

/** How soon a record that is only in memory is written again (milliseconds): a kill until then would lose it. */
const WRITE_AGAIN = 1000;

/**
 * The step of every job. It looks once, makes one transition, writes it and says when to look next; a failing store or
 * Discord makes it wait. Never called for one job twice at a time.
 */
export function createJobSteps({
  api,
  records,
  ledger,
  breaker,
  polling,
  delivery,
  statusMessage,
  askCancel,
  happened,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'submit' | 'status' | 'result' | 'cancel'>;
  records: JobRecords;
  ledger: Pick<Ledger, 'settle' | 'release'>;
  breaker: Omit<AccountBreaker, 'adopt'>;
  polling: Omit<Polling, 'leave' | 'recall'>;
  delivery: Delivery;
  statusMessage: Omit<StatusMessage, 'leave' | 'recall'>;
  askCancel: AskCancel;
  /** Hears of every event of a job, once it is written. */
  happened: (job: Job, event: JobEvent) => void;
  clock: Clock;
  log: Log;
}): Step {
  /** Failed attempts in a row, by job, of what is not a look: writing, settling, posting. */
  const attempts = new Map<string, number>();

  function retryDelay(jobId: string): number {
    const failed = attempts.get(jobId) ?? 0;
    attempts.set(jobId, failed + 1);
    // A job that another process ends stays here.
    const oldest = attempts.keys().next().value;
    if (attempts.size > ATTEMPTS_REMEMBERED && oldest !== undefined) attempts.delete(oldest);
    return Math.min(RETRY_MOST, RETRY_FIRST * 2 ** failed);
  }

  async function record(job: Job, event: JobEvent): Promise<Job> {
    const messageId = job.reply.messageId ?? statusMessage.messageId(job.id);
    const known = messageId === undefined ? job : { ...job, reply: { ...job.reply, messageId } };
    const next = advance(known, event, clock.now());
    await records.keep(next);
    happened(next, event);
    log.debug({ ...idsOf(next), state: next.state.name }, event.type);
    return next;
  }

  /** The job's end: its record, its reservation, its last word, its leaving. Each part can be done again. */
  async function conclude(job: Job, event: JobEvent): Promise<number | undefined> {
    const ended = await record(job, event);
    const { name: state } = ended.state;
    const why = ended.state.name === 'failed' ? { failure: ended.state.failure, reason: ended.state.reason } : {};
    log.info({ ...idsOf(ended), state, ...why }, 'a job ended');
    return finish(ended);
  }

  async function finish(job: Job): Promise<number | undefined> {
    if (settlement(job) === 'release') await ledger.release(job.id);
    else await ledger.settle(job.id);
    if (job.state.name !== 'delivered') {
      try {
        await statusMessage.conclude(job);
      } catch (error) {
        if (!(error instanceof ReplyTrouble) || clock.now() > deliveryDeadline(job)) {
          log.error({ ...idsOf(job), err: error }, 'the end of a job could not be told');
        } else {
          log.warn({ ...idsOf(job), err: error }, 'the end of a job could not be told yet');
          return retryDelay(job.id);
        }
      }
    }
    await statusMessage.end(job.id);
    await records.close(job);
    polling.forget(job.id);
    attempts.delete(job.id);
    return undefined;
  }

  async function submit(job: Job): Promise<number | undefined> {
    const cancellation = await records.cancellations.get(job.id);
    if (cancellation !== undefined) return conclude(job, { type: 'cancelled' });
    if (clock.now() >= job.deadline) return conclude(job, { type: 'failed', failure: 'not_taken', reason: undefined });
    const submitting = advance(job, { type: 'submitting' }, clock.now());
    try {
      await records.write(submitting);
    } catch (error) {
      // Whether or not that was written, nothing has been sent: the job still waits.
      await records.keep(job);
      throw error;
    }
    try {
      const { requestId } = await api.submit({
        text: job.text,
        sequential_image_generation_options: job.count,
        image_size: job.size,
        seed: job.seed,
        optimize_prompt_options: job.quality,
        sequential_image_generation: 'auto',
      });
      breaker.answered();
      const submitted = await record(submitting, { type: 'submitted', requestId });
      log.info(idsOf(submitted), 'a job was submitted');
      statusMessage.progress(submitted);
      return Math.min(polling.next(submitted), Math.max(0, job.deadline - clock.now()));
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a submit failed');
      return submitFailed(submitting, error);
    }
  }

  async function submitFailed(job: Job, error: RunComfyError): Promise<number | undefined> {
    const { reason } = error;
    switch (error.kind) {
      case 'rate':
      case 'unavailable': {
        const waiting = await record(job, { type: 'not_taken' });
        const delay = polling.afterTrouble(waiting, error);
        statusMessage.progress(waiting);
        return Math.min(delay, Math.max(0, job.deadline - clock.now()));
      }
      case 'outcome_unknown':
        return conclude(job, { type: 'unknown' });
      case 'authentication':
      case 'balance':
        breaker.failed(error.kind);
        return conclude(job, { type: 'failed', failure: error.kind, reason });
      case 'input':
      case 'not_found':
        breaker.answered();
        return conclude(job, { type: 'failed', failure: 'refused', reason });
    }
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

  /** One look at a submitted job. */
  async function look(job: Job, requestId: string): Promise<number | undefined> {
    const cancellation = await cancellationOf(job);
    if (cancellation !== undefined && (await askCancel.ask(job.id, requestId, cancellation)) === 'cancelled') {
      return conclude(job, { type: 'cancelled' });
    }
    try {
      const seen = await api.status(requestId);
      switch (seen.status) {
        case 'in_queue': {
          const queued = advance(job, { type: 'queued', position: seen.position }, clock.now());
          return await goOn(queued, requestId);
        }
        case 'in_progress': {
          const started = job.state.name === 'in_progress' ? job : await record(job, { type: 'started' });
          return await goOn(started, requestId);
        }
        case 'cancelled':
          return await conclude(job, { type: 'cancelled' });
        case 'completed':
        case 'failed':
          return await end(job, requestId, await api.result(requestId));
      }
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      return lookFailed(job, requestId, error);
    }
  }

  /** A job's result, once there should be one. */
  async function end(job: Job, requestId: string, result: ResultAnswer): Promise<number | undefined> {
    switch (result.status) {
      case 'succeeded': {
        if (result.images.length === 0 && result.videos.length === 0) {
          return conclude(job, { type: 'failed', failure: 'no_pictures', reason: undefined });
        }
        // No job is for more: what goes beyond is not ours to fetch.
        const [images, videos] = [result.images.slice(0, COUNT_MAX), result.videos.slice(0, COUNT_MAX)];
        const completed = await record(job, { type: 'succeeded', images, videos });
        polling.finished(completed);
        return deliver(completed);
      }
      case 'failed':
        return conclude(job, { type: 'failed', failure: 'model', reason: result.reason });
      case 'cancelled':
        return conclude(job, { type: 'cancelled' });
      case 'in_queue':
      case 'in_progress':
        return goOn(job, requestId);
    }
  }

  /** The job is not finished: show it, and look again, unless its time is up. */
  async function goOn(job: Job, requestId: string): Promise<number | undefined> {
    if (clock.now() >= job.deadline) return giveUp(job, requestId);
    polling.looked(job);
    statusMessage.progress(job);
    return Math.min(polling.next(job), Math.max(0, job.deadline - clock.now()));
  }

  async function lookFailed(job: Job, requestId: string, error: RunComfyError): Promise<number | undefined> {
    log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a look failed');
    if (error.kind === 'not_found') return conclude(job, { type: 'unknown' });
    if (clock.now() >= job.deadline) return giveUp(job, requestId);
    const delay = polling.afterTrouble(job, error);
    return Math.min(delay, Math.max(0, job.deadline - clock.now()));
  }

  /** The job's time is up: it is cancelled if it still can be, and taken if it has ended unseen. */
  async function giveUp(job: Job, requestId: string): Promise<number | undefined> {
    try {
      if ((await api.cancel(requestId)) === 'cancelled') return await conclude(job, { type: 'cancelled' });
      const result = await api.result(requestId);
      if (result.status !== 'in_queue' && result.status !== 'in_progress') return await end(job, requestId, result);
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a cancel at the deadline failed');
    }
    return conclude(job, { type: 'failed', failure: 'deadline', reason: undefined });
  }

  async function deliver(job: Job): Promise<number | undefined> {
    const late = clock.now() >= deliveryDeadline(job);
    if (job.state.name !== 'completed') return undefined;
    const quiet = statusMessage.end(job.id);
    let reached: Job;
    let hopeless = false;
    try {
      ({ job: reached, hopeless } = await delivery.deliver({ ...job, state: job.state }, record, quiet));
    } catch (error) {
      if (error instanceof LostClaimError) throw error;
      log.warn({ ...idsOf(job), err: error }, 'a delivery failed');
      reached = (await records.findLive(job.id)) ?? job;
    }
    if (reached.state.name !== 'completed') return 0;
    const missing = missingPictures(reached.state);
    const posted = reached.state.posted.length > 0;
    if (posted && missing.length === 0) return conclude(reached, { type: 'delivered' });
    if (!late && !hopeless) {
      return Math.min(retryDelay(job.id), Math.max(1000, deliveryDeadline(job) - clock.now()));
    }
    if (!posted) return conclude(reached, { type: 'given_up' });
    await statusMessage.missing(reached, missing);
    return conclude(reached, { type: 'delivered' });
  }

  async function stepOn(job: Job): Promise<number | undefined> {
    if (isFinal(job)) return finish(job);
    switch (job.state.name) {
      case 'reserved':
        return submit(job);
      case 'submitting':
        // Steps of a job never overlap, so this one was found after a kill: it may have been taken, and billed.
        return conclude(job, { type: 'unknown' });
      case 'in_queue':
      case 'in_progress':
        return look(job, job.state.requestId);
      case 'completed':
        return deliver(job);
      case 'delivered':
      case 'failed':
      case 'cancelled':
      case 'unknown':
        return undefined;
    }
  }

  return async (jobId) => {
    try {
      const job = await records.findLive(jobId);
      if (job === undefined) return undefined;
      const delay = await stepOn(job);
      // A job that is posted or told may be waiting for Discord: its attempts count on.
      if (job.state.name !== 'completed' && !isFinal(job)) attempts.delete(jobId);
      return delay === undefined || records.isWritten(jobId) ? delay : Math.min(delay, WRITE_AGAIN);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.error({ job: jobId, err: error }, 'the store failed in a step');
      return Math.min(retryDelay(jobId), STORE_RETRY_MOST);
    }
  };
}
