import { expect, test } from 'vitest';
import { createFaults } from '../../../simulator/faults/faults.ts';
import { createDiary } from '../../../simulator/kernel/diary.ts';
import { createProcess } from '../../../simulator/kernel/process.ts';
import { createRandom } from '../../../simulator/kernel/random.ts';
import { BEGIN, createVirtualTime } from '../../../simulator/kernel/virtual-time.ts';
import type { Fault, Plan } from '../../../simulator/plan.ts';

function create(faults: Fault[]) {
  const random = createRandom(1);
  const time = createVirtualTime(random.of('order'));
  const diary = createDiary({ now: () => time.now(), all: true });
  const plan: Plan = { seed: 1, length: 60_000, processes: 2, acts: [], faults };
  return { active: createFaults({ plan, time, random: random.of('faults'), diary }), time, diary };
}

const half: Fault = {
  ...{ id: 'half', kind: 'trouble', with: 'store', trouble: 'failed' },
  ...{ from: 1000, until: 2000, probability: 0.5 },
};

function met({ active }: ReturnType<typeof create>): (string | undefined)[] {
  return Array.from({ length: 200 }, () => active.trouble('store', 'set jobs'));
}

test('trouble meets its part of the calls while it lasts, and is told', async () => {
  const world = create([half]);
  expect(new Set(met(world))).toEqual(new Set([undefined]));
  await world.time.runUntil(BEGIN + 1500);
  const some = met(world).filter((trouble) => trouble === 'failed').length;
  expect(some).toBeGreaterThan(60);
  expect(some).toBeLessThan(140);
  expect(world.active.trouble('discord', 'set jobs')).toBeUndefined();
  await world.time.runUntil(BEGIN + 2000);
  expect(new Set(met(world))).toEqual(new Set([undefined]));
  expect(world.diary.lines().map(({ what }) => what)).toEqual([
    'begins: store failed (50 % of calls)',
    'ends: store failed (50 % of calls)',
  ]);
});

test('a fault that is taken out leaves the others as they were', async () => {
  const other: Fault = { ...half, id: 'other', trouble: 'slow', from: 0 };
  const both = create([half, other]);
  const alone = create([half]);
  for (const { time } of [both, alone]) await time.runUntil(BEGIN + 1500);
  const failed = (troubles: (string | undefined)[]) => troubles.map((trouble) => trouble === 'failed');
  expect(failed(met(both))).toEqual(failed(met(alone)));
});

test('one process is cut off, and the others are not', async () => {
  const { active, time } = create([{ id: 'cut', kind: 'cut_off', process: 2, from: 0, until: 1000 }]);
  const [first, second] = ['bot 1', 'bot 2'].map((name) => createProcess({ name, incarnation: 1, time }));
  expect([first, second].map((process) => process !== undefined && active.cutOff(process))).toEqual([false, true]);
  await time.runUntil(BEGIN + 1000);
  expect(second !== undefined && active.cutOff(second)).toBe(false);
});

test('a fate is that of one request', () => {
  const { active } = create([{ id: 'fate', kind: 'request', marker: 'kezumiba', number: 2, fate: 'stuck' }]);
  expect([1, 2, 3].map((number) => active.fate('kezumiba', number))).toEqual([undefined, 'stuck', undefined]);
});
