/** Draws what goes wrong in a history. */
import type { Random } from '../kernel/random.ts';
import type { Act, Fault } from '../plan.ts';

/** How much goes wrong. */
export type Faults = 'none' | 'usual' | 'hell';

/** What faults are drawn for. */
export interface Drawn {
  random: Random;
  faults: Faults;
  /** Milliseconds. */
  length: number;
  processes: number;
  acts: readonly Act[];
}

export function drawFaults({ faults }: Drawn): Fault[] {
  if (faults === 'none') return [];
  return [];
}
