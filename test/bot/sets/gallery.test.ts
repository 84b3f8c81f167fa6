/** A job of many requests as its member sees it: a gallery that fills, and what becomes of those that are refused, fail or are cancelled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Member, Message } from '../../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { use, words } from '../../support/private-answers.ts';
import { jobsOf, requests } from '../../support/runcomfy.ts';
import {
  buttons,
  expectCleanConduct,
  gallery,
  PATIENCE,
  pictureEmbeds,
  pictureNumbers,
  refusal,
  replyOf,
  shows,
  wholeGallery,
} from '../../support/waiting.ts';

const SINGLE = 'bytedance/seedream-5/lite/text-to-image';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: { ...ROOMY, RUNCOMFY_MODELS: SINGLE, LIMIT_USER_DAILY_IMAGES: '30' },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

function ask(prompt: string, count: number): { member: Member; interaction: Interaction } {
  const { discord } = stage;
  const member = discord.addMember(discord.guilds.home, { name: prompt });
  const options = { prompt, count };
  const interaction = discord.command({ member, channel: discord.channels.general, name: 'seedream', options });
  return { member, interaction };
}

/** The numbers of the pictures that a message shows, in the order of its embeds. */
function shown(message: Message): number[] {
  return pictureEmbeds(message).map(({ image }) => Number(/-(\d+)\.\w+/.exec(image?.url ?? '')?.[1]));
}

/** Waits until the reply shows these pictures; gives every word of it. */
async function showsPictures(interaction: Interaction, numbers: number[]): Promise<string> {
  const held = ({ original }: Interaction) => (original === null ? [] : shown(original));
  await interaction.until((one) => held(one).join() === numbers.join(), PATIENCE);
  return words(replyOf(interaction));
}

/** What a member and all have used of today's pictures. */
async function usedToday(member: Member): Promise<number> {
  return Number(/ (\d+) of 30 today/.exec(words(await use(stage, member, 'usage')))?.[1]);
}

