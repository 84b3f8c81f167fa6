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
  /** Whether jobs may be of many requests. */
  singles: boolean;
  /** After which the bot gives a job up (milliseconds). */
  deadline: number;
}

/** The moment at which somebody asks for pictures (milliseconds since the begin); any moment where nobody does. */
export function requestMoment(random: Random, { acts, span }: Scene): number {
  const requests = acts.filter((act) => 'marker' in act);
  const at = requests.length > 0 ? random.pick(requests).at : random.next() * span;
  return Math.round(Math.min(at, 0.95 * span));
}

/**
 * A moment at which something is mostly under way: right before somebody asks for pictures, or somewhat after it.
 *
 * @returns milliseconds since the begin.
 */
export function busyMoment(random: Random, scene: Scene): number {
  const beside = random.chance(0.3) ? -300 : random.around(15_000, 1.5);
  const at = random.chance(0.8) ? requestMoment(random, scene) + beside : random.next() * scene.span;
  return Math.round(Math.max(0, Math.min(at, 0.95 * scene.span)));
}
