/** A store that an older version wrote is read whole; what a newer one wrote is left to it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../src/services/clock.ts';
import { openSqliteForCopy } from '../../../src/services/storage/sqlite/copy.ts';
import { createGuildSettings } from '../../../src/services/guild/settings.ts';
import { keepInMemory } from '../../../src/services/job/keep.ts';
import { createJobRecords } from '../../../src/services/job/records.ts';
import { createJobs } from '../../../src/services/lifecycle/jobs.ts';
import { createSqliteAdapter } from '../../../src/services/storage/sqlite/records.ts';
import { createSqliteLedger } from '../../../src/services/storage/sqlite/ledger.ts';
import { createLog } from '../../../src/services/log.ts';
import { createPolling } from '../../../src/services/polling/polling.ts';
import { openDatabase, type Database } from '../../../src/services/storage/sqlite/connection.ts';
import { SCHEMA } from '../../../src/services/storage/sqlite/schema.ts';
import { createStore } from '../../../src/services/storage/store.ts';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { olderStore, putInto } from '../../support/fixtures/store.ts';
import { createStoreFolder } from '../../support/store-folder.ts';

const NOON = Date.UTC(2026, 10, 23, 12);

let folder: string;
let path: string;
let database: Database;
let store: Store;
let lines: unknown[];
const log = Object.assign(createLog({ level: 'silent', secrets: [] }), {
  error: (...line: unknown[]) => void lines.push(line),
  warn: (...line: unknown[]) => void lines.push(line),
});

function open(): void {
  database = openDatabase({ clock: systemClock, path });
  store = createStore({
    clock: systemClock,
    adapterFor: () => createSqliteAdapter({ clock: systemClock, database }),
    log,
  });
}

beforeEach(async () => {
  folder = createStoreFolder();
  path = join(folder, 'store.sqlite');
  lines = [];
  const older = openSqliteForCopy({ clock: systemClock, path, make: true });
  await putInto(older, olderStore(1));
  await older.close();
  open();
});
afterEach(async () => {
  await store.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

/** A store of version 2, beside the one that each test has. */
async function withSecond(act: (second: Store, ledger: Ledger) => Promise<void>): Promise<void> {
  const file = join(folder, 'second.sqlite');
  const written = openSqliteForCopy({ clock: systemClock, path: file, make: true });
  await putInto(written, olderStore(2));
  await written.close();
  const opened = openDatabase({ clock: systemClock, path: file });
  const adapterFor = () => createSqliteAdapter({ clock: systemClock, database: opened });
  const second = createStore({ clock: systemClock, adapterFor, log });
  try {
    await act(second, createSqliteLedger({ database: opened }));
  } finally {
    await second.close();
    await opened.close();
  }
}

const firstSchema = z.looseObject({ version: z.literal(1), state: z.looseObject({ name: z.string() }) });

test('every record of version 1 is read, and none is set aside', async () => {
  const { records: written } = olderStore(1);
  const of = (namespace: string) => written.filter((record) => record.namespace === namespace);
  const records = createJobRecords({ store, clock: systemClock, log, retention: 1000, createKeeper: keepInMemory });
  const live = [];
  for await (const job of records.live()) live.push(job);
  expect(live.map(({ id }) => id).sort()).toEqual(
    of('jobs')
      .map(({ id }) => id)
      .sort(),
  );
  for (const { id, value } of [...of('jobs'), ...of('finished')]) {
    // A job of one request, which has the state and its parts; its gallery has what of them is about messages.
    const { state, ...same } = firstSchema.parse(value);
    const { name, posted, posting, earlier, givenUp, refused, ...own } = state;
    const found = await records.find(id);
    expect(found).toMatchObject({ ...same, version: 2, state: { name } });
    expect(found?.requests).toEqual([
      expect.objectContaining({ number: 1, state: { ...own, name: name === 'delivered' ? 'completed' : name } }),
    ]);
    const gallery = { posted: posted ?? [], posting, earlier, givenUp: givenUp ?? false, refused };
    expect(found?.gallery).toEqual({ ...gallery, delivered: name === 'delivered' });
  }
  for (const { id, value } of of('cancellations')) expect(await records.cancellations.get(id)).toEqual(value);
  const settings = createGuildSettings({ store, log });
  for (const { id, value } of of('guilds')) expect(await settings.read(id)).toEqual(value);
  await createPolling({ store, clock: { ...systemClock, now: () => NOON }, random: Math.random, log }).load();
  expect(lines, 'warnings').toEqual([]);
});

