/** Draws what goes wrong in a history. Everything ends before its last part, so that what is begun can come to its end. */
import type { Random } from '../kernel/random.ts';
import type { Act, Fault } from '../plan.ts';
import { drawFates } from './draw-fates.ts';
import { drawProcessFaults } from './draw-processes.ts';
import { drawTroubles } from './draw-troubles.ts';
import type { Scene } from './scene.ts';

/** How much goes wrong. */
export type Faults = 'none' | 'usual' | 'hell';

/** Faults come in this part of a history. */
const TROUBLED = 0.9;

/** How long addresses of files may hold (milliseconds), so that what takes a day happens within a history. */
const LIVES = [4, 40, 180].map((minutes) => minutes * 60_000);

/** What faults are drawn for. */
interface Drawn {
  random: Random;
  faults: Faults;
  /** Of the history (milliseconds). */
  length: number;
  processes: number;
  acts: readonly Act[];
  /** Whether jobs may be of many requests. */
  singles: boolean;
  /** After which the bot gives a job up (milliseconds). */
  deadline: number;
}

export function drawFaults({ random, faults, length, processes, acts, singles, deadline }: Drawn): Fault[] {
  if (faults === 'none') return [];
  const scene: Scene = { random, hell: faults === 'hell', span: TROUBLED * length, processes, acts, singles, deadline };
  return [...drawTroubles(scene), ...drawProcessFaults(scene), ...drawFates(scene)];
}

/** What goes wrong for requests that start from pictures, whose acts these are. */
export function drawPictureFaults({ random, faults, length, processes, acts, singles, deadline }: Drawn): Fault[] {
  if (faults === 'none' || acts.length === 0) return [];
  const scene: Scene = { random, hell: faults === 'hell', span: TROUBLED * length, processes, acts, singles, deadline };
  const addresses = random.of('addresses');
  return [
    ...(addresses.chance(0.5) ? [{ id: 'addresses', kind: 'addresses' as const, life: addresses.pick(LIVES) }] : []),
    ...drawFates(scene),
  ];
}
