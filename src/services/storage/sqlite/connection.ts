/** The SQLite database of the store: one connection that commits acts in groups. */
import { resolve as absolute } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { describeFailure, isBusy } from './failure.ts';
import { openFile } from './file.ts';
import { createSameFile } from './same-file.ts';
import { StoreError } from '../storage.ts';

/** How long the queue leaves the event loop free between two tries for the lock, in milliseconds. */
const RETRY_EVERY = 20;
/** How many acts share one commit at most, so that a flood holds the event loop for milliseconds only. */
const BATCH_SIZE = 100;

export interface Database {
  /** A statement to use in acts; prepare it once. */
  prepare(sql: string): StatementSync;
  /**
   * Runs an act in a transaction that no other process writes beside. Acts asked for in one turn of the event loop
   * share one commit; each runs in a savepoint of its own, so one that throws is undone and rejects alone.
   * An act is synchronous and touches nothing but the database: when the file is locked it may run again.
   *
   * @returns what the act returned, once it is on the disk.
   * @throws {StoreError} when the file is locked for longer than `patience`, full, damaged or closed; then nothing was
   * written. What the act itself throws is thrown as it is.
   */
  write<T>(act: (db: DatabaseSync) => T): Promise<T>;
  /**
   * Runs an act that only reads; it sees everything written before it, the acts still waiting included. While another
   * process keeps those waiting by its lock, it sees what is in the file, and at once.
   */
  read<T>(act: (db: DatabaseSync) => T): Promise<T>;
  /**
   * Brings the write-ahead log into the file and empties it, so that what was deleted stands in neither. Where another
   * process is reading, it is tried again by the next call of {@link purgeAgain}.
   */
  purge(): Promise<void>;
  /** Purges where the last purge could not. */
  purgeAgain(): Promise<void>;
  /** @throws StoreError where the file on the disk is no longer the one that is open. */
  confirm(): void;
  /** Commits what waits, brings the log into the file and closes it. Can be called again. */
  close(): Promise<void>;
}

/** One waiting act: `attempt` runs it and returns what is to be called once it is committed. */
interface Act {
  since: number;
  attempt: () => () => void;
  reject: (error: Error) => void;
}

/**
 * Opens the database file, making it, its folder and its tables where they are missing. The file can be read by its
 * owner only, as it holds interaction tokens.
 *
 * @param patience - how long an act waits for another process's lock, in milliseconds. Less than the store's deadline,
 * so that an act that gave up is known not to have happened.
 * @throws {StoreError} when the file can't be used: damaged, another program's, a newer version's, not writable.
 */
export function openDatabase({
  path,
  clock,
  log,
  patience = 1500,
}: {
  path: string;
  clock: Pick<Clock, 'monotonic' | 'setImmediate' | 'sleep'>;
  log?: Pick<Log, 'error' | 'info' | 'warn'>;
  patience?: number;
}): Database {
  const file = absolute(path);
  const db = openFile({ file, log });
  const sameFile = createSameFile({ file, log });
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const savepoint = db.prepare('SAVEPOINT act');
  const undo = db.prepare('ROLLBACK TO act');
  const release = db.prepare('RELEASE act');

  let queue: Act[] = [];
  let draining: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  /** Whether the acts that wait do so for another process's lock. */
  let locked = false;
  /** Whether something that was deleted may still stand in the log. */
  let unpurged = false;

  function attempt<T>(act: (db: DatabaseSync) => T, resolve: (value: T) => void, reject: (error: Error) => void) {
    savepoint.run();
    try {
      const result = act(db);
      release.run();
      return () => {
        resolve(result);
      };
    } catch (error) {
      // A full disk makes SQLite give up the whole transaction, and with it the acts beside this one.
      if (!db.isTransaction) throw error;
      undo.run();
      release.run();
      return () => {
        reject(describeFailure(error, file));
      };
    }
  }

  function commitTogether(acts: Act[]): void {
    try {
      begin.run();
      const settled = acts.map((act) => act.attempt());
      commit.run();
      for (const settle of settled) settle();
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  async function drain(): Promise<void> {
    await nextTurn(clock);
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH_SIZE);
      try {
        commitTogether(batch);
        locked = false;
        queue = queue.slice(batch.length);
        if (queue.length > 0) await nextTurn(clock);
      } catch (error) {
        const reason = describeFailure(error, file);
        const now = clock.monotonic();
        locked = isBusy(error);
        const lost = new Set(isBusy(error) ? queue.filter((act) => now - act.since >= patience) : batch);
        queue = queue.filter((act) => !lost.has(act));
        for (const act of lost) act.reject(reason);
        if (queue.length > 0) await clock.sleep(RETRY_EVERY);
      }
    }
    locked = false;
    draining = undefined;
  }

  function enqueue<T>(act: (db: DatabaseSync) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      queue.push({ since: clock.monotonic(), attempt: () => attempt(act, resolve, reject), reject });
      draining ??= drain();
    });
  }

  function refuseClosed(): Promise<never> {
    return Promise.reject(new StoreError(`The database ${file} is closed.`));
  }

  /** Empties the log; without success where another process is reading from it. */
  function emptyLog(): void {
    try {
      const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
      unpurged = busy !== 0;
    } catch (error) {
      if (!isBusy(error)) throw describeFailure(error, file);
    }
  }

  async function purge(): Promise<void> {
    unpurged = true;
    await draining;
    if (closing === undefined) emptyLog();
  }

  return {
    purge,
    purgeAgain: () => (unpurged ? purge() : Promise.resolve()),
    confirm: () => {
      sameFile.confirm();
    },
    prepare: (sql) => db.prepare(sql),
    write: (act) => (closing === undefined ? enqueue(act) : refuseClosed()),
    read(act) {
      if (closing !== undefined) return refuseClosed();
      if (queue.length > 0 && !locked) return enqueue(act);
      try {
        return Promise.resolve(act(db));
      } catch (error) {
        return isBusy(error) ? enqueue(act) : Promise.reject(describeFailure(error, file));
      }
    },
    close() {
      closing ??= (draining ?? Promise.resolve()).then(() => {
        try {
          // The last one to close it does so by itself, but there may be a reader.
          emptyLog();
        } finally {
          db.close();
        }
      });
      return closing;
    },
  };
}

/** Resolves once the event loop has done what is ready now. */
function nextTurn(clock: Pick<Clock, 'setImmediate'>): Promise<void> {
  return new Promise((resolve) => {
    clock.setImmediate(resolve);
  });
}
