/** A request that is refused is given back: what was typed, and buttons that mend it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Message } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { jobsOf } from '../support/runcomfy.ts';
import { buttons, expectCleanConduct, gallery, PATIENCE, replyOf } from '../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: { LIMIT_USER_DAILY_IMAGES: '90' } });
});
afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

type Options = Record<string, string | number | boolean>;

/** The private message by which a request is refused. */
async function refused(options: Options): Promise<Message> {
  const { discord } = stage;
  const [member, channel] = [discord.members.ana, discord.channels.general];
  const interaction = discord.command({ member, channel, name: 'seedream', options });
  await interaction.until(() => interaction.original !== null, PATIENCE);
  const message = replyOf(interaction);
  expect(message.visibleTo).toBe(interaction.user);
  expect(message.embeds[0]?.description, 'what was typed').not.toBe('');
  return message;
}

function press(message: Message, label: string): Interaction {
  const button = message.components.flatMap((row) => row.components ?? []).find((each) => each.label === label);
  const { discord } = stage;
  return discord.press({ member: discord.members.ana, message, customId: button?.custom_id ?? '' });
}

test('a number that may be meant or not is asked about, and the answer starts the job that was asked for', async () => {
  const prompt = 'a wall of 12 *framed* photos \\o/';
  const message = await refused({ prompt, seed: 41, size: '2048:2048 (1:1)', quality: 'standard' });
  expect(message.content).toContain('12 may be the number');
  expect(message.embeds[0]?.description).toContain('framed');
  expect(buttons(message)).toEqual(['Make 3', 'Make 12', 'Edit']);
  expect(jobsOf(stage, prompt)).toEqual([]);
  await gallery(press(message, 'Make 3'));
  const [job] = jobsOf(stage, prompt);
  expect(job?.seed).toBe(41);
  expect(job?.input).toMatchObject({ text: `Generate 3 images: ${prompt}`, images: 3, width: 2048, standard: true });
});

test('the buttons work after a restart, and a private request stays private', async () => {
  const prompt = 'a desk with 5 photos';
  const message = await refused({ prompt, private: true });
  await stage.bot.stop();
  await stage.start();
  const pressed = press(message, 'Make 5');
  const posted = await gallery(pressed);
  expect(posted.visibleTo).toBe(pressed.user);
  expect(jobsOf(stage, prompt)[0]?.input).toMatchObject({ images: 5 });
});

test('a request that was to be seen by all is seen by all when it is answered', async () => {
  const posted = await gallery(press(await refused({ prompt: 'Pixel 8 photos of a fjord' }), 'Make 8'));
  expect(posted.visibleTo ?? null).toBeNull();
});

test.each<[string, Options, string[]]>([
  ['the one sure number', { prompt: '4 images of a room with 7 pictures on the wall' }, ['Make 4', 'Edit']],
  ['each of two that contradict', { prompt: '5 images of kites', count: 4 }, ['Make 4', 'Make 5', 'Edit']],
  ['none where no number can help', { prompt: '4 photos of dogs and 4 photos of cats' }, ['Edit']],
  ['as many as a job can have', { prompt: '20 images of kites' }, ['Make 15 instead', 'Edit']],
  ['to leave out what is not known', { prompt: 'kites --no birds --v 6' }, ['Make it without', 'Edit']],
])('offered is %s', async (_what, options, labels) => {
  expect(buttons(await refused(options))).toEqual(labels);
});

test('the number that is chosen takes the place of the one in the prompt', async () => {
  await gallery(press(await refused({ prompt: '5 images of paper kites', count: 3 }), 'Make 3'));
  const [job] = jobsOf(stage, '3 images of paper kites');
  expect(job?.input).toMatchObject({ text: '3 images of paper kites', images: 3 });
});

