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

export interface Outages {
  /** When nobody reaches the store. */
  away: readonly Span[];
  /** When one process is cut off from it, by the process's name. */
  cuts: readonly (Span & { process: string })[];
  /** When it fails over to a replica that lacks what was written last. */
  losses: readonly number[];
}

/** The span that a moment is in. */
export function spanAt<S extends Span>(spans: readonly S[], now: number): S | undefined {
  return spans.find(({ from, until }) => now >= from && now < until);
}

export function outagesOf({ faults, processes }: Plan, random: Random): Outages {
  const away: Span[] = [];
  const cuts: (Span & { process: string })[] = [];
  const losses: number[] = [];
  for (const fault of faults) {
    if (fault.kind === 'cut_off') {
      // Numbers go round: a plan for three processes goes with fewer, too.
      const number = ((fault.process - 1) % processes) + 1;
      cuts.push({ process: `bot ${number}`, from: BEGIN + fault.from, until: BEGIN + fault.until });
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
