/**
 * The claims that one process holds, and those that it may still have to release. Each step takes a claim of its own, which no
 * other one equals. How a claim is taken is the store's to know: the simulator runs this over a store of its own.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { StoreError, type Claim } from '../storage.ts';

/**
 * How long no job is claimed after the store has come back (milliseconds): by then the other processes have reported again,
 * and starts that failed meanwhile have been undone.
 */
const QUIET_AFTER_OUTAGE = 3000;

/** What the store does with claims, each as one act. All reject with StoreError. */
export interface ClaimActs<Lock> {
  /** `held`: a process that is alive acts on the job; `lost`: the queue's lock is no longer this one's. */
  take(claim: Claim, lock: Lock): Promise<'taken' | 'held' | 'lost'>;
  /** Takes a claim of a job that nobody has. @returns whether nobody did. */
  hold(claim: Claim): Promise<boolean>;
  /** Ends a claim, unless another one stands in its place. */
  release(claim: Claim): Promise<void>;
}

export interface HeldClaims<Lock> {
  /**
   * Claims a job for this process. `held`: a process that is alive acts on it, or nothing may be begun yet; `lost`: the
   * queue's lock is no longer this one's.
   *
   * @throws StoreError
   */
  take(jobId: string, lock: Lock): Promise<Claim | 'held' | 'lost'>;
  /** Claims a job that is being started and that no queue knows of yet. @throws StoreError */
  hold(jobId: string): Promise<Claim>;
  /** Releases a claim; where the store is away, by {@link HeldClaims.releaseRest}. Never rejects. */
  release(claim: Claim): Promise<void>;
  /** Releases what could not be released before. Never rejects. */
  releaseRest(): Promise<void>;
  /** The store has come back: nothing is claimed for a while. */
  storeIsBack(): void;
  /** Whether no claim is held or left to release. */
  isIdle(): boolean;
}

/** @param processId - names this start of the process among all. */
export function createHeldClaims<Lock>({
  processId,
  acts,
  clock,
  log,
}: {
  processId: string;
  acts: ClaimActs<Lock>;
  clock: Pick<Clock, 'monotonic'>;
  log: Pick<Log, 'debug'>;
}): HeldClaims<Lock> {
  const held = new Set<string>();
  /** Claims that are to be released and may still stand in the store. */
  const unreleased = new Set<Claim>();
  let taken = 0;
  let quietUntil = 0;

  /** A claim that no other one equals. */
  function createClaim(jobId: string): Claim {
    taken += 1;
    return { jobId, holder: `${processId}/${taken}` };
  }

  async function release(claim: Claim): Promise<void> {
    try {
      await acts.release(claim);
      unreleased.delete(claim);
    } catch (error) {
      unreleased.add(claim);
      log.debug({ job: claim.jobId, err: error }, 'a claim could not be released yet');
    }
  }

  /** Runs what takes a claim. One that failed may have taken it all the same. */
  async function attempt<T>(claim: Claim, take: () => Promise<T>): Promise<T> {
    held.add(claim.jobId);
    try {
      return await take();
    } catch (error) {
      held.delete(claim.jobId);
      unreleased.add(claim);
      throw error;
    }
  }

  return {
    async take(jobId, lock) {
      if (held.has(jobId) || clock.monotonic() < quietUntil) return 'held';
      const claim = createClaim(jobId);
      const answer = await attempt(claim, () => acts.take(claim, lock));
      if (answer === 'taken') return claim;
      held.delete(jobId);
      return answer;
    },

    async hold(jobId) {
      const claim = createClaim(jobId);
      await attempt(claim, async () => {
        if (!(await acts.hold(claim))) throw new StoreError(`Somebody acts on job ${jobId}, which is being started.`);
      });
      return claim;
    },

    async release(claim) {
      // A step may begin at once: its claim is another one.
      held.delete(claim.jobId);
      await release(claim);
    },

    async releaseRest() {
      await Promise.all([...unreleased].map(release));
    },

    storeIsBack() {
      quietUntil = clock.monotonic() + QUIET_AFTER_OUTAGE;
    },

    isIdle: () => held.size + unreleased.size === 0,
  };
}
