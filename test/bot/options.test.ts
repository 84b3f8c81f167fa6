/** Everything a member can choose reaches RunComfy as chosen, and is shown. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import type { StandInJob } from '../../playground/runcomfy/stand-in.ts';
import { LOCALES } from '../../src/languages/languages.ts';
import { QUALITIES, SIZES } from '../../src/services/models/seedream.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { expectCleanConduct, facts, gallery, replyOf, shows, title } from '../support/waiting.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: {
      LIMIT_GUILD_ACTIVE_JOBS: '100',
      LIMIT_GUILD_DAILY_IMAGES: '1000',
      LIMIT_USER_ACTIVE_JOBS: '100',
      LIMIT_USER_DAILY_IMAGES: '1000',
    },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

/** What people call a shape. */
function shapeOf(size: string): string {
  const [width = 1, height = 1] = size.split(/[: ]/).map(Number);
  if (width < height) return 'Portrait';
  return width >= 2 * height ? 'Ultrawide' : 'Landscape';
}

type Options = { prompt: string } & Record<string, string | number | boolean>;

async function ask(options: Options): Promise<{ interaction: Interaction; job: StandInJob }> {
  const { discord } = stage;
  const { ana: member } = discord.members;
  const interaction = discord.command({ member, channel: discord.channels.general, name: 'seedream', options });
  return { interaction, job: await submitted(stage, options.prompt) };
}

test.concurrent.each(SIZES)('size %s', async (size) => {
  const { interaction, job } = await ask({ prompt: `a picture of ${size}`, count: 1, size });
  expect(job.body).toMatchObject({ image_size: size });
  stage.runcomfy.finish(job.requestId);
  const [width, height] = size.split(/[: ]/).map(Number);
  const message = await gallery(interaction);
  expect(message.attachments.map((file) => [file.width, file.height])).toEqual([[width, height]]);
  const [pixels = '', ratio = ''] = size.split(' ');
  expect(facts(message)).toContain(pixels.replace(':', '×'));
  expect(facts(message)[1]).toBe(ratio === '(1:1)' ? 'Square' : `${shapeOf(size)} ${ratio.replace(/[()]/g, '')}`);
});

test.concurrent.each(Array.from({ length: 15 }, (_, index) => index + 1))('count %i', async (count) => {
  const { interaction, job } = await ask({ prompt: `with option ${count}.`, count });
  expect(job.body).toMatchObject({
    text: `Generate ${count} ${count === 1 ? 'image' : 'images'}: with option ${count}.`,
    sequential_image_generation_options: count,
  });
  expect(title(await shows(interaction, 'In the queue'))).toContain(`· ${count} picture${count === 1 ? '' : 's'} ·`);
});

test.concurrent.each(QUALITIES)('quality %s', async (quality) => {
  const { job } = await ask({ prompt: `in ${quality}`, quality });
  expect(job.body).toMatchObject({ optimize_prompt_options: quality });
});

test.concurrent.each(['en-US', ...LOCALES].flatMap((locale) => QUALITIES.map((quality) => [locale, quality] as const)))(
  'choices that the client sends by their names, in %s: quality %s',
  async (locale, quality) => {
    const { discord } = stage;
    const prompt = `in ${locale}, by the name of ${quality}`;
    const member = discord.addMember(discord.guilds.home, { locale });
    const size = '1440:2560 (9:16)';
    const options = { prompt, quality, size };
    discord.command({
      member,
      channel: discord.channels.general,
      name: 'seedream',
      options,
      named: ['quality', 'size'],
    });
    const { body } = await submitted(stage, prompt);
    expect(body).toMatchObject({ optimize_prompt_options: quality, image_size: size });
  },
);

test.concurrent.each([0, 1, 2_147_483_647])('seed %i', async (seed) => {
  const { interaction, job } = await ask({ prompt: `from seed ${seed}.`, count: 1, seed });
  expect(job.body).toMatchObject({ seed });
  stage.runcomfy.finish(job.requestId);
  expect(facts(await gallery(interaction))).toContain(`seed ${seed}`);
});

test.concurrent('without options: three pictures of 16:9, fast, and a seed of the bot that is shown', async () => {
  const { interaction, job } = await ask({ prompt: 'as it comes' });
  expect(job.body).toMatchObject({
    text: 'Generate 3 images: as it comes',
    sequential_image_generation_options: 3,
    image_size: '2560:1440 (16:9)',
    optimize_prompt_options: 'fast',
  });
  const other = await ask({ prompt: 'once more' });
  expect(job.input.seed).toBeTypeOf('number');
  expect(other.job.input.seed).not.toBe(job.input.seed);
  stage.runcomfy.finish(job.requestId);
  expect(facts(await gallery(interaction))).toContain(`seed ${String(job.input.seed)}`);
});

test.concurrent.each([
  ['Generate 5 images of herons', undefined, 5],
  ['Generate seven pictures of herons', undefined, 7],
  ['Genera cinco imágenes de garzas', undefined, 5],
  ['Genera 6 imagenes de garzas', undefined, 6],
  ['Eine Serie: 2 Bilder von Reihern', undefined, 2],
  ['鷺の画像を4枚', undefined, 4],
  ['Generate 8 images of storks', 8, 8],
] as const)('a prompt that states its number is sent as it is: "%s"', async (prompt, count, expected) => {
  const { interaction, job } = await ask({ prompt, ...(count === undefined ? {} : { count }) });
  expect(job.body).toMatchObject({ text: prompt, sequential_image_generation_options: expected });
  expect(title(await shows(interaction, 'In the queue'))).toContain(`· ${expected} pictures ·`);
});

test.concurrent.each(['3 kittens', 'a view in 8k', 'the style of the 1980s', 'F1 cars'])(
  'a number that counts no pictures changes nothing: "%s"',
  async (prompt) => {
    const { job } = await ask({ prompt, count: 2 });
    expect(job.body).toMatchObject({ text: `Generate 2 images: ${prompt}`, sequential_image_generation_options: 2 });
  },
);

test.concurrent('the longest prompt that is offered always fits, whatever number is worded in', async () => {
  const definition = stage.discord.commands().find(({ name }) => name === 'seedream');
  const longest = definition?.options?.find(({ name }) => name === 'prompt')?.max_length ?? 0;
  const filled = (text: string) => text + 'é'.repeat(longest - text.length);
  const stated = filled('Generate 4 images of ');
  expect((await ask({ prompt: stated })).job.body).toMatchObject({ text: stated });
  const { interaction, job } = await ask({ prompt: filled('room for its number '), count: 15 });
  expect(job.input.text).toHaveLength(600);
  await shows(interaction, 'In the queue');
  expect(replyOf(interaction).embeds[0]?.description).toContain('room for its number');
});
