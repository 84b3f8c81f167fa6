/** A message of a gallery whose id could not be written is found among its channel's. */
import { expect, test } from 'vitest';
import { findPosted } from '../../../src/services/discord/message/find-posted.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

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
