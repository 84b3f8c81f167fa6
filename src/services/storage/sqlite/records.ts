/** The records in the SQLite database, as an adapter for keyv: expired ones are not seen any more, and deleted by a sweep. */
import { EventEmitter } from 'node:events';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { RecordsAdapter } from '../records.ts';
import { StoreError } from '../storage.ts';
import type { Database } from './connection.ts';

/** How many rows the iterator reads at once, and how many expired ones a sweep deletes in one act. */
const PAGE = 200;
/** How many freed pages (4 KiB each) a sweep returns to the disk; those that are left are reused or returned next time. */
const VACUUM_PAGES = 256;

const rowSchema = z.object({ key: z.string(), value: z.string() });

/** The adapter, and the sweep that its timer calls. */
export interface SqliteAdapter extends RecordsAdapter {
  /**
   * Deletes the namespace's expired records and returns freed space to the disk.
   *
   * @returns how many it deleted.
   */
  sweep(): Promise<number>;
}

/**
 * Every call rejects with `StoreError` when the database fails, and after `disconnect()`, which leaves the database open
 * for the other adapters.
 *
 * @param sweepEvery - how often expired records are deleted, in milliseconds. A failed sweep is emitted as `error`.
 * @param mayDelete - whether the clock is to be believed when it says that a record has expired.
 */
export function createSqliteAdapter({
  database,
  clock,
  sweepEvery = 60_000,
  mayDelete = () => true,
}: {
  database: Database;
  clock: Pick<Clock, 'now' | 'setInterval'>;
  sweepEvery?: number;
  mayDelete?: () => boolean;
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
    const row = select.get(namespace, key, clock.now());
    return row === undefined ? undefined : rowSchema.parse(row).value;
  }

  function removeOne(namespace: string, key: string): boolean {
    return remove.get(namespace, key, clock.now())?.['lived'] === 1;
  }

  async function sweep(): Promise<number> {
    const namespace = space();
    let swept = 0;
    for (let deleted = mayDelete() ? PAGE : 0; deleted === PAGE; swept += deleted) {
      deleted = await database.write(() => Number(removeExpired.run(namespace, clock.now()).changes));
    }
    await database.write((db) => {
      db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
    });
    await (swept > 0 ? database.purge() : database.purgeAgain());
    return swept;
  }

  const timer = clock.setInterval(() => {
    sweep().catch((error: unknown) => {
      if (events.listenerCount('error') > 0) events.emit('error', error);
    });
  }, sweepEvery);

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
      const expires = ttl === undefined || ttl === 0 ? null : clock.now() + ttl;
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
        const rows = await database.read(() => page.all(namespace, from, clock.now()));
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
      timer.cancel();
      return Promise.resolve();
    },
    sweep,
  };
  return adapter;
}
