/** How long to wait after a look that failed. Pure. */

/** Milliseconds: the first wait, the longest in a job's first two minutes, the longest later. */
const WAIT = { first: 1000, early: 10_000, late: 30_000 } as const;
const EARLY_MS = 120_000;

/** Longest `Retry-After` that is obeyed in full (milliseconds): a mistaken one must not hold back a result that is paid for. */
export const RETRY_AFTER_MAX_MS = 60_000;

/**
 * Milliseconds to the next look after one that failed: doubling from 1 s, half of it random, so that jobs which met the
 * same trouble do not come back together; at most 10 s in the job's first two minutes, 30 s later. Where RunComfy said how
 * long to wait, that goes beyond these bounds, up to a minute: an earlier look would only be refused again.
 *
 * @param trouble - `failures`: failed looks in a row, this one included; `jobAge`: milliseconds since the job was created;
 *   `retryAfter`: milliseconds; `random`: gives 0 to 1.
 */
export function backoff(trouble: {
  failures: number;
  jobAge: number;
  retryAfter: number | undefined;
  random: () => number;
}): number {
  const longest = trouble.jobAge >= EARLY_MS ? WAIT.late : WAIT.early;
  const doubled = Math.min(WAIT.first * 2 ** Math.max(trouble.failures - 1, 0) || WAIT.first, longest);
  const wait = doubled * (0.5 + 0.5 * trouble.random());
  const asked = Math.min(trouble.retryAfter ?? 0, RETRY_AFTER_MAX_MS);
  // A little later than asked, never earlier.
  return asked > 0 ? Math.max(wait, asked + 0.1 * wait) : wait;
}
