import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { openDatabase, type Database } from '../../../../src/services/storage/sqlite/connection.ts';
import { StoreError } from '../../../../src/services/storage/storage.ts';

let folder: string;
let path: string;
let opened: Database[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  path = join(folder, 'new', 'data', 'store.sqlite');
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((database) => database.close()));
  rmSync(folder, { recursive: true });
});

function open(file = path, patience = 1500): Database {
  const database = openDatabase({ clock: systemClock, path: file, patience });
  opened.push(database);
  return database;
}

function add(database: Database, key: string, value = 'x'): Promise<void> {
  return database.write((db) => {
    db.prepare(`INSERT INTO records (namespace, key, value) VALUES ('n', ?, ?)`).run(key, value);
  });
}

async function keys(database: Database): Promise<unknown[]> {
  return (await database.read((db) => db.prepare('SELECT key FROM records ORDER BY key').all())).map(
    (row) => row['key'],
  );
}

describe('opening the database', () => {
  it('makes folder and file, which only their owner can read while it is in use', async () => {
    await add(open(), 'a');
    const modes = ['', '-wal', '-shm'].map((suffix) => statSync(path + suffix).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  });

  it('takes the right to read from others where an older file gave it', async () => {
    await open().close();
    chmodSync(path, 0o644);
    await add(open(), 'a');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('finds what was written, and has every commit on the disk before it says so', async () => {
    const first = open();
    await add(first, 'a');
    expect(await first.read((db) => db.prepare('PRAGMA synchronous').get())).toEqual({ synchronous: 2 });
    expect(await first.read((db) => db.prepare('PRAGMA journal_mode').get())).toEqual({ journal_mode: 'wal' });
    await first.close();
    expect(await keys(open())).toEqual(['a']);
  });

  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ['whose first bytes are lost', (bytes) => bytes.fill(0xff, 0, 100)],
    ['that is a text', () => Buffer.from('not a database\n'.repeat(500))],
    ['whose middle is lost', (bytes) => bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 8192)],
    ['that was cut', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ];
  it.each(damages)('refuses a damaged file %s and leaves it as it is', async (_, damage) => {
    const database = open();
    await Promise.all(Array.from({ length: 50 }, (_unused, index) => add(database, `k${index}`, 'x'.repeat(2000))));
    await database.close();
    const damaged = damage(readFileSync(path));
    writeFileSync(path, damaged);
    expect(() => open()).toThrow(StoreError);
    expect(() => open()).toThrow(path);
    expect(() => open()).toThrow(/restore a backup of it, or move it away/);
    expect(readFileSync(path).equals(damaged)).toBe(true);
  });

  it("refuses another program's database and leaves it as it is", () => {
    const foreign = join(folder, 'foreign.sqlite');
    const db = new DatabaseSync(foreign);
    db.exec('CREATE TABLE theirs (a)');
    db.close();
    const before = readFileSync(foreign);
    expect(() => open(foreign)).toThrow(/another program/);
    expect(readFileSync(foreign).equals(before)).toBe(true);
  });

  it('refuses the database of a newer version', async () => {
    await open().close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 1000');
    db.close();
    expect(() => open()).toThrow(/newer version/);
  });

  it('refuses what is no file, saying which', () => {
    expect(() => open(folder)).toThrow(StoreError);
    expect(() => open(folder)).toThrow(folder);
  });
});

describe('writing', () => {
  it('commits the acts of one turn together; one that throws is undone and rejects alone', async () => {
    const database = open();
    const failing = database.write((db) => {
      db.exec(`INSERT INTO records (namespace, key, value) VALUES ('n', 'undone', 'x')`);
      throw new RangeError('no');
    });
    const outcomes = await Promise.allSettled([add(database, 'a'), failing, add(database, 'a'), add(database, 'b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    await expect(failing).rejects.toThrow(RangeError);
    expect(await keys(database)).toEqual(['a', 'b']);
  });

  it('has hundreds of acts asked for at once done in order, in few commits', async () => {
    const database = open();
    let commits = 0;
    const version = () => Number(other.prepare('PRAGMA data_version').get()?.['data_version']);
    const other = new DatabaseSync(path);
    let seen = version();
    await Promise.all(
      Array.from({ length: 450 }, async (_, index) => {
        await add(database, String(index).padStart(3, '0'));
        const now = version();
        if (now !== seen) commits += 1;
        seen = now;
      }),
    );
    other.close();
    expect(commits).toBeLessThanOrEqual(5);
    expect(await keys(database)).toHaveLength(450);
  });

  it('reads see what was asked to be written before them', async () => {
    const database = open();
    const writing = add(database, 'a');
    expect(await keys(database)).toEqual(['a']);
    await writing;
  });

  it("waits for another process's lock without holding up the rest of the bot", async () => {
    const database = open();
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const writing = add(database, 'a');
    const reading = keys(database);
    await new Promise<void>((resolve) => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
        if (ticks < 5) return;
        clearInterval(timer);
        resolve();
      }, 10);
    });
    other.exec('COMMIT');
    other.close();
    await writing;
    expect(await reading).toEqual(['a']);
  });

  it('gives up when the lock stays: nothing was written, and the next try works', async () => {
    const database = open(path, 100);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(add(database, 'a')).rejects.toThrow(/locked by another process/);
    expect(await keys(database)).toEqual([]);
    other.exec('COMMIT');
    other.close();
    await add(database, 'b');
    expect(await keys(database)).toEqual(['b']);
  });

  it('rejects when the disk is full, still reads, and writes again when there is room', async () => {
    const database = open();
    await add(database, 'a');
    await database.read((db) => {
      db.exec('PRAGMA max_page_count = 1');
    });
    const big = 'x'.repeat(1_000_000);
    for (const outcome of await Promise.allSettled([add(database, 'b', big), add(database, 'c', big)])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StoreError' } });
      expect(outcome).toMatchObject({ reason: { message: expect.stringMatching(/disk is full/) as string } });
    }
    expect(await keys(database)).toEqual(['a']);
    await database.read((db) => {
      db.exec('PRAGMA max_page_count = 1000000');
    });
    await add(database, 'd', big);
    expect(await keys(database)).toEqual(['a', 'd']);
  });

  it('finishes what waits when it is closed, and refuses what comes after', async () => {
    const database = open();
    const writing = add(database, 'a');
    const closing = database.close();
    await expect(add(database, 'b')).rejects.toThrow(StoreError);
    await expect(keys(database)).rejects.toThrow(StoreError);
    await Promise.all([writing, closing, database.close()]);
    expect(await keys(open())).toEqual(['a']);
  });
});
