/** A trouble that lasts, as the log has it. */
import { beforeEach, expect, test } from 'vitest';
import { createLastingTrouble, type LastingTrouble } from '../../../src/bot/lasting-trouble.ts';
import type { Log } from '../../../src/services/log.ts';

const lines: string[] = [];
let time = 0;
let trouble: LastingTrouble;

const say = (fields: object, text: string) => void lines.push(`${text} ${JSON.stringify(fields)}`);
const log = { debug: () => undefined, error: say, warn: say } as unknown as Log;

function failing(code: string): Error {
  return Object.assign(new Error('connect failed'), { code });
}

beforeEach(() => {
  lines.length = 0;
  time = 0;
  trouble = createLastingTrouble({ sentence: 'nobody answers', clock: { monotonic: () => time }, log });
});

test('is one line, however often it is met, and one more every five minutes', () => {
  for (; time < 11 * 60_000; time += 5000) trouble.met(failing('ENOTFOUND'));
  expect(lines).toEqual([
    'nobody answers (ENOTFOUND) {}',
    'nobody answers (ENOTFOUND) {"tries":61}',
    'nobody answers (ENOTFOUND) {"tries":121}',
  ]);
});

test('is said again when its reason changes, and when it was over', () => {
  trouble.met(failing('ENOTFOUND'));
  trouble.met(failing('ECONNREFUSED'));
  expect(trouble.over()).toBe(true);
  expect(trouble.over()).toBe(false);
  trouble.met(failing('ECONNREFUSED'), { shard: 3 });
  expect(lines).toEqual([
    'nobody answers (ENOTFOUND) {}',
    'nobody answers (ECONNREFUSED) {"tries":2}',
    'nobody answers (ECONNREFUSED) {"shard":3}',
  ]);
});

test.each([
  [
    Object.assign(new Error('getaddrinfo EAI_AGAIN discord.com'), { code: 'EAI_AGAIN', hostname: 'discord.com' }),
    'EAI_AGAIN discord.com',
  ],
  [Object.assign(new Error('Service Unavailable'), { status: 503 }), 'HTTP 503: Service Unavailable'],
  [Object.assign(new Error('Missing Access'), { status: 403, code: 50_001 }), 'HTTP 403: Missing Access'],
  [new AggregateError([failing('ECONNREFUSED'), failing('ENETUNREACH')]), 'ECONNREFUSED'],
  [new Error(`the disk is full\n    at ${'x'.repeat(500)}`), 'the disk is full'],
])('its reason is few words, without a stack: %s', (error, reason) => {
  trouble.met(error);
  expect(lines).toEqual([`nobody answers (${reason}) {}`]);
});
