/** A gallery's own pictures, and files, as what the next job starts from: Edit, "Use picture ...", Again. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Component, Interaction, Message } from '../../../playground/discord/stand-in.ts';
import { translate } from '../../../src/languages/languages.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { pictureFile } from '../../support/given-pictures.ts';
import { privateAnswer, turn } from '../../support/private-answers.ts';
import { jobsOf, submitted, submits } from '../../support/runcomfy.ts';
import { expectCleanConduct, gallery, refusal, replyOf, wholeGallery } from '../../support/waiting.ts';

const t = translate('en-US');

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
});
afterEach(() => {
  expectCleanConduct(stage);
});
afterAll(() => stage[Symbol.asyncDispose]());

function ask(options: Record<string, string | number | boolean>): Interaction {
  const { discord } = stage;
  return discord.command({ member: discord.members.ana, channel: discord.channels.general, name: 'seedream', options });
}

function press(message: Message, action: string): Interaction {
  const all = message.components.flatMap(({ components = [] }) => components);
  const customId = all.find(({ custom_id }) => custom_id?.startsWith(`${action}:`))?.custom_id ?? '';
  return stage.discord.press({ member: stage.discord.members.ana, message, customId });
}

function selectIn(message: Message): Component | undefined {
  return message.components.flatMap(({ components = [] }) => components).find(({ type }) => type === 3);
}

/** The form that choosing a picture opens. */
async function use(message: Message, picture: number): Promise<Interaction> {
  const customId = selectIn(message)?.custom_id ?? '';
  const member = stage.discord.members.ana;
  const chosen = stage.discord.select({ member, message, customId, values: [String(picture)] });
  await chosen.acknowledged();
  return chosen;
}

const imagesOf = (job: { body: unknown } | undefined) => (job?.body as { images?: string[] } | undefined)?.images;

test('Edit may start from pictures of the gallery and from files: ten of them, and not one more', async () => {
  const { discord } = stage;
  const first = ask({ prompt: 'two tall ships', count: 2 });
  const edit = press(await gallery(first), 'edit');
  await edit.acknowledged();
  const files = await Promise.all(Array.from({ length: 9 }, (_, index) => pictureFile(`file-${index}.png`)));
  const values = { prompt: 'ships in a bottle', count: '5', pictures: ['2'] };
  const sent = discord.submitModal({ interaction: edit, values: { ...values, files } });
  const job = await submitted(stage, 'ships in a bottle');
  expect(imagesOf(job)).toEqual([
    expect.stringContaining(`seedream-${first.id}-2.`),
    ...files.map(({ name }) => expect.stringContaining(name) as string),
  ]);
  await gallery(sent);
  expect(job.references).toHaveLength(10);
  const again = press(replyOf(first), 'edit');
  await again.acknowledged();
  const eleven = [...files, await pictureFile('file-9.png')];
  const refused = discord.submitModal({
    interaction: again,
    values: { ...values, prompt: 'a fleet in a bottle', files: eleven },
  });
  expect(await refusal(stage, refused)).toContain(t('references.too_many', { given: 11, max: 10 }));
  expect(submits(stage, 'a fleet in a bottle')).toBe(0);
});

test('Edit with nothing chosen starts from no picture', async () => {
  const edit = press(await gallery(ask({ prompt: 'a plain barn', count: 1 })), 'edit');
  await edit.acknowledged();
  stage.discord.submitModal({ interaction: edit, values: { prompt: 'a plain shed' } });
  const job = await submitted(stage, 'a plain shed');
  expect(job.model.id).toBe('bytedance/seedream-4-0/sequential');
});

test('"Use picture" opens the form that starts from that one, of each message of a gallery', async () => {
  const first = ask({ prompt: 'many small boats', count: 12 });
  const [one, two] = await wholeGallery(stage, first, 12);
  await first.until(() => selectIn(one as Message) !== undefined && selectIn(two as Message) !== undefined, 45_000);
  expect(selectIn(one as Message)?.options?.map(({ value }) => value)).toEqual(['1', '2', '3', '4', '5', '6']);
  for (const [message, picture] of [
    [one, 3],
    [two, 9],
  ] as const) {
    const opened = await use(message as Message, picture);
    expect(JSON.stringify(opened.modal)).toContain('many small boats');
    const prompt = `boat ${picture} by night`;
    const sent = stage.discord.submitModal({ interaction: opened, values: { prompt, count: '1' } });
    expect(imagesOf(await submitted(stage, prompt))).toEqual([
      expect.stringMatching(new RegExp(`seedream-${first.id}-${picture}\\.\\w+\\?ex=`)),
    ]);
    await gallery(sent);
  }
});

test('Again starts from the same pictures, and so does Edit until others are chosen', async () => {
  const { discord } = stage;
  const given = { picture: await pictureFile('harbour.png'), picture2: await pictureFile('gull.png') };
  const { ana } = discord.members;
  const channel = discord.channels.general;
  const options = { prompt: 'a gull', count: 1, ...given };
  const first = discord.command({ member: ana, channel, name: 'seedream', options });
  const message = await gallery(first);
  await gallery(press(message, 'again'));
  const [one, two] = jobsOf(stage, 'a gull');
  expect(imagesOf(two)).toEqual(imagesOf(one));
  expect(imagesOf(one)).toHaveLength(2);
  const edit = press(message, 'edit');
  await edit.acknowledged();
  discord.submitModal({ interaction: edit, values: { prompt: 'an older gull' } });
  expect(imagesOf(await submitted(stage, 'an older gull'))).toEqual(imagesOf(one));
  const other = press(message, 'edit');
  await other.acknowledged();
  discord.submitModal({ interaction: other, values: { prompt: 'a gull of its own', pictures: [] } });
  expect(imagesOf(await submitted(stage, 'a gull of its own'))).toBeUndefined();
  const seed = press(message, 'seed');
  await seed.until(({ original }) => original?.content.includes(t('seed.pictures', { count: 2 })) ?? false);
});

test('a job that started from pictures is asked for again by anybody; its record alone knows which', async () => {
  const { discord } = stage;
  const { ana, ben } = discord.members;
  const channel = discord.channels.general;
  const options = { prompt: 'a heron', count: 1, picture: await pictureFile('pond.png') };
  const message = await gallery(discord.command({ member: ana, channel, name: 'seedream', options }));
  const again = message.components.flatMap(({ components = [] }) => components)[0]?.custom_id ?? '';
  await gallery(discord.press({ member: ben, message, customId: again }));
  // What is deleted is not asked for again.
  const privacy = await privateAnswer(discord.command({ member: ana, channel, name: 'privacy' }));
  await turn(stage, ana, privacy, 'erase:');
  await turn(stage, ana, privacy, 'erasenow:');
  const before = submits(stage, 'a heron');
  const late = discord.press({ member: ben, message, customId: again });
  expect(await refusal(stage, late)).toContain(t('references.forgotten'));
  expect(submits(stage, 'a heron')).toBe(before);
});
