/** In a burst of commands the acknowledgements go first: nobody waits for one behind the work of jobs just begun. */
import type { Clock } from '../../services/clock.ts';

/** How long work waits for others' acknowledgements at most (milliseconds). */
const AT_MOST = 1000;

/** How much work begins in one turn of the event loop; what arrives meanwhile comes before the rest. */
const BATCH = 25;

export interface AcknowledgementPriority {
  /** Makes an acknowledgement, for which work waits. Returns and throws what `send` does. */
  acknowledge: <T>(send: () => Promise<T>) => Promise<T>;
  /** Resolves when work may begin: no acknowledgement is under way, or it has waited for a second. */
  onIdle: () => Promise<void>;
}

export function createAcknowledgementPriority({
  clock,
}: {
  clock: Pick<Clock, 'setTimeout' | 'setImmediate'>;
}): AcknowledgementPriority {
  const waiting = new Set<() => void>();
  let underWay = 0;
  let releasing = false;

  function release(): void {
    if (releasing || waiting.size === 0) return;
    releasing = true;
    clock.setImmediate(() => {
      releasing = false;
      if (underWay > 0) return;
      for (const begin of [...waiting.values().take(BATCH)]) begin();
      release();
    });
  }

  return {
    async acknowledge(send) {
      underWay += 1;
      try {
        return await send();
      } finally {
        underWay -= 1;
        if (underWay === 0) release();
      }
    },

    onIdle() {
      if (underWay === 0 && waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const begin = () => {
          timer.cancel();
          waiting.delete(begin);
          resolve();
        };
        const timer = clock.setTimeout(begin, AT_MOST);
        waiting.add(begin);
      });
    },
  };
}
