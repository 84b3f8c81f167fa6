/** Stops asking for what cannot be had: RunComfy refusing the host's key or balance. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';

/** Submits in a row that must fail for the host's account before new commands are refused. */
const FAILURES_TO_OPEN = 3;

/** How long commands are refused before one is let through to try again (milliseconds). */
const PAUSE = 60_000;

type AccountFault = 'authentication' | 'balance';

/** What is known of the host's account. */
export const accountSchema = z.object({
  version: z.literal(1),
  /** Submits in a row that failed for it. */
  failures: z.int(),
  /** Why and until when (milliseconds since the epoch) commands are refused. */
  open: z.object({ fault: z.enum(['authentication', 'balance']), until: z.number() }).optional(),
});
export type Account = z.infer<typeof accountSchema>;

export interface AccountBreaker {
  /** Why and until when (milliseconds since the epoch) commands are refused; `undefined` when they are not. */
  refusal(): { fault: AccountFault; until: number } | undefined;
  /** A submit failed for the host's account. */
  failed(fault: AccountFault): void;
  /** A submit was answered otherwise. */
  answered(): void;
  /** Takes over what another process has found out. */
  adopt(account: Account): void;
}

/** @param changed - told of every change that this process finds out itself. */
export function createAccountBreaker({
  clock,
  changed = () => undefined,
}: {
  clock: Pick<Clock, 'now'>;
  changed?: (account: Account) => void;
}): AccountBreaker {
  let account: Account = { version: 1, failures: 0 };
  function change(to: Account): void {
    account = to;
    changed(to);
  }
  return {
    refusal() {
      const { open } = account;
      if (open === undefined) return undefined;
      if (clock.now() < open.until) return open;
      // One command is the trial; the others wait for its answer, or for the next pause to end.
      change({ ...account, open: { ...open, until: clock.now() + PAUSE } });
      return undefined;
    },
    failed(fault) {
      const failures = account.failures + 1;
      const open = failures >= FAILURES_TO_OPEN ? { fault, until: clock.now() + PAUSE } : account.open;
      change({ version: 1, failures, ...(open === undefined ? {} : { open }) });
    },
    answered() {
      if (account.failures > 0) change({ version: 1, failures: 0 });
    },
    adopt(found) {
      account = found;
    },
  };
}
