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

/**
 * @param length - of the history (milliseconds).
 * @param singles - whether jobs may be of many requests.
 */
export function drawFaults({
  random,
  faults,
  length,
  processes,
  acts,
  singles,
}: {
  random: Random;
  faults: Faults;
  length: number;
  processes: number;
  acts: readonly Act[];
  singles: boolean;
}): Fault[] {
  if (faults === 'none') return [];
  const scene: Scene = { random, hell: faults === 'hell', span: TROUBLED * length, processes, acts, singles };
  return [...drawTroubles(scene), ...drawProcessFaults(scene), ...drawFates(scene)];
}
