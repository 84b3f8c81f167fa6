/** Faults that are put in on purpose: each patch says what is broken, and still fits the code. */
import { describe, expect, test } from 'vitest';
import { bite, PatchError, readTooth } from '../../../simulator/teeth/patch.ts';
import { allTeeth, bitten } from '../../../simulator/teeth/teeth.ts';

const PATCH = `Fault: the second is left out
Processes: 3
--- a/src/list.ts
+++ b/src/list.ts
@@ -1,3 +1,2 @@
 first
-second
 third
`;
const LIST = 'zeroth\nfirst\nsecond\nthird\n';

describe('A fault as a patch', () => {
  test('is put in where its lines stand', () => {
    const tooth = readTooth('left-out', PATCH);
    expect(tooth).toMatchObject({ name: 'left-out', fault: 'the second is left out', processes: 3 });
    expect([...bite(tooth, () => LIST)]).toEqual([['src/list.ts', 'zeroth\nfirst\nthird\n']]);
  });

  test.each([
    ['have changed', 'first\n2nd\nthird\n', /is not there any more/],
    ['are the end of longer ones', 'very first\nsecond\nthird\n', /is not there any more/],
    ['stand there twice', LIST + LIST, /stands there 2 times/],
  ])('fits no more where its lines %s', (_, text, why) => {
    const tooth = readTooth('left-out', PATCH);
    expect(() => bite(tooth, () => text)).toThrow(PatchError);
    expect(() => bite(tooth, () => text)).toThrow(why);
  });

  test.each([
    ['says nothing', PATCH.replace('Fault: ', '')],
    ['changes nothing', 'Fault: none\n'],
  ])('is none where it %s', (_, text) => {
    expect(() => readTooth('none', text)).toThrow(PatchError);
  });
});

const teeth = allTeeth();

test('There are at least 25, each with a name of its own', () => {
  expect(teeth.length).toBeGreaterThanOrEqual(25);
  expect(new Set(teeth.map(({ name }) => name)).size).toBe(teeth.length);
});

test.each(teeth)('$name fits the code: $fault', (tooth) => {
  expect(bitten(tooth).size).toBeGreaterThan(0);
});
