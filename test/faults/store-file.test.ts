/** The store's file while the bot runs: a second process on it, and what happens when somebody takes it away. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProcessStage, ROOMY, spawnBot, type ProcessStage } from '../support/bot.ts';
import { freePort } from '../support/free-port.ts';
import { submits } from '../support/runcomfy.ts';
import { PATIENCE, refusal } from '../support/waiting.ts';
import { ask, asked, expectOneGallery, expectUnharmed, storeFile } from './scenarios.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedream-file-'));
let stage: ProcessStage;
let port: number;

beforeAll(async () => {
  port = await freePort();
  stage = await createProcessStage({
    runcomfy: { held: true },
    environment: { ...ROOMY, HTTP_PORT: String(port), STORE_URL: `sqlite://${folder}/store.sqlite` },
  });
});
afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;

test('a second bot on the file of one that runs does not start, and says why; after a kill the next one does', async () => {
  const environment = { ...stage.environment, HTTP_PORT: String(await freePort()) };
  const second = spawnBot(environment);
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`The database ${folder}/store.sqlite is in use by another bot that is running`);
  expect(second.output()).not.toContain('"msg":"ready"');
  await stage.bot.stop('SIGKILL');
  await stage.start();
  expect(await ready()).toBe(200);
});

test.each([
  [
    'moved away',
    (file: string) => {
      renameSync(file, `${file}.away`);
    },
    (file: string) => {
      renameSync(`${file}.away`, file);
    },
  ],
  [
    'removed',
    (file: string) => {
      for (const end of ['', '-wal', '-shm']) rmSync(file + end);
    },
    undefined,
  ],
] as const)('a file that is %s: not ready, logged once, no new job; jobs under way end', async (how, take, putBack) => {
  const file = storeFile(stage.environment);
  const running = await asked(stage, { prompt: `under way when the file is ${how}`, count: 2 });
  const before = stage.bot.output().length;
  take(file);
  await expect.poll(ready, { timeout: PATIENCE }).toBe(503);
  const prompt = `when the file is ${how}`;
  const said = await refusal(stage, ask(stage, { prompt }));
  expect(said).toContain('Nothing was charged');
  expect(said).toContain('who hosts the bot: they have to look into it first');
  expect(submits(stage, prompt)).toBe(0);
  const logged = stage.bot
    .output()
    .slice(before)
    .split('\n')
    .filter((line) => line.includes('"msg":"The database file') && line.includes('was removed or replaced'));
  expect(logged).toHaveLength(1);
  if (putBack === undefined) {
    stage.runcomfy.finish(running.requestId);
    await running.interaction.until(({ original }) => (original?.attachments.length ?? 0) === 2, PATIENCE);
    return;
  }
  putBack(file);
  await expect.poll(ready, { timeout: PATIENCE }).toBe(200);
  stage.runcomfy.finish(running.requestId);
  await expectOneGallery(stage, running.interaction, 2);
});
