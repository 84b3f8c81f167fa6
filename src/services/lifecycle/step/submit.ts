/** Submits a job's requests that are reserved, and reads from RunComfy's answers whether they were taken. */
import type { Clock } from '../../clock.ts';
import { idsOf, isUnderWay, modelOf, requestOf, type Job, type JobRequest } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import { buildBody, seedOfRequest, type Models, type Profile } from '../../models/models.ts';
import type { Polling } from '../../polling/polling.ts';
import { RunComfyError, type RunComfy } from '../../runcomfy/runcomfy.ts';
import type { AccountBreaker } from '../account-breaker.ts';
import type { Journal, NextLook } from './journal.ts';

/** How soon a job asks again that waits for another one's submit, which shows whether RunComfy accepts the account again (milliseconds). */
const TRIAL_WAIT = 1000;

/** How soon a job asks again whose model nothing is known of at the moment (milliseconds). */
const MODEL_WAIT = 5000;

/** Requests of a job that are under way at once, so that one of many pictures does not fill the queue before all others. */
const UNDER_WAY_MOST = 8;

/** What came of a submit: the request is under way or over, or it and those behind it wait. */
type Outcome = { waits: false; delay: NextLook } | { waits: true; delay: number };

/**
 * Submits one request after another, so that a kill leaves the outcome of one unknown at most, until RunComfy takes no more
 * now: then the rest waits.
 *
 * @param show - shows where the job stands.
 * @returns milliseconds until the next look at what was submitted, or the next try.
 */
export function createSubmit({
  api,
  models,
  breaker,
  polling,
  show,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'submit'>;
  models: Pick<Models, 'find' | 'refused' | 'taken'>;
  breaker: Pick<AccountBreaker, 'admit' | 'answered' | 'failed' | 'unanswered'>;
  polling: Pick<Polling, 'afterTrouble' | 'next' | 'untilNext'>;
  show: (job: Job) => void;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): (journal: Journal) => Promise<NextLook> {
  const over: Outcome = { waits: false, delay: undefined };

  async function failed(journal: Journal, request: number, error: RunComfyError): Promise<Outcome> {
    const { reason } = error;
    const { id } = journal.job;
    switch (error.kind) {
      case 'rate':
      case 'unavailable': {
        breaker.unanswered(id);
        const waiting = await journal.record({ type: 'not_taken', request });
        const delay = polling.afterTrouble(waiting, error, request);
        show(waiting);
        return { waits: true, delay };
      }
      case 'outcome_unknown':
      case 'unreadable': {
        breaker.unanswered(id);
        const after = await journal.record({ type: 'unknown', request });
        const next = firstReserved(after);
        return next === undefined ? over : { waits: true, delay: polling.afterTrouble(after, error, next.number) };
      }
      case 'authentication':
      case 'balance':
        breaker.failed(error.kind);
        await journal.record({ type: 'failed', failure: error.kind, reason, request });
        return over;
      case 'input':
        breaker.answered();
        await journal.record({ type: 'failed', failure: 'refused', reason, request });
        return over;
      case 'not_found':
        breaker.answered();
        models.refused(modelOf(journal.job));
        await journal.record({ type: 'failed', failure: 'gone', reason, request });
        return over;
    }
  }

  async function send(journal: Journal, { number, images }: JobRequest, profile: Profile): Promise<Outcome> {
    const { job } = journal;
    const seed = profile.seed === undefined ? job.seed : seedOfRequest(job.seed, number, profile.seed);
    const body = buildBody(profile, { ...job, count: images, seed });
    const { requestId } = await api.submit({ model: profile.id, body });
    breaker.answered();
    models.taken(profile.id);
    const submitted = await journal.record({ type: 'submitted', requestId, request: number });
    log.info(idsOf(submitted, requestOf(submitted, number)), 'a request was submitted');
    const delay = polling.next(submitted, number);
    show(submitted);
    return { waits: false, delay };
  }

  /** @throws StoreError where nothing was sent */
  async function submit(journal: Journal, request: JobRequest): Promise<Outcome> {
    const { number } = request;
    const { job, claim } = journal;
    if (clock.now() >= job.deadline) {
      await journal.record({ type: 'failed', failure: 'not_taken', reason: undefined, request: number });
      return over;
    }
    const profile = models.find(modelOf(job));
    if (profile === undefined) return { waits: true, delay: MODEL_WAIT };
    const admission = await breaker.admit(job.id);
    if (admission === 'wait') return { waits: true, delay: TRIAL_WAIT };
    if (admission !== 'go') {
      await journal.record({ type: 'failed', failure: admission, reason: undefined, request: number });
      return over;
    }
    try {
      await journal.announce({ type: 'submitting', holder: claim?.holder, request: number });
    } catch (error) {
      breaker.unanswered(job.id);
      throw error;
    }
    try {
      return await send(journal, request, profile);
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...idsOf(job), number, kind: error.kind, err: error }, 'a submit failed');
      return failed(journal, number, error);
    }
  }

  return async (journal) => {
    let soonest: NextLook;
    for (;;) {
      const { job } = journal;
      const request = firstReserved(job);
      const isFull = job.requests.filter(isUnderWay).length >= UNDER_WAY_MOST;
      if (request === undefined || (isFull && clock.now() < job.deadline)) return soonest;
      const early = job.requests.length === 1 ? 0 : polling.untilNext(job, request.number);
      const outcome: Outcome =
        early > 0 && clock.now() < job.deadline ? { waits: true, delay: early } : await submit(journal, request);
      soonest = sooner(soonest, outcome.delay);
      if (outcome.waits) return soonest;
    }
  };
}

function firstReserved({ requests }: Job): JobRequest | undefined {
  return requests.find(({ state }) => state.name === 'reserved');
}

/** The sooner of two moments, where there is one. */
export function sooner(one: NextLook, other: NextLook): NextLook {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
