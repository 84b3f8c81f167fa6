/** Which process acts on which job, and which processes have been heard of: what `redis/claims.ts` keeps in Redis. */

/** How long a process that reports nothing counts as alive (milliseconds). */
const ALIVE_FOR = 10_000;

/** Each call is one act of the store's. */
export interface ClaimBook {
  /** Takes a claim, unless a process that is alive holds one; `holder` is a process and, after a slash, one take of it. */
  take(jobId: string, holder: string): 'taken' | 'held';
  /** Takes a claim that nobody holds. @returns whether nobody did. */
  hold(jobId: string, holder: string): boolean;
  release(jobId: string, holder: string): void;
  holds(jobId: string, holder: string): boolean;
  /** Gives a claim to a holder, whoever had it. */
  give(jobId: string, holder: string): void;
  /** A process reports that it is alive, or that it will be no more. */
  beat(process: string): void;
  leave(process: string): void;
  /** Keeps how it is now; what it returns brings that back. */
  snapshot(): () => void;
}

const processOf = (holder: string) => holder.slice(0, holder.indexOf('/'));

/**
 * @param now - the store's time (milliseconds since the epoch).
 * @param takenOver - told when a job is taken over from another process, which seems dead.
 */
export function createClaimBook({
  now,
  takenOver,
}: {
  now: () => number;
  takenOver: (jobId: string, by: string, from: string) => void;
}): ClaimBook {
  let holders = new Map<string, string>();
  let aliveUntil = new Map<string, number>();

  return {
    take(jobId, holder) {
      const [by, from] = [processOf(holder), processOf(holders.get(jobId) ?? holder)];
      if (by !== from) {
        if ((aliveUntil.get(from) ?? 0) > now()) return 'held';
        takenOver(jobId, by, from);
      }
      holders.set(jobId, holder);
      return 'taken';
    },
    hold(jobId, holder) {
      if (holders.has(jobId)) return false;
      holders.set(jobId, holder);
      return true;
    },
    release(jobId, holder) {
      if (holders.get(jobId) === holder) holders.delete(jobId);
    },
    holds: (jobId, holder) => holders.get(jobId) === holder,
    give(jobId, holder) {
      holders.set(jobId, holder);
    },
    beat(process) {
      aliveUntil.set(process, now() + ALIVE_FOR);
    },
    leave(process) {
      aliveUntil.delete(process);
    },
    snapshot() {
      const kept = { holders: new Map(holders), aliveUntil: new Map(aliveUntil) };
      return () => {
        ({ holders, aliveUntil } = kept);
      };
    },
  };
}
