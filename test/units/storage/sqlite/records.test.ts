import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Keyv } from 'keyv';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { createSqliteAdapter, type SqliteAdapter } from '../../../../src/services/storage/sqlite/records.ts';
import { openDatabase, type Database } from '../../../../src/services/storage/sqlite/connection.ts';
import { StoreError } from '../../../../src/services/storage/storage.ts';
import { createStore } from '../../../../src/services/storage/store.ts';
import { describeRecords } from '../../../support/storage-suites/records.ts';
import { createStoreFolder } from '../../../support/store-folder.ts';

let folder: string;
let path: string;
let database: Database;
let adapters: SqliteAdapter[];

beforeEach(() => {
  folder = createStoreFolder();
  path = join(folder, 'records.sqlite');
  database = openDatabase({ clock: systemClock, path });
  adapters = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const adapter of adapters) await adapter.disconnect?.();
  await database.close();
  rmSync(folder, { recursive: true });
});

describeRecords('the store over SQLite', (log) =>
  Promise.resolve({
    store: createStore({ adapterFor: () => createAdapter(), clock: systemClock, log }),
    async plant(namespace, id, text) {
      await database.write((db) => {
        db.prepare('INSERT OR REPLACE INTO records (namespace, key, value) VALUES (?, ?, ?)').run(namespace, id, text);
      });
    },
    async texts(namespace) {
      const select = database.prepare('SELECT key, value FROM records WHERE namespace = ?');
      const rows = await database.read(() => select.all(namespace));
      return new Map(rows.map((row) => [String(row['key']), String(row['value'])]));
    },
    dispose: () => Promise.resolve(),
  }),
);

function createAdapter(sweepEvery?: number): SqliteAdapter {
  const adapter = createSqliteAdapter({
    clock: systemClock,
    database,
    ...(sweepEvery === undefined ? {} : { sweepEvery }),
  });
  adapters.push(adapter);
  return adapter;
}

function passTime(milliseconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: now + milliseconds });
}

async function collect(entries: AsyncIterable<unknown> | undefined): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const entry of entries ?? []) all.push(entry);
  return all;
}

async function pragma(name: string): Promise<number> {
  return Number(await database.read((db) => db.prepare(`PRAGMA ${name}`).get()?.[name]));
}

async function countRows(): Promise<number> {
  return Number(await database.read((db) => db.prepare('SELECT count(*) AS count FROM records').get()?.['count']));
}

