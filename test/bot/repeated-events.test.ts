/** An interaction that comes twice is handled once. */
import { expect, test } from 'vitest';
import { createStage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { expectCleanConduct, refusal, shows, toldAlone, wholeGallery } from '../support/waiting.ts';

test('a command that the gateway sends again, now and after a restart, makes one job', async () => {
  await using stage = await createStage({ quick: true, discord: { identifyWindowMs: 100 }, runcomfy: { held: true } });
  const { discord, runcomfy } = stage;
  const { ana: member } = discord.members;
  const order = { member, channel: discord.channels.general, name: 'seedream' };
  const interaction = discord.command({ ...order, options: { prompt: 'once is enough', count: 2 } });
  discord.replay(interaction);
  const { requestId } = await submitted(stage, 'once is enough');
  await shows(interaction, 'In the queue');
  discord.replay(interaction);
  // What comes after it on the same connection has been handled: so has the replay.
  const other = discord.command({ ...order, options: { prompt: 'Generate 3 images', count: 4 } });
  await refusal(stage, other);
  expectCleanConduct(stage);

  await stage.bot.stop();
  await stage.start();
  discord.replay(interaction);
  await stage.bot.wrote('answered too late or elsewhere');
  runcomfy.finish(requestId);
  expect(await wholeGallery(stage, interaction, 2)).toHaveLength(1);
  expect(runcomfy.submits).toBe(1);
  expect(discord.messages(interaction.channel)).toHaveLength(1);
  expect(toldAlone(interaction)).toEqual([]);
});

test('a press that the gateway sends again asks RunComfy once', async () => {
  await using stage = await createStage({ quick: true, discord: { identifyWindowMs: 100 }, runcomfy: { held: true } });
  const { discord } = stage;
  const { ana: member } = discord.members;
  const order = { member, channel: discord.channels.general, name: 'seedream' };
  const interaction = discord.command({ ...order, options: { prompt: 'pressed twice', count: 1 } });
  const job = await submitted(stage, 'pressed twice');
  const message = await shows(interaction, 'In the queue');
  const pressed = discord.press({ member, message, customId: `cancel:${interaction.id}` });
  discord.replay(pressed);
  await shows(interaction, 'Cancelled');
  expect(job.polls.cancel).toBe(1);
  expect(toldAlone(pressed)).toEqual([]);
  expectCleanConduct(stage);
});
