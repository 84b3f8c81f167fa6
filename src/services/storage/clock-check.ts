/** Whether the machine's clock is to be believed when it says that something is old enough to be deleted for good. */
import type { Clock } from '../clock.ts';

/** How far the clock may be from what is known of the time otherwise (milliseconds): two days. */
const FAR = 2 * 24 * 60 * 60_000;

export interface ClockCheck {
  /** Discord has said what time it is (milliseconds since the epoch). It is carried on from there. */
  hear(at: number): void;
  /**
   * The newest reservation's time: the best there is until Discord has been heard. A bot that nobody used for longer than
   * that deletes nothing until then, which harms nobody.
   */
  remember(newest: number | undefined): void;
  /** Whether Discord has been heard. */
  isHeard(): boolean;
  /** Whether the clock is about right, as far as is known. */
  isRight(): boolean;
}

export function createClockCheck(clock: Pick<Clock, 'now' | 'monotonic'>): ClockCheck {
  let heard: { at: number; since: number } | undefined;
  let newest: number | undefined;
  return {
    hear(at) {
      if (Number.isFinite(at)) heard = { at, since: clock.monotonic() };
    },
    remember(at) {
      newest = at;
    },
    isHeard: () => heard !== undefined,
    isRight() {
      const known = heard === undefined ? newest : heard.at + clock.monotonic() - heard.since;
      return known === undefined || Math.abs(clock.now() - known) <= FAR;
    },
  };
}
