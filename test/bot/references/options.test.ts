/** Pictures to start from, given with `/seedream`: where they go, what is shown, what is refused before anything is paid. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../../playground/discord/stand-in.ts';
import { translate } from '../../../src/languages/languages.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { forgeCommand, pictureFile, type GivenFile, type SaidOfFile } from '../../support/given-pictures.ts';
import { jobsOf, submitted, submits } from '../../support/runcomfy.ts';
import { expectCleanConduct, gallery, PATIENCE, refusal, replyOf } from '../../support/waiting.ts';

const t = translate('en-US');

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
});
afterEach(() => {
  expectCleanConduct(stage);
});
afterAll(() => stage[Symbol.asyncDispose]());

function ask(options: Record<string, string | number | boolean | GivenFile>): Interaction {
  const { discord } = stage;
  return discord.command({ member: discord.members.ana, channel: discord.channels.general, name: 'seedream', options });
}

/** An attachment that would be taken. */
const fine = () => ({
  filename: 'hill.png',
  size: 1000,
  width: 640,
  height: 480,
  content_type: 'image/png',
  url: `http://127.0.0.1:${stage.discord.port}/cdn/attachments/1/2/hill.png`,
  proxy_url: 'https://media.discordapp.net/attachments/1/2/hill.png',
});

test('they go to the model that edits, by their addresses; reply, gallery and /history say so', async () => {
  const { discord } = stage;
  const prompt = 'a kite over the hill';
  const asked = ask({
    prompt,
    count: 2,
    picture: await pictureFile('hill.png'),
    picture3: await pictureFile('kite.webp'),
  });
  const message = await gallery(asked);
  const [job] = jobsOf(stage, prompt);
  expect(job?.model.id).toBe('bytedance/seedream-4-0/edit-sequential');
  expect(job?.body).toEqual({
    text: `Generate 2 images: ${prompt}`,
    sequential_image_generation_options: 2,
    image_size: '2560:1440 (16:9)',
    seed: expect.any(Number) as number,
    optimize_prompt_options: 'fast',
    images: [expect.stringMatching(/hill\.png\?ex=/), expect.stringMatching(/kite\.webp\?ex=/)],
  });
  expect(job?.references.map(({ width }) => width)).toEqual([64, 64]);
  const shown = [...message.versions.map(({ embeds }) => embeds)].filter((embeds) => embeds.length > 0);
  for (const embeds of shown) {
    expect(JSON.stringify(embeds)).toContain('from 2 pictures');
    expect(embeds[0]?.thumbnail).toMatchObject({
      url: expect.stringContaining('hill.png') as string,
      description: t('references.alt'),
    });
  }
  const history = discord.command({ member: discord.members.ana, channel: discord.channels.general, name: 'history' });
  await history.until(({ original }) => JSON.stringify(original?.embeds ?? []).includes('from 2 pictures'));
  expect(stage.bot.output(), 'no signature is logged').not.toMatch(/[?&]hm=/);
});

test.each<[string, SaidOfFile, string, Record<string, number>]>([
  ['a GIF', { content_type: 'image/gif' }, 'format', {}],
  ['a program that is called a picture', { content_type: 'application/x-msdownload' }, 'format', {}],
  ['a file of 11 MB', { size: 11_000_000 }, 'too_heavy', { max: 10 }],
  ['a picture of 60 megapixels', { width: 10_000, height: 6000 }, 'too_many_pixels', { max: 36 }],
  ['a strip', { width: 3300, height: 200 }, 'ratio', { max: 16 }],
  ['an address of another host', { url: 'https://example.com/attachments/1/2/hill.png' }, 'elsewhere', {}],
  ['an address of a metadata service', { url: 'http://169.254.169.254/hill.png' }, 'elsewhere', {}],
  ['an address without https', { url: 'http://cdn.discordapp.com/attachments/1/2/hill.png' }, 'elsewhere', {}],
  ['an expired address', { url: 'https://cdn.discordapp.com/attachments/1/2/hill.png?ex=66000000' }, 'expired', {}],
])('%s is refused to its member alone, and costs nothing', async (what, said, reason, values) => {
  const { discord } = stage;
  const place = { member: discord.members.ana, channel: discord.channels.general };
  const prompt = `a kite from ${what}`;
  const asked = forgeCommand(stage, { ...place, prompt, files: [fine(), { ...fine(), ...said }] });
  const sentence = t(`references.${reason as 'format'}`, { number: 2, ...values });
  expect(await refusal(stage, asked)).toContain(sentence);
  expect(submits(stage, prompt)).toBe(0);
});

test('of a file without type, width and height its name alone can tell', async () => {
  const { discord } = stage;
  const place = { member: discord.members.ana, channel: discord.channels.general };
  const bare = { filename: 'hill', size: 1000, url: fine().url.replace('.png', '') };
  const asked = forgeCommand(stage, { ...place, prompt: 'a kite from nothing', files: [bare] });
  expect(await refusal(stage, asked)).toContain(t('references.format', { number: 1 }));
});

test('they and the pictures to make are 15 at most: the member alone lowers the number, by a button', async () => {
  const { discord } = stage;
  const prompt = 'a crowd of kites';
  const files = {
    picture: await pictureFile('one.png'),
    picture2: await pictureFile('two.png'),
    picture3: await pictureFile('three.png'),
  };
  const asked = ask({ prompt, count: 13, ...files });
  const sentence = t('references.together', { given: 3, asked: 13, most: 15, max: 12 });
  expect(await refusal(stage, asked)).toContain(sentence);
  expect(submits(stage, prompt)).toBe(0);
  const pressed = discord.press({
    member: discord.members.ana,
    message: replyOf(asked),
    customId: `count12:${asked.id}`,
  });
  const job = await submitted(stage, prompt);
  expect(job.input.images).toBe(12);
  expect(job.body).toMatchObject({
    images: ['one', 'two', 'three'].map((name) => expect.stringContaining(`${name}.png?ex=`) as string),
  });
  await gallery(pressed);
});

test('a number that the prompt states is for its member to change', async () => {
  const prompt = '14 pictures of kites';
  const asked = ask({ prompt, picture: await pictureFile('one.png'), picture2: await pictureFile('two.png') });
  expect(await refusal(stage, asked)).toContain(t('references.together', { given: 2, asked: 14, most: 15, max: 13 }));
  expect(submits(stage, prompt)).toBe(0);
});

test.each([
  ['cannot fetch', 'Image 1: Failed to fetch the image: HTTP 404.', 'unreachable'],
  ['finds too large', 'Image 2: File size must be less than 10 MB.', 'unsuitable'],
  ['does not want to see', 'The input image may contain sensitive information.', 'moderated'],
] as const)('a picture that RunComfy %s is told as that, and given back', async (_, error, fault) => {
  const prompt = `a kite that is ${fault}`;
  stage.runcomfy.failNext({ call: 'submit', kind: 'failed', error });
  const asked = ask({ prompt, count: 1, picture: await pictureFile('hill.png') });
  const said = t(`failure.reference_${fault}`);
  await asked.until(({ original }) => JSON.stringify(original?.embeds ?? []).includes(said), PATIENCE);
  const message = replyOf(asked);
  expect(jobsOf(stage, prompt)[0]?.billed).toBe(false);
  // Edit begins with the same picture.
  const { discord } = stage;
  const edit = discord.press({ member: discord.members.ana, message, customId: `edit:${asked.id}` });
  await edit.acknowledged();
  expect(JSON.stringify(edit.modal)).toContain(t('edit.same', { count: 1 }));
});
