/** When people ask for pictures: some by themselves, many together. */
import type { Random } from '../kernel/random.ts';
import { BEGIN } from '../kernel/virtual-time.ts';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** From a history's begin until the day and the month end (milliseconds). */
const MIDNIGHT = DAY - (BEGIN % DAY);

/**
 * Gives moments (milliseconds since the history's begin), each by the name of what happens then.
 *
 * @param span - milliseconds from the begin within which they are.
 */
export function createMoments(random: Random, { span, number }: { span: number; number: number }) {
  const bursts = Array.from({ length: Math.max(1, Math.round(number / 6)) }, (_, index) => {
    const drawn = random.of('burst', index);
    // The day ends while some are asking.
    return index === 0 && drawn.chance(0.3) && MIDNIGHT < span ? MIDNIGHT - 3 * SECOND : drawn.next() * span;
  });
  return (name: string): number => {
    const drawn = random.of(name);
    const at = drawn.chance(0.5) ? drawn.pick(bursts) + drawn.next() * 8 * SECOND : drawn.next() * span;
    return Math.round(Math.min(at, span));
  };
}
