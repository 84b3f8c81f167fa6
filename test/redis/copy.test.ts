/** Redis as the source or target of a copy, and `npm run store:copy` from SQLite to Redis and back. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/services/clock.ts';
import { openRedisForCopy } from '../../src/services/storage/redis/copy.ts';
import { openSqliteForCopy } from '../../src/services/storage/sqlite/copy.ts';
import { MARK, type CopyableStore } from '../../src/services/storage/copy.ts';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import { createSqliteLedger } from '../../src/services/storage/sqlite/ledger.ts';
import type { RedisClient } from '../../src/services/storage/redis/connection.ts';
import { openDatabase } from '../../src/services/storage/sqlite/connection.ts';
import { spawnBot } from '../support/bot.ts';
import { olderStore, putInto } from '../support/fixtures/store.ts';
import { describeCopy, everything } from '../support/storage-suites/copy.ts';
import { withRedis } from './connect.ts';
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
  await withClient((client) => client.flushDb());
  sqlite = freshFile();
  await using store = disposable(openSqliteForCopy({ path: sqlite, make: true, clock }));
  await putInto(store, olderStore(1));
});

const freshFile = () => join(folder, `${(files += 1)}.sqlite`);

function disposable(store: CopyableStore): CopyableStore & AsyncDisposable {
  return Object.assign(store, { [Symbol.asyncDispose]: () => store.close() });
}

const withClient = <T>(act: (client: RedisClient) => Promise<T>): Promise<T> =>
  withRedis(server.url, ({ client }) => act(client));

function copy(from: string, to: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COPY, '--from', from, '--to', to], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

async function everythingIn(store: CopyableStore) {
  await using closing = disposable(store);
  return await everything(closing);
}

const openRedis = (url = server.url) => openRedisForCopy({ url, clock, log: createSilentLog() });
const inRedis = async () => everythingIn(await openRedis());
const inSqlite = (path: string) => everythingIn(openSqliteForCopy({ path, make: false, clock }));

describeCopy('a copy between databases of Redis', async () => {
  const urlOf = (which: 'source' | 'target') => new URL(which === 'source' ? '/0' : '/1', server.url).href;
  for (const which of ['source', 'target'] as const) await withRedis(urlOf(which), ({ client }) => client.flushDb());
  return {
    open: (which) => openRedis(urlOf(which)),
    withLedger: (which, act) => withRedis(urlOf(which), (redis) => act(createRedisLedger({ redis }))),
    async whileInUse(which, act) {
      await withRedis(urlOf(which), async ({ client }) => {
        await client.set('seedream:alive:somebody', '1');
        await act();
        await client.del('seedream:alive:somebody');
      });
    },
    dispose: () => Promise.resolve(),
  };
});

test('everything goes from SQLite to Redis and back, and counts as it did', async () => {
  const before = await inSqlite(sqlite);
  const moved = await copy(`sqlite://${sqlite}`, server.url);
  expect(moved).toMatchObject({ code: 0 });
  expect(moved.output).toContain(`${before.records.length} records, 12 reservations (7 of them held)`);
  expect(await inRedis()).toEqual(before);
  const { guildId = '', userId = '' } = before.reservations[0] ?? {};
  const usage = await withRedis(server.url, (redis) => createRedisLedger({ redis }).usage(guildId, userId, NOON));
  expect(usage).toMatchObject({ userActiveJobs: 7, userDailyImages: 36, guildDailyImages: 40, totalMonthlyImages: 40 });
  const back = freshFile();
  expect(await copy(server.url, `sqlite://${back}`)).toMatchObject({ code: 0 });
  expect(await inSqlite(back)).toEqual(before);
});

test('a target that is not empty is refused and left as it is', async () => {
  await withClient((client) => client.set('guilds::1', '{"value":{}}'));
  const { code, output } = await copy(`sqlite://${sqlite}`, server.url);
  expect(code).toBe(1);
  expect(output).toContain('not empty');
  expect((await inRedis()).records).toHaveLength(1);
});

test('an unfinished copy is taken for no store by the bot, and is begun anew by the next', async () => {
  const mark = JSON.stringify({ value: { version: 1, from: sqlite } });
  await withClient(async (client) => {
    await client.set(`${MARK.namespace}::${MARK.id}`, mark);
    await client.set('jobs::no longer in the source', '{"value":{}}');
  });
  const bot = spawnBot({ DISCORD_TOKEN: 'a-discord-token', RUNCOMFY_TOKEN: 'a-runcomfy-token', STORE_URL: server.url });
  expect(await bot.exited).toBe(1);
  expect(bot.output()).toContain('not finished');
  expect(await copy(`sqlite://${freshFile()}`, server.url)).toMatchObject({ code: 1 });
  const other = freshFile();
  await openSqliteForCopy({ path: other, make: true, clock }).close();
  expect((await copy(`sqlite://${other}`, server.url)).output).toContain('unfinished copy');
  expect(await copy(`sqlite://${sqlite}`, server.url)).toMatchObject({ code: 0 });
  expect(await inRedis()).toEqual(await inSqlite(sqlite));
});

test('a source that a bot uses is refused', async () => {
  const database = openDatabase({ path: sqlite, clock });
  expect((await copy(`sqlite://${sqlite}`, server.url)).output).toContain('in use');
  await withClient((client) => client.set('seedream:alive:somebody', '1'));
  const { code, output } = await copy(server.url, `sqlite://${freshFile()}`);
  expect(code).toBe(1);
  expect(output).toContain('in use');
  expect(await createSqliteLedger({ database }).held(Infinity)).toHaveLength(7);
  await database.close();
  expect((await copy(`sqlite://${sqlite}`, server.url)).output).toContain('in use');
});

test('wrong arguments are answered with how it is used', async () => {
  expect((await copy('', server.url)).output).toContain('npm run store:copy --');
  expect((await copy(`sqlite://${join(folder, 'nothing.sqlite')}`, server.url)).output).toContain(
    'There is no database',
  );
});
