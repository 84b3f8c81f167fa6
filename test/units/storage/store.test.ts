import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createSqliteAdapter } from '../../../src/services/storage/sqlite/records.ts';
import { openDatabase, type Database } from '../../../src/services/storage/sqlite/connection.ts';
import { createStore, type KeyvStoreAdapter, type Store } from '../../../src/services/storage/store.ts';
import { StoreError } from '../../../src/services/storage/store-error.ts';

const jobSchema = z.object({ prompt: z.string(), count: z.int() });
const cat = { prompt: 'a cat', count: 3 };

let folder: string;
let database: Database;
let lines: unknown[];
let store: Store;
const log = {
  error: (...line: unknown[]) => lines.push(line),
  warn: (...line: unknown[]) => lines.push(line),
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  database = openDatabase({ path: join(folder, 'store.sqlite') });
  lines = [];
  store = createStore({ adapterFor: () => createSqliteAdapter({ database }), log });
});
afterEach(async () => {
  vi.useRealTimers();
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

async function list<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

async function rows(namespace: string): Promise<[unknown, unknown][]> {
  const found = await database.read((db) =>
    db.prepare('SELECT key, value FROM records WHERE namespace = ? ORDER BY key').all(namespace),
  );
  return found.map((row) => [row['key'], row['value']]);
}

/** An adapter that behaves, but for what a test makes of it. */
function fakeAdapter(over: Partial<KeyvStoreAdapter>): KeyvStoreAdapter {
  return Object.assign(createSqliteAdapter({ database }), over);
}

describe('a collection', () => {
  it('gives back what was set, typed by its schema, until it is deleted', async () => {
    const jobs = store.collection('job', jobSchema);
    expect(await jobs.get('1')).toBeUndefined();
    await jobs.set('1', cat);
    expect(await jobs.get('1')).toEqual(cat);
    expect(await jobs.delete('1')).toBe(true);
    expect(await jobs.delete('1')).toBe(false);
    expect(await jobs.get('1')).toBeUndefined();
  });

  it('keeps texts and ids as they are, also those that keyv gives a meaning to', async () => {
    const texts = store.collection('text', z.object({ text: z.string() }));
    const ids = ['text:1', '1', ':1', 'set-aside:text', 'ünï🎨'];
    const odd = [':base64:aGk=', ':', '"\\\u0000', '', '{"value":1}'];
    for (const [index, id] of ids.entries()) await texts.set(id, { text: odd[index] ?? '' });
    const entries = await list(texts.entries());
    expect(new Map(entries)).toEqual(new Map(ids.map((id, index) => [id, { text: odd[index] }])));
  });

  it('lets the last of several writes stand, in the order they were made', async () => {
    const jobs = store.collection('job', jobSchema);
    await Promise.all([1, 2, 3, 4, 5].map((count) => jobs.set('1', { ...cat, count })));
    expect(await jobs.get('1')).toEqual({ ...cat, count: 5 });
  });

  it('forgets a record after its time to live; one of zero or less is over at once', async () => {
    const jobs = store.collection('job', jobSchema);
    await jobs.set('short', cat, { ttl: 1000.5 });
    await jobs.set('over', cat, { ttl: 0 });
    await jobs.set('lasting', cat);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 });
    expect(await jobs.get('over')).toBeUndefined();
    expect(await jobs.get('short')).toEqual(cat);
    vi.setSystemTime(Date.now() + 1000);
    expect(await jobs.get('short')).toBeUndefined();
    expect(await list(jobs.entries())).toEqual([['lasting', cat]]);
  });
});

describe('a record that cannot be parsed', () => {
  it.each([
    ['of another shape', JSON.stringify({ value: { prompt: 'secret words', count: 'three' } })],
    ['that is not JSON', '{"value":{"prompt":"secret wo'],
    ['that is not a record', '"secret words"'],
  ])('%s is set aside, logged once by its id alone, and missing', async (_, text) => {
    const jobs = store.collection('job', jobSchema);
    await jobs.set('good', cat);
    await plant('bad', text);
    expect(await Promise.all([jobs.get('bad'), jobs.get('bad')])).toEqual([undefined, undefined]);
    expect(await jobs.get('bad')).toBeUndefined();
    expect(await list(jobs.entries())).toEqual([['good', cat]]);
    expect(lines).toEqual([[{ namespace: 'job', id: 'bad' }, expect.any(String)]]);
    const aside = await rows('set-aside:job');
    expect(aside).toHaveLength(1);
    expect(String(aside[0]?.[1])).toContain('secret wo');
    expect((await rows('job')).map(([key]) => key)).toEqual(['good']);
  });

  it('does not stop the others from being listed', async () => {
    const jobs = store.collection('job', jobSchema);
    await plant('a', 'broken');
    await jobs.set('b', cat);
    await plant('c', JSON.stringify({ value: null }));
    await jobs.set('d', cat);
    expect(await list(jobs.entries())).toEqual([
      ['b', cat],
      ['d', cat],
    ]);
    const aside = store.collection('set-aside:job', z.unknown());
    expect(new Map(await list(aside.entries()))).toEqual(
      new Map<string, unknown>([
        ['a', 'broken'],
        ['c', null],
      ]),
    );
  });

  it('does not take a record with it that is written in its place meanwhile', async () => {
    const reached = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    const slow = createStore({
      adapterFor: () => {
        const adapter = createSqliteAdapter({ database });
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
    const failing = createStore({ adapterFor: () => fakeAdapter({ get: fail, set: fail, delete: fail }), log });
    const jobs = failing.collection('job', jobSchema);
    for (const call of [jobs.get('1'), jobs.set('1', cat), jobs.delete('1'), failing.ping()]) {
      await expect(call).rejects.toMatchObject({ name: 'StoreError', cause });
    }
    const forgetful = createStore({ adapterFor: () => fakeAdapter({ set: () => Promise.resolve(false) }), log });
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

  it('finishes what is under way when it closes, and rejects every call after', async () => {
    const jobs = store.collection('job', jobSchema);
    const writing = jobs.set('1', cat);
    await store.close();
    await writing;
    expect(await rows('job')).toHaveLength(1);
    for (const call of [jobs.get('1'), jobs.set('1', cat), jobs.delete('1'), store.ping()]) {
      await expect(call).rejects.toThrow(StoreError);
    }
  });
});
