/** Which call of a process a kill was drawn for. */
import { BEGIN, type VirtualTime } from '../kernel/virtual-time.ts';
import type { Fault } from '../plan.ts';

export type Kill = Extract<Fault, { kind: 'kill_at_call' }>;

interface Waiting {
  fault: Kill;
  /** Calls that its process has made since the fault's moment. */
  calls: number;
  /** The call that it was drawn for, once it has been made. */
  struck: string | undefined;
}

/** Gives the fault that kills a process at this point, if one does; each does so once. */
export function createKills(faults: readonly Fault[], time: Pick<VirtualTime, 'now'>) {
  let waiting: Waiting[] = faults
    .filter((fault) => fault.kind === 'kill_at_call')
    .map((fault) => ({ fault, calls: 0, struck: undefined }));

  return (
    process: number,
    { incarnation, call, side }: { incarnation: number; call: number; side: 'before' | 'after' },
  ): Kill | undefined => {
    if (waiting.length === 0) return undefined;
    const made = `${incarnation} ${call}`;
    for (const each of waiting) {
      if (each.fault.process !== process || time.now() < BEGIN + each.fault.from) continue;
      if (side === 'before' && each.struck === undefined) {
        each.calls += 1;
        if (each.calls === each.fault.call) each.struck = made;
      }
      if (each.struck !== made || each.fault.side !== side) continue;
      waiting = waiting.filter((other) => other !== each);
      return each.fault;
    }
    return undefined;
  };
}
