/** Galleries whose host is slow hold up nobody else's. */
import { expect, test } from 'vitest';
import { createGalleryTurns } from '../../../src/services/delivery/gallery-turns.ts';

/** A clock whose timers go off when the test says so. */
function createTimers() {
  const due = new Set<() => void>();
  return {
    setTimeout(callback: () => void) {
      due.add(callback);
      return { cancel: () => void due.delete(callback) };
    },
    pass() {
      for (const callback of due) callback();
      due.clear();
    },
  };
}

/** Whether a promise is settled once what is ready has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const settled = Symbol('settled');
  const first = await Promise.race([promise.then(() => settled), new Promise((resolve) => setImmediate(resolve))]);
  return first === settled;
}

test('two galleries have a turn at once; the third waits for them, but not for slow ones', async () => {
  const timers = createTimers();
  const turns = createGalleryTurns(timers);
  await turns.begin();
  await turns.begin();
  const third = turns.begin();
  expect(await isSettled(third)).toBe(false);
  timers.pass();
  expect(await isSettled(third)).toBe(true);
});

test('however many slow galleries there were, their turns are given back whole', async () => {
  const timers = createTimers();
  const turns = createGalleryTurns(timers);
  for (let round = 0; round < 50; round += 1) {
    const ends = [await turns.begin(), await turns.begin()];
    timers.pass();
    if (round % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
    for (const end of ends) end();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const begun = [turns.begin(), turns.begin()];
  expect(await Promise.all(begun.map(isSettled))).toEqual([true, true]);
  expect(await isSettled(turns.begin())).toBe(false);
});
