/** Looks at the SQLite file without changing anything, beside a bot that may use it: not even files beside it are made. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve as absolute } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { MARK } from '../copy.ts';
import { StoreError, type ReadableStore, type StoreLook } from '../storage.ts';
import { createStore } from '../store.ts';
import type { Database } from './connection.ts';
import { describeFailure } from './failure.ts';
import { refuseUnusable, versionOf } from './file.ts';
import { createSqliteLedger } from './ledger.ts';
import { createSqliteAdapter } from './records.ts';
import { SCHEMA } from './schema.ts';

/**
 * @param path - of the database file.
 * @throws StoreError that says what to do, where the bot could not use it.
 */
export function lookAtSqlite(path: string): StoreLook {
  const file = absolute(path);
  try {
    if (!existsSync(file)) {
      refuseUnwritable(nearestFolder(file));
      return 'missing';
    }
    refuseUnwritable(file);
    refuseUnwritable(dirname(file));
    return lookInto(file);
  } catch (error) {
    throw describeFailure(error, file);
  }
}

function lookInto(file: string): StoreLook {
  const db = openReadOnly(file);
  try {
    refuseUnusable(db, file);
    const version = versionOf(db);
    if (version === 0) return 'empty';
    const mark = db.prepare('SELECT 1 FROM records WHERE namespace = ? AND key = ?').get(MARK.namespace, MARK.id);
    if (mark !== undefined)
      throw new StoreError('A copy into this store is not finished: run npm run store:copy again.');
    return version < SCHEMA.length ? 'older' : 'ready';
  } finally {
    db.close();
  }
}

/**
 * Opens it to read from it.
 *
 * @throws StoreError that says what to do, where it is missing, not the bot's, or an older version's.
 */
export function readSqlite({ path, clock, log }: { path: string; clock: Clock; log: Log }): ReadableStore {
  const file = absolute(path);
  if (!existsSync(file)) throw new StoreError(`There is no database ${file}: the bot makes it at its first start.`);
  try {
    const db = openReadOnly(file);
    try {
      return readFrom(db, { file, clock, log });
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw describeFailure(error, file);
  }
}

function readFrom(db: DatabaseSync, { file, clock, log }: { file: string; clock: Clock; log: Log }): ReadableStore {
  refuseUnusable(db, file);
  if (versionOf(db) < SCHEMA.length) {
    throw new StoreError(`The database ${file} was written by an older version: start the bot of this one first.`);
  }
  const refuse = () => Promise.reject(new StoreError(`The database ${file} is only read here.`));
  const database: Database = {
    prepare: (sql) => db.prepare(sql),
    read: (act) => Promise.resolve(act(db)),
    write: refuse,
    purge: refuse,
    purgeAgain: refuse,
    confirm: () => undefined,
    close: () => Promise.resolve(),
  };
  const store = createStore({ adapterFor: () => createSqliteAdapter({ database, clock }), clock, log });
  return {
    store,
    ledger: createSqliteLedger({ database }),
    async close() {
      await store.close();
      db.close();
    },
  };
}

/**
 * SQLite makes the files beside a database in WAL mode where they are missing, also for a reader. Where they are, a bot has
 * it open or was killed, and they are read; where they are not, all is in the file itself.
 */
function openReadOnly(file: string): DatabaseSync {
  const inUse = [`${file}-wal`, `${file}-shm`].every((path) => existsSync(path));
  const url = pathToFileURL(file);
  if (!inUse) url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

/** The folder in which a path would be made. @throws StoreError where a file is in the way. */
function nearestFolder(path: string): string {
  const above = dirname(path);
  if (!existsSync(above)) return nearestFolder(above);
  if (statSync(above).isDirectory()) return above;
  throw new StoreError(`The folder ${dirname(path)} can't be made: there is a file in its place.`);
}

/** @throws StoreError where this user may not write there. */
function refuseUnwritable(path: string): void {
  const isFolder = statSync(path).isDirectory();
  try {
    accessSync(path, isFolder ? constants.W_OK | constants.X_OK : constants.W_OK);
  } catch (error) {
    const what = isFolder ? 'folder' : 'file';
    throw new StoreError(`The ${what} ${path} can't be written by this user: check its owner and its permissions.`, {
      cause: error,
    });
  }
}
