/** While a prompt is typed, the member's own earlier ones are offered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { PATIENCE } from '../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ runcomfy: { speed: 200 }, environment: { LIMIT_USER_ACTIVE_JOBS: '10' } });
});
afterAll(() => stage[Symbol.asyncDispose]());

const LONG = `a very long panorama of ${'hills and '.repeat(12)}sky`;

async function ask(prompt: string): Promise<void> {
  const { discord } = stage;
  discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt },
  });
  await submitted(stage, prompt);
}

async function offered(member: 'ana' | 'ben', typed: string): Promise<{ name: string; value: string | number }[]> {
  const { discord } = stage;
  const interaction: Interaction = discord.autocomplete({
    member: discord.members[member],
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: typed },
    focused: 'prompt',
  });
  await interaction.until(({ choices }) => choices !== null, PATIENCE);
  return [...(interaction.choices ?? [])];
}

test('offers what the member typed before, newest first, once each, and a long one whole', async () => {
  await ask('a blue teapot');
  await ask('a red kettle');
  await ask('a blue teapot');
  await ask(LONG);
  const names = (await offered('ana', '')).map(({ name }) => name);
  expect(names.slice(1)).toEqual(['a blue teapot', 'a red kettle']);
  const [long] = await offered('ana', 'PANORAMA');
  expect(long?.name.length).toBeLessThanOrEqual(100);
  const { discord, runcomfy } = stage;
  const before = runcomfy.jobs.length;
  discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: String(long?.value) },
  });
  await expect.poll(() => runcomfy.jobs.length, { timeout: PATIENCE }).toBe(before + 1);
  expect(runcomfy.jobs[before]?.input.text).toContain(LONG);
});

test("never another member's", async () => {
  expect(await offered('ben', '')).toEqual([]);
});
