/** A history that fails is made small: what is not needed for its failure goes. */
import { expect, test } from 'vitest';
import type { Plan } from '../../../simulator/plan.ts';
import { idsOf, only, shrink } from '../../../simulator/shrink.ts';

const plan: Plan = {
  seed: 1,
  length: 1000,
  processes: 1,
  acts: Array.from({ length: 40 }, (_, index) => ({
    id: `a${index}`,
    at: index,
    kind: 'close_direct_messages',
    member: 'mo',
  })),
  faults: Array.from({ length: 20 }, (_, index) => ({ id: `f${index}`, kind: 'fail_over', at: index, lost: false })),
};

/** Fails where all of these are there; counts how often it was asked. */
function createFailure(...needed: string[]) {
  const asked: Plan[] = [];
  const fails = (smaller: Plan) => {
    asked.push(smaller);
    return Promise.resolve(needed.every((id) => idsOf(smaller).includes(id)));
  };
  return { asked, fails };
}

test('what is needed for the failure stays, all else goes', async () => {
  const { asked, fails } = createFailure('a3', 'a31', 'f7');
  const smaller = await shrink({ plan, fails, runs: 1000 });
  expect(idsOf(smaller)).toEqual(['a3', 'a31', 'f7']);
  expect(smaller).toMatchObject({ seed: 1, length: 1000, processes: 1 });
  expect(asked.length).toBeLessThan(100);
});

test('a failure that needs nothing is shown with nothing', async () => {
  expect(idsOf(await shrink({ plan, ...createFailure(), runs: 1000 }))).toEqual([]);
});

test('a failure that needs everything keeps everything', async () => {
  const all = idsOf(plan);
  expect(idsOf(await shrink({ plan, ...createFailure(...all), runs: 1000 }))).toEqual(all);
});

test('it is asked only so often, and what it gives then still fails', async () => {
  const { asked, fails } = createFailure('a3', 'a31', 'f7');
  const smaller = await shrink({ plan, fails, runs: 5 });
  expect(asked).toHaveLength(5);
  expect(await fails(smaller)).toBe(true);
});

test('a plan with some of its acts alone has these, in their order', () => {
  expect(idsOf(only(plan, ['f2', 'a9', 'a1', 'none of it']))).toEqual(['a1', 'a9', 'f2']);
});
