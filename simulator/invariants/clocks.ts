/** How far a moment that the bot names may be off: its machines' clocks are set, and what it says is on its way for a while. */
import type { Fault } from '../plan.ts';

export interface Tolerance {
  /**
   * Milliseconds by which a moment told at `at` (milliseconds since the epoch) may be off: by the clock of any process, since
   * one may go on with what another one has written.
   */
  clocks(at: number): number;
  /** Likewise, and by what it may have waited for Discord or for its process. */
  told(at: number): number;
}

/** What is written is sent two seconds after the edit before, and there soon after (milliseconds). */
const ON_ITS_WAY = 5000;

/** An edit is given up after 10 s and may arrive later; a line is sent four times, each given up after two minutes (milliseconds). */
const HELD_UP = 9 * 60_000;

/** @param begin - of the history, from which the plan's moments count (milliseconds since the epoch). */
export function createTolerance(faults: readonly Fault[], begin: number): Tolerance {
  const jumps = faults.filter((fault) => fault.kind === 'clock_jump');
  const spans = faults.flatMap((fault): { from: number; until: number }[] => {
    if (fault.kind === 'freeze' && fault.call === undefined) return [{ from: fault.at, until: fault.at + fault.for }];
    if (fault.kind === 'freeze') return [{ from: fault.at, until: Infinity }];
    if (fault.kind === 'fail_over') return [{ from: fault.at, until: fault.at }];
    if (fault.kind === 'kill_at_call') return [{ from: fault.from, until: Infinity }];
    return fault.kind === 'trouble' || fault.kind === 'cut_off' ? [fault] : [];
  });
  const clocks = (at: number) =>
    jumps.reduce((sum, jump) => (begin + jump.at <= at ? sum + Math.abs(jump.by) : sum), 0);
  return {
    clocks,
    told(at) {
      const isHeldUp = spans.some(({ from, until }) => begin + from <= at && begin + until + HELD_UP >= at);
      return clocks(at) + (isHeldUp ? HELD_UP : ON_ITS_WAY);
    },
  };
}
