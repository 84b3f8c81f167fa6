/** The pages of `HTTP_PORT`: what whoever looks after the bot, or an orchestrator, sees of it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/services/clock.ts';
import { createReadiness } from '../../src/services/monitoring/readiness.ts';
import { createProcessStage, spawnBot, type Stage } from '../support/bot.ts';
import { freePort } from '../support/free-port.ts';
import { scrape } from '../support/scrape.ts';
import { PATIENCE } from '../support/waiting.ts';

let stage: Stage;
let port: number;

beforeAll(async () => {
  port = await freePort();
  stage = await createProcessStage({ environment: { HTTP_PORT: String(port) } });
});

afterAll(() => stage[Symbol.asyncDispose]());

interface Page {
  status: number;
  body: unknown;
}

async function page(path: string): Promise<Page> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.json() };
}

test('a bot that is connected says that it is alive and ready', async () => {
  expect(await page('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await page('/readyz')).toEqual({ status: 200, body: { status: 'ready' } });
  expect((await page('/elsewhere')).status).toBe(404);
  const metrics = await scrape(`http://127.0.0.1:${port}/metrics`);
  expect(metrics.value('seedream_images_month_ceiling'), 'there is none, which is not 0').toBeUndefined();
});

test('the pages are there on every interface, by IPv6 too', async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ scopeid }) => !scopeid));
  expect(addresses.length).toBeGreaterThan(0);
  for (const { address, family } of addresses) {
    const host = family === 'IPv6' ? `[${address}]` : address;
    expect((await fetch(`http://${host}:${port}/healthz`)).status, host).toBe(200);
  }
});

test.each<[string, RequestInit]>([
  ['POST', { method: 'POST' }],
  ['JSON that is none', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
  ['a kind of body that nobody knows', { method: 'POST', body: 'x', headers: { 'content-type': 'a/b' } }],
  ['a kind that is none', { method: 'PUT', body: 'x', headers: { 'content-type': ';;' } }],
  ['a large body', { method: 'POST', body: 'x'.repeat(5_000_000), headers: { 'content-type': 'application/json' } }],
  ['DELETE', { method: 'DELETE' }],
])('%s is refused, and the log does not care', async (_what, init) => {
  for (const path of ['/healthz', '/metrics', '/elsewhere', '/%zz']) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    expect(response.status, path).toBeGreaterThanOrEqual(400);
    expect(response.status, path).toBeLessThan(500);
    await response.arrayBuffer();
  }
  expect(stage.bot.output()).not.toMatch(/HTTP_PORT|FST_ERR/);
});

test.each([
  ['says nothing', ''],
  ['sends its headers by and by', 'GET /healthz HTTP/1.1\r\nx: '],
  [
    'sends its body by and by',
    'POST /elsewhere HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\ncontent-type: text/plain\r\n\r\n',
  ],
])('a client that %s is cut off after five seconds', { timeout: 30_000 }, async (_how, beginning) => {
  const began = performance.now();
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(beginning);
  const trickle = setInterval(() => beginning !== '' && socket.writable && socket.write('x'), 100);
  await once(socket, 'close');
  clearInterval(trickle);
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(4000);
  expect(took).toBeLessThan(8000);
});

test('a bot that lost the gateway is alive but not ready, says which shard, and is ready again afterwards', async () => {
  await stage.discord.goDown();
  await expect.poll(async () => (await page('/readyz')).status, { timeout: PATIENCE }).toBe(503);
  expect((await page('/readyz')).body).toEqual({
    status: 'not ready',
    reasons: [expect.stringMatching(/^Gateway shards that are not ready: 0 \(\w+\)\.$/)],
  });
  expect((await page('/healthz')).status).toBe(200);
  await stage.discord.comeUp();
  await expect.poll(async () => (await page('/readyz')).status, { timeout: 2 * PATIENCE }).toBe(200);
});

test('a store that fails or does not answer within a second makes the bot not ready', async () => {
  const parts = { shards: () => [{ id: 0, status: 'Ready' }], stopping: () => false, clock };
  const silent = createReadiness({ ...parts, ping: () => new Promise(() => undefined) });
  expect(await silent()).toEqual(['The store did not answer within 1000 ms.']);
  const failing = createReadiness({ ...parts, ping: () => Promise.reject(new Error('disk full')) });
  expect(await failing()).toEqual(['The store failed.']);
});

test('a bot that is stopping is alive but not ready, and says why', async () => {
  const { discord, runcomfy, bot } = stage;
  const unanswered = runcomfy.failNext({ call: 'submit', kind: 'hang' });
  discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'a lighthouse', count: 1 },
  });
  await expect.poll(() => unanswered.applied, { timeout: PATIENCE }).toBe(1);
  const exited = bot.stop();
  await bot.wrote('"msg":"stopping"');
  expect(await page('/readyz')).toEqual({
    status: 503,
    body: { status: 'not ready', reasons: ['The bot is stopping.'] },
  });
  expect((await page('/healthz')).status).toBe(200);
  expect(await exited).toBe(0);
  await stage.start();
});

test('a port that another program has ends the start with a sentence that names it', async () => {
  const second = spawnBot({ ...stage.environment, STORE_URL: `${stage.environment['STORE_URL'] ?? ''}-2` });
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`HTTP_PORT ${port} cannot be opened`);
});
