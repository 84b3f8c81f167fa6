/**
 * The circuit breaker of several processes: each keeps a copy, so that asking it takes no time, and the copies meet in
 * the store.
 */
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/storage.ts';
import { accountSchema, createAccountBreaker, type Account, type AccountBreaker } from './account-breaker.ts';

/** The account's one record. */
const RECORD = 'account';

/** How old a copy may be where it decides something (milliseconds). */
const HOLDS = 5000;

/**
 * What other processes found out is read where it decides something: before a submit, and before a job is begun. While commands
 * are refused it is read every 5 s besides, so that the refusal ends here when it ends elsewhere; else an idle process reads
 * nothing. Where the store fails, each process goes on by what it finds out itself.
 */
export function createSharedAccountBreaker({
  clock,
  store,
  log,
}: {
  clock: Pick<Clock, 'now' | 'monotonic' | 'setInterval'>;
  store: Store;
  log: Log;
}): AccountBreaker {
  const accounts = store.collection('breaker', accountSchema);
  let writing = Promise.resolve();
  let unwritten: Account | undefined;
  let isRefused = false;
  let readAt = -Infinity;
  let watch: Timer | undefined;

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
    // A store that does not answer is waited for once by all who ask meanwhile.
    readAt = clock.monotonic();
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

  /** Does it after what is being read or written. */
  function next(act: () => Promise<void>): Promise<void> {
    writing = writing.then(act).then(keepWatch);
    return writing;
  }

  /** Reads again and again as long as commands are refused, or something is to be written yet. */
  function keepWatch(): void {
    if (unwritten === undefined && breaker.refusal() === undefined) {
      watch?.cancel();
      watch = undefined;
    } else {
      watch ??= clock.setInterval(() => void next(read), HOLDS);
    }
  }

  const refresh = () => next(async () => (clock.monotonic() - readAt < HOLDS ? undefined : read()));

  const breaker = createAccountBreaker({
    clock,
    changed(account) {
      unwritten = account;
      isRefused = account.open !== undefined;
      void next(write);
    },
  });
  void refresh();
  return {
    ...breaker,
    refresh,
    async admit(jobId) {
      if (!isRefused) await refresh();
      if (!isRefused) return breaker.admit(jobId);
      // Another process may have begun a trial since the last read, and must know of one that begins here.
      await next(read);
      const admission = await breaker.admit(jobId);
      await writing;
      return admission;
    },
  };
}
