/** Room for a bounded amount of something (bytes, pixels, requests) in this process, given out in the order asked. */
export interface Semaphore {
  /**
   * Waits until `amount` (or all there is, if that is less) is free and takes it.
   *
   * @returns gives it back; further calls do nothing.
   * @throws the signal's reason, when it aborts first.
   */
  take(amount: number, signal?: AbortSignal): Promise<() => void>;
}

/** A semaphore with room for `capacity`. */
export function createSemaphore(capacity: number): Semaphore {
  let free = capacity;
  const waiting: { amount: number; enter: () => void }[] = [];

  function admit() {
    for (let first = waiting[0]; first !== undefined && first.amount <= free; first = waiting[0]) {
      waiting.shift();
      free -= first.amount;
      first.enter();
    }
  }

  return {
    async take(wanted, signal) {
      signal?.throwIfAborted();
      const amount = Math.min(wanted, capacity);
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      const entry = {
        amount,
        enter: () => {
          resolve(undefined);
        },
      };
      function abandon() {
        const index = waiting.indexOf(entry);
        if (index < 0) return;
        waiting.splice(index, 1);
        reject(signal?.reason);
        admit();
      }
      waiting.push(entry);
      signal?.addEventListener('abort', abandon, { once: true });
      admit();
      try {
        await promise;
      } finally {
        signal?.removeEventListener('abort', abandon);
      }
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        free += amount;
        admit();
      };
    },
  };
}
