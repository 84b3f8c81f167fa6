/** Stops asking for what cannot be had: RunComfy refusing the host's key or balance. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';

/** Submits in a row that must fail for the host's account before new commands are refused. */
const FAILURES_TO_OPEN = 3;

/** How long commands are refused before a submit may try again, and how long that trial may take (milliseconds). */
const PAUSE = 60_000;

type AccountFault = 'authentication' | 'balance';

/** What is known of the host's account. */
export const accountSchema = z.object({
  version: z.literal(1),
  /** Submits in a row that failed for it. */
  failures: z.int(),
  /** Why and until when (milliseconds since the epoch) commands are refused. */
  open: z.object({ fault: z.enum(['authentication', 'balance']), until: z.number() }).optional(),
  /** The job whose submit tries again, and until when its answer is waited for (milliseconds since the epoch). */
  trial: z.object({ jobId: z.string(), until: z.number() }).optional(),
});
export type Account = z.infer<typeof accountSchema>;

/** Whether a submit may be made: at once, perhaps once the trial of another job is answered, or not. */
type Admission = 'go' | 'wait' | AccountFault;

export interface AccountBreaker {
  /** Why and until when (milliseconds since the epoch) commands are refused; `undefined` when they are not. Changes nothing. */
  refusal(): { fault: AccountFault; until: number } | undefined;
  /**
   * Takes over what other processes found out, where that was not read in the last 5 s. Takes no longer than a few calls of the
   * store, and never rejects.
   */
  refresh(): Promise<void>;
  /** Asked right before a submit. Where submits are paused and the pause is over, the first one to ask is the trial. */
  admit(jobId: string): Promise<Admission>;
  /** A submit failed for the host's account. */
  failed(fault: AccountFault): void;
  /** A submit was answered otherwise. */
  answered(): void;
  /** This job's submit was not answered: where it was the trial, another one may be. */
  unanswered(jobId: string): void;
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

  /** A moment that is further away than any is set comes of a clock that was set back. */
  function isAhead(until: number): boolean {
    const left = until - clock.now();
    return left > 0 && left <= PAUSE;
  }

  return {
    refusal() {
      const { open } = account;
      // While a trial is under way nobody knows of a refusal: what is asked meanwhile waits at its submit for what comes of it.
      return open !== undefined && isAhead(open.until) ? open : undefined;
    },
    refresh: () => Promise.resolve(),
    admit(jobId) {
      const { open, trial } = account;
      if (open === undefined) return Promise.resolve('go');
      if (isAhead(open.until)) return Promise.resolve(open.fault);
      if (trial !== undefined && trial.jobId !== jobId && isAhead(trial.until)) return Promise.resolve('wait');
      change({ ...account, trial: { jobId, until: clock.now() + PAUSE } });
      return Promise.resolve('go');
    },
    failed(fault) {
      const failures = account.failures + 1;
      const open = failures >= FAILURES_TO_OPEN ? { fault, until: clock.now() + PAUSE } : account.open;
      change({ version: 1, failures, ...(open === undefined ? {} : { open }) });
    },
    answered() {
      if (account.failures > 0) change({ version: 1, failures: 0 });
    },
    unanswered(jobId) {
      const { trial, ...without } = account;
      if (trial?.jobId === jobId) change(without);
    },
    adopt(found) {
      account = found;
    },
  };
}
