/** Time and its timers, handed in so that tests and a simulator can move them: nothing else in `src/` starts a timer. */

/** Something that waits for its moment. */
export interface Timer {
  /** Takes it back; nothing happens where its moment has passed. */
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch. It jumps where the machine's clock is set. */
  now(): number;
  /** Milliseconds since a moment of no meaning. It never jumps and never goes back: for spans. */
  monotonic(): number;
  /** Calls back once, `ms` milliseconds from now. */
  setTimeout(callback: () => void, ms: number): Timer;
  /** Calls back every `ms` milliseconds. It does not keep the process alive. */
  setInterval(callback: () => void, ms: number): Timer;
  /** Calls back once the event loop has done what is ready now. */
  setImmediate(callback: () => void): Timer;
  /** Resolves `ms` milliseconds from now. */
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout(callback, ms) {
    const timer = setTimeout(callback, ms);
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
  setInterval(callback, ms) {
    const timer = setInterval(callback, ms).unref();
    return {
      cancel: () => {
        clearInterval(timer);
      },
    };
  },
  setImmediate(callback) {
    const immediate = setImmediate(callback);
    return {
      cancel: () => {
        clearImmediate(immediate);
      },
    };
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
