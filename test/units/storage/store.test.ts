/** The store over an adapter that is slow, fails, or loses a race. What it does with records is in the suite of the stores. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { createSqliteAdapter } from '../../../src/services/storage/sqlite/records.ts';
import { openDatabase, type Database } from '../../../src/services/storage/sqlite/connection.ts';
import type { RecordsAdapter } from '../../../src/services/storage/records.ts';
import { createStore } from '../../../src/services/storage/store.ts';
import { type Store, StoreError } from '../../../src/services/storage/storage.ts';
import { cat, jobSchema, list } from '../../support/storage-suites/records.ts';
import { createStoreFolder } from '../../support/store-folder.ts';

let folder: string;
let database: Database;
let lines: unknown[];
let store: Store;
const log = {
  error: (...line: unknown[]) => lines.push(line),
  warn: (...line: unknown[]) => lines.push(line),
};

beforeEach(() => {
  folder = createStoreFolder();
  database = openDatabase({ clock: systemClock, path: join(folder, 'store.sqlite') });
  lines = [];
  store = createStore({
    clock: systemClock,
    adapterFor: () => createSqliteAdapter({ clock: systemClock, database }),
    log,
  });
});
afterEach(async () => {
  await store.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

/** Puts a text where the record of a job stands, as a bug, another version or a bad disk would. */
async function plant(id: string, text: string, namespace = 'job'): Promise<void> {
  await database.write((db) => {
    db.prepare('INSERT OR REPLACE INTO records (namespace, key, value) VALUES (?, ?, ?)').run(namespace, id, text);
  });
}

async function rows(namespace: string): Promise<[unknown, unknown][]> {
  const found = await database.read((db) =>
    db.prepare('SELECT key, value FROM records WHERE namespace = ? ORDER BY key').all(namespace),
  );
  return found.map((row) => [row['key'], row['value']]);
}

/** An adapter that behaves, but for what a test makes of it. */
function fakeAdapter(over: Partial<RecordsAdapter>): RecordsAdapter {
  return Object.assign(createSqliteAdapter({ clock: systemClock, database }), over);
}

describe('a record that is read again', () => {
  it('is parsed once for as long as it stays as it is, not at all where it was written here, and is never an old one', async () => {
    let parsed = 0;
    const counting = jobSchema.transform((job) => {
      parsed += 1;
      return job;
    });
    const jobs = store.collection('job', counting);
    await jobs.set('1', cat);
    for (let times = 0; times < 3; times += 1) expect(await jobs.get('1')).toEqual(cat);
    expect(parsed).toBe(0);
    const other = { ...cat, prompt: 'a dog' };
    // By another process, of which this one hears nothing.
    await plant('1', JSON.stringify({ value: other }));
    for (let times = 0; times < 3; times += 1) expect(await jobs.get('1')).toEqual(other);
    expect(parsed).toBe(1);
    await jobs.delete('1');
    expect(await jobs.get('1')).toBeUndefined();
    await plant('1', JSON.stringify({ value: other }));
    expect(await jobs.get('1')).toEqual(other);
    expect(parsed).toBe(2);
    await jobs.set('1', cat);
    expect(await jobs.get('1')).toEqual(cat);
    expect(parsed).toBe(2);
  });
});

describe('a record that cannot be parsed', () => {
  it('does not take a record with it that is written in its place meanwhile', async () => {
    const reached = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    const slow = createStore({
      clock: systemClock,
      adapterFor: () => {
        const adapter = createSqliteAdapter({ clock: systemClock, database });
        const remove = adapter.delete.bind(adapter);
        return Object.assign(adapter, {
          async delete(id: string) {
            reached.resolve(undefined);
            await gate.promise;
            return await remove(id);
          },
        });
      },
      log,
    });
    const jobs = slow.collection('job', jobSchema);
    await plant('1', 'broken');
    const reading = jobs.get('1');
    await reached.promise;
    const writing = jobs.set('1', cat);
    // Time for the write to overtake, if nothing held it.
    await slow.ping();
    gate.resolve(undefined);
    await Promise.all([reading, writing]);
    expect(await jobs.get('1')).toEqual(cat);
    expect(await rows('set-aside:job')).toHaveLength(1);
    await slow.close();
  });

  it('stays where it is when the store can be read but not written, and the rest goes on', async () => {
    const jobs = store.collection('job', jobSchema);
    await jobs.set('good', cat);
    await plant('bad', 'broken');
    await database.write((db) => {
      db.exec('PRAGMA query_only = 1');
    });
    expect(await list(jobs.entries())).toEqual([['good', cat]]);
    expect(await jobs.get('bad')).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(await rows('job')).toHaveLength(2);
  });
});

describe('a store that fails', () => {
  it('rejects every call within the deadline when it hangs', async () => {
    const never = () => Promise.withResolvers<never>().promise;
    // eslint-disable-next-line require-yield
    async function* hang(): AsyncGenerator<never, void> {
      await never();
    }
    const hanging = createStore({
      clock: systemClock,
      adapterFor: () => fakeAdapter({ get: never, set: never, delete: never, iterator: hang }),
      log,
      deadline: 30,
    });
    const jobs = hanging.collection('job', jobSchema);
    const started = performance.now();
    const calls = [jobs.get('1'), jobs.set('1', cat), jobs.delete('1'), list(jobs.entries()), hanging.ping()];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { name: 'StoreError' } });
    }
    expect(performance.now() - started).toBeLessThan(1000);
    await hanging.close();
  });

  it('rejects when the adapter fails or says that it kept nothing: a failed read is never "nothing there"', async () => {
    const cause = new Error('connection refused');
    const fail = () => Promise.reject(cause);
    const failing = createStore({
      clock: systemClock,
      adapterFor: () => fakeAdapter({ get: fail, set: fail, delete: fail }),
      log,
    });
    const jobs = failing.collection('job', jobSchema);
    for (const call of [jobs.get('1'), jobs.set('1', cat), jobs.delete('1'), failing.ping()]) {
      await expect(call).rejects.toMatchObject({ name: 'StoreError', cause });
    }
    const forgetful = createStore({
      clock: systemClock,
      adapterFor: () => fakeAdapter({ set: () => Promise.resolve(false) }),
      log,
    });
    await expect(forgetful.collection('job', jobSchema).set('1', cat)).rejects.toThrow(StoreError);
    await Promise.all([failing.close(), forgetful.close()]);
  });

  it('answers again once its trouble is over', async () => {
    const jobs = store.collection('job', jobSchema);
    await database.write((db) => {
      db.exec('PRAGMA query_only = 1');
    });
    await expect(jobs.set('1', cat)).rejects.toThrow(StoreError);
    await store.ping();
    await database.read((db) => {
      db.exec('PRAGMA query_only = 0');
    });
    await jobs.set('1', cat);
    expect(await jobs.get('1')).toEqual(cat);
  });
});
