import { expect, test } from 'vitest';
import { createPrecedence } from '../src/commands/precedence.ts';

test('a job begins at once when nobody else waits for an acknowledgement', async () => {
  const { acknowledge, calm } = createPrecedence();
  await acknowledge(() => Promise.resolve());
  let begun = false;
  void calm().then(() => (begun = true));
  await Promise.resolve();
  expect(begun).toBe(true);
});

test('jobs begin after the acknowledgements of a burst, in the order they came', async () => {
  const { acknowledge, calm } = createPrecedence();
  const slow = Promise.withResolvers<undefined>();
  const happened: string[] = [];
  const burst = Array.from({ length: 60 }, async (_, i) => {
    await acknowledge(() => (i === 59 ? slow.promise : Promise.resolve()));
    happened.push('acknowledged');
    await calm();
    happened.push(String(i));
  });
  await expect.poll(() => happened.length).toBe(59);
  slow.resolve(undefined);
  await Promise.all(burst);
  expect(happened.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 'acknowledged'));
  expect(happened.slice(60)).toEqual(Array.from({ length: 60 }, (_, i) => String(i)));
});

test('an acknowledgement that Discord leaves unanswered, or refuses, holds no job up for more than a second', async () => {
  const { acknowledge, calm } = createPrecedence();
  const hanging = Promise.withResolvers<never>();
  const first = acknowledge(() => hanging.promise);
  const before = performance.now();
  await calm();
  expect(performance.now() - before).toBeGreaterThan(900);
  expect(performance.now() - before).toBeLessThan(2500);
  hanging.reject(new Error('refused'));
  await expect(first).rejects.toThrow('refused');
  await calm();
});
