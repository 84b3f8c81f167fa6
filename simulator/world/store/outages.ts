/** When a plan keeps processes from their store as a whole: it is away, it fails over, one of them is cut off from it. */
import { BEGIN } from '../../kernel/virtual-time.ts';
import type { Random } from '../../kernel/random.ts';
import type { Plan } from '../../plan.ts';

/** How long the store is away while it fails over (milliseconds). */
const FAIL_OVER_LEAST = 500;
const FAIL_OVER_MOST = 4000;

/** A span of time, in milliseconds since the epoch. */
export interface Span {
  from: number;
  until: number;
}

/** When one process is cut off, by the process's name. */
interface Cut extends Span {
  process: string;
  /** It begins with the answer to a call of the process's: so many calls after this moment. Until then it has no begin. */
  waits: { from: number; calls: number } | undefined;
}

export interface Outages {
  /** When nobody reaches the store. */
  away: readonly Span[];
  /** When one process is cut off from it. */
  cuts: readonly Cut[];
  /** When it fails over to a replica that lacks what was written last. */
  losses: readonly number[];
}

/** The span that a moment is in. */
export function spanAt<S extends Span>(spans: readonly S[], now: number): S | undefined {
  return spans.find(({ from, until }) => now >= from && now < until);
}

export function outagesOf({ faults, processes }: Plan, random: Random): Outages {
  const away: Span[] = [];
  const cuts: Cut[] = [];
  const losses: number[] = [];
  for (const fault of faults) {
    if (fault.kind === 'cut_off') {
      // Numbers go round: a plan for three processes goes with fewer, too.
      const number = ((fault.process - 1) % processes) + 1;
      const from = BEGIN + fault.from;
      const waits = fault.call === undefined ? undefined : { from, calls: fault.call };
      const begin = waits === undefined ? from : Infinity;
      cuts.push({ process: `bot ${number}`, from: begin, until: BEGIN + fault.until, waits });
    } else if (fault.kind === 'fail_over') {
      const from = BEGIN + fault.at;
      away.push({ from, until: from + random.of(fault.id).integer(FAIL_OVER_LEAST, FAIL_OVER_MOST) });
      if (fault.lost) losses.push(from);
    } else if (
      fault.kind === 'trouble' &&
      fault.with === 'store' &&
      fault.trouble === 'away' &&
      fault.probability === 1
    ) {
      away.push({ from: BEGIN + fault.from, until: BEGIN + fault.until });
    }
  }
  return { away, cuts, losses };
}
