/** A clock that moves only when it is told to, and lets everything that is due happen on the way. */
import type { Clock } from '../../../src/services/clock.ts';
import { NOON } from '../sample-job.ts';

export interface VirtualClock extends Clock {
  /** Moves on by so many milliseconds; what becomes due meanwhile happens at its moment. */
  advance(ms: number): Promise<void>;
}

/** Lets what has been started in this moment go as far as it can. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createVirtualClock(): VirtualClock {
  let now = NOON;
  let timers: { at: number; every?: number; call: () => void }[] = [];

  function plan(call: () => void, ms: number, every?: number) {
    const timer = { at: now + Math.max(0, ms), call, ...(every === undefined ? {} : { every }) };
    timers.push(timer);
    return {
      cancel() {
        timers = timers.filter((other) => other !== timer);
      },
    };
  }

  return {
    now: () => now,
    monotonic: () => now,
    setTimeout: (call, ms) => plan(call, ms),
    setInterval: (call, ms) => plan(call, ms, ms),
    setImmediate: (call) => plan(call, 0),
    sleep: (ms) => new Promise((resolve) => plan(resolve, ms)),
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [next] = timers.toSorted((one, other) => one.at - other.at);
        if (next === undefined || next.at > until) break;
        now = Math.max(now, next.at);
        timers = timers.filter((other) => other !== next);
        if (next.every !== undefined) {
          next.at += next.every;
          timers.push(next);
        }
        next.call();
        await settle();
      }
      now = until;
    },
  };
}
