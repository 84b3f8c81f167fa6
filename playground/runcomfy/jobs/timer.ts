/** The one timer: it looks at the jobs where nobody else does but somebody listens. */
import type { Jobs } from './jobs.ts';

/** The longest a timer can wait. */
const WAIT_MAX_MS = 2 ** 31 - 1;

export interface Alarm {
  /** Waits for the next job that ends by itself. */
  set(): void;
  stop(): void;
}

/** Builds an alarm that rings only while `wanted`. */
export function createAlarm(jobs: Jobs, wanted: () => boolean, now: () => number): Alarm {
  let timer: NodeJS.Timeout | undefined;

  function set(): void {
    clearTimeout(timer);
    const next = jobs.nextEnd();
    if (next === undefined || !wanted()) return;
    timer = setTimeout(ring, Math.min(Math.max(1, next - now()), WAIT_MAX_MS)).unref();
  }
  function ring(): void {
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
