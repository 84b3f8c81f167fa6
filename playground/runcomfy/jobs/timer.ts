/** The one timer: it brings the jobs up to the present when one ends, as long as somebody listens to events. */
import type { Jobs } from './job.ts';

/** The longest a timer can wait. */
const WAIT_MAX_MS = 2 ** 31 - 1;

export interface JobTimer {
  /** Waits for the next job that ends by itself. */
  set(): void;
  stop(): void;
}

/** Builds a timer that runs only while `wanted`. */
export function createJobTimer(jobs: Jobs, wanted: () => boolean, now: () => number): JobTimer {
  let timer: NodeJS.Timeout | undefined;

  function set(): void {
    clearTimeout(timer);
    const next = jobs.nextEnd();
    if (next === undefined || !wanted()) return;
    timer = setTimeout(fire, Math.min(Math.max(1, next - now()), WAIT_MAX_MS)).unref();
  }
  function fire(): void {
    jobs.advance();
    set();
  }

  return {
    set,
    stop() {
      clearTimeout(timer);
    },
  };
}
