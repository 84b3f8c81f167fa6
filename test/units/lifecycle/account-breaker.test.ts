/** The breaker that stops asking for what cannot be had: the host's key or balance refused. */
import { expect, test } from 'vitest';
import { createAccountBreaker } from '../../../src/services/lifecycle/account-breaker.ts';

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

test('after the minute one command is let through, and the others wait for what comes of it', () => {
  const { clock, breaker, fail } = create();
  fail(3);
  clock.at += MINUTE;
  expect(breaker.refusal(), 'the trial').toBeUndefined();
  expect(breaker.refusal(), 'the next one').toEqual({ fault: 'balance', until: clock.at + MINUTE });
  clock.at += MINUTE;
  expect(breaker.refusal(), 'a trial that nothing was heard of is followed by another').toBeUndefined();
});

test('a trial that succeeds lets everybody through, one that fails refuses for another minute', () => {
  const { clock, breaker, fail } = create();
  fail(3);
  clock.at += MINUTE;
  breaker.refusal();
  clock.at += 5000;
  fail(1);
  expect(breaker.refusal()).toEqual({ fault: 'balance', until: clock.at + MINUTE });
  clock.at += MINUTE;
  breaker.refusal();
  breaker.answered();
  expect(breaker.refusal()).toBeUndefined();
  fail(2);
  expect(breaker.refusal()).toBeUndefined();
});
