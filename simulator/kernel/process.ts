/** A process of the bot as the world sees it: it can be killed, frozen and told a wrong time at every point where it waits. */
import type { Clock, Timer } from '../../src/services/clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A call that leaves the process. */
interface Call<T> {
  /** What is called, for the diary and for faults: `store set jobs`, `discord patch /webhooks/...`, `runcomfy submit`. */
  name: string;
  /** Milliseconds until the other side has it, and until its answer is back. */
  there: number;
  back: number;
  /** What the other side does with it, whether or not the process still lives by then. */
  act: () => T | Promise<T>;
}

export interface SimulatedProcess {
  /** `bot 1`: stays the same over restarts. */
  readonly name: string;
  /** Which start of it this is, from 1. */
  readonly incarnation: number;
  readonly alive: boolean;
  readonly frozen: boolean;
  /** The time it believes in, and timers that fire only while it lives. */
  readonly clock: Clock;
  /** Makes a call. It never settles once the process is dead; while it is frozen the answer waits. */
  call<T>(call: Call<T>): Promise<T>;
  /** Runs something in it, such as an event of the gateway: not at all once it is dead, later while it is frozen. */
  run(work: () => void): void;
  /** Ends it at once: nothing of it acts from now on. What it had sent still arrives. */
  kill(): void;
  freeze(): void;
  thaw(): void;
  /** Sets its clock ahead (or back) by so many milliseconds. */
  jump(ms: number): void;
}

/** What is told before a call leaves, and before its answer is taken: a fault may kill the process there. */
export interface Wait {
  process: SimulatedProcess;
  /** How many calls this process has made, this one among them. */
  number: number;
  name: string;
  side: 'before' | 'after';
}

/** How long a tick of the event loop takes (milliseconds): something that is due "at once" is due a little later. */
const IMMEDIATE = 0;

/** Between two things that a process has to do which was frozen (milliseconds): they keep their order. */
const TURN = 0.001;

const NEVER: Timer = { cancel: () => undefined };

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

export function createProcess({
  name,
  incarnation,
  time,
  clockOffset = 0,
  onWait = () => undefined,
  onThrown = (error) => {
    throw error;
  },
}: {
  name: string;
  incarnation: number;
  time: VirtualTime;
  /** How far its machine's clock is ahead at its start (milliseconds). */
  clockOffset?: number;
  onWait?: (wait: Wait) => void;
  /** Told what an event in it threw that nobody caught. */
  onThrown?: (error: unknown) => void;
}): SimulatedProcess {
  let alive = true;
  let frozen = false;
  let offset = clockOffset;
  let calls = 0;
  const startedAt = time.now();
  const waiting: (() => void)[] = [];
  const timers = new Set<Timer>();

  function run(work: () => void): void {
    if (!alive) return;
    if (frozen) {
      waiting.push(work);
      return;
    }
    try {
      work();
    } catch (error) {
      onThrown(error);
    }
  }

  function timer(ms: number, callback: () => void): Timer {
    if (!alive) return NEVER;
    const inner = time.after(ms, () => {
      timers.delete(inner);
      run(() => {
        if (!cancelled) callback();
      });
    });
    let cancelled = false;
    timers.add(inner);
    return {
      cancel() {
        cancelled = true;
        timers.delete(inner);
        inner.cancel();
      },
    };
  }

  const clock: Clock = {
    now: () => Math.round(time.now() + offset),
    monotonic: () => time.now() - startedAt,
    setTimeout: (callback, ms) => timer(ms, callback),
    setInterval(callback, ms) {
      let next: Timer;
      const again = () => {
        next = timer(ms, () => {
          again();
          callback();
        });
      };
      again();
      return {
        cancel() {
          next.cancel();
        },
      };
    },
    setImmediate: (callback) => timer(IMMEDIATE, callback),
    sleep: (ms) => new Promise((resolve) => timer(ms, resolve)),
  };

  const self: SimulatedProcess = {
    name,
    incarnation,
    get alive() {
      return alive;
    },
    get frozen() {
      return frozen;
    },
    clock,
    run,
    call({ name: what, there, back, act }) {
      if (!alive) return never();
      calls += 1;
      const number = calls;
      onWait({ process: self, number, name: what, side: 'before' });
      // A fault may have ended it just now, which the compiler cannot see.
      if (!self.alive) return never();
      return new Promise((resolve, reject) => {
        const answered = (settle: () => void) => {
          time.after(back, () => {
            run(() => {
              onWait({ process: self, number, name: what, side: 'after' });
              if (self.alive) settle();
            });
          });
        };
        const arrived = async () => {
          try {
            const value = await act();
            answered(() => {
              resolve(value);
            });
          } catch (error) {
            answered(() => {
              // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is passed on as it came
              reject(error);
            });
          }
        };
        // What stands still as it makes a call makes it when it goes on.
        run(() => {
          time.after(there, () => void arrived());
        });
      });
    },
    kill() {
      alive = false;
      for (const each of timers) each.cancel();
      timers.clear();
      waiting.length = 0;
    },
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
      // One after another, as the event loop takes what has come meanwhile.
      for (const [index, work] of waiting.splice(0).entries()) {
        time.after(index * TURN, () => {
          run(work);
        });
      }
    },
    jump(ms) {
      offset += ms;
    },
  };
  return self;
}
