/** The SQLite file on the disk: making it, refusing what is not ours, and saying what went wrong. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../log.ts';
import { SCHEMA } from './schema.ts';
import { StoreError } from '../storage.ts';

/** Marks a file as ours (`PRAGMA application_id`): "sdrm" in ASCII. */
const APPLICATION_ID = 0x7364726d;

/** How long SQLite itself may wait for a lock, in milliseconds: the event loop is blocked meanwhile. */
const BLOCKING_WAIT = 20;
/** The same while opening, where there is nobody to keep waiting and another process may just be ending. */
const OPENING_WAIT = 5000;

/**
 * Opens the file with the newest schema, making it where it is missing.
 *
 * @param file - an absolute path.
 * @throws {StoreError} that names the file and says what to do.
 */
export function openFile({ file, log }: { file: string; log: Pick<Log, 'warn'> | undefined }): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    keepPrivate(file, log);
    db = new DatabaseSync(file, { timeout: OPENING_WAIT });
    refuseUnusable(db, file);
    // Lets the sweep return freed pages to the disk. It has an effect on a new file only.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    if (pragma(db, 'journal_mode = WAL') !== 'wal') {
      throw new StoreError(
        `The disk of ${file} can't hold a database that is safe from crashes (WAL); use a local disk.`,
      );
    }
    db.exec('PRAGMA synchronous = FULL');
    migrate(db);
    db.exec(`PRAGMA busy_timeout = ${BLOCKING_WAIT}`);
    return db;
  } catch (error) {
    db?.close();
    const reason = describeFailure(error, file);
    if (reason instanceof StoreError) throw reason;
    throw new StoreError(`The database ${file} can't be opened: ${reason.message}`, { cause: error });
  }
}

/** Makes the file readable by its owner only, from its first moment where it is new. */
function keepPrivate(file: string, log: Pick<Log, 'warn'> | undefined): void {
  // A database file that exists must not be opened and closed here: that drops SQLite's own locks in this process.
  if (!existsSync(file)) {
    try {
      closeSync(openSync(file, 'ax', 0o600));
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
  }
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & 0o077) === 0) continue;
    try {
      chmodSync(path, 0o600);
    } catch (error) {
      log?.warn({ err: error, path }, 'the database file can be read by others, and its mode could not be changed');
    }
  }
}

/** Refuses a file that is damaged, another program's or a newer version's, before anything in it is changed. */
function refuseUnusable(db: DatabaseSync, file: string): void {
  const applicationId = pragma(db, 'application_id');
  const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
  if (applicationId !== APPLICATION_ID && (applicationId !== 0 || tables !== 0)) {
    throw new StoreError(
      `The file ${file} is the database of another program. Move it away or let STORE_URL name another file.`,
    );
  }
  if (Number(pragma(db, 'user_version')) > SCHEMA.length) {
    throw new StoreError(
      `The database ${file} was written by a newer version of seedream-bot. Start that version, or restore a backup ` +
        'made before the upgrade.',
    );
  }
  const check = pragma(db, 'quick_check(1)');
  if (check !== 'ok') throw new StoreError(damaged(file, String(check)));
}

/** Takes the steps that the file lacks, all or none; a second process that starts at the same time waits and finds them. */
function migrate(db: DatabaseSync): void {
  if (pragma(db, 'user_version') === SCHEMA.length) return;
  db.exec('BEGIN IMMEDIATE');
  for (const step of SCHEMA.slice(Number(pragma(db, 'user_version')))) db.exec(step);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA.length}; COMMIT`);
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

/** SQLite's primary result code (https://sqlite.org/rescode.html), or `undefined` where another thing failed. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return undefined;
  return error.errcode & 0xff;
}

/** Whether another connection held a lock, so that the same act may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === 5 || code === 6;
}

/** What SQLite reported as a sentence for the operator; an error of another kind as it is. */
export function describeFailure(error: unknown, file: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = resultCode(error);
  if (code === undefined) return error;
  return new StoreError(sentence(code, error.message, file), { cause: error });
}

function sentence(code: number, detail: string, file: string): string {
  switch (code) {
    case 5:
    case 6:
      return `The database ${file} is locked by another process.`;
    case 8:
      return `The database ${file} can't be written: check the permissions of the file and its folder.`;
    case 11:
    case 26:
      return damaged(file, detail);
    case 13:
      return `The disk is full: ${file} can't grow.`;
    default:
      return `The database ${file} failed: ${detail}.`;
  }
}

function damaged(file: string, detail: string): string {
  return (
    `The database ${file} is damaged or not a database (${detail}). Stop the bot and restore a backup of it, or move it ` +
    'away together with its -wal and -shm files to start with an empty one.'
  );
}
