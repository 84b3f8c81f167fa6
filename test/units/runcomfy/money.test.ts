/** What RunComfy says of money: what a request was billed, and the account's balance. */
import { describe, expect, test } from 'vitest';
import { createRunComfy, RunComfyError } from '../../../src/services/runcomfy/runcomfy.ts';
import type { RunComfy, RunComfyHttp } from '../../../src/services/runcomfy/runcomfy.ts';

type ApiCall = Parameters<RunComfyHttp['send']>[0];

const calls: ApiCall[] = [];

/** The API, where every call is answered so. */
function answering(body: unknown, httpStatus = 200): RunComfy {
  const send = (call: ApiCall) => {
    calls.push(call);
    return Promise.resolve({ httpStatus, retryAfter: undefined, body });
  };
  const http = { send, submit: send, close: () => Promise.resolve() };
  return createRunComfy({ http, token: 'a-key', clock: { now: () => 0 } });
}

const images = ['https://pictures.example/1.png'];
const made = { request_id: 'a', status: 'succeeded', output: { images } };

describe('what a request was billed', () => {
  test.each([
    [0.45, 450_000],
    [0.028, 28_000],
    ['0.0325', 32_500],
    [0, 0],
    [0.1 + 0.2, 300_000],
  ])('is read from its result to the millionth of a dollar: %j', async (cost, billed) => {
    expect(await answering({ ...made, cost }).result('a')).toEqual({ status: 'succeeded', images, videos: [], billed });
    expect(await answering({ ...made, cost }).cost('a')).toEqual({ ended: true, billed });
  });

  test.each([[undefined], [null], [-1], ['free'], [''], [{ usd: 1 }], [NaN]])(
    'is unknown where the answer says %j, and the pictures are there all the same',
    async (cost) => {
      expect(await answering({ ...made, cost }).result('a')).toEqual({ status: 'succeeded', images, videos: [] });
      expect(await answering({ ...made, cost }).cost('a')).toEqual({ ended: true });
    },
  );

  test('is told of what failed or was cancelled, too', async () => {
    const failed = { request_id: 'a', status: 'failed', error: 'Model run failed', cost: 0.03 };
    expect(await answering(failed).result('a')).toEqual({
      status: 'failed',
      reason: 'Model run failed',
      billed: 30_000,
    });
    expect(await answering({ status: 'canceled', cost: 0 }).result('a')).toEqual({ status: 'cancelled', billed: 0 });
  });

  test('of one that has not ended is not known, whatever is said of its cost', async () => {
    for (const body of [
      { status: 'in_progress', cost: 0.45 },
      { status: 'queued', cost: 0.45 },
    ]) {
      expect(await answering(body).cost('a')).toEqual({ ended: false });
    }
    expect(await answering({ error_code: 400005, message: 'not ready' }, 400).cost('a')).toEqual({ ended: false });
  });

  test('is read where no picture can be', async () => {
    const unreadable = { status: 'completed', output: { picture: 'somewhere' }, cost: 0.12 };
    expect(await answering(unreadable).cost('a')).toEqual({ ended: true, billed: 120_000 });
  });

  test('of a request that RunComfy does not know is an error', async () => {
    const unknown = answering({ error_code: 404001, message: 'not found' }, 404).cost('a');
    await expect(unknown).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('the balance', () => {
  test.each([
    [{ balance_usd: 12.34, balance_microdollars: 12_340_001, currency: 'USD' }, 12_340_001],
    [{ balance_usd: 0.1 + 0.2 }, 300_000],
    [{ balance_usd: '7.5' }, 7_500_000],
    [{ balance_usd: -0.03, balance_microdollars: -30_000 }, -30_000],
    [{ balance_usd: 0 }, 0],
  ])('is read to the millionth of a dollar: %j', async (body, balance) => {
    calls.length = 0;
    expect(await answering(body).balance()).toBe(balance);
    expect(calls).toEqual([{ name: 'balance', method: 'GET', path: '/balance' }]);
  });

  test.each([
    [{}, 200, 'unavailable'],
    [{ balance_usd: 'much' }, 200, 'unavailable'],
    ['<html>', 200, 'unavailable'],
    [{ balance_usd: 5 }, 503, 'unavailable'],
    [{}, 401, 'authentication'],
    [{ error_code: 400004 }, 200, 'authentication'],
  ])('is unknown where the answer is %j with HTTP %i', async (body, httpStatus, kind) => {
    const error: unknown = await answering(body, httpStatus)
      .balance()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RunComfyError);
    expect(error).toMatchObject({ kind });
  });
});
