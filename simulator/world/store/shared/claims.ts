/**
 * The claims of one process, as `src/services/storage/redis/claims.ts` takes and releases them. It reports that it is alive
 * only while that can matter to somebody: while it holds a claim, or has one left to release.
 */
import type { Clock, Timer } from '../../../../src/services/clock.ts';
import type { Log } from '../../../../src/services/log.ts';
import { createHeldClaims } from '../../../../src/services/storage/redis/held-claims.ts';
import type { Claim } from '../../../../src/services/storage/storage.ts';
import type { Connection } from '../connection.ts';
import type { Link } from '../link.ts';
import type { ClaimBook } from './claim-book.ts';
import type { Queue } from './queue.ts';

/** How often a process reports that it is alive (milliseconds). */
const BEAT_EVERY = 2000;

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
  log,
}: {
  processId: string;
  book: ClaimBook;
  queue: Queue;
  connection: Connection;
  link: Link;
  clock: Pick<Clock, 'monotonic' | 'setInterval'>;
  log: Pick<Log, 'debug'>;
}): Claims {
  let beating: Timer | undefined;

  /** Takes a claim as one act of the store's, which hears of this process with it. */
  function attempt<T>({ jobId }: Claim, what: string, take: () => T): Promise<T> {
    beatWhileNeeded();
    return connection.write(what, jobId, () => {
      book.beat(processId);
      return take();
    });
  }

  const claims = createHeldClaims<string>({
    processId,
    acts: {
      take: (claim, token) =>
        attempt(claim, 'take claim', () =>
          queue.holds(claim.jobId, token) ? book.take(claim.jobId, claim.holder) : 'lost',
        ),
      hold: (claim) => attempt(claim, 'hold', () => book.hold(claim.jobId, claim.holder)),
      release: ({ jobId, holder }) =>
        connection.write('release claim', jobId, () => {
          book.release(jobId, holder);
        }),
    },
    clock,
    log,
  });

  async function beat(): Promise<void> {
    try {
      await connection.write('beat', '', () => {
        book.beat(processId);
      });
      await claims.releaseRest();
      beatWhileNeeded();
    } catch {
      // The next one may come through.
    }
  }

  function beatWhileNeeded(): void {
    if (!claims.isIdle()) beating ??= clock.setInterval(() => void beat(), BEAT_EVERY);
    else {
      beating?.cancel();
      beating = undefined;
    }
  }

  link.onReady(() => {
    claims.storeIsBack();
    if (beating !== undefined) void beat();
  });

  return {
    take: (jobId, token) => claims.take(jobId, token).finally(beatWhileNeeded),
    hold: (jobId) => claims.hold(jobId).finally(beatWhileNeeded),
    release: (claim) => claims.release(claim).finally(beatWhileNeeded),
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
