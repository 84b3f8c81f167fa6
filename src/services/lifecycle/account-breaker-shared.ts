/**
 * The circuit breaker of several processes: each keeps a copy, so that asking it takes no time, and the copies meet in
 * the store.
 */
import { accountSchema, createAccountBreaker, type Account, type AccountBreaker } from './account-breaker.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/storage.ts';

/** The account's one record. */
const RECORD = 'account';

/** How often what other processes found out is read (milliseconds). */
const READ_EVERY = 5000;

/** Where the store fails, each process goes on by what it finds out itself. */
export function createSharedAccountBreaker({
  clock,
  store,
  log,
}: {
  clock: Pick<Clock, 'now' | 'setInterval'>;
  store: Store;
  log: Log;
}): AccountBreaker {
  const accounts = store.collection('breaker', accountSchema);
  let writing = Promise.resolve();
  let unwritten: Account | undefined;
  let isRefused = false;

  async function write(): Promise<void> {
    const account = unwritten;
    if (account === undefined) return;
    try {
      await accounts.set(RECORD, account);
      if (unwritten === account) unwritten = undefined;
    } catch (error) {
      log.debug({ err: error }, 'what was found out of the account could not be written yet');
    }
  }

  async function read(): Promise<void> {
    try {
      await write();
      const account = await accounts.get(RECORD);
      // What this process has found out meanwhile is newer.
      if (account !== undefined && unwritten === undefined) {
        isRefused = account.open !== undefined;
        breaker.adopt(account);
      }
    } catch (error) {
      log.debug({ err: error }, 'what is known of the account could not be read');
    }
  }

  const breaker = createAccountBreaker({
    clock,
    changed(account) {
      unwritten = account;
      isRefused = account.open !== undefined;
      writing = writing.then(write);
    },
  });
  const next = () => {
    writing = writing.then(read);
  };
  next();
  clock.setInterval(next, READ_EVERY);
  return {
    ...breaker,
    async admit(jobId) {
      if (!isRefused) return breaker.admit(jobId);
      // Another process may have begun a trial since the last read, and must know of one that begins here.
      next();
      await writing;
      const admission = await breaker.admit(jobId);
      await writing;
      return admission;
    },
  };
}
