/** What faults are drawn for, and when they come. */
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';

export interface Scene {
  random: Random;
  /** Whether as much as possible goes wrong at once. */
  hell: boolean;
  /** Milliseconds from the begin until every fault has ended. */
  span: number;
  processes: number;
  acts: readonly Act[];
}

/** A moment at which something is mostly under way: shortly after somebody did something. */
export function busyMoment(random: Random, { acts, span }: Scene): number {
  const after = random.around(15_000, 1.5);
  const at = random.chance(0.7) ? random.pick(acts).at + after : random.next() * span;
  return Math.round(Math.min(at, 0.95 * span));
}
