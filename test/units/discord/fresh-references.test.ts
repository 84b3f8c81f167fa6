/** Addresses are made fresh by reading the bot's own messages, and nothing else; what cannot be had is said. */
import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { createReferenceReader } from '../../../src/services/discord/fresh-references.ts';
import type { Reference } from '../../../src/services/references/references.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const clock = createVirtualClock();
const HOUR = 60 * 60_000;
const FILE = 'https://cdn.discordapp.com/attachments/1/2/a.png';
const PLACE = { channelId: '1574318983924940806', messageId: '1574318983924940807' };
const until = (file: string, left: number) => `${file}?ex=${Math.floor((clock.now() + left) / 1000).toString(16)}`;

function apiError(code: number, status: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'no' }, code, status, 'GET', '/', { files: undefined, body: undefined });
}

/** What comes of references where a read of their message gives this, and how often it was read. */
async function fresh(references: Reference[], answer: () => unknown) {
  let reads = 0;
  const get = () => {
    reads += 1;
    return Promise.resolve().then(answer);
  };
  const reader = createReferenceReader({ botRest: { get }, clock, log: createSilentLog() });
  const outcome = await reader.fresh(references);
  return { outcome, reads };
}

const never = () => {
  throw new Error('nothing is to be read');
};

test('what holds for long is not read, nor what stands in no message of the bot', async () => {
  const references = [{ url: until(FILE, 3 * HOUR), place: PLACE }, { url: until(FILE, 2 * 60_000) }];
  expect(await fresh(references, never)).toEqual({ outcome: { outcome: 'ready', references }, reads: 0 });
});

test.each([
  ['an attachment', (url: string) => ({ attachments: [{ url: 'https://cdn.discordapp.com/x' }, { url }], embeds: [] })],
  ['a picture of an embed', (url: string) => ({ attachments: [], embeds: [{}, { image: null }, { image: { url } }] })],
])('%s of the message has the fresh address; each message is read once', async (_, message) => {
  const references = [HOUR, -HOUR].map((left) => ({ url: until(FILE, left), place: PLACE, bytes: 1 }));
  const anew = until(FILE, 24 * HOUR);
  const { outcome, reads } = await fresh(references, () => message(anew));
  expect(outcome).toEqual({
    outcome: 'ready',
    references: references.map((reference) => ({ ...reference, url: anew })),
  });
  expect(reads).toBe(1);
});

test.each([
  ['the message is gone', () => Promise.reject(apiError(10008, 404))],
  ['its channel is', () => Promise.reject(apiError(10003, 404))],
  ['the bot may not read there', () => Promise.reject(apiError(50001, 403))],
  ['the picture was taken out', () => ({ attachments: [], embeds: [] })],
])('an expired address is gone where %s; one that holds stays', async (_, answer) => {
  const kept = { url: until(FILE, HOUR), place: PLACE };
  expect((await fresh([kept], answer)).outcome).toEqual({ outcome: 'ready', references: [kept] });
  const expired = { url: until(FILE, -HOUR), place: PLACE };
  expect((await fresh([kept, expired], answer)).outcome).toEqual({ outcome: 'gone', number: 2 });
});

test('where Discord does not answer, an expired address waits, and one that holds is used', async () => {
  const away = () => Promise.reject(new Error('ECONNREFUSED'));
  const kept = { url: until(FILE, HOUR), place: PLACE };
  expect((await fresh([kept], away)).outcome).toEqual({ outcome: 'ready', references: [kept] });
  expect((await fresh([{ ...kept, url: until(FILE, -HOUR) }], away)).outcome).toEqual({ outcome: 'trouble' });
});

test('an address of no message that has expired is gone', async () => {
  expect((await fresh([{ url: until(FILE, 30_000) }], never)).outcome).toEqual({ outcome: 'gone', number: 1 });
});
