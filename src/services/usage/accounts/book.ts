/**
 * The book: what every job came to, for the host's statement. A job has one line, under its id, so that it can be written again
 * after a kill. Lines live as long as the ledger's reservations do; then a month becomes sums by server and model, without
 * its members' names, which stay for a year.
 */
import type { Clock } from '../../clock.ts';
import { utcMonth } from '../../ledger/limits.ts';
import type { Log } from '../../log.ts';
import { SingleFlight } from '../../single-flight.ts';
import type { Store } from '../../storage/storage.ts';
import { canBeAsked, lineSchema, withCost, type Line } from './line.ts';
import { accountSchema, createAdder, type Account, type Adder } from './sums.ts';
import { z } from 'zod';

/** How long the account of a month is kept (milliseconds): thirteen months. */
export const ACCOUNT_KEPT = 400 * 24 * 60 * 60_000;

/** A job with a request of unknown fate of which RunComfy can still be asked. */
const openSchema = z.object({ version: z.literal(1), at: z.number() });

export interface Book {
  /** Writes a job's line, whatever it said before. What RunComfy has told since stays. @throws StoreError */
  enter(jobId: string, line: Line): Promise<void>;
  /** Takes members' names off the lines of these jobs; the sums stay. @throws StoreError */
  forget(jobIds: readonly string[]): Promise<void>;
  /** The account of a UTC month (`2026-11`). @throws StoreError */
  month(month: string): Promise<Account>;
  /** Makes sums of the months before the last one. @throws StoreError */
  close(): Promise<void>;
  /** Jobs with requests of which RunComfy can still be asked, with when they were reserved. @throws StoreError */
  open(): Promise<{ jobId: string; at: number }[]>;
  /** The ids, at RunComfy, of a job's requests of which it can be asked. @throws StoreError */
  openRequests(jobId: string): Promise<string[]>;
  /** Writes what RunComfy says a request was billed. @throws StoreError */
  learn(jobId: string, requestId: string, billed: number): Promise<void>;
  /** RunComfy is not to be asked of this job any more. @throws StoreError */
  giveUp(jobId: string): Promise<void>;
}

/** The UTC month before that of a moment (milliseconds since the epoch). */
function lastMonth(at: number): string {
  const now = new Date(at);
  return utcMonth(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
}

export function createBook({
  store,
  clock,
  log,
}: {
  store: Pick<Store, 'collection'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'info'>;
}): Book {
  const lines = store.collection('book', lineSchema);
  const accounts = store.collection('accounts', accountSchema);
  const open = store.collection('unsettled', openSchema);
  /** Lines are read and written back one at a time. */
  const changing = new SingleFlight<string, void>();

  async function change(jobId: string, changed: (line: Line) => Line): Promise<void> {
    // What was asked for meanwhile must see what this writes.
    while (changing.underWay(jobId) !== undefined) await changing.underWay(jobId)?.catch(() => undefined);
    await changing.run(jobId, async () => {
      const line = await lines.get(jobId);
      if (line !== undefined) await lines.set(jobId, changed(line));
    });
  }

  /** The lines of months that are over for longer than one, by their months. */
  async function olderLines(): Promise<Map<string, { adder: Adder; jobIds: string[] }>> {
    const last = lastMonth(clock.now());
    const months = new Map<string, { adder: Adder; jobIds: string[] }>();
    for await (const [jobId, line] of lines.entries()) {
      const month = utcMonth(line.at);
      if (month >= last) continue;
      const found = months.get(month) ?? { adder: createAdder(), jobIds: [] };
      months.set(month, found);
      found.adder.add(jobId, line, false);
      found.jobIds.push(jobId);
    }
    return months;
  }

  return {
    async enter(jobId, line) {
      if (!line.requests.some(({ fate }) => fate === 'unknown')) {
        await lines.set(jobId, line);
        return;
      }
      const before = await lines.get(jobId);
      const requests = line.requests.map((request, index) => {
        const known = before?.requests[index];
        return request.fate === 'unknown' && known?.billed !== undefined ? known : request;
      });
      // First: what is found here without a line is nothing to be asked for.
      if (requests.some(canBeAsked)) await open.set(jobId, { version: 1, at: line.at });
      await lines.set(jobId, { ...line, requests });
    },

    async forget(jobIds) {
      for (const jobId of jobIds) await change(jobId, (line) => ({ ...line, userId: undefined }));
    },

    async month(month) {
      // Where there is one, lines that are still there are in it.
      const closed = await accounts.get(month);
      if (closed !== undefined) return closed;
      const adder = createAdder();
      for await (const [jobId, line] of lines.entries()) {
        if (utcMonth(line.at) === month) adder.add(jobId, line, true);
      }
      return adder.account();
    },

    async close() {
      for (const [month, { adder, jobIds }] of await olderLines()) {
        // Asked for after the lines were read: where another process had begun to delete some, its account is there by now.
        if ((await accounts.get(month)) === undefined) {
          await accounts.set(month, adder.account(), { ttl: ACCOUNT_KEPT });
          log.info({ month, jobs: jobIds.length }, 'the account of a month was closed');
        }
        for (const jobId of jobIds) await lines.delete(jobId);
      }
    },

    async open() {
      const found: { jobId: string; at: number }[] = [];
      for await (const [jobId, { at }] of open.entries()) found.push({ jobId, at });
      return found;
    },
    async openRequests(jobId) {
      const { requests = [] } = (await lines.get(jobId)) ?? {};
      return requests.filter(canBeAsked).flatMap(({ requestId }) => requestId ?? []);
    },
    learn: (jobId, requestId, billed) => change(jobId, (line) => withCost(line, requestId, billed)),
    async giveUp(jobId) {
      await open.delete(jobId);
    },
  };
}
