/** Other customers of the RunComfy stand-in: they keep its queue as long as wished, so that a job has to wait its turn. */
import type { RunComfyStandIn } from '../runcomfy/stand-in.ts';

export interface OtherCustomers {
  /** Jobs of theirs that a new job finds before it. */
  readonly ahead: number;
  /** Keeps this many of their jobs queued or running, from now on. */
  keepAhead(jobs: number): void;
  /** Whether a request id is one of theirs. */
  owns(requestId: string): boolean;
}

/** Builds them; they ask for nothing until told how many jobs to keep. */
export function createOtherCustomers(runcomfy: RunComfyStandIn): OtherCustomers {
  const live = new Set<string>();
  const own = new Set<string>();
  let wanted = 0;

  function fill(): void {
    while (live.size < wanted) {
      const { requestId } = runcomfy.addOtherJob();
      own.add(requestId);
      live.add(requestId);
    }
  }

  runcomfy.on((event) => {
    if (event.type !== 'job' || !live.has(event.requestId)) return;
    if (event.state === 'in_queue' || event.state === 'in_progress') return;
    live.delete(event.requestId);
    // Not within the stand-in's own account of its jobs.
    setImmediate(fill);
  });

  return {
    get ahead() {
      return wanted;
    },
    keepAhead(jobs) {
      wanted = jobs;
      for (const requestId of [...live].slice(jobs)) runcomfy.endOtherJob(requestId);
      fill();
    },
    owns: (requestId) => own.has(requestId),
  };
}
