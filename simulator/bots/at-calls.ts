/** Which call of a process a kill, or a standstill, was drawn for. */
import { BEGIN, type VirtualTime } from '../kernel/virtual-time.ts';
import type { Fault } from '../plan.ts';

type Kill = Extract<Fault, { kind: 'kill_at_call' }>;
type Freeze = Extract<Fault, { kind: 'freeze' }>;

interface Waiting {
  fault: Kill | Freeze;
  /** From when on its process's calls are counted (milliseconds since the begin), up to which, and on which side it strikes. */
  from: number;
  call: number;
  side: 'before' | 'after';
  /** Calls that its process has made since then. */
  calls: number;
  /** The call that it was drawn for, once it has been made. */
  struck: string | undefined;
}

function waitingOf(fault: Fault): Waiting[] {
  const counted = { calls: 0, struck: undefined };
  if (fault.kind === 'kill_at_call') return [{ ...fault, fault, ...counted }];
  if (fault.kind !== 'freeze' || fault.call === undefined) return [];
  return [{ fault, from: fault.at, call: fault.call, side: fault.side ?? 'before', ...counted }];
}

/** Gives the fault that strikes a process at this point, if one does; each does so once. */
export function createAtCalls(faults: readonly Fault[], time: Pick<VirtualTime, 'now'>) {
  let waiting = faults.flatMap(waitingOf);

  return (
    process: number,
    { incarnation, call, side }: { incarnation: number; call: number; side: 'before' | 'after' },
  ): Kill | Freeze | undefined => {
    if (waiting.length === 0) return undefined;
    const made = `${incarnation} ${call}`;
    for (const each of waiting) {
      if (each.fault.process !== process || time.now() < BEGIN + each.from) continue;
      if (side === 'before' && each.struck === undefined) {
        each.calls += 1;
        if (each.calls === each.call) each.struck = made;
      }
      if (each.struck !== made || each.side !== side) continue;
      waiting = waiting.filter((other) => other !== each);
      return each.fault;
    }
    return undefined;
  };
}
