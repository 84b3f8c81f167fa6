/** RunComfy takes few requests of the account at once: a job of many holds up nobody, waits where it must, and can be cancelled then. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Interaction, Member } from '../../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { use, words } from '../../support/private-answers.ts';
import { jobsOf, requests } from '../../support/runcomfy.ts';
import {
  buttons,
  expectCleanConduct,
  gallery,
  PATIENCE,
  refusal,
  replyOf,
  shows,
  title,
} from '../../support/waiting.ts';

const SINGLE = 'bytedance/seedream-5/lite/text-to-image';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { held: true, takenAtOnce: 3 },
    environment: { ...ROOMY, RUNCOMFY_MODELS: SINGLE, LIMIT_USER_DAILY_IMAGES: '30' },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await stage.runcomfy.setBehaviour({ takenAtOnce: 3 });
});

function ask(
  prompt: string,
  count: number,
  where: 'home' | 'other' = 'home',
): { member: Member; interaction: Interaction } {
  const { discord } = stage;
  const member = discord.addMember(discord.guilds[where], { name: prompt, locale: 'en-US' });
  const channel = where === 'home' ? discord.channels.general : discord.channels.elsewhere;
  return { member, interaction: discord.command({ member, channel, name: 'seedream', options: { prompt, count } }) };
}

/** Finishes each request of a prompt as RunComfy takes it. */
async function finishAll(prompt: string, count: number): Promise<void> {
  for (let taken = 1; taken <= count; taken += 1) {
    const newest = (await requests(stage, prompt, taken))[taken - 1];
    stage.runcomfy.finish(newest?.requestId ?? '');
  }
}

test("a server's job of 15 does not hold up another server's job of one", async () => {
  const { runcomfy } = stage;
  ask('a long row of houses', 15);
  const three = await requests(stage, 'a long row of houses', 3);
  const { interaction } = ask('one house', 1, 'other');
  const isRefused = () =>
    stage.bot.output().includes(`"job":"${interaction.id}"`) && title(replyOf(interaction)) !== '';
  await expect.poll(isRefused, { timeout: PATIENCE }).toBe(true);
  expect(jobsOf(stage, 'a long row of houses')).toHaveLength(3);
  // The one place that gets free now is the other server's.
  runcomfy.finish(three[0]?.requestId ?? '');
  const [one] = await requests(stage, 'one house', 1);
  expect(jobsOf(stage, 'a long row of houses')).toHaveLength(3);
  runcomfy.finish(one?.requestId ?? '');
  await gallery(interaction);
  for (const { requestId } of three.slice(1)) runcomfy.finish(requestId);
  await runcomfy.setBehaviour({ takenAtOnce: Infinity });
  for (const taken of [11, 15]) {
    await requests(stage, 'a long row of houses', taken);
    const queued = jobsOf(stage, 'a long row of houses').filter(({ state }) => state === 'in_queue');
    for (const { requestId } of queued) runcomfy.finish(requestId);
  }
});

test('what RunComfy does not take now waits, is not called silent, and can be cancelled; what it has is made', async () => {
  const { runcomfy } = stage;
  const { member, interaction } = ask('a row that waits', 6);
  const three = await requests(stage, 'a row that waits', 3);
  for (const { requestId } of three) runcomfy.start(requestId);
  const reply = await shows(interaction, 'Generating');
  // Long enough for several tries that are answered 429.
  const refused = () => stage.bot.output().match(/"kind":"rate"/g)?.length ?? 0;
  const before = refused();
  await expect.poll(refused, { timeout: PATIENCE }).toBeGreaterThan(before + 3);
  expect(words(reply)).not.toContain('does not answer');
  expect(buttons(reply)).toContain('Cancel');
  const pressed = stage.discord.press({ member, message: reply, customId: `cancel:${interaction.id}` });
  expect(await refusal(stage, pressed)).toBe('Cancelled: 3. These are being made, or made: 3.');
  await finishAll('a row that waits', 3);
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  expect(words(replyOf(interaction))).toContain('Cancelled: 3.');
  expect(jobsOf(stage, 'a row that waits')).toHaveLength(3);
  expect(words(await use(stage, member, 'usage'))).toContain('3 of 30 today');
});

test('with places for few all of a job are made, one after another, and none twice', async () => {
  await stage.runcomfy.setBehaviour({ takenAtOnce: 2 });
  const { interaction } = ask('a row one by one', 5);
  await finishAll('a row one by one', 5);
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  expect(jobsOf(stage, 'a row one by one')).toHaveLength(5);
});
