/**
 * Loaded into the bot's process before the bot (`--import`): while the file `DISK_STATE` says `full`, SQLite
 * fails every write as it does on a full disk; while it says `slow`, every commit takes its time. While it says `unreadable`,
 * jobs cannot be read, as from a disk that is gone; while it says `slow to read`, that takes its time.
 */
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

const { DISK_STATE: stateFile = '' } = process.env;

/** How long a commit takes on the slow disk, in milliseconds. */
const SLOW_COMMIT = 500;

/** How long one read of a job takes then: the two of a finished job take longer than an interaction waits. */
const SLOW_READ = 1600;

const READS = /^SELECT key, value FROM records WHERE namespace = \? AND key = \?/;

/** The namespaces that jobs are in. */
const JOBS = ['jobs', 'finished'];

const WRITES = /^(?:INSERT|UPDATE|DELETE)\b/;

function state(): string {
  return existsSync(stateFile) ? readFileSync(stateFile, 'utf8') : '';
}

/** What SQLite does when it finds no room: it gives up the transaction and says so (https://sqlite.org/rescode.html#full). */
function fail(db: DatabaseSync): never {
  if (db.isTransaction) db.exec('ROLLBACK');
  throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
}

/** What SQLite does when the disk does not answer (https://sqlite.org/rescode.html#ioerr). */
function failRead(): never {
  throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 });
}

function wait(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const { prepare } = Object.getOwnPropertyDescriptors(DatabaseSync.prototype);

Object.defineProperty(DatabaseSync.prototype, 'prepare', {
  value(this: DatabaseSync, sql: string): StatementSync {
    const statement = (prepare.value as DatabaseSync['prepare']).call(this, sql);
    for (const name of ['run', 'get'] as const) {
      const original = statement[name].bind(statement) as (...values: unknown[]) => unknown;
      const watched = (...values: unknown[]): unknown => {
        if (WRITES.test(sql.trim()) && state() === 'full') fail(this);
        if (sql === 'COMMIT' && state() === 'slow') wait(SLOW_COMMIT);
        const isJobRead = READS.test(sql) && JOBS.includes(String(values[0]));
        if (isJobRead && state() === 'unreadable') failRead();
        if (isJobRead && state() === 'slow to read') wait(SLOW_READ);
        return original(...values);
      };
      Object.defineProperty(statement, name, { value: watched });
    }
    return statement;
  },
});
