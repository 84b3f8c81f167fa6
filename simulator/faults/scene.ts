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

/** Whoever presses Cancel so soon presses it while a submit is under way that is answered late (milliseconds). */
const MEANWHILE = 40_000;

/**
 * The moment at which somebody asks for pictures that are cancelled soon after (milliseconds since the begin), often; `undefined`
 * otherwise.
 */
export function cancelledMoment(random: Random, { acts, span }: Scene): number | undefined {
  const moments = new Map(acts.flatMap((act) => ('marker' in act ? [[act.id, act.at]] : [])));
  const pressed = acts.flatMap((act) => {
    const at = act.kind === 'press' && act.button.startsWith('cancel') ? moments.get(act.of) : undefined;
    return at !== undefined && at < 0.95 * span && act.at - at < MEANWHILE ? [at] : [];
  });
  return pressed.length > 0 && random.chance(0.6) ? Math.round(random.pick(pressed)) : undefined;
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
