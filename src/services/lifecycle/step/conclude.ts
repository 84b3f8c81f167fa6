/** Writes what happens to a job, and ends it: its record, its reservation, its last word, its leaving. */
import type { Clock } from '../../clock.ts';
import type { LastWord, Progress } from '../../delivery/delivery.ts';
import { ReplyOutOfReach, ReplyTrouble, type Reply } from '../../discord/reply.ts';
import { advance, deliveryDeadline, idsOf, settlement, type Job, type JobEvent } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Log } from '../../log.ts';
import type { Polling } from '../../polling/polling.ts';
import type { Claim } from '../../storage/storage.ts';
import type { Retries } from './retries.ts';

/** How long the end of a job is tried to be told where Discord is in trouble (milliseconds): its outages last for hours. */
const TOLD_WITHIN = 24 * 60 * 60_000;

/** Milliseconds until the next look at a job; `undefined` where there is none. */
export type NextLook = number | undefined;

/** Writes an event to a job's record and gives the record back. */
export type RecordEvent = (job: Job, event: JobEvent, claim: Claim | undefined) => Promise<Job>;

/** Ends a job by an event. Each part of it can be done again. */
export type Conclude = (job: Job, event: JobEvent, claim: Claim | undefined) => Promise<NextLook>;

/** Takes a final job's end up where it was left. */
export type Finish = (job: Job, claim: Claim | undefined) => Promise<NextLook>;

export interface ConcludeParts {
  records: JobRecords;
  ledger: Pick<Ledger, 'settle' | 'release'>;
  reply: Pick<Reply, 'messageId'>;
  polling: Pick<Polling, 'forget'>;
  progress: Progress;
  lastWord: LastWord;
  retries: Retries;
  /** Hears of every event of a job, once it is written. */
  happened: (job: Job, event: JobEvent) => void;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

export function createConclude({
  records,
  ledger,
  reply,
  polling,
  progress,
  lastWord,
  retries,
  happened,
  clock,
  log,
}: ConcludeParts): { record: RecordEvent; conclude: Conclude; finish: Finish } {
  const record: RecordEvent = async (job, event, claim) => {
    const messageId = job.reply.messageId ?? reply.messageId(job.id);
    const known = messageId === undefined ? job : { ...job, reply: { ...job.reply, messageId } };
    const next = advance(known, event, clock.now());
    // A step that seemed to stand still may write what came of its submit, as long as the others wait for that.
    const isOwnSubmit = job.state.name === 'submitting' && job.state.holder === claim?.holder;
    await records.keep(next, claim, isOwnSubmit ? job : undefined);
    happened(next, event);
    log.debug({ ...idsOf(next), state: next.state.name }, event.type);
    return next;
  };

  /** Tells how a job without a gallery ended; gives the time until that is tried again. */
  async function tellEnd(job: Job): Promise<NextLook> {
    try {
      await progress.end(job.id);
      await lastWord.tellEnd(job);
      return undefined;
    } catch (error) {
      if (!(error instanceof ReplyTrouble) || clock.now() > toldUntil(job, error)) {
        log.error({ ...idsOf(job), err: error }, 'the end of a job could not be told');
        return undefined;
      }
      log.warn({ ...idsOf(job), err: error }, 'the end of a job could not be told yet');
      return retries.delay(job.id);
    }
  }

  const finish: Finish = async (job, claim) => {
    if (settlement(job) === 'release') await ledger.release(job.id);
    else await ledger.settle(job.id);
    const again = job.state.name === 'delivered' ? undefined : await tellEnd(job);
    if (again !== undefined) return again;
    await progress.end(job.id);
    await records.close(job, claim);
    polling.forget(job.id);
    retries.forget(job.id);
    return undefined;
  };

  const conclude: Conclude = async (job, event, claim) => {
    const ended = await record(job, event, claim);
    const { name: state } = ended.state;
    const why = ended.state.name === 'failed' ? { failure: ended.state.failure, reason: ended.state.reason } : {};
    log.info({ ...idsOf(ended), state, ...why }, 'a job ended');
    return finish(ended, claim);
  };

  return { record, conclude, finish };
}

/** Until when it is tried to tell how a job ended, or which pictures it lacks (milliseconds since the epoch). What only people can open is not waited for. */
export function toldUntil(job: Job, error: ReplyTrouble): number {
  const deadline = deliveryDeadline(job);
  return error instanceof ReplyOutOfReach ? deadline : Math.max(deadline, job.endedAt ?? 0) + TOLD_WITHIN;
}