test('flags that are known are read as the options they mean, and their member alone is told', async () => {
  const { discord } = stage;
  const [member, channel] = [discord.members.ana, discord.channels.general];
  const options = { prompt: 'a tall lighthouse --ar 9:16 --seed 41', count: 1 };
  const interaction = discord.command({ member, channel, name: 'seedream', options });
  await gallery(interaction);
  const [job] = jobsOf(stage, 'a tall lighthouse');
  expect(job?.input).toMatchObject({ text: 'Generate 1 image: a tall lighthouse', width: 1440, height: 2560 });
  expect(job?.seed).toBe(41);
  await interaction.until(({ followUps }) => followUps.length > 0, PATIENCE);
  const [told] = interaction.followUps;
  expect(told?.content).toBe('Read from your prompt as options: Portrait 9:16, seed 41.');
  expect(told?.visibleTo).toBe(interaction.user);
});

test('flags that nobody knows are named before anything is sent, and can be left out', async () => {
  const message = await refused({ prompt: 'quiet dunes --no people, cars --ar 1:1 --v 6', count: 1 });
  expect(message.content).toContain('--no, --v');
  expect(message.embeds[0]?.description).toContain('quiet dunes');
  expect(jobsOf(stage, 'quiet dunes')).toEqual([]);
  await gallery(press(message, 'Make it without'));
  const [job] = jobsOf(stage, 'quiet dunes');
  expect(job?.input).toMatchObject({ text: 'Generate 1 image: quiet dunes', width: 2048, height: 2048 });
});

test('Edit opens what was refused filled in, the number of pictures among those that can be', async () => {
  const message = await refused({
    prompt: '4 photos of dogs and 4 photos of cats',
    spoiler: true,
    seed: 41,
    size: '1440:2560 (9:16)',
    quality: 'standard',
  });
  const edit = press(message, 'Edit');
  await edit.acknowledged();
  expect(JSON.stringify(edit.modal)).toContain('4 photos of dogs and 4 photos of cats');
  const [, count] = edit.modal?.components.map(({ component }) => component) ?? [];
  expect(count?.options?.map(({ value }) => value)).toEqual(
    Array.from({ length: 15 }, (_, index) => String(index + 1)),
  );
  const parts = edit.modal?.components.map(({ component }) => component) ?? [];
  expect(
    parts.map((part) => part?.value ?? part?.options?.find((each) => each.default)?.value),
    'prompt, count, size, quality and seed',
  ).toEqual(['4 photos of dogs and 4 photos of cats', '3', '1440:2560 (9:16)', 'standard', '41']);
  const prompt = '8 photos, half of dogs and half of cats';
  const values = { prompt, count: '8', size: '2560:1440 (16:9)' };
  const sent = stage.discord.submitModal({ interaction: edit, values });
  await sent.until(() => sent.original?.attachments.length === 8, PATIENCE);
  expect(jobsOf(stage, prompt)[0]?.input).toMatchObject({ text: prompt, images: 8, width: 2560, standard: true });
  expect(jobsOf(stage, prompt)[0]?.seed).toBe(41);
  expect(replyOf(sent).attachments[0]?.filename).toMatch(/^SPOILER_/);
});

test('backslashes survive Again, Edit and Seed', async () => {
  const prompt = String.raw`a path C:\new\(old) \*not bold\* ¯\_(ツ)_/¯ \\`;
  const { discord } = stage;
  const [member, channel] = [discord.members.ana, discord.channels.general];
  const first = discord.command({ member, channel, name: 'seedream', options: { prompt, count: 1 } });
  const message = await gallery(first);
  await gallery(press(message, 'Again'));
  const edit = press(message, 'Edit');
  await edit.acknowledged();
  const [field] = edit.modal?.components.map(({ component }) => component) ?? [];
  expect(field?.value).toBe(prompt);
  const seed = press(message, 'Seed');
  await seed.until(() => seed.original !== null, PATIENCE);
  expect(replyOf(seed).content).toContain(`prompt:${prompt} count:1`);
  expect(jobsOf(stage, prompt)).toHaveLength(2);
});
