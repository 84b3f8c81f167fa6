/** One look at a request that RunComfy has taken. */
import type { Clock } from '../../clock.ts';
import { idsOf, isLost, isMissed, requestOf, runComfyIdOf, untilDeadline } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import { COUNT_MAX } from '../../models/seedream.ts';
import type { Polling } from '../../polling/polling.ts';
import { RunComfyError, type ResultAnswer, type RunComfy } from '../../runcomfy/runcomfy.ts';
import { createCancelledBy, type Cancellations } from './cancelled-by.ts';
import type { Journal, NextLook } from './journal.ts';

/** Pictures of a set that are fetched at most: no job is for more than half of it. */
const FETCHED_MAX = 2 * COUNT_MAX;

/** Looks at one of a job's requests (its number from 1). */
export type Look = (journal: Journal, request: number) => Promise<NextLook>;

export function createLook({
  api,
  records,
  polling,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'status' | 'result' | 'cancel'>;
  records: { cancellations: Cancellations };
  polling: Pick<Polling, 'afterTrouble' | 'finished' | 'looked' | 'next' | 'untilDue'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): Look {
  const cancelledBy = createCancelledBy({ records, log });
  const idOf = ({ job }: Journal, request: number) => runComfyIdOf(requestOf(job, request)) ?? '';
  const named = ({ job }: Journal, request: number) => idsOf(job, requestOf(job, request));

  async function succeeded(
    journal: Journal,
    request: number,
    made: Extract<ResultAnswer, { status: 'succeeded' }>,
  ): Promise<void> {
    const { billed } = made;
    if (made.images.length === 0 && made.videos.length === 0) {
      await journal.record({ type: 'failed', failure: 'no_pictures', reason: undefined, billed, request });
      return;
    }
    const { requests } = journal.job;
    // Each of several requests has places for what it was asked for.
    const most = requests.length === 1 ? FETCHED_MAX : requestOf(journal.job, request).images;
    const [images, videos] = [made.images.slice(0, most), made.videos.slice(0, FETCHED_MAX)];
    if (images.length < made.images.length) {
      log.warn({ ...named(journal, request), made: made.images.length }, 'more pictures were made than are fetched');
    }
    const after = await journal.record({ type: 'succeeded', images, videos, billed, request });
    polling.finished(after, request);
  }

  /**
   * Seen as cancelled: by the press whose wish stands beside the job; past its deadline by the bot, which has heard no answer to
   * that; else by somebody at RunComfy.
   */
  async function cancelled(journal: Journal, request: number, billed?: number): Promise<void> {
    const { id, deadline } = journal.job;
    const by = await cancelledBy(id);
    const withdrawn = by === undefined && clock.now() >= deadline ? true : undefined;
    await journal.record({ type: 'cancelled', by, withdrawn, billed, request });
  }

  /** A request's result, once there should be one. */
  async function end(journal: Journal, request: number, result: ResultAnswer): Promise<NextLook> {
    switch (result.status) {
      case 'succeeded':
        await succeeded(journal, request, result);
        return undefined;
      case 'failed': {
        const { reason, billed } = result;
        await journal.record({ type: 'failed', failure: 'model', reason, billed, request });
        return undefined;
      }
      case 'cancelled':
        await cancelled(journal, request, result.billed);
        return undefined;
      case 'in_queue':
      case 'in_progress':
        return goOn(journal, request);
    }
  }

  /** RunComfy knows the request: what it has denied before counts no more. */
  async function known(journal: Journal, request: number): Promise<void> {
    if (isMissed(requestOf(journal.job, request))) await journal.record({ type: 'found', request });
  }

  /** The request is not finished: look again, unless its time is up. */
  async function goOn(journal: Journal, request: number): Promise<NextLook> {
    if (clock.now() >= journal.job.deadline) return giveUp(journal, request);
    await known(journal, request);
    const { job } = journal;
    polling.looked(job, request);
    return untilDeadline(job, polling.next(job, request), clock.now());
  }

  /** What a call at the deadline gives, or how it failed. */
  async function tryLast<T>(journal: Journal, request: number, call: () => Promise<T>): Promise<T | RunComfyError> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ ...named(journal, request), kind: error.kind, err: error }, 'a call at the deadline failed');
      return error;
    }
  }

  /** Time is up: the request is cancelled if it still can be, and taken if it has ended unseen. */
  async function giveUp(journal: Journal, request: number): Promise<NextLook> {
    const id = idOf(journal, request);
    if ((await tryLast(journal, request, () => api.cancel(id))) === 'cancelled') {
      await journal.record({ type: 'cancelled', withdrawn: true, request });
      return undefined;
    }
    const result = await tryLast(journal, request, () => api.result(id));
    const isError = result instanceof RunComfyError;
    if (!isError && result.status !== 'in_queue' && result.status !== 'in_progress') {
      return end(journal, request, result);
    }
    const failure = isError && result.kind === 'unreadable' ? 'unreadable' : 'deadline';
    await journal.record({ type: 'failed', failure, reason: undefined, request });
    return undefined;
  }

  /** @param askedAt - when the call was made: how slow its answer or a write was since adds nothing to a denial's span. */
  async function failed(
    journal: Journal,
    request: number,
    { error, askedAt }: { error: RunComfyError; askedAt: number },
  ): Promise<NextLook> {
    log.warn({ ...named(journal, request), kind: error.kind, err: error }, 'a look failed');
    if (error.kind === 'not_found') {
      const missed = requestOf(await journal.record({ type: 'missed', request }), request);
      // Only such an answer says for how long there have been some.
      if (isLost(missed, askedAt)) {
        await journal.record({ type: 'unknown', request });
        return undefined;
      }
    }
    const { job } = journal;
    if (clock.now() >= job.deadline) return giveUp(journal, request);
    const delay = polling.afterTrouble(job, error, request);
    return untilDeadline(job, delay, clock.now());
  }

  async function see(journal: Journal, request: number): Promise<NextLook> {
    const id = idOf(journal, request);
    const seen = await api.status(id);
    switch (seen.status) {
      case 'in_queue':
        journal.note({ type: 'queued', position: seen.position, request });
        return goOn(journal, request);
      case 'in_progress': {
        const isNew = requestOf(journal.job, request).state.name === 'in_queue';
        if (isNew) await journal.record({ type: 'started', request });
        return goOn(journal, request);
      }
      case 'cancelled':
        await cancelled(journal, request);
        return undefined;
      case 'completed':
      case 'failed':
        return end(journal, request, await resultOf(journal, request));
    }
  }

  /** Of a request that is finished by its status: that its result is not known is a denial; any other failure is none. */
  async function resultOf(journal: Journal, request: number): Promise<ResultAnswer> {
    try {
      return await api.result(idOf(journal, request));
    } catch (error) {
      if (error instanceof RunComfyError && error.kind !== 'not_found') await known(journal, request);
      throw error;
    }
  }

  return async (journal, request) => {
    const { job } = journal;
    const early = polling.untilDue(job, request);
    if (early > 0 && clock.now() < job.deadline) return untilDeadline(job, early, clock.now());
    const askedAt = clock.now();
    try {
      return await see(journal, request);
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      return failed(journal, request, { error, askedAt });
    }
  };
}
