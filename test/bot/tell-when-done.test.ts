/** A long job's member can choose to be told when it is done: by a direct message that notifies nobody. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage, type Stage } from '../support/bot.ts';
import { press, privateAnswer } from '../support/private-answers.ts';
import { submitted } from '../support/runcomfy.ts';
import { buttons, expectCleanConduct, PATIENCE, shows, wholeGallery } from '../support/waiting.ts';

/** Discord's flag of a message that pushes no notification. */
const SILENT = 1 << 12;

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { held: true } });
});
afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

test('whoever wished it is told once, without a ping, and nobody else can wish it', async () => {
  const { discord, runcomfy } = stage;
  const { ana, ben } = discord.members;
  const order = { member: ana, channel: discord.channels.general, name: 'seedream' };
  const interaction = discord.command({ ...order, options: { prompt: 'a long *panorama*', count: 15 } });
  const { requestId } = await submitted(stage, 'a long *panorama*');
  const reply = await shows(interaction, 'In the queue');
  expect(buttons(reply)).toContain('Tell me when done');
  expect((await privateAnswer(press(stage, ben, reply, 'tell:'))).content).toContain('Only the person who asked');
  for (let times = 1; times <= 2; times += 1) {
    expect((await privateAnswer(press(stage, ana, reply, 'tell:'))).content).toContain('without a ping');
  }
  runcomfy.finish(requestId);
  await wholeGallery(stage, interaction, 15);
  await discord.until(() => discord.directMessages(ana.user).length > 0, PATIENCE);
  const [told, ...others] = discord.directMessages(ana.user);
  expect(others).toEqual([]);
  expect(told?.content).toBe(
    `Your pictures are done: a long \\*panorama\\*\nhttps://discord.com/channels/${discord.guilds.home.id}/${discord.channels.general.id}/${reply.id}`,
  );
  expect((told?.flags ?? 0) & SILENT).toBe(SILENT);
  expect(discord.directMessages(ben.user)).toEqual([]);
});

test('a short job has no such button', async () => {
  const { discord } = stage;
  const order = { member: discord.members.ben, channel: discord.channels.general, name: 'seedream' };
  const interaction = discord.command({ ...order, options: { prompt: 'a quick sketch', count: 1 } });
  expect(buttons(await shows(interaction, 'In the queue'))).toEqual(['Cancel']);
});
