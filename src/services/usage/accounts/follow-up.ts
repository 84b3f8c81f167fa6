/** Asks RunComfy what became of requests that the bot had to give up, so that the statement can say what they were billed. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { RunComfyError, type RunComfy } from '../../runcomfy/runcomfy.ts';
import type { Book } from './book.ts';

/** How long after a job was asked for RunComfy is asked of it (milliseconds): it keeps results for some days at most. */
const ASKED_FOR = 7 * 24 * 60 * 60_000;

/**
 * @returns what asks once for every request of unknown fate that has an id. Never throws.
 */
export function createFollowUp({
  book,
  api,
  clock,
  log,
}: {
  book: Pick<Book, 'open' | 'openRequests' | 'learn' | 'giveUp'>;
  api: Pick<RunComfy, 'cost'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'debug' | 'info' | 'warn'>;
}): () => Promise<void> {
  async function askOf(jobId: string, requestId: string): Promise<void> {
    try {
      const { ended, billed } = await api.cost(requestId);
      if (!ended || billed === undefined) return;
      await book.learn(jobId, requestId, billed);
      log.info({ job: jobId, request: requestId, billed: billed / 1e6 }, 'what a request was billed is known now');
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.debug({ job: jobId, request: requestId, err: error }, 'what a request was billed is not known yet');
    }
  }

  return async () => {
    try {
      for (const { jobId, at } of await book.open()) {
        const requests = await book.openRequests(jobId);
        if (requests.length === 0 || clock.now() - at > ASKED_FOR) await book.giveUp(jobId);
        else for (const requestId of requests) await askOf(jobId, requestId);
      }
    } catch (error) {
      log.warn({ err: error }, 'what became of requests of unknown fate could not be asked');
    }
  };
}
