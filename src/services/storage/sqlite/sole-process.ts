/** Keeps a second bot off the database file of a running one. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../storage.ts';
import { describeFailure, isBusy } from './failure.ts';
import { OPENING_WAIT } from './file.ts';

/**
 * Takes the file for this process, until it is given back or the process ends, however it ends. What is locked is an empty
 * file beside it, by the operating system: readers of the database (backups, the doctor) are not kept off, nothing is left
 * behind by a killed process, and containers that share a volume on one machine see each other's.
 *
 * @param file - an absolute path; its folder is made where it is missing.
 * @returns gives it back.
 * @throws StoreError where another process has it.
 */
export function takeFile(file: string): () => void {
  const path = `${file}-lock`;
  let lock: DatabaseSync | undefined;
  try {
    // Where it is there already, SQLite opens it: a descriptor that is closed here would drop a lock of this very process.
    mkdirSync(dirname(path), { recursive: true });
    makePrivate(path);
    lock = new DatabaseSync(path, { timeout: OPENING_WAIT });
    lock.exec('BEGIN EXCLUSIVE');
    const held = lock;
    return () => {
      if (held.isOpen) held.close();
    };
  } catch (error) {
    lock?.close();
    if (!isBusy(error)) throw describeFailure(error, path);
    throw new StoreError(
      `The database ${file} is in use by another bot that is running: stop that one first. One file serves one process; ` +
        'several processes share a Redis (see docs/operations.md).',
      { cause: error },
    );
  }
}

function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
