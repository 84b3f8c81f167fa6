/** A Redis that the bot cannot work with, or only with a loss: it is told so in a sentence, at its start and by the doctor. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { botIdOf } from '../../src/config.ts';
import { checkStore } from '../../src/doctor/store.ts';
import { systemClock as clock } from '../../src/services/clock.ts';
import type { Log } from '../../src/services/log.ts';
import { openStorage } from '../../src/services/storage/open.ts';
import { StoreError } from '../../src/services/storage/storage.ts';
import { endWithTests } from '../support/child-processes.ts';
import { freePort } from '../support/free-port.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { createRedisServer } from './redis-server.ts';

/** Bots' tokens begin with their ids. */
const tokenOf = (id: string) => `${Buffer.from(id).toString('base64url')}.made.up`;
const [ONE, OTHER] = ['1563454498406400000', '156345449840640001'] as const;

/** Opens the store as a start does, and closes it; what was warned of. */
async function start(url: string, id?: string): Promise<string[]> {
  const warnings: string[] = [];
  const warn = (first: unknown, second?: string) => void warnings.push(second ?? String(first));
  const log: Log = Object.assign(createSilentLog(), { warn });
  const application = id === undefined ? undefined : botIdOf(tokenOf(id));
  const storage = await openStorage({ location: { kind: 'redis', url }, retention: 60_000, application, clock, log });
  await storage.close();
  return warnings;
}

async function examine(url: string, id = ''): Promise<string[]> {
  const discord = { token: tokenOf(id), apiUrl: '' };
  const findings = await checkStore({ store: { kind: 'redis', url }, discord });
  return findings.map(({ verdict, sentence }) => `${verdict} ${sentence}`);
}

async function refused(url: string, sentence: RegExp): Promise<void> {
  const error: unknown = await start(url).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StoreError);
  expect(String(error)).toMatch(sentence);
  const [first, ...others] = await examine(url);
  expect(first).toMatch(/^wrong /);
  expect(first).toMatch(sentence);
  expect(others).toEqual([]);
}

/** A server that is started in a way of its own; the start of the bot waits for it. */
async function serve(configuration: string[], ...options: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-unsupported-'));
  const port = await freePort();
  const file = join(folder, 'redis.conf');
  writeFileSync(file, [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, 'save ""', ...configuration, ''].join('\n'));
  const child = spawn('redis-server', [file, ...options], { stdio: 'ignore' });
  endWithTests(child);
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return `redis://127.0.0.1:${port}/0`;
}

test('a Redis in cluster mode', async () => {
  await refused(await serve(['cluster-enabled yes']), /cluster mode, which is not supported/);
});

test('a Sentinel', async () => {
  await refused(await serve(['sentinel monitor it 127.0.0.1 1 1'], '--sentinel'), /leads to a Redis Sentinel/);
});

test('a replica, and a user who may run no scripts', async () => {
  await using redis = await createRedisServer();
  const cli = (...words: string[]) => execFileSync('redis-cli', ['-p', String(redis.port), ...words]);
  cli('replicaof', '127.0.0.1', String(await freePort()));
  await refused(redis.url, /is a replica.*master/);
  cli('replicaof', 'no', 'one');
  for (const command of ['eval', 'evalsha']) {
    cli('acl', 'setuser', 'bot', 'reset', 'on', '>secret', '~*', '+@all', `-${command}`);
    await refused(redis.url.replace('//', '//bot:secret@'), /runs no scripts.*EVAL and EVALSHA/);
  }
});

test('a server whose EVAL has another name', async () => {
  await refused(await serve(['rename-command EVAL ""']), /runs no scripts.*EVAL and EVALSHA/);
});

test("another bot's data in the same database", async () => {
  await using redis = await createRedisServer();
  await start(redis.url, ONE);
  await start(redis.url, ONE);
  const sentence = new RegExp(`of the bot ${ONE}, and DISCORD_TOKEN is of ${OTHER}: give each bot`);
  await expect(start(redis.url, OTHER)).rejects.toThrow(sentence);
  expect(await examine(redis.url, ONE)).toEqual([expect.stringMatching(/^ok /)]);
  expect(await examine(redis.url, OTHER)).toEqual([expect.stringMatching(sentence)]);
  // A token that does not say whose it is, and a database of its own.
  await start(redis.url);
  await start(redis.url.replace(/0$/, '1'), OTHER);
});

test('a server that syncs once a second is used, with a warning', async () => {
  await using redis = await createRedisServer();
  expect(await start(redis.url)).toEqual([]);
  execFileSync('redis-cli', ['-p', String(redis.port), 'config', 'set', 'appendfsync', 'everysec']);
  expect(await start(redis.url)).toEqual([expect.stringContaining('appendfsync always')]);
  expect(await examine(redis.url)).toEqual([
    expect.stringMatching(/^ok /),
    expect.stringMatching(/^note .*paid twice.*appendfsync always/),
  ]);
});
