/** A Redis that loses what it holds under running processes: nobody goes on as if nothing had been there. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { checkStore } from '../../src/doctor/store.ts';
import { systemClock as clock } from '../../src/services/clock.ts';
import type { Limits } from '../../src/services/ledger/limits.ts';
import type { Log } from '../../src/services/log.ts';
import { openStorage, type OpenStorage } from '../../src/services/storage/open.ts';
import { LostRecordsError } from '../../src/services/storage/storage.ts';
import { endWithTests } from '../support/child-processes.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

const WAIT = { timeout: 15_000, interval: 100 };

let server: RedisServer;
let errors: string[];
let opened: OpenStorage[];

beforeEach(async () => {
  server = await createRedisServer();
  errors = [];
  opened = [];
});
afterEach(async () => {
  for (const storage of opened) await storage.close();
  await server[Symbol.asyncDispose]();
});

const cli = (...words: string[]) =>
  execFileSync('redis-cli', ['-p', String(server.port), ...words], { encoding: 'utf8' });

/** Opens the store as a process does at its start. */
async function open(): Promise<OpenStorage> {
  const error = (first: unknown, second?: string) => void errors.push(second ?? String(first));
  const log: Log = Object.assign(createSilentLog(), { error });
  const storage = await openStorage({ location: { kind: 'redis', url: server.url }, retention: 60_000, clock, log });
  opened.push(storage);
  return storage;
}

async function close(storage: OpenStorage): Promise<void> {
  opened = opened.filter((other) => other !== storage);
  await storage.close();
}

const limits: Limits = {
  guildDailyImages: 100,
  guildMonthlyImages: 100,
  userDailyImages: 100,
  guildActiveJobs: 100,
  userActiveJobs: 100,
  totalMonthlyImages: undefined,
};
let reserved = 0;
function reserve({ ledger }: OpenStorage) {
  reserved += 1;
  return ledger.reserve({ jobId: `job ${reserved}`, guildId: 'g', userId: 'u', images: 1, at: clock.now() }, limits);
}

const records = ({ store }: OpenStorage) => store.collection('notes', z.string());
const isLost = (storage: OpenStorage) =>
  storage.store.ping().then(
    () => false,
    (error: unknown) => error instanceof LostRecordsError,
  );

test('an emptied Redis takes no reservation from its first moment on, and nothing else once it is noticed', async () => {
  const storage = await open();
  expect(await reserve(storage)).toEqual({ outcome: 'reserved' });
  let told = 0;
  storage.presence?.onLost(() => (told += 1));
  cli('flushall');
  await expect(reserve(storage)).rejects.toThrow(LostRecordsError);
  expect(cli('keys', '{ledger}:*').trim(), 'nothing was counted beside what is gone').toBe('');
  for (const act of [
    () => storage.store.ping(),
    () => records(storage).get('one'),
    () => records(storage).set('one', 'of them'),
    () => storage.ledger.usage('g', 'u', clock.now()),
    () => storage.ledger.settle('job'),
    () => storage.scheduler.schedule('job', 0),
    () => reserve(storage),
  ]) {
    await expect(act()).rejects.toThrow(/emptied.*stop every process/);
  }
  expect(errors).toEqual([expect.stringContaining('are gone from Redis')]);
  expect(told).toBe(1);
});

test('that it was emptied is noticed within seconds though nobody asks, by each process, and logged once by each', async () => {
  const [one, other] = [await open(), await open()];
  const lost = new Set<OpenStorage>();
  for (const storage of [one, other]) storage.presence?.onLost(() => lost.add(storage));
  cli('flushall');
  await expect.poll(() => lost.size, WAIT).toBe(2);
  expect(await isLost(one)).toBe(true);
  expect(await isLost(other)).toBe(true);
  expect(errors).toHaveLength(2);
});

test('a server that comes back without its data is noticed', async () => {
  const storage = await open();
  let lost = false;
  storage.presence?.onLost(() => (lost = true));
  await server.stop('SIGKILL');
  const folder = mkdtempSync(join(tmpdir(), 'seedream-lost-'));
  const empty = spawn('redis-server', ['--port', String(server.port), '--dir', folder, '--save', ''], {
    stdio: 'ignore',
  });
  endWithTests(empty);
  onTestFinished(() => {
    empty.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  await expect.poll(() => lost, WAIT).toBe(true);
  expect(errors).toHaveLength(1);
});

test('one that is away for a while with its data is not lost', async () => {
  const storage = await open();
  await server.stop('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await server.start();
  const usable = () =>
    reserve(storage).then(
      ({ outcome }) => outcome,
      () => 'not yet',
    );
  await expect.poll(usable, WAIT).toBe('reserved');
  expect(errors).toEqual([]);
});

test('nobody begins anew beside a process that lost its records, and both can once all are stopped', async () => {
  const [one, other] = [await open(), await open()];
  await close(other);
  cli('flushall');
  await expect(open()).rejects.toThrow(
    /holds no records, but a process of the bot is running.*Stop every process first/,
  );
  const examined = await checkStore({
    store: { kind: 'redis', url: server.url },
    discord: { token: 'none', apiUrl: '' },
  });
  expect(examined.map(({ verdict }) => verdict)).toContain('wrong');
  expect(await isLost(one)).toBe(true);
  await close(one);
  const [again, beside] = await Promise.all([open(), open()]);
  expect(await reserve(again)).toEqual({ outcome: 'reserved' });
  expect(await reserve(beside)).toEqual({ outcome: 'reserved' });
  expect(errors).toHaveLength(1);
});

test('what another process has begun anew is not taken for what was there', async () => {
  const storage = await open();
  cli('flushall');
  // As by a process that began while this one could not report: it stood still.
  cli('set', 'seedream:identity', 'another one');
  cli('set', 'seedream:format', '1');
  await expect(reserve(storage)).rejects.toThrow(LostRecordsError);
  expect(await isLost(storage)).toBe(true);
  expect(cli('get', 'seedream:identity').trim()).toBe('another one');
});

test('a Redis of an older version, which has no identity yet, is taken as it is', async () => {
  await close(await open());
  cli('del', 'seedream:identity');
  const [one, other] = [await open(), await open()];
  expect(await reserve(one)).toEqual({ outcome: 'reserved' });
  expect(await reserve(other)).toEqual({ outcome: 'reserved' });
});

test('where the record of one job is missing, no new job is taken, and the others go on', async () => {
  const storage = await open();
  storage.presence?.missing('42');
  storage.presence?.missing('43');
  await expect(reserve(storage)).rejects.toThrow(/job 42 is gone from Redis.*noeviction/);
  expect(await isLost(storage)).toBe(true);
  await records(storage).set('one', 'of them');
  expect(await records(storage).get('one')).toBe('of them');
  expect(errors).toHaveLength(1);
});
