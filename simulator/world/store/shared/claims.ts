/**
 * The claims of one process, as `src/services/storage/redis/claims.ts` takes and releases them. It reports that it is alive
 * only while that can matter to somebody: while it holds a claim, or has one left to release.
 */
import type { Clock, Timer } from '../../../../src/services/clock.ts';
import { StoreError, type Claim } from '../../../../src/services/storage/storage.ts';
import type { Connection } from '../connection.ts';
import type { Link } from '../link.ts';
import type { ClaimBook } from './claim-book.ts';
import type { Queue } from './queue.ts';

/** How often a process reports that it is alive (milliseconds). */
const BEAT_EVERY = 2000;

/** How long no job is claimed after the store has come back (milliseconds). */
const QUIET_AFTER_OUTAGE = 3000;

export interface Claims {
  /** `held`: a process that is alive acts on the job, or nothing may be begun yet; `lost`: the lock is another's. */
  take(jobId: string, token: string): Promise<Claim | 'held' | 'lost'>;
  hold(jobId: string): Promise<Claim>;
  release(claim: Claim): Promise<void>;
  close(): Promise<void>;
}

/** @param connection - whose calls are given up when they take too long. */
export function createClaims({
  processId,
  book,
  queue,
  connection,
  link,
  clock,
}: {
  processId: string;
  book: ClaimBook;
  queue: Queue;
  connection: Connection;
  link: Link;
  clock: Pick<Clock, 'monotonic' | 'setInterval'>;
}): Claims {
  const held = new Set<string>();
  const unreleased = new Set<Claim>();
  let taken = 0;
  let quietUntil = 0;
  let beating: Timer | undefined;

  function createClaim(jobId: string): Claim {
    taken += 1;
    return { jobId, holder: `${processId}/${taken}` };
  }

  async function release(claim: Claim): Promise<void> {
    try {
      await connection.write('release claim', claim.jobId, () => {
        book.release(claim.jobId, claim.holder);
      });
      unreleased.delete(claim);
    } catch {
      unreleased.add(claim);
    }
    beatWhileNeeded();
  }

  async function attempt<T>(claim: Claim, what: string, take: () => T): Promise<T> {
    held.add(claim.jobId);
    beatWhileNeeded();
    try {
      return await connection.write(what, claim.jobId, () => {
        book.beat(processId);
        return take();
      });
    } catch (error) {
      held.delete(claim.jobId);
      unreleased.add(claim);
      throw error;
    }
  }

  async function beat(): Promise<void> {
    try {
      await connection.write('beat', '', () => {
        book.beat(processId);
      });
      await Promise.all([...unreleased].map(release));
    } catch {
      // The next one may come through.
    }
  }

  function beatWhileNeeded(): void {
    if (held.size + unreleased.size > 0) beating ??= clock.setInterval(() => void beat(), BEAT_EVERY);
    else {
      beating?.cancel();
      beating = undefined;
    }
  }

  link.onReady(() => {
    quietUntil = clock.monotonic() + QUIET_AFTER_OUTAGE;
    if (beating !== undefined) void beat();
  });

  return {
    async take(jobId, token) {
      if (held.has(jobId) || clock.monotonic() < quietUntil) return 'held';
      const claim = createClaim(jobId);
      const answer = await attempt(claim, 'take claim', () =>
        queue.holds(jobId, token) ? book.take(jobId, claim.holder) : 'lost',
      );
      if (answer === 'taken') return claim;
      held.delete(jobId);
      beatWhileNeeded();
      return answer;
    },
    async hold(jobId) {
      const claim = createClaim(jobId);
      await attempt(claim, 'hold', () => {
        if (!book.hold(jobId, claim.holder)) {
          throw new StoreError(`Somebody acts on job ${jobId}, which is being started.`);
        }
      });
      return claim;
    },
    async release(claim) {
      held.delete(claim.jobId);
      await release(claim);
    },
    async close() {
      beating?.cancel();
      await connection
        .write('leave', '', () => {
          book.leave(processId);
        })
        .catch(() => undefined);
    },
  };
}