test('the first picture stands in the reply while the others are made, and in the end all of them in their order', async () => {
  const { interaction } = ask('a harbour that fills', 6);
  const six = await requests(stage, 'a harbour that fills', 6);
  const ids = six.map(({ requestId }) => requestId);
  for (const id of ids) stage.runcomfy.start(id);
  stage.runcomfy.finish(ids[3] ?? '');
  expect(await showsPictures(interaction, [4])).toContain('1 of 6');
  expect(buttons(replyOf(interaction)), 'all are begun').not.toContain('Cancel');
  stage.runcomfy.finish(ids[0] ?? '');
  expect(await showsPictures(interaction, [1, 4])).toContain('2 of 6');
  for (const number of [1, 2, 4, 5]) stage.runcomfy.finish(ids[number] ?? '');
  const messages = await wholeGallery(stage, interaction, 6);
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  expect(messages.flatMap(shown)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(messages.flatMap(pictureNumbers).toSorted(), 'files').toEqual([1, 2, 3, 4, 5, 6]);
  expect(
    messages.reduce((sum, { versions }) => sum + versions.length, 0),
    'edits',
  ).toBeLessThanOrEqual(10);
  expect(jobsOf(stage, 'a harbour that fills')).toHaveLength(6);
  expect(stage.runcomfy.billedImages).toBeGreaterThanOrEqual(6);
});

test('two of six are refused: said in one line with the reason once, given back at once, and the others come', async () => {
  const refusals = stage.runcomfy.failNext({
    call: 'submit',
    kind: 'http',
    status: 422,
    errorCode: 422_001,
    message: 'the harbour is not allowed',
    times: 2,
  });
  const { member, interaction } = ask('a harbour in part', 6);
  const four = await requests(stage, 'a harbour in part', 4);
  expect(refusals.applied).toBe(2);
  await expect.poll(() => usedToday(member), { timeout: PATIENCE }).toBe(4);
  for (const { requestId } of four) stage.runcomfy.finish(requestId);
  await showsPictures(interaction, [3, 4, 5, 6]);
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  const said = words(replyOf(interaction));
  expect(said.match(/Not made: 2/g)).toHaveLength(1);
  expect(said.match(/the harbour is not allowed/g)).toHaveLength(1);
  expect(await usedToday(member)).toBe(4);
  expect(jobsOf(stage, 'a harbour in part')).toHaveLength(4);
});

test('one of six fails at RunComfy, and one is unclear: each is told, and only what may be paid is counted', async () => {
  stage.runcomfy.failNext({ call: 'submit', kind: 'reset', taken: true });
  const { member, interaction } = ask('a harbour in doubt', 6);
  const six = await requests(stage, 'a harbour in doubt', 6);
  const [, failing, ...others] = six.map(({ requestId }) => requestId);
  stage.runcomfy.failJob(failing ?? '', 'the model broke');
  for (const id of others) stage.runcomfy.finish(id);
  await showsPictures(interaction, [3, 4, 5, 6]);
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  const said = words(replyOf(interaction));
  expect(said).toContain('Not made: 1');
  expect(said).toContain('Unclear: 1');
  expect(said).toContain('the model broke');
  await expect.poll(() => usedToday(member), { timeout: PATIENCE }).toBe(5);
  expect(six).toHaveLength(6);
});

test('Cancel takes what has not begun and says what stays; only that is counted', async () => {
  const { member, interaction } = ask('a harbour cut short', 5);
  const five = await requests(stage, 'a harbour cut short', 5);
  const begun = five.slice(0, 3).map(({ requestId }) => requestId);
  for (const id of begun) stage.runcomfy.start(id);
  const reply = await shows(interaction, 'Generating');
  expect(buttons(reply)).toContain('Cancel');
  const pressed = stage.discord.press({ member, message: reply, customId: `cancel:${interaction.id}` });
  expect(await refusal(stage, pressed)).toBe('Cancelled: 2. These are being made, or made: 3.');
  await expect.poll(() => usedToday(member), { timeout: PATIENCE }).toBe(3);
  expect(five.map(({ state }) => state)).toEqual([
    ...['in_progress', 'in_progress', 'in_progress'],
    ...['cancelled', 'cancelled'],
  ]);
  for (const id of begun) stage.runcomfy.finish(id);
  await showsPictures(interaction, [1, 2, 3]);
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  expect(words(replyOf(interaction))).toContain('Cancelled: 2.');
  expect(await usedToday(member)).toBe(3);
});

test('what a moderator cancelled of it says by whom, also after a restart', async () => {
  const { interaction } = ask('a harbour cut short by another', 3);
  const three = await requests(stage, 'a harbour cut short by another', 3);
  const [begun = ''] = three.map(({ requestId }) => requestId);
  stage.runcomfy.start(begun);
  const reply = await shows(interaction, 'Generating');
  const { moderator } = stage.discord.members;
  const pressed = stage.discord.press({ member: moderator, message: reply, customId: `cancel:${interaction.id}` });
  expect(await refusal(stage, pressed)).toBe('Cancelled: 2. These are being made, or made: 1.');
  await stage.bot.stop();
  await stage.start();
  stage.runcomfy.finish(begun);
  await showsPictures(interaction, [1]);
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  expect(words(replyOf(interaction))).toContain(`Cancelled by <@${moderator.user.id}>: 2. Nothing is charged for that`);
});

test('cancelled while all are queued it is cancelled as a whole, and counts against nothing', async () => {
  const { member, interaction } = ask('a harbour never begun', 5);
  const five = await requests(stage, 'a harbour never begun', 5);
  const reply = await shows(interaction, 'In the queue');
  stage.discord.press({ member, message: reply, customId: `cancel:${interaction.id}` });
  await shows(interaction, 'Cancelled');
  expect(five.every(({ state }) => state === 'cancelled')).toBe(true);
  expect(five.map(({ polls }) => polls.cancel)).toEqual([1, 1, 1, 1, 1]);
  await expect.poll(() => usedToday(member), { timeout: PATIENCE }).toBe(0);
});

test('cancelled when all have begun it is too late, and all of them come', async () => {
  const { member, interaction } = ask('a harbour too late', 3);
  const three = await requests(stage, 'a harbour too late', 3);
  const reply = await shows(interaction, 'In the queue');
  for (const { requestId } of three) stage.runcomfy.start(requestId);
  const pressed = stage.discord.press({ member, message: reply, customId: `cancel:${interaction.id}` });
  expect(await refusal(stage, pressed)).toContain('Too late to cancel');
  for (const { requestId } of three) stage.runcomfy.finish(requestId);
  await gallery(interaction);
  await showsPictures(interaction, [1, 2, 3]);
  expect(await usedToday(member)).toBe(3);
});
