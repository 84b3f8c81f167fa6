/** Pictures that are heavier than Discord takes: lighter copies with links to the originals, and more messages. */
import { expect, test } from 'vitest';
import { createStage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import {
  expectCleanConduct,
  pictureEmbeds,
  pictureNumbers,
  refusal,
  replyOf,
  wholeGallery,
} from '../support/waiting.ts';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

test('files above the limit of the interaction are made lighter, and the message links to the originals', async () => {
  const limit = 300 * KIBIBYTE;
  await using stage = await createStage({
    discord: { attachmentSizeLimit: limit },
    runcomfy: { speed: 100, pictureBytes: MEBIBYTE },
  });
  const { discord, runcomfy } = stage;
  const interaction = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'a heavy stone', count: 12, size: '2048:2048 (1:1)' },
  });
  const job = await submitted(stage, 'a heavy stone');
  const messages = await wholeGallery(stage, interaction, 12);
  for (const message of messages) {
    for (const { size, width, height } of message.attachments) {
      expect(size).toBeLessThanOrEqual(limit);
      expect([width, height]).toEqual([2048, 2048]);
    }
    const links = [...message.content.matchAll(/\[(\d+)\]\(<([^>]+)>\)/g)].map(([, number, url]) => [number, url]);
    expect(links).toEqual(pictureNumbers(message).map((number) => [String(number), job.images[number - 1]]));
  }
  expect(replyOf(interaction).content).toContain('Originals:');
  expect(runcomfy.leakedTokens).toEqual([]);
  expectCleanConduct(stage);
});

test('pictures that together pass the size of a request are spread over more messages, in order', async () => {
  await using stage = await createStage({
    runcomfy: { speed: 100, pictureBytes: 7 * MEBIBYTE },
    environment: { LIMIT_USER_DAILY_IMAGES: '7' },
  });
  const { discord } = stage;
  const order = { member: discord.members.ana, channel: discord.channels.general, name: 'seedream' };
  const interaction = discord.command({ ...order, options: { prompt: 'seven whales', count: 7 } });
  const messages = await wholeGallery(stage, interaction, 7);
  expect(messages.map(pictureNumbers)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  expect(messages.flatMap(({ attachments }) => attachments).every(({ size }) => size === 7 * MEBIBYTE)).toBe(true);
  expect(messages.flatMap(pictureEmbeds)).toHaveLength(7);
  expect(messages.map(({ content }) => content)).toEqual(['', '', '']);
  const next = discord.command({ ...order, options: { prompt: 'one more', count: 1 } });
  expect(await refusal(stage, next)).toContain('You have used 7 of your 7 pictures');
  expectCleanConduct(stage);
});
