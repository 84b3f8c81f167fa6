/** What is asked for several times while it is under way is done once more, and no more. */
import { expect, test } from 'vitest';
import { onceMore } from '../../../src/bot/once-more.ts';

test('many who ask while it is under way have it done once more, with what they found changed', async () => {
  const begun: string[] = [];
  const underWay: (() => void)[] = [];
  let changed = 'one';
  const ask = onceMore(() => {
    begun.push(changed);
    return new Promise((resolve) => underWay.push(resolve));
  });
  ask();
  await expect.poll(() => begun).toEqual(['one']);
  for (changed of ['two', 'three', 'four']) ask();
  underWay.shift()?.();
  await expect.poll(() => begun).toEqual(['one', 'four']);
  ask();
  underWay.shift()?.();
  await expect.poll(() => begun).toEqual(['one', 'four', 'four']);
});
