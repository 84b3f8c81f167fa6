/** The machine's clock is wrong: jobs that run keep their time, and what is stored is not taken for old. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProcessStage, ROOMY, type ProcessStage } from '../support/bot.ts';
import { createBotClock, type BotClock } from '../support/clock/bot-clock.ts';
import { use, words } from '../support/private-answers.ts';
import { gallery, PATIENCE, shows } from '../support/waiting.ts';
import { asked, expectOneGallery, expectReservation, expectUnharmed, storeFile } from './scenarios.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

let stage: ProcessStage;
let clock: BotClock;

beforeAll(async () => {
  clock = createBotClock(Date.now());
  stage = await createProcessStage({ runcomfy: { held: true }, environment: { ...ROOMY, ...clock.environment } });
});
afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
  clock.dispose();
});

test('a clock that jumps three hours ahead gives up no job that runs, queued or generating, public or private', async () => {
  const queued = await asked(stage, { prompt: 'patient in the queue', count: 2 });
  const generating = await asked(stage, { prompt: 'patient in the making' });
  const alone = await asked(stage, { prompt: 'patient and alone', private: true });
  await shows(queued.interaction, 'In the queue');
  stage.runcomfy.start(generating.requestId);
  await shows(generating.interaction, 'Generating');
  const looked = () => [queued, generating, alone].map(({ requestId }) => stage.runcomfy.job(requestId).polls.status);

  await clock.set(stage.bot, Date.now() + 3 * HOUR);
  const before = looked();
  // Each has been looked at three times since.
  const since = () => Math.min(...looked().map((count, index) => count - (before[index] ?? 0)));
  await expect.poll(since, { timeout: 2 * PATIENCE }).toBeGreaterThanOrEqual(3);
  for (const { requestId } of [queued, generating, alone]) {
    expect(stage.runcomfy.job(requestId).polls.cancel).toBe(0);
    stage.runcomfy.finish(requestId);
  }
  await expectOneGallery(stage, queued.interaction, 2);
  await expectOneGallery(stage, generating.interaction, 1);
  await gallery(alone.interaction);
  await expectReservation(stage, queued.interaction, 'settled');
  await clock.set(stage.bot, Date.now());
});

test('one start with a clock 100 days ahead forgets neither what was used nor what was made', async () => {
  const { interaction, requestId } = await asked(stage, { prompt: 'a lasting monument', count: 3 });
  stage.runcomfy.finish(requestId);
  await gallery(interaction);
  await expectReservation(stage, interaction, 'settled');
  await stage.bot.stop();
  const rows = () => {
    const database = new DatabaseSync(storeFile(stage.environment), { readOnly: true });
    const counts = database
      .prepare(
        `SELECT (SELECT count(*) FROM reservations) AS reservations, (SELECT sum(images) FROM used_images) AS used,
           (SELECT count(*) FROM records WHERE namespace = 'finished') AS finished`,
      )
      .get();
    database.close();
    return counts;
  };
  const before = rows();
  const ahead = createBotClock(Date.now() + 100 * DAY);
  try {
    await stage.start(ahead.environment);
    await stage.bot.wrote("days away from Discord's");
    await stage.bot.stop();
  } finally {
    ahead.dispose();
  }
  expect(rows()).toEqual(before);
  await stage.start();
  const member = interaction.member ?? stage.discord.members.ana;
  expect(words(await use(stage, member, 'usage'))).toContain('3 of');
  expect(words(await use(stage, member, 'history'))).toContain('a lasting monument');
});
