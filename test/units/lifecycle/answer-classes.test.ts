/** What a submit's answer makes of a job and of what is reserved for it, by its code, else by its HTTP status. */
import { describe, expect, test } from 'vitest';
import { isFinal, settlement } from '../../../src/services/job/job.ts';
import { createOneJob, REQUEST, type Reaction } from './one-job.ts';

/** How the job ends, or that it waits or goes on; and how often it was submitted by then. */
async function outcome(submit: Reaction): Promise<string> {
  const one = createOneJob();
  one.reactions.submit = submit;
  await one.clock.advance(20_000);
  one.stop();
  const { state } = one.job;
  const submits = one.calls.filter(({ call }) => call === 'submit').length;
  const end = state.name === 'failed' ? state.failure : state.name;
  if (!isFinal(one.job)) return submits > 1 ? `${end}, sent again` : end;
  return `${end}, ${settlement(one.job) === 'release' ? 'released' : 'counted'}${submits > 1 ? ', sent again' : ''}`;
}

const WAITS = 'reserved, sent again';
const UNKNOWN = 'unknown, counted';
const REFUSED = 'refused, released';
const KEY = 'authentication, released';
const BALANCE = 'balance, released';
const GONE = 'gone, released';

const STATUSES = {
  200: UNKNOWN,
  202: UNKNOWN,
  302: UNKNOWN,
  400: REFUSED,
  401: KEY,
  402: BALANCE,
  403: KEY,
  404: GONE,
} as const;
const MORE_STATUSES = {
  408: REFUSED,
  413: REFUSED,
  422: REFUSED,
  429: WAITS,
  500: UNKNOWN,
  502: UNKNOWN,
  503: UNKNOWN,
} as const;
const ALL_STATUSES = Object.entries({ ...STATUSES, ...MORE_STATUSES }).map(
  ([status, end]) => [Number(status), end] as const,
);

const CODES: [number | string, string][] = [
  [400001, REFUSED],
  [400002, BALANCE],
  [400004, KEY],
  [400005, REFUSED],
  [401001, KEY],
  [402001, BALANCE],
  [403001, KEY],
  [403003, KEY],
  ['403003', KEY],
  [404001, GONE],
  [422001, REFUSED],
  [429001, WAITS],
  [500001, UNKNOWN],
  ['500001', UNKNOWN],
  [503000, UNKNOWN],
];

describe.each(ALL_STATUSES)('HTTP %i', (status, end) => {
  test(`without a code, or with one that has no class: ${end}`, async () => {
    for (const body of [undefined, {}, { error_code: 1 }, { error_code: null }, { error_code: 'E_BUSY' }]) {
      expect(await outcome({ status, body }), JSON.stringify(body)).toBe(end);
    }
  });

  test.each(CODES)('with %j: the code decides', async (code, expected) => {
    expect(await outcome({ status, body: { error_code: code, error_message: 'Something is wrong' } })).toBe(expected);
  });
});

test.each<[string, Reaction, string]>([
  ['200', { status: 200, body: { request_id: REQUEST } }, 'in_queue'],
  ['202', { status: 202, body: { request_id: REQUEST, status: 'in_queue' } }, 'in_queue'],
  ['200 that tells of a server’s error beside it', { body: { request_id: REQUEST, error_code: 500001 } }, 'in_queue'],
  ['200 that refuses the key beside it', { body: { request_id: REQUEST, error_code: 403003 } }, KEY],
  ['500', { status: 500, body: { request_id: REQUEST } }, UNKNOWN],
  ['no connection', 'refused', WAITS],
  ['no answer over a connection', 'silent', UNKNOWN],
])('a request id in a %s', async (_, reaction, expected) => {
  expect(await outcome(reaction)).toBe(expected);
});

test('403003 in a 200 counts against the key: the third of them pauses requests', async () => {
  const one = createOneJob();
  one.breaker.failed('authentication');
  one.breaker.failed('authentication');
  one.reactions.submit = { body: { error_code: 403003, error_message: 'forbidden' } };
  await one.clock.advance(1000);
  expect(one.breaker.refusal()).toMatchObject({ fault: 'authentication' });
});