describe.each([{ useKeyPrefix: true }, { useKeyPrefix: false }])(
  'keyv over SQLite with $useKeyPrefix key prefix',
  (options) => {
    const createKeyv = (namespace = 'job') =>
      new Keyv<unknown>({ store: createAdapter(), namespace, throwOnErrors: true, ...options });

    it('keeps values of every JSON kind and gives undefined for what is missing', async () => {
      const keyv = createKeyv();
      const values = ['text', '', 'ünï🎨\u0000"\'', 0, 1.5, false, null, [1, [2]], { a: { b: ['c'] } }];
      for (const [index, value] of values.entries()) expect(await keyv.set(`k${index}`, value)).toBe(true);
      for (const [index, value] of values.entries()) expect(await keyv.get(`k${index}`)).toEqual(value);
      expect(await keyv.get('missing')).toBeUndefined();
      await keyv.set('k0', 'replaced');
      expect(await keyv.get('k0')).toBe('replaced');
    });

    it('reads many at once, in the order asked for', async () => {
      const keyv = createKeyv();
      await Promise.all([keyv.set('a', 1), keyv.set('b', 2)]);
      expect(await keyv.get(['b', 'missing', 'a'])).toEqual([2, undefined, 1]);
    });

    it('says whether it has and whether it deleted a key', async () => {
      const keyv = createKeyv();
      await keyv.set('a', 1);
      expect(await keyv.has('a')).toBe(true);
      expect(await keyv.delete('a')).toBe(true);
      expect(await keyv.has('a')).toBe(false);
      expect(await keyv.delete('a')).toBe(false);
      expect(await keyv.get('a')).toBeUndefined();
      await Promise.all([keyv.set('b', 1), keyv.set('c', 1)]);
      expect(await keyv.delete(['b', 'c'])).toBe(true);
      expect(await keyv.delete(['b', 'c'])).toBe(false);
      expect(await keyv.has(['b', 'c'])).toEqual([false, false]);
    });

    it('forgets a value when its time to live is over, and forgets the time when it is set anew', async () => {
      passTime(0);
      const keyv = createKeyv();
      await Promise.all([keyv.set('short', 1, 1000), keyv.set('renewed', 1, 1000), keyv.set('lasting', 1)]);
      await keyv.set('renewed', 2);
      passTime(999);
      expect(await keyv.get('short')).toBe(1);
      passTime(2);
      expect(await keyv.get(['short', 'renewed', 'lasting'])).toEqual([undefined, 2, 1]);
      expect(await keyv.get('short')).toBeUndefined();
      expect(await keyv.has('short')).toBe(false);
      expect(await keyv.delete('short')).toBe(false);
      expect(await collect(keyv.iterator?.(undefined))).toEqual([
        ['lasting', 1],
        ['renewed', 2],
      ]);
    });

    it('keeps namespaces apart: get, delete, clear and iterate see their own only', async () => {
      const [jobs, guilds] = [createKeyv('job'), createKeyv('guild')];
      await Promise.all([jobs.set('1', 'job'), guilds.set('1', 'guild'), jobs.set('2', 'job')]);
      expect(await jobs.get('1')).toBe('job');
      expect(await guilds.get('1')).toBe('guild');
      expect(await jobs.delete('1')).toBe(true);
      expect(await collect(guilds.iterator?.(undefined))).toEqual([['1', 'guild']]);
      await jobs.clear();
      expect(await jobs.get('2')).toBeUndefined();
      expect(await guilds.get('1')).toBe('guild');
    });

    it('iterates over thousands of entries, each once, while others are deleted and written', async () => {
      const keyv = createKeyv();
      const keys = Array.from({ length: 1000 }, (_, index) => `k${String(index).padStart(4, '0')}`);
      await Promise.all(keys.map((key) => keyv.set(key, key)));
      const seen: string[] = [];
      for await (const [key] of keyv.iterator?.(undefined) ?? []) {
        seen.push(String(key));
        if (key === 'k0000') await Promise.all([keyv.delete('k0900'), keyv.set('k0000', 'again')]);
      }
      expect(seen).toEqual(keys.filter((key) => key !== 'k0900'));
    });

    it('has everything after the process ended without closing', async () => {
      await createKeyv().set('a', { kept: true });
      const abandoned = database;
      database = openDatabase({ clock: systemClock, path });
      expect(await createKeyv().get('a')).toEqual({ kept: true });
      await abandoned.close();
    });

    it('rejects after disconnect and when the database is closed, instead of finding nothing', async () => {
      const [first, second] = [createKeyv('job'), createKeyv('guild')];
      await first.set('a', 1);
      await first.disconnect();
      await expect(first.get('a')).rejects.toThrow(StoreError);
      await expect(first.set('a', 1)).rejects.toThrow(StoreError);
      expect(await second.get('a')).toBeUndefined();
      await database.close();
      await expect(second.get('a')).rejects.toThrow(StoreError);
      await expect(second.delete('a')).rejects.toThrow(StoreError);
    });
  },
);

describe('sweeping', () => {
  async function fill(adapter: SqliteAdapter, count: number, ttl: number): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        await adapter.set(`k${index}`, 'x'.repeat(2000), ttl);
      }),
    );
  }

  it('deletes what has expired in its namespace and gives the space back to the disk', async () => {
    const [adapter, other] = [createAdapter(), createAdapter()];
    adapter.namespace = 'job';
    other.namespace = 'guild';
    await fill(adapter, 1500, 1000);
    await adapter.set('lasting', 'x');
    await other.set('expired', 'x', 1000);
    const size = () => pragma('page_count');
    const full = await size();
    passTime(1001);
    expect(await adapter.sweep()).toBe(1500);
    while ((await pragma('freelist_count')) > 0) {
      const before = await size();
      await adapter.sweep();
      expect(await size()).toBeLessThan(before);
    }
    expect(await size()).toBeLessThan(full / 10);
    expect(await adapter.get('lasting')).toBe('x');
    expect(await countRows()).toBe(2);
    await database.close();
    expect(statSync(path).size).toBeLessThan((full * 4096) / 10);
  });

  it('does not let the file grow when records come and go', async () => {
    const adapter = createAdapter();
    await fill(adapter, 300, 1000);
    const sizes: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      passTime(1001);
      await adapter.sweep();
      await fill(adapter, 300, 1000);
      sizes.push(await pragma('page_count'));
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual((sizes[0] ?? 0) + 5);
  });

  it('happens by itself, and a failed one is emitted as an error and not thrown', async () => {
    const adapter = createAdapter(5);
    await fill(adapter, 10, 1);
    await expect.poll(countRows, { interval: 5 }).toBe(0);
    const failure = new Promise((resolve) => adapter.on('error', resolve));
    await database.close();
    expect(await failure).toBeInstanceOf(StoreError);
  });
});
