/** In a burst of commands the acknowledgements go first: nobody waits for one behind the work of jobs just begun. */

/** How long work waits for others' acknowledgements at most (milliseconds). */
const AT_MOST = 1000;

/** How much work begins in one turn of the event loop; what arrives meanwhile comes before the rest. */
const TOGETHER = 25;

export interface AcknowledgeFirst {
  /** Makes an acknowledgement, for which work waits. Gives and throws what `answer` does. */
  acknowledge: <T>(answer: () => Promise<T>) => Promise<T>;
  /** Resolves when work may begin: no acknowledgement is under way, or it has waited for a second. */
  whenAcknowledged: () => Promise<void>;
}

export function createAcknowledgeFirst(): AcknowledgeFirst {
  const waiting = new Set<() => void>();
  let underWay = 0;
  let releasing = false;

  function release(): void {
    if (releasing || waiting.size === 0) return;
    releasing = true;
    setImmediate(() => {
      releasing = false;
      if (underWay > 0) return;
      for (const begin of [...waiting.values().take(TOGETHER)]) begin();
      release();
    });
  }

  return {
    async acknowledge(answer) {
      underWay += 1;
      try {
        return await answer();
      } finally {
        underWay -= 1;
        if (underWay === 0) release();
      }
    },

    whenAcknowledged() {
      if (underWay === 0 && waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const begin = () => {
          clearTimeout(timer);
          waiting.delete(begin);
          resolve();
        };
        const timer = setTimeout(begin, AT_MOST);
        waiting.add(begin);
      });
    },
  };
}
