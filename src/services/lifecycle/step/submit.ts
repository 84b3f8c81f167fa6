/** Submits a job that is reserved, and reads from RunComfy's answer whether it was taken. */
import type { Clock } from '../../clock.ts';
import type { Progress } from '../../delivery/delivery.ts';
import { advance, idsOf, modelOf, untilDeadline, type Job } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { buildBody, type Models, type Profile } from '../../models/models.ts';
import type { Polling } from '../../polling/polling.ts';
import { RunComfyError, type RunComfy } from '../../runcomfy/runcomfy.ts';
import type { Claim } from '../../storage/storage.ts';
import type { AccountBreaker } from '../account-breaker.ts';
import type { Conclude, NextLook, RecordEvent } from './conclude.ts';

/** How soon a job asks again that waits for another one's submit, which shows whether RunComfy accepts the account again (milliseconds). */
const TRIAL_WAIT = 1000;

/** How soon a job asks again whose model nothing is known of at the moment (milliseconds). */
const MODEL_WAIT = 5000;

export function createSubmit({
  api,
  models,
  records,
  breaker,
  polling,
  progress,
  record,
  conclude,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'submit'>;
  models: Pick<Models, 'find' | 'refused' | 'taken'>;
  records: Pick<JobRecords, 'cancellations' | 'keep' | 'write'>;
  breaker: Pick<AccountBreaker, 'admit' | 'answered' | 'failed' | 'unanswered'>;
  polling: Pick<Polling, 'afterTrouble' | 'next'>;
  progress: Pick<Progress, 'show'>;
  record: RecordEvent;
  conclude: Conclude;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): (job: Job, claim: Claim | undefined) => Promise<NextLook> {
  async function failed(job: Job, error: RunComfyError, claim: Claim | undefined): Promise<NextLook> {
    const { reason } = error;
    switch (error.kind) {
      case 'rate':
      case 'unavailable': {
        breaker.unanswered(job.id);
        const waiting = await record(job, { type: 'not_taken' }, claim);
        const delay = polling.afterTrouble(waiting, error);
        progress.show(waiting);
        return untilDeadline(job, delay, clock.now());
      }
      case 'outcome_unknown':
      case 'unreadable':
        breaker.unanswered(job.id);
        return conclude(job, { type: 'unknown' }, claim);
      case 'authentication':
      case 'balance':
        breaker.failed(error.kind);
        return conclude(job, { type: 'failed', failure: error.kind, reason }, claim);
      case 'input':
        breaker.answered();
        return conclude(job, { type: 'failed', failure: 'refused', reason }, claim);
      case 'not_found':
        breaker.answered();
        models.refused(modelOf(job));
        return conclude(job, { type: 'failed', failure: 'gone', reason }, claim);
    }
  }

  async function send(submitting: Job, profile: Profile, claim: Claim | undefined): Promise<NextLook> {
    const { requestId } = await api.submit({ model: profile.id, body: buildBody(profile, submitting) });
    breaker.answered();
    models.taken(profile.id);
    const submitted = await record(submitting, { type: 'submitted', requestId }, claim);
    log.info(idsOf(submitted), 'a job was submitted');
    const delay = polling.next(submitted);
    progress.show(submitted);
    return untilDeadline(submitting, delay, clock.now());
  }

  return async (job, claim) => {
    if ((await records.cancellations.get(job.id)) !== undefined) return conclude(job, { type: 'cancelled' }, claim);
    if (clock.now() >= job.deadline) {
      return conclude(job, { type: 'failed', failure: 'not_taken', reason: undefined }, claim);
    }
    const profile = models.find(modelOf(job));
    if (profile === undefined) return untilDeadline(job, MODEL_WAIT, clock.now());
    const admission = await breaker.admit(job.id);
    if (admission === 'wait') return untilDeadline(job, TRIAL_WAIT, clock.now());
    if (admission !== 'go') {
      return conclude(job, { type: 'failed', failure: admission, reason: undefined }, claim);
    }
    const submitting = advance(job, { type: 'submitting', holder: claim?.holder }, clock.now());
    try {
      await records.write(submitting, claim);
    } catch (error) {
      // Whether or not that was written, nothing has been sent: the job still waits.
      breaker.unanswered(job.id);
      await records.keep(job, claim);
      throw error;
    }
    try {
      return await send(submitting, profile, claim);
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...idsOf(job), kind: error.kind, err: error }, 'a submit failed');
      return failed(submitting, error, claim);
    }
  };
}
