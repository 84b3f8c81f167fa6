/** Time of the simulator's shape that passes as the real one does, for suites that wait for real. */
import type { VirtualTime } from '../../simulator/kernel/virtual-time.ts';

interface Event {
  at: number;
  call: () => void;
}

/** Gives events in their order, none of them early; `pass` has so much time pass at once (milliseconds). */
export function createRealTime(): VirtualTime & { pass: (ms: number) => void } {
  const begin = Date.now() - performance.now();
  let ahead = 0;
  const now = () => begin + performance.now() + ahead;
  let events: Event[] = [];
  let timer: NodeJS.Timeout | undefined;
  let passed = 0;

  function arm(): void {
    clearTimeout(timer);
    const [next] = events;
    if (next !== undefined) timer = setTimeout(act, Math.max(1, Math.ceil(next.at - now())));
  }

  function act(): void {
    for (let [next] = events; next !== undefined && next.at <= now(); [next] = events) {
      events.shift();
      passed += 1;
      next.call();
    }
    arm();
  }

  const time = {
    now,
    pass(ms: number) {
      ahead += ms;
      arm();
    },
    after(ms: number, call: () => void) {
      const event = { at: now() + Math.max(0, ms), call };
      const later = events.findLastIndex(({ at }) => at <= event.at) + 1;
      events.splice(later, 0, event);
      if (later === 0) arm();
      return {
        cancel() {
          events = events.filter((other) => other !== event);
        },
      };
    },
    sleep: (ms: number) => new Promise<void>((resolve) => time.after(ms, resolve)),
    runUntil: (): Promise<never> => Promise.reject(new Error('Real time runs by itself')),
    passed: () => passed,
  };
  return time;
}
