import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { createSqliteLedger } from '../../../../src/services/storage/sqlite/ledger.ts';
import { openDatabase, type Database } from '../../../../src/services/storage/sqlite/connection.ts';
import { createSqliteAdapter } from '../../../../src/services/storage/sqlite/records.ts';
import { createStore } from '../../../../src/services/storage/store.ts';
import { endWithTests } from '../../../support/child-processes.ts';
import { describeLedger } from '../../../support/storage-suites/ledger.ts';
import { NOON, reservation, UNLIMITED } from '../../../support/sample-reservation.ts';
import { createSilentLog } from '../../../support/silent-log.ts';
import { createStoreFolder } from '../../../support/store-folder.ts';

describeLedger('the ledger in SQLite', () => {
  const folder = createStoreFolder();
  const opened: Database[] = [];
  function open() {
    const database = openDatabase({ clock: systemClock, path: join(folder, 'ledger.sqlite') });
    opened.push(database);
    return database;
  }
  const database = open();
  const store = createStore({
    adapterFor: () => createSqliteAdapter({ database, clock: systemClock }),
    clock: systemClock,
    log: createSilentLog(),
  });
  return Promise.resolve({
    ledger: createSqliteLedger({ database }),
    store,
    // The connection before is left as a crash leaves it: nothing closed, nothing brought into the file.
    reopen: () => Promise.resolve(createSqliteLedger({ database: open() })),
    async dispose() {
      await store.close();
      await Promise.all(opened.map((database) => database.close()));
      rmSync(folder, { recursive: true });
    },
  });
});

describe('the ledger in SQLite, in processes of its own', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = createStoreFolder();
    path = join(folder, 'data', 'ledger.sqlite');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Starts a process that reserves; gives it, the job ids that it was promised so far, and its end. */
  function startReserving(name: string, count: number, limit: number) {
    const script = new URL('./reserving-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, path, name, String(count), String(limit)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    endWithTests(child);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const promised = () => output.split('\n').slice(0, -1);
    return { child, promised, ended: once(child, 'close') };
  }

  async function readLedger() {
    const database = openDatabase({ clock: systemClock, path });
    const ledger = createSqliteLedger({ database });
    const held = await ledger.held(Infinity);
    const usage = await ledger.usage('guild', 'user', NOON);
    await database.close();
    return { held: held.map(({ jobId }) => jobId), usage };
  }

  it('has every reservation that a process killed with SIGKILL was promised', async () => {
    const { child, promised, ended } = startReserving('killed', 1_000_000, 1_000_000);
    await expect.poll(() => promised().length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(100);
    child.kill('SIGKILL');
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    const { held, usage } = await readLedger();
    expect(promised().filter((jobId) => !held.includes(jobId))).toEqual([]);
    expect(usage).toMatchObject({ guildDailyImages: held.length, userDailyImages: held.length });
  });

  it('grants three processes that start at once exactly the limit', async () => {
    const processes = ['a', 'b', 'c'].map((name) => startReserving(name, 80, 100));
    await Promise.all(processes.map(({ ended }) => ended));
    expect(processes.map(({ child }) => child.exitCode)).toEqual([0, 0, 0]);
    const promised = processes.flatMap((one) => one.promised());
    expect(promised).toHaveLength(100);
    const { held, usage } = await readLedger();
    expect(held.sort()).toEqual(promised.sort());
    expect(usage.guildDailyImages).toBe(100);
  });
});

describe('pruning', () => {
  it('forgets what is older than the previous month and 35 days, but nothing that is held or still counts', async () => {
    const folder = createStoreFolder();
    const database = openDatabase({ clock: systemClock, path: join(folder, 'ledger.sqlite') });
    const day = 24 * 60 * 60_000;
    const ledger = createSqliteLedger({ database });
    const patient = createSqliteLedger({ database, retention: 365 * day });
    const ancient = Date.UTC(2026, 0, 31, 12);
    for (const [jobId, at] of [
      ['held', ancient],
      ['settled', ancient],
      ['released', ancient],
      ['early-february', Date.UTC(2026, 1, 1)],
      ['this-month', Date.UTC(2026, 2, 1)],
    ] as const) {
      await ledger.reserve(reservation(jobId, { at }), UNLIMITED);
      if (jobId === 'released') await ledger.release(jobId);
      else if (jobId !== 'held') await ledger.settle(jobId);
    }
    // 35 days before the first of March begins in January.
    expect(await ledger.prune(Date.UTC(2026, 2, 1))).toBe(0);
    // A history that is kept for a year needs them for a year.
    expect(await patient.prune(Date.UTC(2026, 2, 31))).toBe(0);
    expect(await ledger.prune(Date.UTC(2026, 2, 31))).toBe(2);
    expect(await ledger.prune(Date.UTC(2026, 2, 31))).toBe(0);
    expect(await ledger.usage('guild', 'user', ancient)).toMatchObject({ guildDailyImages: 3, guildMonthlyImages: 3 });
    expect(await ledger.usage('guild', 'user', Date.UTC(2026, 1, 1))).toMatchObject({ guildMonthlyImages: 3 });
    expect((await ledger.held(Infinity)).map(({ jobId }) => jobId)).toEqual(['held']);
    await database.close();
    rmSync(folder, { recursive: true });
  });
});
