/** Whether the files of an open database are still the ones on the disk: SQLite goes on writing to a file that was deleted. */
import { statSync } from 'node:fs';
import type { Log } from '../../log.ts';
import { LostRecordsError } from '../storage.ts';

interface SameFile {
  /** @throws LostRecordsError where what is written would not be found at the next start. Logged once each time it happens. */
  confirm(): void;
}

/** The device and the inode of a path; `undefined` where there is no file, or the disk has no inodes to tell. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev} ${found.ino}`;
}

/** @param file - an absolute path; the database there is open, and stays so. */
export function createSameFile({
  file,
  log,
}: {
  file: string;
  log: Pick<Log, 'error' | 'info'> | undefined;
}): SameFile {
  /** What was there first, by path. The write-ahead log is made by the first use and stays while the database is open. */
  const opened = new Map<string, string>();
  let reported = false;

  function isSame(path: string): boolean {
    const now = identityOf(path);
    const first = opened.get(path);
    if (first === undefined && now !== undefined) opened.set(path, now);
    return first === undefined || first === now;
  }

  [file, `${file}-wal`].forEach(isSame);
  return {
    confirm() {
      const lost = [file, `${file}-wal`].find((path) => !isSame(path));
      if (lost === undefined) {
        if (reported) log?.info({ path: file }, 'the database file is back');
        reported = false;
        return;
      }
      const reason = new LostRecordsError(
        `The database file ${lost} was removed or replaced while the bot is running: no new job is taken, as it would be ` +
          'lost at the next start. Let the jobs under way end, put the file back as it was and start the bot again.',
      );
      if (!reported) log?.error({ path: lost }, reason.message);
      reported = true;
      throw reason;
    },
  };
}
