/** A job while a step is at it: whatever happens to it is written at once, one thing after another. */
import type { Clock } from '../../clock.ts';
import type { Reply } from '../../discord/reply.ts';
import { advance, idsOf, type Job, type JobEvent } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import type { Claim } from '../../storage/storage.ts';

/** Milliseconds until something is to be done again; `undefined` where nothing is. */
export type NextLook = number | undefined;

/**
 * For how long the store's word holds that a job is this process's (milliseconds). Others take over what a process holds once it
 * has not been heard of for ten seconds, so one that stood still before it took the answer must ask again.
 */
const HOLDS_FOR = 3000;

/** Asks until the answer is there so soon that it still holds. @throws what `ask` throws */
export async function askedJustNow(clock: Pick<Clock, 'monotonic'>, ask: () => Promise<void>): Promise<void> {
  let askedAt: number;
  do {
    askedAt = clock.monotonic();
    await ask();
  } while (clock.monotonic() - askedAt > HOLDS_FOR);
}

export interface Journal {
  /** The job as it is now, whoever of the step's parts has changed it. */
  readonly job: Job;
  readonly claim: Claim | undefined;
  /** Writes what has happened. @throws LostClaimError where another process has taken the job over */
  record(event: JobEvent): Promise<Job>;
  /** Takes note of what is worth no write of its own. */
  note(event: JobEvent): Job;
  /**
   * Makes sure that no other process has taken the job over: to be asked right before something is shown that must not come
   * after what that one shows. @throws LostClaimError, StoreError
   */
  confirm(): Promise<void>;
  /** Writes what is about to happen. @throws StoreError; then it must not happen, and the record is as it was */
  announce(event: JobEvent): Promise<Job>;
}

/** Opens a job that a step has read. */
export type OpenJournal = (job: Job, claim: Claim | undefined) => Journal;

export function createJournals({
  records,
  reply,
  happened,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'keep' | 'write'>;
  reply: Pick<Reply, 'messageId'>;
  /** Hears of every event of a job, once it is written. */
  happened: (job: Job, event: JobEvent) => void;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  log: Log;
}): OpenJournal {
  return (opened, claim) => {
    let job = opened;
    /** As it was last written. */
    let written = opened;
    let writing: Promise<unknown> = Promise.resolve();

    /** Runs `write` after the writes that were asked for before. */
    function inTurn(write: () => Promise<void>): Promise<Job> {
      const turn = writing.then(write).then(() => job);
      writing = turn.catch(() => undefined);
      return turn;
    }

    return {
      get job() {
        return job;
      },
      claim,

      note: (event) => (job = advance(job, event, clock.now())),

      record: (event) =>
        inTurn(async () => {
          const messageId = job.reply.messageId ?? reply.messageId(job.id);
          const known = messageId === undefined ? job : { ...job, reply: { ...job.reply, messageId } };
          const next = advance(known, event, clock.now());
          // A step that seemed to stand still may write what came of its submit, as long as the others wait for that.
          await records.keep(next, claim, isSubmittedBy(written, claim) ? written : undefined);
          job = written = next;
          happened(next, event);
          const request = 'request' in event ? next.requests[(event.request ?? 1) - 1] : undefined;
          log.debug({ ...idsOf(next, request), state: next.state.name }, event.type);
        }),

      async confirm() {
        if (claim === undefined) return;
        await inTurn(async () => {
          await askedJustNow(clock, () => records.write(job, claim));
          written = job;
        });
      },

      announce: (event) =>
        inTurn(async () => {
          const next = advance(job, event, clock.now());
          try {
            await records.write(next, claim);
          } catch (error) {
            // Whether or not that was written, it has not happened.
            await records.keep(job, claim);
            throw error;
          }
          job = written = next;
        }),
    };
  };
}

/** Whether a submit of the job's may be under way by whoever holds this claim. */
function isSubmittedBy({ requests }: Job, claim: Claim | undefined): boolean {
  return requests.some(({ state }) => state.name === 'submitting' && state.holder === claim?.holder);
}
