/** Time that jumps from one event to the next. Whatever is due at the same moment happens in an order drawn from the seed. */
import type { Timer } from '../../src/services/clock.ts';
import type { Random } from './random.ts';

/** When every history begins (milliseconds since the epoch): a day and a month end within its first hours. */
export const BEGIN = Date.UTC(2026, 10, 30, 21, 0, 0);

export interface VirtualTime {
  /** Milliseconds since the epoch, as the world has it; a process may believe something else. */
  now(): number;
  /** Calls back `ms` milliseconds from now. */
  after(ms: number, call: () => void): Timer;
  /** Resolves `ms` milliseconds from now. */
  sleep(ms: number): Promise<void>;
  /**
   * Lets everything happen until this moment, and whatever an event leads to before the next one.
   *
   * @param afterEach - called after every event; what it throws ends the run.
   */
  runUntil(until: number, afterEach?: () => void): Promise<void>;
  /** Events that have happened. */
  passed(): number;
}

/** Something that is to happen: whoever asked for it has it as a timer. */
class Event implements Timer {
  readonly at: number;
  /** Decides among events of one moment. */
  readonly order: number;
  readonly call: () => void;
  cancelled = false;

  constructor(at: number, order: number, call: () => void) {
    this.at = at;
    this.order = order;
    this.call = call;
  }

  cancel(): void {
    this.cancelled = true;
  }
}

/** Lets the real world have its turn, such as a terminal that somebody types into. */
function turned(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Lets promises that can go on do so, to the end: nothing in a history waits for the real world. While promises go on, what is
 * given to `nextTick` waits until none of them can any more; a whole turn of the event loop would cost a tenth of a history.
 * Source: https://nodejs.org/api/process.html#when-to-use-queuemicrotask-vs-processnexttick
 */
function drained(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

const before = (one: Event, other: Event) => one.at < other.at || (one.at === other.at && one.order < other.order);

export function createVirtualTime(random: Random): VirtualTime {
  let now = BEGIN;
  let passed = 0;
  /** A binary heap, the next event first. */
  const heap: Event[] = [];

  function push(event: Event): void {
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(event, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = event;
  }

  function pop(): Event | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const next = right !== undefined && left !== undefined && before(right, left) ? right : left;
      if (next === undefined || !before(next, last)) break;
      heap[index] = next;
      index = 2 * index + (next === right ? 2 : 1);
    }
    heap[index] = last;
    return first;
  }

  const time: VirtualTime = {
    now: () => now,
    after(ms, call) {
      const event = new Event(now + Math.max(0, ms), random.next(), call);
      push(event);
      return event;
    },
    sleep: (ms) => new Promise((resolve) => time.after(ms, resolve)),
    async runUntil(until, afterEach) {
      await turned();
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.at > until) break;
        pop();
        if (next.cancelled) continue;
        now = next.at;
        passed += 1;
        next.call();
        await drained();
        afterEach?.();
      }
      now = until;
    },
    passed: () => passed,
  };
  return time;
}