test('the reservations of version 1 count as they did', async () => {
  const ledger = createSqliteLedger({ database });
  const [first] = olderStore(1).reservations;
  expect(await ledger.usage(first?.guildId ?? '', first?.userId ?? '', NOON)).toEqual({
    userActiveJobs: 7,
    guildActiveJobs: 7,
    userDailyImages: 36,
    guildDailyImages: 40,
    guildMonthlyImages: 40,
    totalMonthlyImages: 40,
  });
});

test('every record of version 2 is read as it was written: each request of a job, its gallery, and what they come to', async () => {
  const { records: written, reservations } = olderStore(2);
  const of = (namespace: string) => written.filter((record) => record.namespace === namespace);
  await withSecond(async (second, ledger) => {
    const kept = { store: second, clock: systemClock, log, retention: 1000, createKeeper: keepInMemory };
    const records = createJobRecords(kept);
    for (const { id, value } of [...of('jobs'), ...of('finished')]) expect(await records.find(id)).toEqual(value);
    for (const { id, value } of of('cancellations')) expect(await records.cancellations.get(id)).toEqual(value);
    const [{ guildId, userId } = { guildId: '', userId: '' }] = reservations;
    // Six, four of six, four of six, six, six, two and four that are settled; 38 that are held.
    expect(await ledger.usage(guildId, userId, NOON)).toMatchObject({ userActiveJobs: 7, userDailyImages: 38 + 28 });
  });
  expect(lines, 'warnings').toEqual([]);
});

test('a version that knows jobs of one request alone leaves those of version 2 where they are', async () => {
  await withSecond(async (second) => {
    for (const namespace of ['jobs', 'finished']) {
      const before = second.collection(namespace, z.looseObject({ version: z.literal(1) }));
      const written = olderStore(2).records.filter((record) => record.namespace === namespace);
      for (const { id } of written) await expect(before.get(id)).rejects.toMatchObject({ name: 'NewerRecordError' });
      for await (const [id] of before.entries()) expect.unreachable(`${id} is listed`);
      const raw = second.collection(namespace, z.unknown());
      for (const { id, value } of written) expect(await raw.get(id)).toEqual(value);
    }
  });
});

test('a record of a newer version stays where it is, and its job is left to that version', async () => {
  const jobs = store.collection('jobs', z.unknown());
  const [held] = olderStore(1).reservations;
  const jobId = held?.jobId ?? '';
  const newer = { version: 3, id: jobId, everything: 'else' };
  await jobs.set(jobId, newer);

  const records = createJobRecords({ store, clock: systemClock, log, retention: 1000, createKeeper: keepInMemory });
  await expect(records.findLive(jobId)).rejects.toMatchObject({ name: 'NewerRecordError' });
  const live = [];
  for await (const { id } of records.live()) live.push(id);
  expect(live).toHaveLength(6);
  const ledger = createSqliteLedger({ database });
  const none = () => Promise.reject(new Error('not asked for'));
  const useCase = createJobs({
    records,
    ledger,
    askCancel: { ask: none },
    reply: { remove: none },
    scheduler: { schedule: none, resume: none, hold: none, letGo: none },
    clock: { ...systemClock, now: () => NOON },
    log,
  });
  await useCase.reclaim(NOON + 1);
  expect((await ledger.held(Infinity)).map((reservation) => reservation.jobId)).toContain(jobId);
  expect(await jobs.get(jobId)).toEqual(newer);
  expect(await store.collection('set-aside:jobs', z.unknown()).get(jobId)).toBeUndefined();
});

test('the jobs of a file that was written before any was paid in part are paid in part, to the image', async () => {
  const file = join(folder, 'older.sqlite');
  const older = new DatabaseSync(file);
  for (const step of SCHEMA.slice(0, 3)) older.exec(step);
  older.exec('PRAGMA application_id = 0x7364726d; PRAGMA user_version = 3');
  const insert = older.prepare(
    `INSERT INTO reservations (job_id, guild_id, user_id, images, reserved_at, day, month, state)
     VALUES (?, 'guild', 'user', 8, ?, '2026-11-23', '2026-11', ?)`,
  );
  for (const [jobId, state] of Object.entries({
    one: 'held',
    other: 'held',
    settled: 'settled',
    released: 'released',
  })) {
    insert.run(jobId, NOON, state);
  }
  older.close();

  const opened = openDatabase({ clock: systemClock, path: file });
  const ledger = createSqliteLedger({ database: opened });
  const used = async () => Object.values(await ledger.usage('guild', 'user', NOON));
  expect(await used()).toEqual([24, 24, 24, 2, 2, 24]);
  for (const jobId of ['one', 'settled', 'released']) await ledger.reduce(jobId, 3);
  expect(await used()).toEqual([19, 19, 19, 2, 2, 19]);
  await ledger.settle('other', 1);
  await ledger.release('one');
  expect(await used()).toEqual([9, 9, 9, 0, 0, 9]);
  await opened.close();
});
