/** The machine's clock for a bot under test, which a test may let go on at once by as much as it would have to wait. */
import type { Clock } from '../../../src/services/clock.ts';

export interface PassingClock extends Clock {
  /** So much time (milliseconds) has passed: what is due by now happens, in its order. */
  pass(ms: number): void;
  /** Nothing that waits for its moment will happen any more. */
  end(): void;
}

interface Waiting {
  /** When, by the clock's monotonic time. */
  at: number;
  arm(): void;
  disarm(): void;
}

/** @param ahead how much of a stage's time was passed before this clock began (milliseconds). */
export function createPassingClock(ahead = 0): PassingClock {
  let passed = 0;
  let ended = false;
  const waiting = new Set<Waiting>();
  const monotonic = () => performance.now() + passed;

  function plan(callback: () => void, ms: number, every?: number) {
    let timer: NodeJS.Timeout | undefined;
    const entry: Waiting = {
      at: monotonic() + ms,
      arm() {
        clearTimeout(timer);
        timer = setTimeout(
          () => {
            if (every === undefined) waiting.delete(entry);
            else {
              entry.at = monotonic() + every;
              entry.arm();
            }
            callback();
          },
          Math.max(0, entry.at - monotonic()),
        );
        // As the machine's clock has it: what is done every so often keeps no process alive.
        if (every !== undefined) timer.unref();
      },
      disarm() {
        clearTimeout(timer);
        waiting.delete(entry);
      },
    };
    if (!ended) {
      waiting.add(entry);
      entry.arm();
    }
    return {
      cancel() {
        entry.disarm();
      },
    };
  }

  const clock: PassingClock = {
    now: () => Date.now() + ahead + passed,
    monotonic,
    setTimeout: (callback, ms) => plan(callback, ms),
    setInterval: (callback, ms) => plan(callback, ms, ms),
    setImmediate(callback) {
      const immediate = setImmediate(() => {
        if (!ended) callback();
      });
      return {
        cancel() {
          clearImmediate(immediate);
        },
      };
    },
    sleep: (ms) => new Promise((resolve) => clock.setTimeout(resolve, ms)),
    pass(ms) {
      passed += ms;
      for (const entry of [...waiting].toSorted((one, other) => one.at - other.at)) entry.arm();
    },
    end() {
      ended = true;
      for (const entry of waiting) entry.disarm();
    },
  };
  return clock;
}
