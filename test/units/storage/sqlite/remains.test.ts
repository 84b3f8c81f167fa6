/** What was deleted stands nowhere in the files: not in the database, not in its log, not in what an older version left. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { openDatabase } from '../../../../src/services/storage/sqlite/connection.ts';
import { createSqliteAdapter } from '../../../../src/services/storage/sqlite/records.ts';
import { SCHEMA } from '../../../../src/services/storage/sqlite/schema.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'remains-'));
  path = join(folder, 'store.sqlite');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const PROMPT = 'a secret garden of number';

/** How often a text stands in the database's files. */
function standing(text: string): number {
  const files = ['', '-wal', '-shm'].map((end) => path + end).filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file).toString('latin1').split(text).length - 1).reduce((a, b) => a + b, 0);
}

/** Records that grow and shrink as jobs' do, written in many orders so that pages are split and merged. */
async function live(adapter: ReturnType<typeof createSqliteAdapter>, ids: number[]): Promise<void> {
  for (const round of [1, 7, 3, 12]) {
    const writes = ids.map(async (id) => {
      await adapter.set(`job-${(id * 7919) % 1000}`, `${PROMPT} ${id}. ${'x'.repeat(300 * ((id + round) % 13))}`);
    });
    await Promise.all(writes);
  }
}

test('records that were rewritten again and again, deleted and purged, while the bot goes on', async () => {
  const database = openDatabase({ clock: systemClock, path });
  const adapter = createSqliteAdapter({ database, clock: systemClock });
  const ids = Array.from({ length: 300 }, (_, id) => id);
  await live(adapter, ids);
  expect(standing(PROMPT)).toBeGreaterThan(300);
  for (const id of ids.filter((each) => each % 3 !== 0)) await adapter.delete(`job-${(id * 7919) % 1000}`);
  await database.purge();
  expect(standing(`${PROMPT} 1.`) + standing(`${PROMPT} 298.`)).toBe(0);
  expect(standing(PROMPT), 'those that are still there').toBe(100);
  await adapter.disconnect?.();
  await database.close();
  expect(standing(PROMPT)).toBe(100);
});

test('while another process reads from the log it is left, and emptied by the next sweep', async () => {
  const database = openDatabase({ clock: systemClock, path });
  const adapter = createSqliteAdapter({ database, clock: systemClock });
  await adapter.set('one', PROMPT);
  const reader = new DatabaseSync(path, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM records').get();
  await adapter.delete('one');
  await database.purge();
  expect(standing(PROMPT)).toBeGreaterThan(0);
  reader.exec('COMMIT');
  reader.close();
  await adapter.sweep();
  expect(standing(PROMPT)).toBe(0);
  await adapter.disconnect?.();
  await database.close();
});

test('records that expire are gone from the files once they are swept', async () => {
  const database = openDatabase({ clock: systemClock, path });
  const time = { now: Date.now() };
  const adapter = createSqliteAdapter({ database, clock: { ...systemClock, now: () => time.now } });
  await adapter.set('one', PROMPT, 1000);
  time.now += 2000;
  expect(await adapter.sweep()).toBe(1);
  expect(standing(PROMPT)).toBe(0);
  await adapter.disconnect?.();
  await database.close();
});

test('what an older version deleted is cleared when its file is opened', async () => {
  const older = new DatabaseSync(path);
  older.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA secure_delete = OFF');
  for (const step of SCHEMA.slice(0, 2)) older.exec(step);
  older.exec('PRAGMA application_id = 0x7364726d; PRAGMA user_version = 2');
  const insert = older.prepare(`INSERT INTO records (namespace, key, value) VALUES ('jobs', ?, ?)`);
  for (let id = 0; id < 50; id += 1) insert.run(String(id), `${PROMPT} ${id}. ${'x'.repeat(900)}`);
  older.exec(`DELETE FROM records WHERE key <> '7'`);
  older.close();
  expect(standing(PROMPT)).toBeGreaterThan(1);
  const database = openDatabase({ clock: systemClock, path });
  await database.close();
  expect(standing(PROMPT)).toBe(1);
});
