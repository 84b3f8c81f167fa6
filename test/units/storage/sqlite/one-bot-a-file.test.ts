/** One file serves one bot at a time. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { openSqliteStorage } from '../../../../src/services/storage/sqlite/open.ts';
import { createSilentLog } from '../../../support/silent-log.ts';

test('a second one on the same file is refused with a sentence, until the first has closed it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'file-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'data', 'store.sqlite');
  const open = () => openSqliteStorage({ path, retention: 1000, clock: systemClock, log: createSilentLog() });
  const first = open();
  // SQLite waits five seconds: the first may just be ending.
  expect(open).toThrow(/in use by another bot that is running: stop that one first/);
  expect(statSync(`${path}-lock`).mode & 0o777).toBe(0o600);
  await first.store.close();
  await first.close();
  const second = open();
  await second.store.ping();
  await second.store.close();
  await second.close();
});
