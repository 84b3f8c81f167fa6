/** Moving house: `npm run store:copy` from SQLite to Redis and back. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRedisForCopy } from '../../src/services/storage/redis/copy.ts';
import { openSqliteForCopy } from '../../src/services/storage/sqlite/copy.ts';
import {
  MARK,
  type CopyableStore,
  type StoredRecord,
  type StoredReservation,
} from '../../src/services/storage/copy.ts';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import { createSqliteLedger } from '../../src/services/storage/sqlite/ledger.ts';
import { createRedisClient } from '../../src/services/storage/redis/connection.ts';
import { openDatabase } from '../../src/services/storage/sqlite/connection.ts';
import { spawnBot } from '../support/bot.ts';
import { olderStore, putInto } from '../support/fixtures/store.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';
import { createSilentLog } from '../support/silent-log.ts';

const COPY = new URL('../../src/store-copy.ts', import.meta.url).pathname;
const NOON = Date.UTC(2026, 10, 23, 12);

let server: RedisServer;
let folder: string;
let files = 0;
let sqlite: string;

beforeAll(async () => {
  server = await createRedisServer();
  folder = mkdtempSync(join(tmpdir(), 'copy-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await withRedis((client) => client.flushDb());
  sqlite = freshFile();
  await using contents = disposable(openSqliteForCopy({ path: sqlite, make: true }));
  await putInto(contents, olderStore(1));
});

const freshFile = () => join(folder, `${(files += 1)}.sqlite`);

function disposable(contents: CopyableStore): CopyableStore & AsyncDisposable {
  return Object.assign(contents, { [Symbol.asyncDispose]: () => contents.close() });
}

async function withRedis<T>(act: (client: ReturnType<typeof createRedisClient>) => Promise<T>): Promise<T> {
  const client = createRedisClient({ url: server.url, log: createSilentLog() });
  await client.connect();
  try {
    return await act(client);
  } finally {
    client.destroy();
  }
}

function copy(from: string, to: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COPY, '--from', from, '--to', to], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

/** All that a store holds, in an order of its own; expiries to the second. */
async function everything(contents: CopyableStore) {
  const records: StoredRecord[] = [];
  const reservations: StoredReservation[] = [];
  for await (const part of contents.records()) records.push(...part);
  for await (const part of contents.reservations()) reservations.push(...part);
  await contents.close();
  return {
    records: records
      .map(({ expires, ...record }) => ({ ...record, expires: expires && Math.round(expires / 10_000) }))
      .sort((one, other) => (one.namespace + one.id < other.namespace + other.id ? -1 : 1)),
    reservations: reservations.sort((one, other) => (one.jobId < other.jobId ? -1 : 1)),
  };
}

const inRedis = async () => everything(await openRedisForCopy({ url: server.url, log: createSilentLog() }));
const inSqlite = (path: string) => everything(openSqliteForCopy({ path, make: false }));

test('everything goes from SQLite to Redis and back, and counts as it did', async () => {
  const before = await inSqlite(sqlite);
  const moved = await copy(`sqlite://${sqlite}`, server.url);
  expect(moved).toMatchObject({ code: 0 });
  expect(moved.output).toContain(`${before.records.length} records, 12 reservations (7 of them held)`);
  expect(await inRedis()).toEqual(before);
  const { guildId = '', userId = '' } = before.reservations[0] ?? {};
  const usage = await withRedis((client) => createRedisLedger({ client }).usage(guildId, userId, NOON));
  expect(usage).toMatchObject({ userActiveJobs: 7, userDailyImages: 36, guildDailyImages: 40, totalMonthlyImages: 40 });
  const back = freshFile();
  expect(await copy(server.url, `sqlite://${back}`)).toMatchObject({ code: 0 });
  expect(await inSqlite(back)).toEqual(before);
});

test('a target that is not empty is refused and left as it is', async () => {
  await withRedis((client) => client.set('guilds::1', '{"value":{}}'));
  const { code, output } = await copy(`sqlite://${sqlite}`, server.url);
  expect(code).toBe(1);
  expect(output).toContain('not empty');
  expect((await inRedis()).records).toHaveLength(1);
});

test('an unfinished copy is taken for no store by the bot, and is begun anew by the next', async () => {
  const mark = JSON.stringify({ value: { version: 1, from: sqlite } });
  await withRedis(async (client) => {
    await client.set(`${MARK.namespace}::${MARK.id}`, mark);
    await client.set('jobs::no longer in the source', '{"value":{}}');
  });
  const bot = spawnBot({ DISCORD_TOKEN: 'a-discord-token', RUNCOMFY_TOKEN: 'a-runcomfy-token', STORE_URL: server.url });
  expect(await bot.exited).toBe(1);
  expect(bot.output()).toContain('not finished');
  expect(await copy(`sqlite://${freshFile()}`, server.url)).toMatchObject({ code: 1 });
  const other = freshFile();
  await openSqliteForCopy({ path: other, make: true }).close();
  expect((await copy(`sqlite://${other}`, server.url)).output).toContain('unfinished copy');
  expect(await copy(`sqlite://${sqlite}`, server.url)).toMatchObject({ code: 0 });
  expect(await inRedis()).toEqual(await inSqlite(sqlite));
});

test('a source that a bot uses is refused', async () => {
  const database = openDatabase({ path: sqlite });
  expect((await copy(`sqlite://${sqlite}`, server.url)).output).toContain('in use');
  await withRedis((client) => client.set('seedream:alive:somebody', '1'));
  const { code, output } = await copy(server.url, `sqlite://${freshFile()}`);
  expect(code).toBe(1);
  expect(output).toContain('in use');
  expect(await createSqliteLedger({ database }).held()).toHaveLength(7);
  await database.close();
  expect((await copy(`sqlite://${sqlite}`, server.url)).output).toContain('in use');
});

test('wrong arguments are answered with how it is used', async () => {
  expect((await copy('', server.url)).output).toContain('npm run store:copy --');
  expect((await copy(`sqlite://${join(folder, 'nothing.sqlite')}`, server.url)).output).toContain(
    'There is no database',
  );
});
