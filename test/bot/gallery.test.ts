/** The gallery: every picture once, in order, in messages that Discord takes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Message } from '../../playground/discord/stand-in.ts';
import type { Behaviour, StandInJob } from '../../playground/runcomfy/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import {
  expectCleanConduct,
  facts,
  gallery,
  pictureEmbeds,
  pictureNumbers,
  replyOf,
  shows,
  wholeGallery,
} from '../support/waiting.ts';

let stage: Stage;
const jobs = new Map<string, { interaction: Interaction; job: StandInJob }>();

const ORDERS = {
  'a lone lighthouse': 1,
  'a lone lighthouse in a list': 1,
  'ten lighthouses': 10,
  'eleven lighthouses': 11,
  'fifteen lighthouses': 15,
  'lighthouses of which two are missing': 5,
  'no lighthouse at all': 3,
  'lighthouses listed twice': 3,
  'lighthouses that move': 2,
  'nothing but moving lighthouses': 2,
  'a lighthouse whose host stumbles': 4,
  'lighthouses behind redirects': 2,
  'lighthouses of which one comes damaged': 4,
};

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: {
      LIMIT_GUILD_ACTIVE_JOBS: '100',
      LIMIT_GUILD_DAILY_IMAGES: '1000',
    },
  });
  const { discord } = stage;
  // All are in the queue before the first is finished: their looks then fall together, and nobody waits for long.
  for (const [prompt, count] of Object.entries(ORDERS)) {
    const interaction = discord.command({
      member: discord.addMember(discord.guilds.home, { name: prompt }),
      channel: discord.addChannel(discord.guilds.home, { name: prompt }),
      name: 'seedream',
      options: { prompt: `${prompt}!`, count },
    });
    jobs.set(prompt, { interaction, job: await submitted(stage, `${prompt}!`) });
  }
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

/** Has RunComfy finish the job of a prompt with this behaviour of the service. */
async function finish(prompt: keyof typeof ORDERS, behaviour: Partial<Behaviour> = {}): Promise<Interaction> {
  const { interaction, job } = jobs.get(prompt) ?? {};
  if (interaction === undefined || job === undefined) throw new Error(`Nobody asked for ${prompt}`);
  const { runcomfy } = stage;
  const ordinary = { ...runcomfy.behaviour };
  // In one go: the other jobs are finished meanwhile, with a behaviour of their own.
  const set = runcomfy.setBehaviour(behaviour);
  runcomfy.finish(job.requestId);
  await Promise.all([set, runcomfy.setBehaviour(ordinary)]);
  return interaction;
}

/** Fails unless a message shows its pictures in groups of up to four that share an address no other group has. */
function expectGroups(messages: Message[]): void {
  const urls = messages.flatMap((message) => pictureEmbeds(message).map(({ url }) => url));
  const sizes = new Map(urls.map((url) => [url, urls.filter((other) => other === url).length]));
  expect(Math.max(...sizes.values())).toBeLessThanOrEqual(4);
  expect(urls.every((url) => typeof url === 'string' && url !== '')).toBe(true);
  for (const message of messages) {
    const own = [...Map.groupBy(pictureEmbeds(message), ({ url }) => url).values()].map(({ length }) => length);
    expect(own.length, 'as few groups as can be').toBe(Math.ceil(pictureEmbeds(message).length / 4));
    expect(Math.max(...own) - Math.min(...own), 'none alone under a grid').toBeLessThanOrEqual(1);
  }
}

/** Fails unless the embeds show the message's files, in the files' order, each described by the prompt. */
function expectShown(message: Message, prompt: string): void {
  const names = message.attachments.map(({ filename }) => filename);
  expect(pictureEmbeds(message).map(({ image }) => String(image?.url).split('/').at(-1))).toEqual(names);
  expect(message.attachments.every(({ inEmbed }) => inEmbed)).toBe(true);
  expect(new Set(message.attachments.map(({ description }) => description))).toEqual(new Set([`${prompt}!`]));
}

async function expectOnePicture(prompt: keyof typeof ORDERS): Promise<void> {
  const message = await gallery(await finish(prompt));
  expect(pictureNumbers(message)).toEqual([1]);
  expect(facts(message)[0]).toBe('1 of 1');
  expect(message.attachments[0]?.width).toBe(2560);
  expectShown(message, prompt);
}

test.concurrent('one picture, named alone', () => expectOnePicture('a lone lighthouse'));

