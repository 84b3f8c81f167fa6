/**
 * The jobs that wait for a look, in a store that several processes share: what BullMQ keeps in Redis. A look is taken under a
 * lock; where it runs out, another process takes the job up.
 */

/** How long a lock lasts that is not renewed (milliseconds): `LOCK` in `src/services/storage/redis/scheduler.ts`. */
const LOCK = 10_000;

/** How much later at most a job without a lock is found (milliseconds): `STALLED_EVERY` there. */
const STALLED_EVERY = 5000;

/** How long it is remembered that a look was asked for while one was under way (milliseconds): `NUDGE_LIFE` there. */
const NUDGE_LIFE = 300_000;

/** A job in the queue. */
interface QueuedJob {
  jobId: string;
  /** When it is due, by the clock of the process that said so (milliseconds since the epoch). */
  due: number;
  /** Who looks at it now. */
  lock: { token: string; until: number; foundAfter: number } | undefined;
  /** How often it has been taken. */
  takes: number;
}

/** The job that can be taken next. */
interface Next {
  job: Readonly<QueuedJob>;
  /** In how many milliseconds; at once where it is 0 or less. */
  in: number;
}

/** Each call is one act of the store's. */
export interface Queue {
  /** Adds a job; one that is there keeps its time. */
  add(jobId: string, due: number): void;
  /** Makes a waiting job due now, by the caller's clock. */
  hurry(jobId: string, now: number): 'hurried' | 'not_waiting' | 'gone';
  /** Takes the job that has been due the longest, by the caller's clock. */
  take(now: number, token: string): string | undefined;
  holds(jobId: string, token: string): boolean;
  /** Renews a lock that has not run out. */
  renew(jobId: string, token: string): void;
  /** Puts a job back that was looked at. @throws Error where its lock is no longer this one. */
  wait(jobId: string, due: number, token: string): void;
  /** Takes a job out that needs no more looks. @throws Error where its lock is no longer this one. */
  end(jobId: string, token: string): void;
  nudge(jobId: string): void;
  /** Whether a look was asked for; it is forgotten then. */
  wasNudged(jobId: string): boolean;
  /** What can be taken next by whoever's clock shows `now`. */
  next(now: number): Next | undefined;
  /** Calls `listener` whenever something may be due sooner, until what it returns is called. */
  onSooner(listener: () => void): () => void;
  /** Keeps how it is now; what it returns brings that back. */
  snapshot(): () => void;
}

/**
 * @param now - the store's time (milliseconds since the epoch).
 * @param drawn - 0 to 1, for how late it is found that a lock has run out.
 */
export function createQueue({
  now,
  drawn,
}: {
  now: () => number;
  drawn: (jobId: string, take: number) => number;
}): Queue {
  let jobs = new Map<string, QueuedJob>();
  let nudges = new Map<string, number>();
  const listeners = new Set<() => void>();

  function isSooner(): void {
    for (const listener of listeners) listener();
  }

  function next(believed: number): { job: QueuedJob; in: number } | undefined {
    let first: { job: QueuedJob; in: number } | undefined;
    for (const job of jobs.values()) {
      const wait = job.lock === undefined ? job.due - believed : job.lock.until + job.lock.foundAfter - now();
      if (first === undefined || wait < first.in) first = { job, in: wait };
    }
    return first;
  }

  /** A lock, while it is this one's. */
  function lockOf(jobId: string, token: string): QueuedJob['lock'] {
    const lock = jobs.get(jobId)?.lock;
    return lock?.token === token && lock.until > now() ? lock : undefined;
  }

  function find(jobId: string, token: string): QueuedJob {
    const job = jobs.get(jobId);
    if (job === undefined || lockOf(jobId, token) === undefined) throw new Error(`The lock of job ${jobId} is lost`);
    return job;
  }

  return {
    add(jobId, due) {
      if (jobs.has(jobId)) return;
      jobs.set(jobId, { jobId, due, lock: undefined, takes: 0 });
      isSooner();
    },
    hurry(jobId, believed) {
      const job = jobs.get(jobId);
      if (job === undefined) return 'gone';
      if (job.lock !== undefined || job.due <= believed) return 'not_waiting';
      job.due = believed;
      isSooner();
      return 'hurried';
    },
    take(believed, token) {
      const found = next(believed);
      if (found === undefined || found.in > 0) return undefined;
      const { job } = found;
      job.takes += 1;
      job.lock = { token, until: now() + LOCK, foundAfter: drawn(job.jobId, job.takes) * STALLED_EVERY };
      return job.jobId;
    },
    holds: (jobId, token) => lockOf(jobId, token) !== undefined,
    renew(jobId, token) {
      const lock = lockOf(jobId, token);
      if (lock !== undefined) lock.until = now() + LOCK;
    },
    wait(jobId, due, token) {
      const job = find(jobId, token);
      job.due = due;
      job.lock = undefined;
      isSooner();
    },
    end(jobId, token) {
      find(jobId, token);
      jobs.delete(jobId);
    },
    nudge(jobId) {
      nudges.set(jobId, now() + NUDGE_LIFE);
    },
    wasNudged(jobId) {
      const until = nudges.get(jobId) ?? 0;
      nudges.delete(jobId);
      return until > now();
    },
    next,
    onSooner(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    snapshot() {
      const [keptJobs, keptNudges] = [structuredClone(jobs), new Map(nudges)];
      return () => {
        jobs = keptJobs;
        nudges = keptNudges;
        isSooner();
      };
    },
  };
}
