/** Nothing is deleted for being old by a clock that is far from Discord's, or from what was written last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { systemClock, type Clock } from '../../../src/services/clock.ts';
import { openStorage, type OpenStorage } from '../../../src/services/storage/open.ts';
import { NOON, reservation, UNLIMITED } from '../../support/sample-reservation.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

let folder: string;
let machine: { wall: number; running: number; ticks: Set<() => void> };
let warnings: unknown[];
let storage: OpenStorage | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'far-'));
  machine = { wall: NOON, running: 0, ticks: new Set() };
  warnings = [];
});
afterEach(async () => {
  await storage?.close();
  rmSync(folder, { recursive: true });
});

/** A start of the bot's store while the machine's clock says this. */
async function start(wall: number): Promise<OpenStorage> {
  await storage?.close();
  machine = { wall, running: 0, ticks: new Set() };
  const clock: Clock = {
    ...systemClock,
    now: () => machine.wall,
    monotonic: () => machine.running,
    setInterval(callback) {
      machine.ticks.add(callback);
      return { cancel: () => void machine.ticks.delete(callback) };
    },
  };
  const log = { error: () => undefined, info: () => undefined, warn: (...line: unknown[]) => warnings.push(line) };
  storage = await openStorage({
    location: { kind: 'sqlite', path: join(folder, 'store.sqlite') },
    retention: 30 * DAY,
    clock,
    log: log as never,
  });
  // Records of a kind are swept once somebody has asked for that kind.
  await records().get('one');
  return storage;
}

/** Time passes, and everything that is done now and then is done. */
async function pass(ms: number): Promise<void> {
  // Twice: a reservation goes after its record.
  for (const half of [ms / 2, ms / 2]) {
    machine.wall += half;
    machine.running += half;
    for (const tick of machine.ticks) tick();
    await storage?.store.purge();
  }
}

function opened(): OpenStorage {
  if (storage === undefined) throw new Error('The store is not open');
  return storage;
}

const records = () => opened().store.collection('finished', z.string());
const kept = async () => ({
  usage: (await opened().ledger.usage('guild', 'user', NOON)).userDailyImages,
  record: await records().get('one'),
});

/** A store in which a member has used three pictures at noon, one of whose jobs is kept. */
async function use(): Promise<void> {
  const { ledger } = await start(NOON);
  await ledger.reserve(reservation('one'), UNLIMITED);
  await ledger.settle('one');
  await records().set('one', 'a record', { ttl: 30 * DAY });
}

test('one start with a clock 100 days ahead deletes neither usage nor records', async () => {
  await use();
  await start(NOON + 100 * DAY);
  await pass(HOUR);
  await pass(5 * HOUR);
  await start(NOON + HOUR);
  expect(await kept()).toEqual({ usage: 3, record: 'a record' });
});

test('nor does it once Discord has said what time it is, or has been used by that clock, and the host hears once', async () => {
  await use();
  const { ledger } = await start(NOON + 100 * DAY);
  await ledger.reserve(reservation('two', { at: machine.wall }), UNLIMITED);
  opened().hearTime(NOON + HOUR);
  opened().hearTime(NOON + HOUR);
  await pass(HOUR);
  await pass(HOUR);
  expect(warnings).toEqual([[expect.stringContaining("days away from Discord's")]]);
  await start(NOON + HOUR);
  expect(await kept()).toEqual({ usage: 3, record: 'a record' });
});

test('a clock that is set 100 days ahead while the bot runs deletes nothing either', async () => {
  await use();
  await start(NOON + HOUR);
  opened().hearTime(NOON + HOUR);
  machine.wall += 100 * DAY;
  await pass(HOUR);
  await start(NOON + 3 * HOUR);
  expect(await kept()).toEqual({ usage: 3, record: 'a record' });
});

test('a bot that nobody used for 100 days deletes what is old once Discord confirms the time', async () => {
  await use();
  const { ledger } = await start(NOON + 100 * DAY);
  await pass(HOUR);
  expect((await ledger.usage('guild', 'user', NOON)).userDailyImages).toBe(3);
  opened().hearTime(NOON + 100 * DAY + HOUR + 500);
  await pass(HOUR);
  await vi.waitFor(async () => {
    expect((await ledger.usage('guild', 'user', NOON)).userDailyImages).toBe(0);
  });
  expect(warnings).toEqual([]);
});

test('a bot in use deletes what is old without being told', async () => {
  await use();
  const { ledger } = await start(NOON + 100 * DAY);
  await ledger.reserve(reservation('two', { at: machine.wall }), UNLIMITED);
  await pass(HOUR);
  await vi.waitFor(async () => {
    expect((await ledger.usage('guild', 'user', NOON)).userDailyImages).toBe(0);
  });
});
