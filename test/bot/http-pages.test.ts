/** The pages of `HTTP_PORT`: what whoever looks after the bot, or an orchestrator, sees of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/services/clock.ts';
import { createReadiness } from '../../src/services/monitoring/readiness.ts';
import { createStage, spawnBot, type Stage } from '../support/bot.ts';
import { freePort } from '../support/free-port.ts';
import { scrape } from '../support/scrape.ts';
import { PATIENCE } from '../support/waiting.ts';

let stage: Stage;
let port: number;

beforeAll(async () => {
  port = await freePort();
  stage = await createStage({ environment: { HTTP_PORT: String(port) } });
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