test.concurrent('ten pictures stand in one message', async () => {
  const interaction = await finish('ten lighthouses');
  const messages = await wholeGallery(stage, interaction, 10);
  expect(messages.map(pictureNumbers)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
  expectGroups(messages);
});

test.concurrent.each([
  ['eleven lighthouses', 11],
  ['fifteen lighthouses', 15],
] as const)('%s stand in two messages, in order, each once', async (prompt, count) => {
  const interaction = await finish(prompt);
  const messages = await wholeGallery(stage, interaction, count);
  const [first, second] = messages;
  expect(messages).toHaveLength(2);
  expect(first).toBe(interaction.original);
  expect(messages.flatMap(pictureNumbers)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  expect(messages.every(({ attachments }) => attachments.length <= 10)).toBe(true);
  expectGroups(messages);
  for (const message of messages) expectShown(message, prompt);
  expect(second?.nonce, 'so that Discord posts it once').toBe(`${interaction.id}-2`);
  expect(second?.embeds[0]?.description).toContain(`<@${interaction.user.id}>`);
  // Each message says what stands once it does: the first one knows nothing of whether another will come.
  const inFirst = pictureNumbers(replyOf(interaction)).length;
  expect(facts(replyOf(interaction))[0]).toBe(`${inFirst} of ${count}`);
  expect(second && facts(second)[0]).toBe(`${count} of ${count}`);
});

test.concurrent('fewer pictures than asked for are delivered, and the message says so', async () => {
  const message = await gallery(await finish('lighthouses of which two are missing', { withheld: 2 }));
  expect(pictureNumbers(message)).toEqual([1, 2, 3]);
  expect(facts(message)[0]).toBe('3 of 5');
  expect(message.content).toContain('RunComfy made 3 of the 5 pictures');
});

test.concurrent('no picture at all is told, with what it may have cost', async () => {
  const interaction = await finish('no lighthouse at all', { withheld: 3 });
  const message = await shows(interaction, 'No pictures');
  expect(message.embeds[0]?.description).toMatch(/without a single picture.*\$0\.09.*stays counted/);
});

test.concurrent('a picture that is listed twice is posted once', async () => {
  const message = await gallery(await finish('lighthouses listed twice', { duplicates: 2 }));
  expect(pictureNumbers(message)).toEqual([1, 2, 3]);
  expect(facts(message)[0]).toBe('3 of 3');
  expect(message.content).toBe('');
});

test.concurrent('videos are links below the pictures', async () => {
  const message = await gallery(await finish('lighthouses that move', { videos: 2 }));
  expect(pictureNumbers(message)).toEqual([1, 2]);
  expect(message.content).toMatch(/^Videos: \[1\]\(<http:[^>]+\/1\.mp4>\) \[2\]\(<http:[^>]+\/2\.mp4>\)$/m);
});

test.concurrent('videos without pictures are delivered as links', async () => {
  const interaction = await finish('nothing but moving lighthouses', { videos: 1, withheld: 2 });
  await interaction.until(({ original }) => original?.content.includes('Videos: [1](<http') ?? false, 30_000);
  expect(facts(replyOf(interaction))[0]).toBe('0 of 2');
});

test.concurrent('a picture whose host fails twice is waited for, and the gallery is whole and in order', async () => {
  const prompt = 'a lighthouse whose host stumbles';
  const { job } = jobs.get(prompt) ?? {};
  const order = { call: 'asset', request: job?.requestId ?? '', number: 2, kind: 'http', status: 503 } as const;
  const fault = stage.runcomfy.failNext({ ...order, times: 2 });
  const interaction = await finish(prompt);
  const messages = await wholeGallery(stage, interaction, 4);
  expect(messages.map(pictureNumbers)).toEqual([[1, 2, 3, 4]]);
  expect(fault.applied).toBe(2);
  expect(replyOf(interaction).content).toBe('');
});

test.concurrent('a picture that is whole but damaged inside is posted as it is, and fetched once', async () => {
  const prompt = 'lighthouses of which one comes damaged';
  const { job } = jobs.get(prompt) ?? {};
  const order = { call: 'asset', request: job?.requestId ?? '', number: 3, kind: 'damaged' } as const;
  const fault = stage.runcomfy.failNext({ ...order, times: 2 });
  const interaction = await finish(prompt);
  const messages = await wholeGallery(stage, interaction, 4);
  expect(messages.map(pictureNumbers)).toEqual([[1, 2, 3, 4]]);
  expect(fault.applied).toBe(1);
});

test.concurrent('pictures behind redirects of their host are fetched without the token', async () => {
  const prompt = 'lighthouses behind redirects';
  const { job } = jobs.get(prompt) ?? {};
  const order = { call: 'asset', request: job?.requestId ?? '', kind: 'redirect', hops: 2 } as const;
  stage.runcomfy.failNext({ ...order, times: 2 });
  expect(pictureNumbers(await gallery(await finish(prompt)))).toEqual([1, 2]);
});

test('one picture, named in a list', async () => {
  await stage.runcomfy.setBehaviour({ onePictureAs: 'images' });
  await expectOnePicture('a lone lighthouse in a list');
});
