/** The host's accounts: what every job came to, month by month, and the balance beside it. */
import type { Clock } from '../../clock.ts';
import type { Job } from '../../job/job.ts';
import { utcDay } from '../../ledger/limits.ts';
import type { Log } from '../../log.ts';
import type { RunComfy } from '../../runcomfy/runcomfy.ts';
import type { Store } from '../../storage/storage.ts';
import { createBalance, type Balance, type Reading } from './balance.ts';
import { createBook, type Book } from './book.ts';
import { createFollowUp } from './follow-up.ts';
import { lineOf } from './line.ts';

export { balancesSchema, withReading, type Balances } from './balance.ts';
export { createBook } from './book.ts';
export { NOTHING, sumOf, sumsBy, type Account, type Amounts, type Claim, type Share } from './sums.ts';

/** How often the balance is read, and how often everything else is done (milliseconds). */
const BALANCE_EVERY = 15 * 60_000;
const OTHERS_EVERY = 60 * 60_000;

export interface Accounts {
  /** Writes down what a job that is over came to. @throws StoreError */
  enter(job: Job): Promise<void>;
  book: Pick<Book, 'month' | 'forget'>;
  balance: Balance;
  /** Begins to read the balance and to ask what is not known. The store must have answered before. */
  start(): void;
}

/**
 * @param priceOf - what an image of a model costs, in US dollars.
 * @param balanceRead - hears of every reading of the balance.
 */
export function createAccounts({
  api,
  store,
  priceOf,
  balanceRead,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'balance' | 'cost'>;
  store: Pick<Store, 'collection'>;
  priceOf: (job: Job) => number;
  balanceRead: (reading: Reading) => void;
  clock: Pick<Clock, 'now' | 'setInterval'>;
  log: Log;
}): Accounts {
  const book = createBook({ store, clock, log });
  const balance = createBalance({ api, store, seen: balanceRead, clock, log });
  const followUp = createFollowUp({ book, api, clock, log });

  let closedOn = '';

  /** Once a day; not at the start, as jobs that a stop has kept from ending are to be in their month's account. */
  async function close(): Promise<void> {
    const today = utcDay(clock.now());
    if (closedOn === today) return;
    try {
      await book.close();
      closedOn = today;
    } catch (error) {
      log.warn({ err: error }, 'the accounts of earlier months could not be closed');
    }
  }

  return {
    enter: (job) => book.enter(job.id, lineOf(job, priceOf(job))),
    book,
    balance,
    start() {
      void balance.check();
      void followUp();
      clock.setInterval(() => void balance.check(), BALANCE_EVERY);
      clock.setInterval(() => void followUp().then(close), OTHERS_EVERY);
    },
  };
}
