/** A keyv storage adapter over the SQLite database: one namespace a adapter, expiry honoured and swept. */
import { EventEmitter } from 'node:events';
import { z } from 'zod';
import type { Database } from './connection.ts';
import type { KeyvStoreAdapter } from '../store.ts';
import { StoreError } from '../store-error.ts';

/** How many rows the iterator reads at once, and how many expired ones a sweep deletes in one act. */
const PAGE = 200;
/** How many freed pages (4 KiB each) a sweep gives back to the disk; what it leaves is reused or goes next time. */
const VACUUM_PAGES = 256;

const rowSchema = z.object({ key: z.string(), value: z.string() });

/** keyv's adapter, and the sweep that its timer calls. */
export interface SqliteAdapter extends KeyvStoreAdapter {
  /**
   * Deletes the namespace's expired records and gives freed space back to the disk.
   *
   * @returns how many it deleted.
   */
  sweep(): Promise<number>;
}

/**
 * An adapter as keyv 5 expects them. It keeps namespaces apart by itself, so it works with keyv's key prefix and
 * without; two keyvs of different namespaces need an adapter each. Every call rejects with `StoreError` when the database fails,
 * and after `disconnect()`, which leaves the database open for the others.
 *
 * @param sweepEvery how often expired records are deleted, in milliseconds. A failed sweep is emitted as `error`.
 */
export function createSqliteAdapter({
  database,
  sweepEvery = 60_000,
}: {
  database: Database;
  sweepEvery?: number;
}): SqliteAdapter {
  const live = '(expires IS NULL OR expires > ?)';
  const select = database.prepare(`SELECT key, value FROM records WHERE namespace = ? AND key = ? AND ${live}`);
  const page = database.prepare(
    `SELECT key, value FROM records WHERE namespace = ? AND key > ? AND ${live} ORDER BY key LIMIT ${PAGE}`,
  );
  const upsert = database.prepare(
    `INSERT INTO records (namespace, key, value, expires) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value, expires = excluded.expires`,
  );
  const remove = database.prepare(`DELETE FROM records WHERE namespace = ? AND key = ? RETURNING ${live} AS lived`);
  const removeAll = database.prepare('DELETE FROM records WHERE namespace = ?');
  const removeExpired = database.prepare(
    `DELETE FROM records WHERE rowid IN
       (SELECT rowid FROM records WHERE namespace = ? AND expires <= ? LIMIT ${PAGE})`,
  );

  const events = new EventEmitter();
  let disconnected = false;

  function space(): string {
    if (disconnected) throw new StoreError('This part of the store is closed.');
    return adapter.namespace ?? '';
  }

  function readOne(namespace: string, key: string): string | undefined {
    const row = select.get(namespace, key, Date.now());
    return row === undefined ? undefined : rowSchema.parse(row).value;
  }

  function removeOne(namespace: string, key: string): boolean {
    return remove.get(namespace, key, Date.now())?.['lived'] === 1;
  }

  async function sweep(): Promise<number> {
    const namespace = space();
    let swept = 0;
    for (let deleted = PAGE; deleted === PAGE; swept += deleted) {
      deleted = await database.write(() => Number(removeExpired.run(namespace, Date.now()).changes));
    }
    await database.write((db) => {
      db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
    });
    return swept;
  }

  const timer = setInterval(() => {
    sweep().catch((error: unknown) => {
      if (events.listenerCount('error') > 0) events.emit('error', error);
    });
  }, sweepEvery).unref();

  const adapter: SqliteAdapter = {
    // keyv offers its iterator only for the dialects it knows.
    opts: { dialect: 'sqlite' },
    namespace: undefined,
    on: (event, listener) => events.on(event, listener),
    // What keyv's types call a Value here is the text that keyv serialised.
    async get<Value>(key: string) {
      const namespace = space();
      return (await database.read(() => readOne(namespace, key))) as Value | undefined;
    },
    async getMany<Value>(keys: string[]) {
      const namespace = space();
      return (await database.read(() => keys.map((key) => readOne(namespace, key)))) as (Value | undefined)[];
    },
    async has(key) {
      const namespace = space();
      return await database.read(() => readOne(namespace, key) !== undefined);
    },
    async set(key, value, ttl) {
      const namespace = space();
      const text = z.string().parse(value);
      const expires = ttl === undefined || ttl === 0 ? null : Date.now() + ttl;
      await database.write(() => upsert.run(namespace, key, text, expires));
      return true;
    },
    async delete(key) {
      const namespace = space();
      return await database.write(() => removeOne(namespace, key));
    },
    async deleteMany(keys) {
      const namespace = space();
      return await database.write(() => keys.map((key) => removeOne(namespace, key)).includes(true));
    },
    async clear() {
      const namespace = space();
      await database.write(() => removeAll.run(namespace));
    },
    async *iterator(wanted) {
      let after = '';
      for (;;) {
        const namespace = wanted ?? space();
        const from = after;
        const rows = await database.read(() => page.all(namespace, from, Date.now()));
        for (const row of rows) {
          const { key, value } = rowSchema.parse(row);
          yield [key, value];
          after = key;
        }
        if (rows.length < PAGE) return;
      }
    },
    disconnect() {
      disconnected = true;
      clearInterval(timer);
      return Promise.resolve();
    },
    sweep,
  };
  return adapter;
}
