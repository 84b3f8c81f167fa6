/** What went wrong with the SQLite file, as a sentence for the operator. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../storage.ts';

/** A disk with less room than this (bytes) is full to SQLite, whose smallest files take as much. */
const FULL = 64 * 1024;

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

/** What SQLite or the file system reported as a sentence for the operator; an error of another kind as it is. */
export function describeFailure(error: unknown, file: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = resultCode(error);
  const text = code === undefined ? fileSystemSentence(error, file) : sentence(code, error.message, file);
  return text === undefined ? error : new StoreError(text, { cause: error });
}

function sentence(code: number, detail: string, file: string): string {
  switch (code) {
    case 5:
    case 6:
      return `The database ${file} is locked by another process.`;
    case 8:
      return forbidden(file);
    // SQLite does not always say why a file could not be made or grow.
    case 10:
      return isDiskFull(file) ? full(file) : failing(file, detail);
    case 11:
    case 26:
      return damaged(file, detail);
    case 13:
      return full(file);
    case 14:
      return isDiskFull(file) ? full(file) : forbidden(file);
    default:
      return `The database ${file} failed: ${detail}.`;
  }
}

/** The sentence for what the system said when the folder or the file was to be made; `undefined` for anything else. */
function fileSystemSentence(error: Error, file: string): string | undefined {
  switch ('code' in error ? error.code : undefined) {
    case 'ENOSPC':
    case 'EDQUOT':
      return full(file);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return forbidden(file);
    case 'EIO':
      return failing(file, error.message);
    default:
      return undefined;
  }
}

function isDiskFull(file: string): boolean {
  try {
    const { bavail, bsize, files, ffree } = statfsSync(dirname(file));
    return bavail * bsize < FULL || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}

function full(file: string): string {
  return `The disk is full: ${file} can't grow. Make room on the disk of ${dirname(file)}, then start the bot again if it has ended.`;
}

function forbidden(file: string): string {
  return `The database ${file} can't be written: check the permissions of the file and its folder.`;
}

function failing(file: string, detail: string): string {
  return `The disk of ${file} can't be read or written (${detail}): check that it is there, has room and is sound.`;
}

export function damaged(file: string, detail: string): string {
  return (
    `The database ${file} is damaged or not a database (${detail}). Stop the bot and restore a backup of it, or move it ` +
    'away together with its -wal and -shm files to start with an empty one.'
  );
}
