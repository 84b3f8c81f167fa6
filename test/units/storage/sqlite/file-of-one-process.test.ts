/** The process that a file serves notices when the file is gone; that it is one alone is in `one-bot-a-file.test.ts`. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { openSqliteStorage } from '../../../../src/services/storage/sqlite/open.ts';
import { StoreError, type Storage } from '../../../../src/services/storage/storage.ts';
import { reservation, UNLIMITED } from '../../../support/sample-reservation.ts';

let folder: string;
let path: string;
let lines: unknown[][];
let storage: Storage;

const log = {
  error: (...line: unknown[]) => lines.push(line),
  info: (...line: unknown[]) => lines.push(line),
  warn: (...line: unknown[]) => lines.push(line),
};
const open = () => openSqliteStorage({ path, retention: 1000, clock: systemClock, log: log as never });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-'));
  path = join(folder, 'data', 'store.sqlite');
  lines = [];
  storage = open();
});
afterEach(async () => {
  await storage.store.close();
  await storage.close();
  rmSync(folder, { recursive: true });
});

const reserve = (jobId: string) => storage.ledger.reserve(reservation(jobId), UNLIMITED);

describe.each([
  [
    'removed',
    () => {
      rmSync(path);
    },
  ],
  [
    'removed with its log',
    () => {
      for (const end of ['', '-wal', '-shm']) rmSync(path + end);
    },
  ],
  [
    'moved away',
    () => {
      renameSync(path, `${path}.old`);
    },
  ],
  [
    'replaced by another',
    () => {
      const other = new DatabaseSync(`${path}.other`);
      other.exec('CREATE TABLE other (a)');
      other.close();
      renameSync(`${path}.other`, path);
    },
  ],
  [
    'without its log',
    () => {
      rmSync(`${path}-wal`);
    },
  ],
] as const)('a file that is %s while it is open', (_, change) => {
  test('takes no new job, fails the ping, and is logged once', async () => {
    await reserve('before');
    await storage.store.ping();
    change();
    await expect(storage.store.ping()).rejects.toThrow(StoreError);
    await expect(storage.store.ping()).rejects.toThrow(/removed or replaced while the bot is running/);
    await expect(reserve('after')).rejects.toThrow(StoreError);
    expect(lines.map(([, text]) => text)).toEqual([expect.stringContaining('removed or replaced')]);
    expect(
      (await storage.ledger.held(Infinity)).map(({ jobId }) => jobId),
      'jobs under way go on',
    ).toEqual(['before']);
    await storage.ledger.settle('before');
  });
});

test('a file that is put back serves again', async () => {
  await storage.store.ping();
  renameSync(path, `${path}.old`);
  await expect(reserve('after')).rejects.toThrow(StoreError);
  renameSync(`${path}.old`, path);
  await storage.store.ping();
  expect(await reserve('after')).toEqual({ outcome: 'reserved' });
});

test('readers and backups are not kept off, and make no difference', async () => {
  await reserve('before');
  const reader = new DatabaseSync(path, { readOnly: true });
  expect(reader.prepare('SELECT count(*) AS count FROM reservations').get()).toEqual({ count: 1 });
  reader.exec(`VACUUM INTO '${path}.backup'`);
  reader.close();
  expect(existsSync(`${path}.backup`)).toBe(true);
  await storage.store.ping();
  expect(await reserve('after')).toEqual({ outcome: 'reserved' });
});
