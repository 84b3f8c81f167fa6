/** The SQLite database as a source or target of a copy. */
import { existsSync } from 'node:fs';
import { resolve as absolute } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { MARK, type CopyableStore } from '../copy.ts';
import { StoreError } from '../storage.ts';
import { openFile } from './file.ts';

/** Rows of one part. */
const PART = 500;

const recordSchema = z.object({
  namespace: z.string(),
  id: z.string(),
  text: z.string(),
  expires: z
    .number()
    .nullable()
    .transform((expires) => expires ?? undefined),
});

const reservationSchema = z.object({
  jobId: z.string(),
  guildId: z.string(),
  userId: z.string(),
  images: z.number(),
  at: z.number(),
  day: z.string(),
  month: z.string(),
  state: z.enum(['held', 'settled', 'released']),
  forgetting: z.number().transform((forgetting) => forgetting === 1),
});

const countsSchema = z.object({
  records: z.number(),
  held: z.number(),
  settled: z.number(),
  released: z.number(),
  images: z.number(),
});

const COUNT = `SELECT
  (SELECT count(*) FROM records WHERE expires IS NULL OR expires > :now) AS records,
  (SELECT count(*) FROM reservations WHERE state = 'held') AS held,
  (SELECT count(*) FROM reservations WHERE state = 'settled') AS settled,
  (SELECT count(*) FROM reservations WHERE state = 'released') AS released,
  (SELECT coalesce(sum(images), 0) FROM reservations WHERE state <> 'released') AS images`;

const RECORDS = `SELECT rowid AS row, namespace, key AS id, value AS text, expires FROM records
  WHERE rowid > :after AND (expires IS NULL OR expires > :now) ORDER BY rowid LIMIT ${PART}`;

const RESERVATIONS = `SELECT job_id AS jobId, guild_id AS guildId, user_id AS userId, images, reserved_at AS at, day, month,
  state, forgetting FROM reservations WHERE job_id > :after ORDER BY job_id LIMIT ${PART}`;

/** Opens the file so that no other process can have it open; in WAL mode a process that has it open keeps a lock. */
function openAlone(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw new StoreError(`The database ${file} is in use: stop the bot first.`, { cause: error });
  }
}

/**
 * @param path - of the database file.
 * @param make - whether it is made where it is missing.
 * @throws StoreError when it is missing, in use, or not ours.
 */
export function openSqliteForCopy({
  path,
  make,
  clock,
}: {
  path: string;
  make: boolean;
  clock: Pick<Clock, 'now'>;
}): CopyableStore {
  const file = absolute(path);
  if (existsSync(file)) openAlone(file).close();
  else if (!make) throw new StoreError(`There is no database ${file}.`);
  // Brings it to the newest schema, and refuses what is not a database of ours.
  openFile({ file, log: undefined }).close();
  const db = openAlone(file);

  function together(act: () => void): Promise<void> {
    db.exec('BEGIN IMMEDIATE');
    try {
      act();
      db.exec('COMMIT');
      return Promise.resolve();
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      return Promise.reject(new StoreError(`The database ${file} could not be written.`, { cause: error }));
    }
  }

  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is that of stores that wait
    async *records() {
      const select = db.prepare(RECORDS);
      for (let after = 0; ;) {
        const rows = select.all({ after, now: clock.now() });
        if (rows.length > 0) yield rows.map((row) => recordSchema.parse(row));
        after = z.number().optional().parse(rows.at(-1)?.['row']) ?? after;
        if (rows.length < PART) return;
      }
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- likewise
    async *reservations() {
      const select = db.prepare(RESERVATIONS);
      for (let after = ''; ;) {
        const rows = select.all({ after }).map((row) => reservationSchema.parse(row));
        if (rows.length > 0) yield rows;
        after = rows.at(-1)?.jobId ?? after;
        if (rows.length < PART) return;
      }
    },
    count: () => Promise.resolve(countsSchema.parse(db.prepare(COUNT).get({ now: clock.now() }))),
    putRecords(records) {
      const put = db.prepare('INSERT OR REPLACE INTO records (namespace, key, value, expires) VALUES (?, ?, ?, ?)');
      return together(() => {
        for (const { namespace, id, text, expires } of records) put.run(namespace, id, text, expires ?? null);
      });
    },
    putReservations(reservations) {
      const put = db.prepare(
        `INSERT OR IGNORE INTO reservations
           (job_id, guild_id, user_id, images, reserved_at, day, month, state, forgetting)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      return together(() => {
        for (const { jobId, guildId, userId, images, at, day, month, state, forgetting } of reservations) {
          put.run(jobId, guildId, userId, images, at, day, month, state, forgetting ? 1 : 0);
        }
      });
    },
    removeMark: () =>
      together(() => {
        db.prepare('DELETE FROM records WHERE namespace = ? AND key = ?').run(MARK.namespace, MARK.id);
      }),
    clear: () =>
      together(() => {
        db.exec('DELETE FROM records; DELETE FROM reservations');
      }),
    close() {
      db.close();
      return Promise.resolve();
    },
  };
}
