/**
 * The way from one process to a store beside it: it ends when the store goes away, falls silent when the process is cut off,
 * and is made anew by itself.
 */
import { StoreError } from '../../../src/services/storage/storage.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { Random } from '../../kernel/random.ts';
import type { VirtualTime } from '../../kernel/virtual-time.ts';
import { spanAt, type Outages } from './outages.ts';

/** After which silence a process gives its connection up (milliseconds): `src/services/storage/redis/watch.ts`. */
const SILENCE_LEAST = 5000;
const SILENCE_MOST = 8000;

/** Until it is connected again once it could be (milliseconds): it tries at least once a second. */
const RECONNECT_LEAST = 50;
const RECONNECT_MOST = 1000;

/** Where the answers alone are lost, what is sent comes at most so long after its connection was given up (milliseconds). */
const HEARD = 2000;

/**
 * TCP sends again what nobody has confirmed, each time after twice as long, up to this (milliseconds): so what was sent into
 * silence comes when the way is open again, and at most as long after as it was closed. Source: RFC 6298, 2.5 and 5.5.
 */
const STRAY = 60_000;

export interface Link {
  readonly ready: boolean;
  /** Resolves once it is connected: at once where it is. */
  whenReady(): Promise<void>;
  /** Calls `listener` each time it is connected again. */
  onReady(listener: () => void): void;
  /** Whether it is connected, and what is sent now is answered. */
  isCalm(): boolean;
  /** Whether the store takes nothing at all now. */
  isAway(): boolean;
  /** How long what is sent now is under way (milliseconds), usually `usual`; `undefined` where it never arrives. */
  travel(usual: number, drawn: Random): number | undefined;
  /** Brings an answer back, if the connection lasts until then. @throws StoreError where it has ended. */
  carry<T>(answer: Promise<T>): Promise<T>;
  /** Something is sent, of which the answer is still to come: it may be what a cut waits for. */
  sent(): void;
  /** Looks how it stands; called when an outage begins or ends. */
  look(): void;
}

export function createLink({
  process,
  time,
  random,
  outages: { away, cuts },
}: {
  process: SimulatedProcess;
  time: Pick<VirtualTime, 'now'>;
  random: Random;
  outages: Outages;
}): Link {
  const { clock } = process;
  const own = cuts.filter((cut) => cut.process === process.name);
  const listeners: (() => void)[] = [];
  const flights = new Set<(error: Error) => void>();
  /** Answers that wait for the silence to end. */
  let silenced: (() => void)[] = [];
  const waiting: (() => void)[] = [];
  let ready = true;
  let reconnecting = false;
  let remakes = 0;
  /** When the connection that is silent now will be given up, and whether something sent into it was lost. */
  let silence: { givenUpAt: number; lossy: boolean } | undefined;

  const isAway = () => spanAt(away, time.now()) !== undefined;
  const cut = () => spanAt(own, time.now());

  function end(): void {
    if (!ready) return;
    ready = false;
    silence = undefined;
    silenced = [];
    for (const reject of flights) reject(new StoreError('The connection to the store ended.'));
    flights.clear();
    reconnect();
  }

  function reconnect(): void {
    if (ready || reconnecting || isAway() || cut() !== undefined) return;
    reconnecting = true;
    remakes += 1;
    const after = random
      .of('reconnect', process.name, process.incarnation, remakes)
      .integer(RECONNECT_LEAST, RECONNECT_MOST);
    clock.setTimeout(() => {
      reconnecting = false;
      if (isAway() || cut() !== undefined) return;
      ready = true;
      for (const listener of listeners) listener();
      for (const resolve of waiting.splice(0)) resolve();
    }, after);
  }

  function fallSilent(from: number): void {
    const patience = random.of('silence', process.name, from).integer(SILENCE_LEAST, SILENCE_MOST);
    const fallen = { givenUpAt: time.now() + patience, lossy: false };
    silence = fallen;
    clock.setTimeout(() => {
      if (silence === fallen) end();
    }, patience);
  }

  function look(): void {
    const silent = cut();
    if (isAway()) process.run(end);
    else if (silent !== undefined && silence === undefined && ready) fallSilent(silent.from);
    else if (silent === undefined) {
      silence = undefined;
      for (const bring of silenced.splice(0)) bring();
      process.run(reconnect);
    }
  }

  look();
  return {
    get ready() {
      return ready;
    },
    whenReady: () => (ready ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    onReady: (listener) => void listeners.push(listener),
    isCalm: () => ready && silence === undefined && !isAway(),
    isAway,
    travel(usual, drawn) {
      const silent = cut();
      if (silence === undefined || silent === undefined) return usual;
      const { givenUpAt } = silence;
      if (silent.until <= givenUpAt) return silent.until - time.now() + usual;
      // What follows what was lost does not come either.
      silence.lossy ||= drawn.chance(0.5);
      if (silence.lossy) return undefined;
      if (drawn.chance(0.5)) return drawn.next() * (givenUpAt + HEARD - time.now());
      const closed = silent.until - time.now();
      return closed + drawn.next() * Math.min(closed, STRAY);
    },
    carry: (answer) =>
      new Promise((resolve, reject) => {
        flights.add(reject);
        const bring = (settle: () => void) => {
          const arrive = () => {
            if (flights.delete(reject)) settle();
          };
          if (silence === undefined) arrive();
          else silenced.push(arrive);
        };
        answer.then(
          (value) => {
            bring(() => {
              resolve(value);
            });
          },
          (error: unknown) => {
            bring(() => {
              // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is passed on as it came
              reject(error);
            });
          },
        );
      }),
    sent() {
      const now = time.now();
      for (const cut of own) {
        if (cut.waits === undefined || now < cut.waits.from || now >= cut.until) continue;
        cut.waits.calls -= 1;
        if (cut.waits.calls > 0) continue;
        cut.waits = undefined;
        cut.from = now;
        look();
      }
    },
    look,
  };
}
