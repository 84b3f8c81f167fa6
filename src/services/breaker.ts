/** Stops asking for what cannot be had: RunComfy refusing the host's key or balance. */
import type { Clock } from './clock.ts';

/** Submits in a row that must fail for the host's account before new commands are refused. */
const FAILURES_TO_OPEN = 3;

/** How long commands are refused before one is let through to try again (milliseconds). */
const PAUSE = 60_000;

export type AccountFault = 'authentication' | 'balance';

export interface Breaker {
  /** Why and until when (milliseconds since the epoch) commands are refused; `undefined` when they are not. */
  refusal(): { fault: AccountFault; until: number } | undefined;
  /** A submit failed for the host's account. */
  failed(fault: AccountFault): void;
  /** A submit was answered otherwise. */
  answered(): void;
}

export function createBreaker({ clock }: { clock: Clock }): Breaker {
  let failures = 0;
  let open: { fault: AccountFault; until: number } | undefined;
  return {
    refusal() {
      if (open === undefined) return undefined;
      if (clock.now() < open.until) return open;
      // One command is the trial; the others wait for its answer, or for the next pause to end.
      open = { ...open, until: clock.now() + PAUSE };
      return undefined;
    },
    failed(fault) {
      failures += 1;
      if (failures >= FAILURES_TO_OPEN) open = { fault, until: clock.now() + PAUSE };
    },
    answered() {
      failures = 0;
      open = undefined;
    },
  };
}
