/** Codes by HTTP statuses by calls: what each call makes of an answer. */
import { describe, expect, test } from 'vitest';
import { createRunComfy, RunComfyError, type RunComfy } from '../../../src/services/runcomfy/runcomfy.ts';

const STATUSES = [200, 202, 302, 400, 401, 402, 403, 404, 408, 422, 429, 500, 502, 503, 504];
const UNKNOWN = 'outcome_unknown';
const TROUBLE = 'unavailable';

/** By code, whatever the status: what a submit makes of it, and what the three other calls do. */
const BY_CODE: [code: number, submit: string, look: string][] = [
  [400001, 'input', TROUBLE],
  [400002, 'balance', 'balance'],
  [400003, 'input', TROUBLE],
  [400004, 'authentication', 'authentication'],
  [401000, 'authentication', 'authentication'],
  [402000, 'balance', 'balance'],
  [403001, 'authentication', 'authentication'],
  [403003, 'authentication', 'authentication'],
  [404001, 'not_found', 'not_found'],
  [404002, 'not_found', TROUBLE],
  [409001, 'input', TROUBLE],
  [422001, 'input', TROUBLE],
  [429001, 'rate', 'rate'],
  [429999, 'rate', 'rate'],
  [500001, UNKNOWN, TROUBLE],
  [503001, UNKNOWN, TROUBLE],
  [599001, UNKNOWN, TROUBLE],
];

/** By status, where there is no code, or one that has no class. */
const BY_STATUS: [statuses: number[], submit: string, look: string][] = [
  [[200, 202, 302, 500, 502, 503, 504], UNKNOWN, TROUBLE],
  [[400, 408, 422], 'input', TROUBLE],
  [[401, 403], 'authentication', 'authentication'],
  [[402], 'balance', 'balance'],
  [[404], 'not_found', TROUBLE],
  [[429], 'rate', 'rate'],
];

const CALLS: [string, (api: RunComfy) => Promise<unknown>][] = [
  ['submit', (api) => api.submit({ model: 'a/model', body: {} })],
  ['status', (api) => api.status('request-1')],
  ['result', (api) => api.result('request-1')],
  ['cost', (api) => api.cost('request-1')],
  ['cancel', (api) => api.cancel('request-1')],
];

async function ask(httpStatus: number, body: unknown, call: (api: RunComfy) => Promise<unknown>): Promise<unknown> {
  const answer = () => Promise.resolve({ httpStatus, retryAfter: undefined, body });
  const http = { send: answer, submit: answer, close: () => Promise.resolve() };
  try {
    return await call(createRunComfy({ http, token: 'a-key', clock: { now: () => 0 } }));
  } catch (error) {
    if (error instanceof RunComfyError) return error.kind;
    throw error;
  }
}

describe.each(CALLS)('%s', (name, call) => {
  test.each(BY_CODE)('%i, whatever the HTTP status, as a number and as a text', async (code, submit, look) => {
    for (const status of STATUSES) {
      for (const error_code of [code, String(code)]) {
        const said = await ask(status, { error_code, error_message: 'Something is wrong' }, call);
        expect(said, `HTTP ${status}`).toBe(name === 'submit' ? submit : look);
      }
    }
  });

  test.each(BY_STATUS)('HTTP %j without a code that has a class', async (statuses, submit, look) => {
    const bodies = [undefined, null, {}, [], 'a text', { error_code: 1 }, { error_code: 'BUSY' }, { error_code: null }];
    for (const status of statuses) {
      for (const body of bodies) {
        expect(await ask(status, body, call), `HTTP ${status} ${JSON.stringify(body)}`).toBe(
          name === 'submit' ? submit : look,
        );
      }
    }
  });
});

test('400005 is a result that is not ready yet, whatever the status, and trouble for the other looks', async () => {
  const early = new Map<string, unknown>([
    ['result', { status: 'in_progress' }],
    ['cost', { ended: false }],
  ]);
  for (const status of STATUSES) {
    for (const [name, call] of CALLS.slice(1)) {
      const said = await ask(status, { error_code: 400005 }, call);
      expect(said, `${name} HTTP ${status}`).toEqual(early.get(name) ?? TROUBLE);
    }
  }
});

test("a model's page is as it came; that there is none is said by 404001 alone, and whatever is no page is trouble", async () => {
  const page = (status: number, body: unknown) => ask(status, body, (api) => api.model('a/model'));
  for (const body of [{ model_id: 'a/model' }, 'a text', undefined]) expect(await page(200, body)).toEqual(body);
  for (const status of STATUSES) expect(await page(status, { error_code: 404001 })).toBe('not_found');
  for (const status of [302, 404, 500, 503]) expect(await page(status, { detail: 'Not Found' })).toBe(TROUBLE);
  expect(await page(404, { error_code: 404002 })).toBe(TROUBLE);
  expect(await page(200, { error_code: 500001 })).toBe(TROUBLE);
  expect(await page(401, { error_code: 400004 })).toBe('authentication');
});

test.each([
  [{ request_id: 'r' }, { requestId: 'r' }],
  [{ request_id: 'r', error_code: 0 }, { requestId: 'r' }],
  [{ request_id: 'r', error_code: 500001 }, { requestId: 'r' }],
  [{ request_id: 'r', error_code: 1 }, { requestId: 'r' }],
  [{ request_id: 'r', error_code: 400002 }, 'balance'],
  [{ request_id: 'r', error_code: 403003 }, 'authentication'],
  [{ request_id: 'r', error_code: 429001 }, 'rate'],
  [{ request_id: 'r', error_code: 422001 }, 'input'],
])('a success with an id is taken, unless its code says that it was refused: %j', async (body, expected) => {
  const [, submit] = CALLS[0] ?? [];
  if (submit === undefined) throw new Error('There is a submit');
  for (const status of [200, 202]) expect(await ask(status, body, submit)).toEqual(expected);
  expect(await ask(500, { request_id: 'r' }, submit)).toBe(UNKNOWN);
});

test.each([
  ['queued', 'in_queue'],
  ['pending', 'in_queue'],
  ['waiting', 'in_queue'],
  ['starting', 'in_progress'],
  ['processing', 'in_progress'],
  ['running', 'in_progress'],
  ['IN_QUEUE', 'in_queue'],
  ['Completed', 'completed'],
])('the word %s for a state is read as %s', async (word, status) => {
  expect(await ask(200, { status: word }, (api) => api.status('request-1'))).toMatchObject({ status });
});

test('a status that failed with a code of its own is a word on the job: its result is asked for', async () => {
  const status = (body: unknown) => ask(200, body, (api) => api.status('request-1'));
  expect(await status({ status: 'failed', error_code: 500001 })).toEqual({ status: 'failed' });
  expect(await status({ status: 'completed', error_code: 500001 })).toBe(TROUBLE);
  expect(await status({ status: 'failed', error_code: 400004 })).toBe('authentication');
});
