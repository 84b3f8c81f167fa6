/** "Edit with Seedream" in the menu of a message: a form on its pictures, whoever's they are. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Interaction, Message } from '../../../playground/discord/stand-in.ts';
import { LOCALES, translate } from '../../../src/languages/languages.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { pictureFile } from '../../support/given-pictures.ts';
import { submitted, submits } from '../../support/runcomfy.ts';
import { expectCleanConduct, gallery, refusal, replyOf } from '../../support/waiting.ts';

const t = translate('en-US');
const NAME = 'Edit with Seedream';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
});
afterEach(() => {
  expectCleanConduct(stage);
});
afterAll(() => stage[Symbol.asyncDispose]());

/** A message of Ben's with files of these names. */
async function said(...names: string[]): Promise<Message> {
  const { discord } = stage;
  const files = await Promise.all(names.map((name) => pictureFile(name)));
  return discord.say({ member: discord.members.ben, channel: discord.channels.general, content: 'look', files });
}

/** What Ana is answered with who uses the command on it. */
async function use(message: Message): Promise<Interaction> {
  const used = stage.discord.messageCommand({ member: stage.discord.members.ana, message, name: NAME });
  await used.acknowledged();
  return used;
}

test('it has a name in every language, and is there in servers alone', () => {
  const command = stage.discord.commands().find(({ name }) => name === NAME);
  expect(command).toMatchObject({ type: 3, contexts: [0], integration_types: [0] });
  expect(Object.keys(command?.name_localizations ?? {}).sort()).toEqual([...LOCALES].sort());
});

test('the form has the pictures of the message, all of them chosen; what is sent starts from those that stay so', async () => {
  const message = await said('one.png', 'two.jpg', 'three.webp');
  const used = await use(message);
  const pictures = used.modal?.components.find(({ component }) => component?.custom_id === 'pictures')?.component;
  expect(pictures?.options?.map((option) => option.default)).toEqual([true, true, true]);
  expect(pictures).toMatchObject({ required: true, min_values: 1, max_values: 3 });
  const values = { prompt: 'by candlelight', count: '2', size: '2048:2048 (1:1)', pictures: ['1', '3'] };
  const sent = stage.discord.submitModal({ interaction: used, values });
  const job = await submitted(stage, 'by candlelight');
  expect(job.body).toMatchObject({
    text: 'Generate 2 images: by candlelight',
    image_size: '2048:2048 (1:1)',
    images: [expect.stringContaining('one.png?ex='), expect.stringContaining('three.webp?ex=')],
  });
  const shown = await gallery(sent);
  expect(JSON.stringify(shown.embeds)).toContain('from 2 pictures');
  expect(shown.visibleTo).toBeNull();
});

test('of a message with one picture there is none to choose', async () => {
  const used = await use(await said('only.png'));
  expect(JSON.stringify(used.modal)).not.toContain('"pictures"');
  stage.discord.submitModal({ interaction: used, values: { prompt: 'under water', count: '1' } });
  const job = await submitted(stage, 'under water');
  expect(job.body).toMatchObject({ images: [expect.stringContaining('only.png?ex=')] });
});

test("the bot's own galleries have their pictures in embeds", async () => {
  const { discord } = stage;
  const first = discord.command({
    member: discord.members.ben,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'two lanterns', count: 2 },
  });
  const used = await use(await gallery(first));
  stage.discord.submitModal({ interaction: used, values: { prompt: 'in the rain', count: '1', pictures: ['2'] } });
  const job = await submitted(stage, 'in the rain');
  expect(job.body).toMatchObject({ images: [expect.stringContaining(`seedream-${first.id}-2.`)] });
});

test('a message without pictures is told as that, and so is one whose pictures are elsewhere', async () => {
  const { discord } = stage;
  const words = await use(await said());
  expect(await refusal(stage, words)).toBe(t('references.none'));
  const elsewhere = discord.say({
    member: discord.members.ben,
    channel: discord.channels.general,
    embeds: [{ title: 'a page', image: { url: 'https://example.com/picture.png' } }],
  });
  expect(await refusal(stage, await use(elsewhere))).toBe(t('references.none'));
});

test('a picture of another kind is refused when it is sent; what was typed is given back', async () => {
  const { discord } = stage;
  const file = { ...(await pictureFile('party.png')), name: 'party.gif' };
  const message = discord.say({ member: discord.members.ben, channel: discord.channels.general, files: [file] });
  const used = await use(message);
  const sent = discord.submitModal({ interaction: used, values: { prompt: 'a slower party', count: '1' } });
  expect(await refusal(stage, sent)).toContain(t('references.format', { number: 1 }));
  const edit = discord.press({
    member: discord.members.ana,
    message: replyOf(sent),
    customId: `edit:${sent.id}`,
  });
  await edit.acknowledged();
  expect(JSON.stringify(edit.modal)).toContain('a slower party');
  expect(submits(stage, 'a slower party')).toBe(0);
});

test('pictures that are blurred stay so', async () => {
  const used = await use(await said('SPOILER_ending.png'));
  const sent = stage.discord.submitModal({ interaction: used, values: { prompt: 'another ending', count: '1' } });
  await sent.until(({ original }) => (original?.attachments.length ?? 0) > 0, 45_000);
  const message = replyOf(sent);
  expect(message.attachments.every(({ spoiler }) => spoiler)).toBe(true);
  expect(message.versions.flatMap(({ embeds }) => embeds).some(({ thumbnail }) => thumbnail)).toBe(false);
});

test('a form that was opened before a restart is told as that, with what was typed', async () => {
  const used = await use(await said('one.png', 'two.png'));
  await stage.bot.stop();
  await stage.start();
  const sent = stage.discord.submitModal({ interaction: used, values: { prompt: 'after the restart', count: '1' } });
  expect(await refusal(stage, sent)).toContain(t('references.formLost'));
  expect(JSON.stringify(replyOf(sent).embeds)).toContain('after the restart');
  expect(submits(stage, 'after the restart')).toBe(0);
});
