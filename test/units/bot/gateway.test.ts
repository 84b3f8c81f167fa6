/** What the log has of the gateway's own troubles, and what ends the process. */
import { Client, Events, type CloseEvent } from 'discord.js';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createClient, watchGateway } from '../../../src/bot/gateway.ts';
import type { Log } from '../../../src/services/log.ts';

const lines: string[] = [];
let ended = 0;
let client: Client;

const at =
  (level: string) =>
  (...said: unknown[]) =>
    void lines.push(
      `${level} ${said.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' ')}`,
    );
const log = {
  debug: () => undefined,
  info: at('info'),
  warn: at('warn'),
  error: at('error'),
  fatal: at('fatal'),
} as unknown as Log;

beforeEach(() => {
  lines.length = 0;
  ended = 0;
  client = new Client({ intents: [] });
  watchGateway(client, { clock: { monotonic: () => 0 }, log, end: () => (ended += 1) });
});

test('connections that fail, are lost and come back are told, each once', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  for (let tries = 0; tries < 5; tries += 1) {
    client.emit(Events.ShardError, refused, 3);
    client.emit(Events.ShardReconnecting, 3);
  }
  client.emit(Events.ShardResume, 3, 0);
  client.emit(Events.ShardReady, 3, undefined);
  client.emit(Events.Warn, 'something is odd');
  expect(lines).toEqual([
    `error {"shard":3} a gateway shard's connection failed (ECONNREFUSED)`,
    'warn {"shard":3} a gateway shard has no connection; it connects again',
    'info {"shard":3} a gateway shard is connected again',
    'warn {"warning":"something is odd"} the Discord client warns',
  ]);
  expect(ended).toBe(0);
});

test('a close code that means that nothing will help ends the process', () => {
  client.emit(Events.ShardDisconnect, { code: 4004 } as CloseEvent, 0);
  expect(lines[0]).toMatch(/^fatal .*4004/);
  expect(ended).toBe(1);
});

test.each(['auto', '3', 'nonsense'])('SHARD_COUNT=%s in the environment is read by the settings alone', (value) => {
  process.env['SHARD_COUNT'] = value;
  onTestFinished(() => {
    delete process.env['SHARD_COUNT'];
  });
  expect(createClient({ shards: { count: 'auto', ids: undefined } }, {}).options.shards).toBe('auto');
  expect(createClient({ shards: { count: 4, ids: [1, 2] } }, {}).options).toMatchObject({
    shards: [1, 2],
    shardCount: 4,
  });
});
