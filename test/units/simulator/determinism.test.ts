/** A seed is one history, to the byte: whoever runs it, whenever, and whether or not its diary is kept. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { runHistory } from '../../../simulator/history.ts';
import { drawPlan } from '../../../simulator/people/people.ts';
import type { Plan } from '../../../simulator/plan.ts';
import { only } from '../../../simulator/shrink.ts';

const HOUSE = join(import.meta.dirname, '../../..');
const DRAWING = { seed: 7, hours: 2, jobs: 10, faults: 'hell', processes: 1 } as const;
const draw = (changes: Partial<Parameters<typeof drawPlan>[0]> = {}): Plan => drawPlan({ ...DRAWING, ...changes });

/** What a history should not ask the machine for, and how to notice. */
const MACHINE: [object, string][] = [
  [Date, 'now'],
  [Math, 'random'],
  [performance, 'now'],
  [globalThis, 'setTimeout'],
  [globalThis, 'setInterval'],
];

/** keyv notes beside our own moment of expiry one by the machine's clock, weeks ahead: no history lasts that long. */
const EXPIRY_OF_KEYV = /Keyv\.set/;

/** Who asked the machine for time or chance while this ran: the lines of code, the test runner's own left out. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const lines = new Set<string>();
  const restore = MACHINE.map(([of, name]) => {
    const was = Reflect.get(of, name) as (...given: unknown[]) => unknown;
    Reflect.set(of, name, (...given: unknown[]) => {
      const stack = new Error().stack?.split('\n').slice(2) ?? [];
      const caller = stack.find((line) => /\/(src|simulator|node_modules)\//.test(line) && !/\/@?vitest\//.test(line));
      if (caller !== undefined && !EXPIRY_OF_KEYV.test(caller)) lines.add(`${name} ${caller.trim()}`);
      return Reflect.apply(was, of, given);
    });
    return () => Reflect.set(of, name, was);
  });
  try {
    await work();
  } finally {
    for (const each of restore) each();
  }
  return [...lines];
}

describe('A seed', () => {
  test.each([1, 3])('gives the same history twice, with its diary and without (%i processes)', async (processes) => {
    const plan = draw({ processes });
    const first = await runHistory({ plan });
    const again = await runHistory({ plan: draw({ processes }), trace: true });
    expect(again.digest).toBe(first.digest);
    expect(again.statistics).toEqual(first.statistics);
    expect(again.lines.length).toBeGreaterThan(first.lines.length);
    expect((await runHistory({ plan: draw({ processes, seed: 8 }) })).digest).not.toBe(first.digest);
  });

  test('gives the same history after others, and in another process', async () => {
    await runHistory({ plan: draw({ seed: 3 }) });
    const { digest } = await runHistory({ plan: draw() });
    const args = ['--seed', '7', '--hours', '2', '--jobs', '10', '--faults', 'hell', '--trace'];
    const told = spawnSync(process.execPath, [join(HOUSE, 'simulator/index.ts'), ...args], { encoding: 'utf8' });
    expect(told.stdout).toContain(digest);
  });

  test('asks the machine for neither time nor chance', async () => {
    await runHistory({ plan: draw({ seed: 3 }) });
    expect(await asked(() => runHistory({ plan: draw() }))).toEqual([]);
    expect(await asked(() => Promise.resolve(Math.random()))).toHaveLength(1);
  });

  test('leaves nothing behind', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapAfter = async (histories: number) => {
      for (let each = 0; each < histories; each += 1) await runHistory({ plan: draw({ seed: 20 + each }) });
      collect();
      return process.memoryUsage().heapUsed / 2 ** 20;
    };
    // What the first ones have compiled, and have remembered for the others, stays.
    const before = await heapAfter(40);
    expect((await heapAfter(20)) - before).toBeLessThan(4);
  });

  test('leaves what a person does as it was where others do less', () => {
    const [whole, part] = [draw(), only(draw(), ['job3'])];
    expect(part.acts).toEqual(whole.acts.filter(({ id }) => id === 'job3'));
  });
});
