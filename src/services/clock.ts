/** Time and its timers, handed in so that tests and a simulator can move them: nothing else in `src/` starts a timer. */

/** Something that waits for its moment. */
export interface Timer {
  /** Takes it back; nothing happens where its moment has passed. */
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch, whole ones. It jumps where the machine's clock is set. */
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

/** A change of the machine's clock by more than this (milliseconds) is a jump; smaller ones are followed at once, and hold up a look as little. */
const JUMP = 2000;

/**
 * A clock that does not jump: where the machine's clock is set, or stands still while the machine sleeps, it goes on
 * evenly for `believedAfter` milliseconds of running time, and only then takes the new time over. What had a deadline within
 * that span when the clock was set has then had its time, and what began since then is at most that late.
 *
 * It has to be asked now and then to notice; how rarely does not matter.
 */
export function createSteadyClock(clock: Clock, { believedAfter }: { believedAfter: number }): Clock {
  let last = { wall: clock.now(), running: clock.monotonic() };
  let jumps: { by: number; until: number }[] = [];
  return {
    monotonic: () => clock.monotonic(),
    setTimeout: (callback, ms) => clock.setTimeout(callback, ms),
    setInterval: (callback, ms) => clock.setInterval(callback, ms),
    setImmediate: (callback) => clock.setImmediate(callback),
    sleep: (ms) => clock.sleep(ms),
    now() {
      const at = { wall: clock.now(), running: clock.monotonic() };
      const by = Math.round(at.wall - last.wall - (at.running - last.running));
      last = at;
      if (Math.abs(by) > JUMP) jumps.push({ by, until: at.running + believedAfter });
      if (jumps.length === 0) return at.wall;
      jumps = jumps.filter(({ until }) => at.running < until);
      return jumps.reduce((now, jump) => now - jump.by, at.wall);
    },
  };
}
