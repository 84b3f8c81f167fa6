/** Whether anything was wrong in a span: what is promised for good times is judged in those alone. */
import type { Fault } from '../plan.ts';
import type { Life } from '../world/life.ts';

/** @returns whether nothing went wrong between two moments (milliseconds since the epoch) and every process was up and awake. */
export type IsCalm = (from: number, until: number) => boolean;

/** What a fail-over leads to is over by then (milliseconds). */
const AFTER_FAIL_OVER = 60_000;

/** @param begin - of the history, from which the plan's moments count (milliseconds since the epoch). */
export function createCalm({
  faults,
  lives,
  begin,
}: {
  faults: readonly Fault[];
  lives: readonly Life[];
  begin: number;
}): IsCalm {
  function isWell(from: number, until: number): boolean {
    return !faults.some((fault) => {
      if (fault.kind === 'fail_over') return begin + fault.at >= from - AFTER_FAIL_OVER && begin + fault.at <= until;
      const lasts = fault.kind === 'trouble' || fault.kind === 'cut_off';
      return lasts && begin + fault.from <= until && begin + fault.until >= from;
    });
  }

  /** Whether every process that had begun by then went on, awake, to the end of the span. */
  function isAwake(from: number, until: number): boolean {
    const names = new Set(lives.map(({ process }) => process));
    return [...names].every((name) =>
      lives.some(
        ({ process, startedAt, stoppedAt = Infinity, endedAt = Infinity, frozen }) =>
          process === name &&
          startedAt <= from &&
          Math.min(stoppedAt, endedAt) > until &&
          !frozen.some((span) => span.from < until && (span.until ?? Infinity) > from),
      ),
    );
  }

  return (from, until) => isAwake(from, until) && isWell(from, until);
}
