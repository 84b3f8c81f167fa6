/** Deletes what is kept of a member: all that is stored of their finished jobs, and their name in the ledger. */
import type { Clock } from '../clock.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger, PastReservation } from '../ledger/ledger.ts';
import { utcDay } from '../ledger/limits.ts';
import { SingleFlight } from '../single-flight.ts';
import type { PromptHistory } from './earlier-prompts.ts';

/** How many reservations are read, and forgotten, in one call. */
const AT_ONCE = 100;

export interface Erased {
  /** Finished jobs that are no longer known. */
  jobs: number;
  /** Jobs that are not final: nothing of them was deleted. */
  running: number;
  /** Whether some are of the present UTC day: the ledger keeps the name on these until the day is over. */
  today: boolean;
}

export interface Erase {
  /**
   * Deletes it in all guilds. Where it was interrupted, a second call resumes it; two calls at once are one.
   *
   * @throws StoreError
   */
  erase(userId: string): Promise<Erased>;
}

/** @param forgetInBook - takes the member's name off what these jobs came to. */
export function createErase({
  ledger,
  records,
  forgetInBook,
  promptHistory,
  clock,
}: {
  ledger: Pick<Ledger, 'recent' | 'forget'>;
  records: Pick<JobRecords, 'isLive' | 'erase' | 'eraseCancellations' | 'purge'>;
  forgetInBook: (jobIds: readonly string[]) => Promise<void>;
  promptHistory: Pick<PromptHistory, 'forget'>;
  clock: Pick<Clock, 'now'>;
}): Erase {
  const erasing = new SingleFlight<string, Erased>();

  async function list(userId: string): Promise<PastReservation[]> {
    const all: PastReservation[] = [];
    for (;;) {
      const before = all.at(-1)?.jobId;
      const beside = before === undefined ? {} : { before };
      const page = await ledger.recent({ userId, since: 0, limit: AT_ONCE, ...beside });
      all.push(...page);
      if (page.length < AT_ONCE) return all;
    }
  }

  async function erase(userId: string): Promise<Erased> {
    const erased: Erased = { jobs: 0, running: 0, today: false };
    const reservations = await list(userId);
    for (let start = 0; start < reservations.length; start += AT_ONCE) {
      const part: string[] = [];
      for (const { jobId, at, state } of reservations.slice(start, start + AT_ONCE)) {
        // A job that starts is reserved before it is written; one that ends is settled before it is final in the store.
        if (state === 'held' || (await records.isLive(jobId))) {
          erased.running += 1;
          continue;
        }
        await records.erase(jobId);
        part.push(jobId);
        erased.jobs += 1;
        erased.today ||= utcDay(at) === utcDay(clock.now());
      }
      await forgetInBook(part);
      // Last, as the ledger is how the records are found.
      await ledger.forget(part, clock.now());
    }
    await records.eraseCancellations(userId);
    promptHistory.forget(userId);
    await records.purge();
    return erased;
  }

  return {
    erase: (userId) => erasing.run(userId, () => erase(userId)),
  };
}
