/** How long a job's step waits after a failing store or Discord: longer with each failure in a row. */
import { BoundedMap } from '../../bounded.ts';

/** Until the next try, at first and at most (milliseconds). */
const RETRY_FIRST = 1000;
const RETRY_MOST = 60_000;

/** Jobs whose failed tries are counted: a job that another process ends stays here. */
const REMEMBERED = 10_000;

export interface Retries {
  /** Counts a failure of a job's; gives the milliseconds until its next try. */
  delay(jobId: string): number;
  /** The last try went well, or there is no next one. */
  forget(jobId: string): void;
}

export function createRetries(): Retries {
  const failures = new BoundedMap<string, number>(REMEMBERED);
  return {
    delay(jobId) {
      const failed = failures.get(jobId) ?? 0;
      failures.set(jobId, failed + 1);
      return Math.min(RETRY_MOST, RETRY_FIRST * 2 ** failed);
    },
    forget: (jobId) => void failures.delete(jobId),
  };
}
