/** `private`: the reply, the gallery and every sentence are seen by the requester alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import {
  buttons,
  expectCleanConduct,
  pictureNumbers,
  refusal,
  shows,
  toldAlone,
  wholeGallery,
} from '../support/waiting.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { held: true }, environment: { LIMIT_USER_ACTIVE_JOBS: '2' } });
});

afterAll(async () => {
  const { discord } = stage;
  expect(discord.messages(discord.channels.general), 'what all members see').toEqual([]);
  expect(discord.messages(discord.channels.general, { as: discord.members.admin })).toEqual([]);
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

function ask(prompt: string, count: number): Interaction {
  const { discord } = stage;
  const { ana: member } = discord.members;
  const options = { prompt, count, private: true };
  return discord.command({ member, channel: discord.channels.general, name: 'seedream', options });
}

test('fifteen private pictures come in two messages that only the requester sees', async () => {
  const interaction = ask('a secret garden', 15);
  const { requestId } = await submitted(stage, 'a secret garden');
  const queued = await shows(interaction, 'In the queue');
  expect(queued.visibleTo).toBe(interaction.user);
  expect(buttons(queued)).toEqual(['Cancel', 'Tell me when done']);
  stage.runcomfy.finish(requestId);
  const messages = await wholeGallery(stage, interaction, 15);
  expect(messages).toHaveLength(2);
  expect(messages[0]).toBe(interaction.original);
  expect(messages.flatMap(pictureNumbers)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  expect(messages.map(({ visibleTo }) => visibleTo)).toEqual([interaction.user, interaction.user]);
  expect(stage.discord.messages(interaction.channel, { as: interaction.user })).toEqual(messages);
});

test('a private job can be cancelled, and one too many is refused, without a trace for others', async () => {
  const first = ask('a secret cave', 1);
  await submitted(stage, 'a secret cave');
  const message = await shows(first, 'In the queue');
  ask('a secret lake', 1);
  await submitted(stage, 'a secret lake');
  expect(await refusal(stage, ask('a secret too many', 1))).toContain('2 of 2 jobs running');
  const pressed = stage.discord.press({
    member: stage.discord.members.ana,
    message,
    customId: `cancel:${first.id}`,
  });
  await shows(first, 'Cancelled');
  expect(toldAlone(pressed)).toEqual([]);
});
