/** After `/privacy` and a clean stop nothing of what a member asked for stands in any file of the store. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createStage } from '../support/bot.ts';
import { turn, use, words } from '../support/private-answers.ts';
import { gallery, PATIENCE, shows } from '../support/waiting.ts';

test('no prompt and no token is left, and what others asked for is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-privacy-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  await using stage = await createStage({
    quick: true,
    runcomfy: { speed: 500 },
    environment: {
      STORE_URL: `sqlite://${folder}/store.sqlite`,
      LIMIT_USER_ACTIVE_JOBS: '50',
      LIMIT_GUILD_ACTIVE_JOBS: '50',
    },
  });
  const { discord } = stage;
  const { ana, ben } = discord.members;
  const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  const standing = (text: string) => files().reduce((sum, bytes) => sum + bytes.split(text).length - 1, 0);

  const order = { channel: discord.channels.general, name: 'seedream' };
  const asked = Array.from({ length: 12 }, (_, number) =>
    discord.command({
      ...order,
      member: ana,
      options: { prompt: `a hidden grotto ${number}`, count: 1 + (number % 2) },
    }),
  );
  const other = discord.command({ ...order, member: ben, options: { prompt: 'an open meadow' } });
  await Promise.all([...asked, other].map(gallery));
  const finished = async () => (words(await use(stage, ana, 'history')).match(/Delivered/g) ?? []).length;
  await expect.poll(finished, { timeout: PATIENCE }).toBe(5);
  expect(standing('a hidden grotto')).toBeGreaterThan(12);

  // One more, which is cancelled: the wish to cancel is recorded beside it.
  stage.runcomfy.holdQueue();
  const cancelled = discord.command({ ...order, member: ana, options: { prompt: 'a hidden grotto in the queue' } });
  const reply = await shows(cancelled, 'In the queue');
  discord.press({ member: ana, message: reply, customId: `cancel:${cancelled.id}` });
  await shows(cancelled, 'Cancelled');

  const erased = async () => {
    const answer = await use(stage, ana, 'privacy');
    await turn(stage, ana, answer, 'erase:');
    await turn(stage, ana, answer, 'erasenow:');
    return words(answer);
  };
  // A job is over for its member a moment before that is written.
  await expect.poll(async () => !(await erased()).includes('still running'), { timeout: PATIENCE }).toBe(true);
  expect(standing('a hidden grotto'), 'while the bot runs on').toBe(0);
  expect(await stage.bot.stop()).toBe(0);
  expect(standing('a hidden grotto')).toBe(0);
  const tokens = [...asked, other, cancelled].map(({ token }) => token);
  expect(tokens.map(standing)).toEqual(tokens.map(() => 0));
  expect(standing('an open meadow')).toBeGreaterThan(0);
});
