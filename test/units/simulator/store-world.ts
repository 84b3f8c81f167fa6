/** The simulator's store on virtual time with processes on it, for tests of what goes wrong with it. */
import { z } from 'zod';
import { createFaults } from '../../../simulator/faults/faults.ts';
import { createDiary } from '../../../simulator/kernel/diary.ts';
import { createProcess, type SimulatedProcess } from '../../../simulator/kernel/process.ts';
import { createRandom } from '../../../simulator/kernel/random.ts';
import { BEGIN, createVirtualTime } from '../../../simulator/kernel/virtual-time.ts';
import type { Fault } from '../../../simulator/plan.ts';
import { createStoreWorld } from '../../../simulator/world/store/store.ts';
import type { Storage } from '../../../src/services/storage/storage.ts';
import { createSilentLog } from '../../support/silent-log.ts';

export const SECOND = 1000;
const HOUR = 3600 * SECOND;
const textSchema = z.object({ id: z.string(), text: z.string() });

export type World = ReturnType<typeof createWorld>;

/** A store on virtual time, and processes on it. */
export function createWorld({
  faults = [],
  processes = 1,
  seed = 1,
}: {
  faults?: Fault[];
  processes?: number;
  seed?: number;
}) {
  const random = createRandom(seed);
  const time = createVirtualTime(random.of('order'));
  const diary = createDiary({ now: () => time.now(), all: true });
  const plan = { seed, length: HOUR, processes, acts: [], faults };
  const active = createFaults({ plan, time, random: random.of('faults'), diary });
  const store = createStoreWorld({ time, random, diary, plan, faults: active });
  return {
    store,
    start: (number = 1, incarnation = 1) => createProcess({ name: `bot ${number}`, incarnation, time }),
    connect: (process: SimulatedProcess) => store.connect(process, { retention: HOUR, log: createSilentLog() }),
    kill(process: SimulatedProcess) {
      process.kill();
      store.killed(process);
    },
    /** Lets so much time pass, and gives what a promise has come to by then. */
    async pass(ms: number) {
      await time.runUntil(time.now() + ms);
    },
    async outcome<T>(promise: Promise<T>, within = 30 * SECOND): Promise<T | string> {
      let outcome: T | string = 'nothing';
      promise.then(
        (value) => (outcome = value),
        (error: unknown) => (outcome = error instanceof Error ? error.name : 'no error'),
      );
      await time.runUntil(time.now() + within);
      return outcome;
    },
    now: () => time.now() - BEGIN,
  };
}

export const trouble = (name: string, from = 0, until = HOUR): Fault => ({
  id: name,
  kind: 'trouble',
  with: 'store',
  trouble: name,
  from,
  until,
  probability: 1,
});

export const texts = ({ store }: Storage) => store.collection('jobs', textSchema);
export const record = (text: string) => ({ id: '1', text });

export async function opened(world: World, process = world.start()): Promise<Storage> {
  const storage = await world.outcome(world.connect(process), SECOND);
  if (typeof storage === 'string') throw new Error(`The store could not be opened: ${storage}`);
  return storage;
}
