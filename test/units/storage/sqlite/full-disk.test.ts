/** A start on a disk that is full, or that cannot be written: one sentence that names the disk and says what to do. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { describeFailure } from '../../../../src/services/storage/sqlite/failure.ts';
import { openSqliteStorage } from '../../../../src/services/storage/sqlite/open.ts';
import { createSilentLog } from '../../../support/silent-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'full-'));
const disk = join(folder, 'disk');

/** Whether a small disk of its own can be had, which takes a right that not everybody has. */
function mount(): boolean {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const mounted = mount();
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
  rmSync(folder, { recursive: true });
});

const start = (path: string) =>
  openSqliteStorage({ path, retention: 1000, clock: systemClock, log: createSilentLog() });

describe.skipIf(!mounted)('a start on a full disk', () => {
  beforeAll(() => {
    mkdirSync(join(disk, 'there'));
  });

  test.each([0, 4, 8, 16, 32, 48, 60])('with %i KiB left says that it is full', (left) => {
    rmSync(join(disk, 'there'), { recursive: true });
    mkdirSync(join(disk, 'there'));
    writeFileSync(join(disk, 'there', 'filler'), Buffer.alloc((256 - left) * 1024));
    const path = join(disk, 'there', 'store.sqlite');
    expect(() => start(path)).toThrow(`The disk is full: ${path}`);
    expect(() => start(path)).toThrow(/Make room on the disk of .*\/there/);
  });

  test('in which the folder cannot even be made', () => {
    rmSync(join(disk, 'there'), { recursive: true });
    execFileSync('mount', ['-o', 'remount,nr_inodes=2', disk]);
    writeFileSync(join(disk, 'filler'), '');
    const path = join(disk, 'data', 'store.sqlite');
    expect(() => start(path)).toThrow('The disk is full');
  });
});

test.each([
  [{ errcode: 13 }, 'The disk is full'],
  [{ code: 'ENOSPC' }, 'The disk is full'],
  [{ code: 'EDQUOT' }, 'The disk is full'],
  [{ errcode: 778 }, "The disk of /tmp/store.sqlite can't be read or written (what SQLite says)"],
  [{ code: 'EIO' }, "The disk of /tmp/store.sqlite can't be read or written"],
  [{ code: 'EROFS' }, "can't be written: check the permissions of the file and its folder"],
  [{ code: 'EACCES' }, "can't be written: check the permissions of the file and its folder"],
])('what %o is called', (fields, sentence) => {
  const error = Object.assign(new Error('what SQLite says'), fields);
  const { name, message } = describeFailure(error, '/tmp/store.sqlite');
  expect(name).toBe('StoreError');
  expect(message).toContain(sentence);
  expect(message).not.toContain('\n');
});
