/** Submits a job's requests that are reserved, and reads from RunComfy's answers whether they were taken. */
import type { Clock } from '../../clock.ts';
import type { ReferenceReader } from '../../discord/fresh-references.ts';
import { idsOf, modelOf, requestOf, type Job, type JobRequest } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { buildBody, seedOfRequest, type Models, type Profile } from '../../models/models.ts';
import type { Polling } from '../../polling/polling.ts';
import { RunComfyError, type RunComfy } from '../../runcomfy/runcomfy.ts';
import type { AccountBreaker } from '../account-breaker.ts';
import type { Journal, NextLook } from './journal.ts';
import type { Turns } from './turns.ts';

/** How soon a job asks again that waits for another one's submit, which shows whether RunComfy accepts the account again (milliseconds). */
const TRIAL_WAIT = 1000;

/** How soon a job asks again whose model nothing is known of at the moment (milliseconds). */
const MODEL_WAIT = 5000;

/** How soon a job asks again whose references cannot be read anew at the moment (milliseconds). */
const REFERENCES_WAIT = 5000;

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
  records,
  models,
  referenceReader,
  breaker,
  polling,
  turns,
  show,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'submit'>;
  records: { cancellations: Pick<JobRecords['cancellations'], 'get'> };
  models: Pick<Models, 'find' | 'refused' | 'taken'>;
  referenceReader: ReferenceReader;
  breaker: Pick<AccountBreaker, 'admit' | 'answered' | 'failed' | 'unanswered'>;
  polling: Pick<Polling, 'afterTrouble' | 'next' | 'untilDue' | 'untilNext'>;
  turns: Pick<Turns, 'isFull' | 'isCalled' | 'isNext' | 'waits' | 'freed'>;
  show: (job: Job) => void;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): (journal: Journal) => Promise<NextLook> {
  const over: Outcome = { waits: false, delay: undefined };

  /** A request waits for its next try: none of its job was taken, or another job comes first. */
  function wait(job: Job, request: number, why: Pick<RunComfyError, 'kind' | 'retryAfter'>): Outcome {
    const delay = polling.afterTrouble(job, why, request);
    turns.waits(job, { delay, retryAfter: why.retryAfter });
    show(job);
    return { waits: true, delay };
  }

  async function failed(journal: Journal, request: number, error: RunComfyError): Promise<Outcome> {
    const { reason } = error;
    const { id } = journal.job;
    switch (error.kind) {
      case 'rate':
      case 'unavailable': {
        breaker.unanswered(id);
        const waiting = await journal.record({ type: 'not_taken', request });
        return wait(waiting, request, error);
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
    const references = job.references?.map(({ url }) => url);
    const body = buildBody(profile, { ...job, count: images, seed, references });
    const { requestId } = await api.submit({ model: profile.id, body });
    breaker.answered();
    models.taken(profile.id);
    const submitted = await journal.record({ type: 'submitted', requestId, request: number });
    log.info(idsOf(submitted, requestOf(submitted, number)), 'a request was submitted');
    const delay = polling.next(submitted, number);
    show(submitted);
    return { waits: false, delay };
  }

  /** Sees to it that what a job starts from can be fetched; gives what comes of its request where that is not so. */
  async function makeFresh(journal: Journal, request: number): Promise<Outcome | undefined> {
    const { references } = journal.job;
    if (references === undefined) return undefined;
    const fresh = await referenceReader.fresh(references);
    if (fresh.outcome === 'trouble') return { waits: true, delay: REFERENCES_WAIT };
    if (fresh.outcome === 'gone') {
      await journal.record({ type: 'failed', failure: 'reference_gone', reason: undefined, request });
      return over;
    }
    if (fresh.references !== references) await journal.record({ type: 'refreshed', references: fresh.references });
    return undefined;
  }

  /**
   * Whether a request that is written as being submitted is still to be sent. A wish to cancel that was written before that is
   * found here, and whoever wrote one after it finds the request being submitted: what is said to be cancelled is never sent.
   *
   * @throws StoreError where that cannot be read; then nothing is to be sent
   */
  async function isWanted(journal: Journal, request: number): Promise<boolean> {
    const { id } = journal.job;
    try {
      if ((await records.cancellations.get(id)) === undefined) return true;
      await journal.record({ type: 'cancelled', request });
      return false;
    } catch (error) {
      await journal.record({ type: 'not_taken', request });
      throw error;
    }
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
    const unsent = await makeFresh(journal, number);
    if (unsent !== undefined) return unsent;
    const admission = await breaker.admit(job.id);
    if (admission === 'wait') return { waits: true, delay: TRIAL_WAIT };
    if (admission !== 'go') {
      await journal.record({ type: 'failed', failure: admission, reason: undefined, request: number });
      return over;
    }
    let wanted = false;
    try {
      await journal.announce({ type: 'submitting', holder: claim?.holder, request: number });
      wanted = await isWanted(journal, number);
    } finally {
      if (!wanted) breaker.unanswered(job.id);
    }
    if (!wanted) return over;
    try {
      return await send(journal, request, profile);
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...idsOf(job), number, kind: error.kind, err: error }, 'a submit failed');
      return failed(journal, number, error);
    }
  }

  /** Submits a request of a job whose time is not up, if it is due and the job's turn. */
  function submitInTurn(journal: Journal, request: JobRequest): Promise<Outcome> | Outcome {
    const { job } = journal;
    // The step of a job of one request is that request's try, unless something else has asked for it.
    const isNow = job.requests.length === 1 || turns.isCalled(job);
    const early = isNow ? polling.untilDue(job, request.number) : polling.untilNext(job, request.number);
    if (early > 0) return { waits: true, delay: early };
    if (!turns.isNext(job)) return wait(job, request.number, { kind: 'rate', retryAfter: undefined });
    return submit(journal, request);
  }

  return async (journal) => {
    let soonest: NextLook;
    for (;;) {
      const { job } = journal;
      const request = firstReserved(job);
      const isTimeUp = clock.now() >= job.deadline;
      if (request === undefined || (!isTimeUp && turns.isFull(job))) {
        // RunComfy took all that this job sent, and may take more.
        if (soonest !== undefined) turns.freed(job);
        return soonest;
      }
      const outcome = await (isTimeUp ? submit(journal, request) : submitInTurn(journal, request));
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
