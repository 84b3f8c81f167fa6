/** The breaker that stops asking for what cannot be had: the host's key or balance refused. */
import { expect, test } from 'vitest';
import { createSharedAccountBreaker } from '../../../src/services/lifecycle/account-breaker-shared.ts';
import { createAccountBreaker } from '../../../src/services/lifecycle/account-breaker.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const MINUTE = 60_000;

function create() {
  const clock = { at: 1_000_000, now: () => clock.at };
  const breaker = createAccountBreaker({ clock });
  const fail = (times: number) => {
    for (let failed = 0; failed < times; failed += 1) breaker.failed('balance');
  };
  return { clock, breaker, fail };
}

test('two submits in a row that failed for the account refuse nobody, a third does for a minute', () => {
  const { clock, breaker, fail } = create();
  fail(2);
  expect(breaker.refusal()).toBeUndefined();
  fail(1);
  expect(breaker.refusal()).toEqual({ fault: 'balance', until: clock.at + MINUTE });
  clock.at += MINUTE - 1;
  expect(breaker.refusal()).toBeDefined();
});

test('the reason that is told is the last one', () => {
  const { breaker, fail } = create();
  fail(2);
  breaker.failed('authentication');
  expect(breaker.refusal()?.fault).toBe('authentication');
});

test('a submit that is answered in between begins the count anew', () => {
  const { breaker, fail } = create();
  fail(2);
  breaker.answered();
  fail(2);
  expect(breaker.refusal()).toBeUndefined();
});

test('after the minute the first submit to ask is the trial, and the others wait for what comes of it', async () => {
  const { clock, breaker, fail } = create();
  fail(3);
  expect(await breaker.admit('too early')).toBe('balance');
  clock.at += MINUTE;
  expect(await breaker.admit('the trial')).toBe('go');
  expect(breaker.refusal(), 'a command meanwhile').toEqual({ fault: 'balance', until: clock.at + MINUTE });
  expect(await breaker.admit('another')).toBe('wait');
  clock.at += MINUTE;
  expect(breaker.refusal(), 'a trial that nothing was heard of is followed by another').toBeUndefined();
  expect(await breaker.admit('another')).toBe('go');
});

test('commands that are refused for other reasons spend no trial, however many', async () => {
  const { clock, breaker, fail } = create();
  fail(3);
  clock.at += MINUTE;
  for (let asked = 0; asked < 10; asked += 1) expect(breaker.refusal()).toBeUndefined();
  expect(await breaker.admit('the one that comes to its submit')).toBe('go');
});

test('a trial that ends without an answer is given back at once, by its own job alone', async () => {
  const { clock, breaker, fail } = create();
  fail(3);
  clock.at += MINUTE;
  await breaker.admit('the trial');
  breaker.unanswered('a submit that began before');
  expect(await breaker.admit('another')).toBe('wait');
  breaker.unanswered('the trial');
  expect(breaker.refusal()).toBeUndefined();
  expect(await breaker.admit('another')).toBe('go');
});

test('a trial that succeeds lets everybody through, one that fails refuses for another minute', async () => {
  const { clock, breaker, fail } = create();
  fail(3);
  clock.at += MINUTE;
  await breaker.admit('one');
  clock.at += 5000;
  fail(1);
  expect(breaker.refusal()).toEqual({ fault: 'balance', until: clock.at + MINUTE });
  expect(await breaker.admit('another')).toBe('balance');
  clock.at += MINUTE;
  await breaker.admit('another');
  breaker.answered();
  expect(breaker.refusal()).toBeUndefined();
  expect(await breaker.admit('one more')).toBe('go');
  fail(2);
  expect(breaker.refusal()).toBeUndefined();
});

test('a clock that is set back pauses nobody for longer', () => {
  const { clock, breaker, fail } = create();
  fail(3);
  clock.at -= 3 * 60 * MINUTE;
  expect(breaker.refusal()).toBeUndefined();
});

test('over a store, the processes have one trial between them, and give it back to each other', async () => {
  const records = new Map<string, unknown>();
  const store = {
    collection: () => ({
      get: (id: string) => Promise.resolve(records.get(id)),
      set: (id: string, value: unknown) => Promise.resolve(void records.set(id, value)),
    }),
  } as unknown as Store;
  const clock = { at: 1_000_000, now: () => clock.at, setInterval: () => ({ cancel: () => undefined }) };
  const log = createSilentLog();
  const one = createSharedAccountBreaker({ clock, store, log });
  for (let failed = 0; failed < 3; failed += 1) one.failed('authentication');
  await expect.poll(() => records.get('account')).toMatchObject({ failures: 3 });
  const other = createSharedAccountBreaker({ clock, store, log });
  await expect.poll(() => other.refusal()).toMatchObject({ fault: 'authentication' });
  clock.at += MINUTE;
  expect(await one.admit('of one')).toBe('go');
  expect(await other.admit('of the other')).toBe('wait');
  one.unanswered('of one');
  await expect.poll(() => records.get('account')).not.toHaveProperty('trial');
  expect(await other.admit('of the other')).toBe('go');
  expect(await one.admit('of one')).toBe('wait');
  other.answered();
  await expect.poll(() => records.get('account')).toMatchObject({ failures: 0 });
  expect(await one.admit('of one')).toBe('go');
});
