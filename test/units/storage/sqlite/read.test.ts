/** The file read by somebody who only reads: beside the bot and without it, and nothing in it changes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { systemClock as clock } from '../../../../src/services/clock.ts';
import { openForReading } from '../../../../src/services/storage/open.ts';
import { openSqliteStorage } from '../../../../src/services/storage/sqlite/open.ts';
import { createSilentLog } from '../../../support/silent-log.ts';
import { NOON, reservation, UNLIMITED } from '../../../support/sample-reservation.ts';

const log = createSilentLog();
const schema = z.object({ version: z.literal(1), text: z.string() });

let path: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-'));
  path = join(folder, 'store.sqlite');
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
});

const openBot = () => openSqliteStorage({ path, retention: 1, clock, log });
const read = () => openForReading({ location: { kind: 'sqlite', path }, application: undefined, clock, log });

/** A bot that has written two records, one of them damaged, and reserved three images. */
async function fill() {
  const bot = openBot();
  await bot.store.collection('book', schema).set('a', { version: 1, text: 'one' });
  await bot.store.collection('book', z.unknown()).set('b', { version: 1 });
  await bot.ledger.reserve(reservation('job'), UNLIMITED);
  return bot;
}

async function contents(): Promise<unknown> {
  const opened = await read();
  try {
    const found: unknown[] = [];
    for await (const entry of opened.store.collection('book', schema).entries()) found.push(entry);
    return { found, images: (await opened.ledger.usage('', '', NOON)).totalMonthlyImages };
  } finally {
    await opened.close();
  }
}

const THERE = { found: [['a', { version: 1, text: 'one' }]], images: 3 };

test('beside a bot it is read as it is at that moment', async () => {
  const bot = await fill();
  expect(await contents()).toEqual(THERE);
  await bot.ledger.reserve(reservation('another'), UNLIMITED);
  expect(await contents()).toMatchObject({ images: 6 });
  await bot.store.close();
  await bot.close();
});

test('without one it is read, too; no file is made beside it, and none of its bytes change', async () => {
  const bot = await fill();
  await bot.store.close();
  await bot.close();
  const before = readFileSync(path);
  const files = readdirSync(folder);
  expect(await contents()).toEqual(THERE);
  expect(readdirSync(folder)).toEqual(files);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('one that is not there, an older version’s and another program’s are refused with a sentence', async () => {
  await expect(read()).rejects.toThrow(/There is no database .*store\.sqlite/);
  const bot = await fill();
  await bot.store.close();
  await bot.close();
  const older = new DatabaseSync(path);
  older.exec('PRAGMA user_version = 1');
  older.close();
  await expect(read()).rejects.toThrow('was written by an older version');
  rmSync(path);
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE theirs (a)');
  other.close();
  await expect(read()).rejects.toThrow('is the database of another program');
});
