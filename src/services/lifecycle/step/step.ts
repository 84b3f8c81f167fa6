/** One step of a job: it does what is due for its requests and its pictures, writes each outcome, and says when to go on. */
import { BoundedMap } from '../../bounded.ts';
import type { Clock } from '../../clock.ts';
import {
  countedImages,
  idsOf,
  isFinal,
  isOver,
  isUnderWay,
  openRequests,
  picturesOf,
  requestOf,
  untilDeadline,
  type Job,
  type JobRequest,
} from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Log } from '../../log.ts';
import type { Polling } from '../../polling/polling.ts';
import { LostRecordsError, StoreError, type Step } from '../../storage/storage.ts';
import type { Deliver } from './deliver.ts';
import type { Finish } from './finish.ts';
import type { HeedCancel } from './heed-cancel.ts';
import type { Journal, NextLook, OpenJournal } from './journal.ts';
import type { Look } from './look.ts';
import type { Retries } from './retries.ts';
import { sooner } from './submit.ts';
import type { Turns } from './turns.ts';

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

/** Jobs whose reservations were reduced that are remembered. */
const REMEMBERED = 10_000;

/** A look that is due so soon (milliseconds) is made along with those that are due now. */
const TOGETHER = 100;

/**
 * The step of every job. A failing store or Discord makes it wait. Never called for one job twice at a time.
 *
 * @param submit, look, deliver - what is done for requests that are reserved or under way, and for pictures that were made.
 * @param show - shows where the job stands.
 */
export function createStep({
  records,
  ledger,
  openJournal,
  heedCancel,
  submit,
  look,
  deliver,
  finish,
  show,
  polling,
  turns,
  retries,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'findLive' | 'isWritten'>;
  ledger: Pick<Ledger, 'reduce'>;
  openJournal: OpenJournal;
  heedCancel: HeedCancel;
  submit: (journal: Journal) => Promise<NextLook>;
  look: Look;
  deliver: Deliver;
  finish: Finish;
  show: (job: Job) => void;
  polling: Pick<Polling, 'untilNext'>;
  turns: Pick<Turns, 'freed' | 'note' | 'forget'>;
  retries: Retries;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): Step {
  /** To how many images this process has reduced jobs' reservations. */
  const reduced = new BoundedMap<string, number>(REMEMBERED);

  /**
   * Steps of a job never overlap in one process, so there a submit was found after a kill: it may have been taken, and
   * billed. Beside others its process may only have stood still, and still write what came of it.
   */
  async function found(journal: Journal, { number, state }: JobRequest): Promise<NextLook> {
    const since = state.name === 'submitting' ? state.since : undefined;
    const left = journal.claim === undefined || since === undefined ? 0 : since + SUBMIT_MOST - clock.now();
    if (left > 0) return Math.min(left, SUBMITTING_AGAIN);
    await journal.record({ type: 'unknown', request: number });
    return undefined;
  }

  /** Looks at a request of a job if it is due. */
  async function lookAt(journal: Journal, number: number): Promise<NextLook> {
    const { job } = journal;
    if (!isUnderWay(requestOf(job, number))) return undefined;
    // The step of a job of one request is that request's look.
    const early = job.requests.length === 1 ? 0 : polling.untilNext(job, number);
    return early > TOGETHER && clock.now() < job.deadline ? early : look(journal, number);
  }

  /** Looks at what RunComfy has, and brings what it has made. */
  async function follow(journal: Journal, underWay: readonly JobRequest[]): Promise<NextLook> {
    const looks = await settleAll(underWay.map(({ number }) => lookAt(journal, number)));
    // After all of them, as an edit that says how far it is would hold up the first picture. After those that failed, too: what was
    // said of the job's end may be over before the next one.
    if (openRequests(journal.job).some(isUnderWay)) show(journal.job);
    const filled = openRequests(journal.job).length > 0 ? await deliver(journal) : undefined;
    return looks.reduce(sooner, filled);
  }

  /** Does what is due for the requests of a job that are not over. */
  async function goOn(journal: Journal): Promise<NextLook> {
    const submitting = journal.job.requests.filter(({ state }) => state.name === 'submitting');
    for (const request of submitting) {
      const wait = await found(journal, request);
      // Whoever submits it can write what came of it only while the record is as they left it.
      if (wait !== undefined) return wait;
    }
    const underWay = journal.job.requests.filter(isUnderWay);
    const heeded = await heedCancel(journal);
    const sent = heeded === 'heeded' ? submit(journal) : Promise.resolve(undefined);
    const all = await settleAll([sent, follow(journal, underWay)]);
    if (freed(journal.job, underWay)) return 0;
    return untilDeadline(journal.job, all.reduce(sooner, undefined) ?? 0, clock.now());
  }

  /** Whether requests that were under way are over and others of the job wait: its next step goes on with those at once. */
  function freed(job: Job, underWay: readonly JobRequest[]): boolean {
    const ended = underWay.filter(({ number }) => isOver(requestOf(job, number)));
    turns.note(job);
    if (ended.length > 0) turns.freed(job);
    return ended.length > 0 && job.requests.some(({ state }) => state.name === 'reserved');
  }

  /** Frees at once what was held for requests that cost nothing. The first step after a kill does it again. */
  async function free(job: Job): Promise<void> {
    const counted = countedImages(job);
    // After a kill what is not written is sent again.
    if (!records.isWritten(job.id) || isFinal(job) || counted >= (reduced.get(job.id) ?? job.count)) return;
    await ledger.reduce(job.id, counted);
    reduced.set(job.id, counted);
  }

  async function stepOn(journal: Journal): Promise<NextLook> {
    const { job } = journal;
    if (isFinal(job)) return finish(journal);
    let next = openRequests(job).length > 0 ? await goOn(journal) : undefined;
    await free(journal.job);
    if (journal.job.state.name === 'completed' && !isFinal(journal.job)) next = await deliver(journal);
    const after = journal.job;
    if (!isFinal(after)) return next;
    const { name: state } = after.state;
    const why = after.state.name === 'failed' ? { failure: after.state.failure, reason: after.state.reason } : {};
    log.info({ ...idsOf(after), state, ...why }, 'a job ended');
    return finish(journal);
  }

  return async (jobId, claim) => {
    try {
      const job = await records.findLive(jobId, claim);
      if (job === undefined) return undefined;
      const delay = await stepOn(openJournal(job, claim));
      if (delay === undefined) turns.forget(jobId);
      // A job that is posted or told may be waiting for Discord: its failures count on.
      if (job.state.name !== 'completed' && picturesOf(job).length === 0 && !isFinal(job)) retries.forget(jobId);
      return delay === undefined || records.isWritten(jobId) ? delay : Math.min(delay, WRITE_AGAIN);
    } catch (error) {
      if (!(error instanceof StoreError) || error instanceof LostRecordsError) throw error;
      log.error({ job: jobId, err: error }, 'the store failed in a step');
      return Math.min(retries.delay(jobId), STORE_RETRY_MOST);
    }
  };
}

/** Waits for all of them, so that nothing of a step is under way after it. @throws what the first of them did that failed */
async function settleAll<T>(acts: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(acts);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}
