/** The SQLite file on the disk: making it, and refusing what is not ours. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../log.ts';
import { damaged, describeFailure } from './failure.ts';
import { OVERWRITING, SCHEMA } from './schema.ts';
import { StoreError } from '../storage.ts';

/** Marks a file as ours (`PRAGMA application_id`): "sdrm" in ASCII. */
const APPLICATION_ID = 0x7364726d;

/** How long SQLite itself may wait for a lock, in milliseconds: the event loop is blocked meanwhile. */
const BLOCKING_WAIT = 20;
/** The same while opening, where there is nobody to keep waiting and another process may just be ending. */
export const OPENING_WAIT = 5000;

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
    // What is deleted is overwritten: a member's prompt must not stand in the file after they have deleted it.
    db.exec('PRAGMA secure_delete = ON');
    clearRemains(db, log);
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
export function refuseUnusable(db: DatabaseSync, file: string): void {
  const applicationId = pragma(db, 'application_id');
  const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
  if (applicationId !== APPLICATION_ID && (applicationId !== 0 || tables !== 0)) {
    throw new StoreError(
      `The file ${file} is the database of another program. Move it away or let STORE_URL name another file.`,
    );
  }
  if (versionOf(db) > SCHEMA.length) {
    throw new StoreError(
      `The database ${file} was written by a newer version of seedream-bot. Start that version, or restore a backup ` +
        'made before the upgrade.',
    );
  }
  const check = pragma(db, 'quick_check(1)');
  if (check !== 'ok') throw new StoreError(damaged(file, String(check)));
}

/** Overwrites what older versions have deleted, and which still stands in the file's free space. */
function clearRemains(db: DatabaseSync, log: Pick<Log, 'warn'> | undefined): void {
  const version = versionOf(db);
  if (version === 0 || version >= OVERWRITING) return;
  try {
    db.exec('VACUUM');
  } catch (error) {
    // It takes as much room again as the file does.
    log?.warn({ err: error }, 'what older versions deleted could not be cleared from the database file');
  }
}

/** Takes the steps that the file lacks, all or none; a second process that starts at the same time waits and finds them. */
function migrate(db: DatabaseSync): void {
  if (versionOf(db) === SCHEMA.length) return;
  db.exec('BEGIN IMMEDIATE');
  for (const step of SCHEMA.slice(versionOf(db))) db.exec(step);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA.length}; COMMIT`);
}

/** The version of the file's schema; 0 where it is empty. */
export function versionOf(db: DatabaseSync): number {
  return Number(pragma(db, 'user_version'));
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
