/** What a call that failed says of whether Discord may take its message yet, and by which nonce a message is one and the same. */
import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { ReplyTrouble } from '../../../src/services/discord/faults.ts';
import { createMessageCall } from '../../../src/services/discord/message/message-call.ts';
import { createNewMessage } from '../../../src/services/discord/message/new-message.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const CLOUDFLARE = new DiscordAPIError(
  { code: 40333, message: 'internal network error' },
  40333,
  403,
  'POST',
  'https://discord.com',
  {},
);

function createCall(answer: () => Promise<unknown>) {
  const way = { patch: answer, post: answer };
  return createMessageCall({ rest: way, botRest: way, clock: createVirtualClock(), log: createSilentLog() });
}

test.each([
  ['by the bot’s token may have been taken at a try before, as discord.js makes more than one', true],
  ['by the interaction’s token, which is tried once, was not', false],
])('what a proxy refused %s', async (_, asBot) => {
  const call = createCall(() => Promise.reject(CLOUDFLARE));
  const made = call(sampleJob(), { method: 'post', route: '/channels/1/messages', message: { content: 'a' }, asBot });
  await expect(made).rejects.toBeInstanceOf(ReplyTrouble);
  await expect(made).rejects.toMatchObject({ unanswered: asBot, mayBeTaken: asBot });
});

test('a line that is told as a message of its own is not taken for the next one with pictures', async () => {
  const nonces: unknown[] = [];
  const { inChannel } = createNewMessage({
    call: (_job, { extra }) => {
      nonces.push((extra as { nonce: string }).nonce);
      return Promise.resolve({ closed: 'no_access' });
    },
    botRest: { get: () => Promise.reject(CLOUDFLARE), post: () => Promise.reject(CLOUDFLARE) },
    botUser: () => Promise.resolve('1'),
    elsewhere: () => '',
  });
  const job = sampleJob();
  const picture = { name: `seedream-${job.id}-1.png`, data: [Buffer.from('bytes')], description: 'a picture' };
  await inChannel(job, 2, { content: '3 pictures could not be fetched', embeds: [] }, false);
  await inChannel(job, 2, { embeds: [], files: [picture] }, false);
  await inChannel(job, 2, { content: '3 pictures could not be fetched', embeds: [] }, false);
  expect(new Set(nonces).size).toBe(2);
  expect(nonces[0]).toBe(nonces[2]);
  // Discord takes 25 characters. Source: Discord, message resource, "Create Message".
  expect(Math.max(...nonces.map((nonce) => String(nonce).length))).toBeLessThanOrEqual(25);
});
