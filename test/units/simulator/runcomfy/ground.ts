/** A world for tests of one part of it: nothing in it but what is under test, and one process. */
import { createFaults } from '../../../../simulator/faults/faults.ts';
import { createDiary } from '../../../../simulator/kernel/diary.ts';
import { createProcess } from '../../../../simulator/kernel/process.ts';
import { createRandom } from '../../../../simulator/kernel/random.ts';
import { createVirtualTime } from '../../../../simulator/kernel/virtual-time.ts';
import type { Fault, Plan } from '../../../../simulator/plan.ts';
import type { Ground } from '../../../../simulator/world/world.ts';

/** The word that the one act of the plan has. */
export const MARKER = 'kezumiba';

export function createGround(faults: Fault[] = [], seed = 1) {
  const random = createRandom(seed);
  const time = createVirtualTime(random.of('order'));
  const diary = createDiary({ now: () => time.now(), all: true });
  const plan: Plan = {
    seed,
    length: 3_600_000,
    processes: 1,
    acts: [
      {
        id: 'job1',
        at: 0,
        kind: 'command',
        command: 'seedream',
        member: 'mo',
        guild: 'harbour',
        channel: 'harbour-lounge',
        options: { prompt: MARKER },
        marker: MARKER,
      },
    ],
    faults,
  };
  const ground: Ground = { time, random, diary, plan, faults: createFaults({ plan, time, random, diary }) };
  const process = createProcess({ name: 'bot 1', incarnation: 1, time });
  return { ground, process, time, diary };
}

/** Lives on for so many milliseconds, and gives what a promise has come to by then. */
export async function after<T>(
  time: Ground['time'],
  ms: number,
  promise: Promise<T>,
): Promise<{ value: T } | { error: unknown } | undefined> {
  let outcome: { value: T } | { error: unknown } | undefined;
  promise.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  await time.runUntil(time.now() + ms);
  return outcome;
}
