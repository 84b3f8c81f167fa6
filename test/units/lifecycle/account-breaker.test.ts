/** The breaker that stops asking for what cannot be had: the host's key or balance refused. */
import { expect, test } from 'vitest';
import { createSharedAccountBreaker } from '../../../src/services/lifecycle/account-breaker-shared.ts';
import { createAccountBreaker } from '../../../src/services/lifecycle/account-breaker.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
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
  expect(breaker.refusal(), 'a command meanwhile waits at its submit').toBeUndefined();
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
  breaker.unanswered('a submit that began before there was one');
  await breaker.admit('the trial');
  expect(await breaker.admit('the trial'), 'it may try once more itself').toBe('go');
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

/** A store that several processes have in common; counts what is read of it. */
function oneStore() {
  const records = new Map<string, unknown>();
  let reads = 0;
  const store = {
    collection: () => ({
      get(id: string) {
        reads += 1;
        return Promise.resolve(records.get(id));
      },
      set: (id: string, value: unknown) => Promise.resolve(void records.set(id, value)),
    }),
  } as unknown as Store;
  return { records, store, reads: () => reads };
}

test('over a store, the processes have one trial between them, and give it back to each other', async () => {
  const { records, store } = oneStore();
  const clock = {
    at: 1_000_000,
    now: () => clock.at,
    monotonic: () => clock.at,
    setInterval: () => ({ cancel: () => undefined }),
  };
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

/** Two processes over one store on virtual time. */
async function twoProcesses() {
  const clock = createVirtualClock();
  const { store, reads } = oneStore();
  const open = () => createSharedAccountBreaker({ clock, store, log: createSilentLog() });
  const [one, other] = [open(), open()];
  await clock.advance(0);
  const fail = async () => {
    for (let failed = 0; failed < 3; failed += 1) one.failed('balance');
    await clock.advance(0);
  };
  return { clock, one, other, reads, fail };
}

test('over a store, a process that is idle reads nothing; who asks after 5 s is told what others found out', async () => {
  const { clock, other, reads, fail } = await twoProcesses();
  await clock.advance(60 * MINUTE);
  expect(reads(), 'the start of each').toBe(2);
  await fail();
  expect(other.refusal(), 'nobody has asked').toBeUndefined();
  await other.refresh();
  expect(other.refusal()).toMatchObject({ fault: 'balance' });
});

test('over a store, a submit is refused that another process found to be refused 5 s ago', async () => {
  const { clock, other, fail } = await twoProcesses();
  await fail();
  await clock.advance(5000);
  expect(await other.admit('of the other')).toBe('balance');
});

test('over a store, many who ask within 5 s read once', async () => {
  const { clock, other, reads } = await twoProcesses();
  await clock.advance(5000);
  await Promise.all([other.refresh(), other.refresh(), other.admit('one'), other.admit('two')]);
  expect(reads()).toBe(3);
});

test('over a store, commands that are refused are taken within 5 s of a success elsewhere; then nothing is read', async () => {
  const { clock, one, other, reads, fail } = await twoProcesses();
  await fail();
  await clock.advance(5000);
  await other.refresh();
  one.answered();
  await clock.advance(5000);
  expect(other.refusal()).toBeUndefined();
  await clock.advance(5000);
  const before = reads();
  await clock.advance(60 * MINUTE);
  expect(reads()).toBe(before);
});

test('over a store, a pause that nobody ends is not read for ever', async () => {
  const { clock, other, reads, fail } = await twoProcesses();
  await fail();
  await clock.advance(5000);
  await other.refresh();
  await clock.advance(2 * MINUTE);
  const before = reads();
  await clock.advance(60 * MINUTE);
  expect(reads()).toBe(before);
});

test('over a store that fails, what was found out is written once it is back', async () => {
  const clock = createVirtualClock();
  const { records, store } = oneStore();
  let away = true;
  const failing = {
    collection: (...args: Parameters<Store['collection']>) => {
      const collection = store.collection(...args);
      const set: typeof collection.set = (...record) =>
        away ? Promise.reject(new Error('The store is away')) : collection.set(...record);
      return { ...collection, set };
    },
  } as unknown as Store;
  const breaker = createSharedAccountBreaker({ clock, store: failing, log: createSilentLog() });
  breaker.failed('balance');
  await clock.advance(60_000);
  expect(records.size).toBe(0);
  away = false;
  await clock.advance(5000);
  expect(records.get('account')).toMatchObject({ failures: 1 });
});
