import { expect, test } from 'vitest';
import { createAcknowledgementPriority } from '../../../src/commands/interactions/acknowledgement-priority.ts';
import { systemClock } from '../../../src/services/clock.ts';

test('a job begins at once when nobody else waits for an acknowledgement', async () => {
  const { acknowledge, onIdle } = createAcknowledgementPriority({ clock: systemClock });
  await acknowledge(() => Promise.resolve());
  let begun = false;
  void onIdle().then(() => (begun = true));
  await Promise.resolve();
  expect(begun).toBe(true);
});

test('jobs begin after the acknowledgements of a burst, in the order they came', async () => {
  const { acknowledge, onIdle } = createAcknowledgementPriority({ clock: systemClock });
  const slow = Promise.withResolvers<undefined>();
  const happened: string[] = [];
  const burst = Array.from({ length: 60 }, async (_, i) => {
    await acknowledge(() => (i === 59 ? slow.promise : Promise.resolve()));
    happened.push('acknowledged');
    await onIdle();
    happened.push(String(i));
  });
  await expect.poll(() => happened.length).toBe(59);
  slow.resolve(undefined);
  await Promise.all(burst);
  expect(happened.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 'acknowledged'));
  expect(happened.slice(60)).toEqual(Array.from({ length: 60 }, (_, i) => String(i)));
});

test('an acknowledgement that Discord leaves unanswered, or refuses, holds no job up for more than a second', async () => {
  const { acknowledge, onIdle } = createAcknowledgementPriority({ clock: systemClock });
  const hanging = Promise.withResolvers<never>();
  const first = acknowledge(() => hanging.promise);
  const before = performance.now();
  await onIdle();
  expect(performance.now() - before).toBeGreaterThan(900);
  expect(performance.now() - before).toBeLessThan(2500);
  hanging.reject(new Error('refused'));
  await expect(first).rejects.toThrow('refused');
  await onIdle();
});
