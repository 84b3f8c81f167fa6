/** Whose pictures are fetched and posted now: a turn is held by work, not by waiting for a slow host. */
import type { Clock } from '../clock.ts';
import { createSemaphore } from '../semaphore.ts';

/** Galleries that are worked on at once, each with at most one message's bytes and the downloads under way in memory. */
const GALLERIES_AT_ONCE = 2;

/**
 * A gallery that has waited so long for its pictures (milliseconds) is waiting rather than worked on: it lets another one
 * begin. So many wait beside; they hold little, as their bytes come slowly.
 */
const SLOW_AFTER = 3000;
const SLOW_AT_ONCE = 12;

/** Turns of galleries: a slow one makes way for others. */
export function createGalleryTurns(clock: Pick<Clock, 'setTimeout'>) {
  const working = createSemaphore(GALLERIES_AT_ONCE);
  const waiting = createSemaphore(SLOW_AT_ONCE);

  return {
    /** Waits for a turn; gives what ends it. */
    async begin(): Promise<() => void> {
      let enough: AbortController | undefined;
      const leaves = [await working.take(1)];
      const timer = clock.setTimeout(() => {
        const { signal } = (enough = new AbortController());
        waiting.take(1, signal).then(
          (leave) => {
            // Its turn may have ended in the same moment.
            if (signal.aborted) leave();
            else leaves.splice(0, 1, leave)[0]?.();
          },
          () => undefined, // it has ended meanwhile
        );
      }, SLOW_AFTER);
      return () => {
        timer.cancel();
        enough?.abort();
        leaves.pop()?.();
      };
    },
  };
}
