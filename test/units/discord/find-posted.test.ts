/** A message of a gallery whose id could not be written is found among its channel's. */
import { SnowflakeUtil } from 'discord.js';
import { expect, test } from 'vitest';
import { findPosted } from '../../../src/services/discord/message/find-posted.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

const HOUR = 60 * 60_000;
const BOT = '1574318983924940800';
const images = ['https://a.example/1.jpg', 'https://a.example/2.jpg'];
const posted = [{ number: 1, channelId: '1', messageId: '11', pictures: [1] }];
const job = sampleJob({
  // As an older version may have written it.
  finishedAt: NOON + 0.25,
  state: { name: 'completed', requestId: 'r', images, videos: [], posted, givenUp: false },
});

const message = (id: string, author: string, picture: number) => ({
  ...{ id, channel_id: '1', author: { id: author } },
  attachments: [{ id: `9${id}`, filename: `seedream-${job.id}-${picture}.jpg` }],
});

test.each([
  ['its own, which is not written yet', [message('11', BOT, 1), message('12', BOT, 2)], '12'],
  ['none of somebody else’s', [message('11', BOT, 1), message('12', '5', 2)], undefined],
])('%s', async (_, messages, found) => {
  const botRest = { get: () => Promise.resolve(messages) };
  const answer = await findPosted(job, '1', { botRest, botUser: () => Promise.resolve(BOT) });
  expect(answer?.messageId).toBe(found);
});

test('behind a page of others’ messages, though this machine’s clock is hours ahead of Discord’s', async () => {
  const asked = Date.parse('2026-11-20T12:00:00Z');
  const idAt = (ms: number) => String(SnowflakeUtil.generate({ timestamp: asked + ms }));
  const ahead = sampleJob({
    ...{ id: idAt(0), createdAt: asked + 2 * HOUR, finishedAt: asked + 2 * HOUR + 60_000 },
    state: { name: 'completed', requestId: 'r', images, videos: [], posted: [], givenUp: false },
  });
  const own = {
    ...message(idAt(61_000), BOT, 1),
    attachments: [{ id: '9', filename: `seedream-${ahead.id}-1.jpg` }],
  };
  const others = Array.from({ length: 100 }, (_, index) => message(idAt(100 * index), '5', 1));
  // What was said in the channel after a moment, the oldest first, a hundred at most.
  const get = (_: string, { query }: { query: URLSearchParams }) => {
    const after = BigInt(query.get('after') ?? 0);
    return Promise.resolve([...others, own].filter(({ id }) => BigInt(id) > after).slice(0, 100));
  };
  const botRest = { get } as unknown as Parameters<typeof findPosted>[2]['botRest'];
  const answer = await findPosted(ahead, '1', { botRest, botUser: () => Promise.resolve(BOT) });
  expect(answer?.messageId).toBe(own.id);
});
