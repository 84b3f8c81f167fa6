/** How one process calls the store: what is sent arrives in the order in which it was sent, and is done whole or not at all. */
import type { Clock } from '../../../src/services/clock.ts';
import { withDeadline } from '../../../src/services/deadline.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { Ground } from '../world.ts';
import type { Link } from './link.ts';
import { asStoreTrouble, type StoreTrouble } from './trouble.ts';

/** How long a call is under way in each direction at most (milliseconds). */
const LATENCY_MOST = 1.5;

/** Between two calls of a process that arrive one right after the other (milliseconds). */
const IN_ORDER = 0.001;

/** When a call arrives that is too slow: after the bot's deadline (milliseconds). */
const SLOW_LEAST = 2100;
const SLOW_MOST = 8000;

/** How long one call may take, as for every call of the storage's (milliseconds). */
const DEADLINE = 2000;

export interface Connection {
  /**
   * Looks something up.
   *
   * @param what - the call and the namespace, for the diary and for faults; with `id` it names what the call is about.
   */
  read<T>(what: string, id: string, act: () => T): Promise<T>;
  /** Changes something. */
  write<T>(what: string, id: string, act: () => T): Promise<T>;
}

/** A process's own connection. */
export interface ProcessConnection extends Connection {
  /**
   * The process was killed. Where the store is within it, what was under way is done or lost at once; what is on its way to
   * a store beside it may arrive later.
   */
  killed(): void;
}

/** A call as it was sent. */
interface Sent {
  /** No other one has this name. */
  name: string;
  what: string;
  id: string;
  /** When that was (milliseconds since the epoch). */
  at: number;
  writes: boolean;
  trouble: StoreTrouble | undefined;
}

/** A write that is under way. */
interface Flight {
  /** Does it, unless it is done or that has been decided already. */
  land: () => unknown;
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/** A connection whose calls are given up after two seconds; what they ask for may be done all the same. */
export function withinDeadline(connection: Connection, clock: Pick<Clock, 'setTimeout'>): Connection {
  const within = <T>(call: () => Promise<T>): Promise<T> =>
    withDeadline(clock, DEADLINE, call, () => new StoreError('The store did not answer in time.'));
  return {
    read: (what, id, act) => within(() => connection.read(what, id, act)),
    write: (what, id, act) => within(() => connection.write(what, id, act)),
  };
}

/**
 * Reading takes no time where nothing stands in its way: what others do between a look and its answer they may as well do
 * between the answer and what comes of it, which is an event less.
 *
 * @param link - the way to a store that is beside the process; left out where the store is within it.
 * @param counts - how often each call has been made in this history, by what it is and who made it.
 */
export function createConnection({
  process,
  ground: { time, random, faults, diary },
  counts,
  link,
}: {
  process: SimulatedProcess;
  ground: Pick<Ground, 'time' | 'random' | 'faults' | 'diary'>;
  counts: Map<string, number>;
  link?: Link;
}): ProcessConnection {
  let lastArrival = 0;
  /** Writes without an answer, in their order. */
  const flights = new Set<Flight>();
  /** Whether a write has been lost by a kill: then all that were sent after it are. */
  let lost = false;
  // What is late on its way over an old connection holds up nothing that is sent over the new one.
  link?.onReady(() => {
    lastArrival = 0;
  });

  /** Whether an answer is there at once: what is read then is not changed by anything that this process waits for. */
  const isCalm = () => flights.size === 0 && (link === undefined || link.isCalm());

  function numbered(call: string): string {
    const number = (counts.get(call) ?? 0) + 1;
    counts.set(call, number);
    return `${call} ${number}`;
  }

  /** Writes into the diary what became of a write about something of which its process does not hear. */
  function tell({ what, id, at }: Sent, does: string, why: string): void {
    if (id === '') return;
    const ago = time.now() - at;
    const since = ago > DEADLINE ? ` ${(ago / 1000).toFixed(1)} s ago` : '';
    diary.write('store', `${does} what ${process.name} asked${since}${why}: ${what} ${id}`);
  }

  /** What the store does once a call is there. */
  function arrive<T>(sent: Sent, act: () => T): T | Promise<T> {
    const { name, writes, trouble } = sent;
    if (writes && !process.alive) {
      const wasLost = lost;
      lost ||= random.of('store', 'lost at a kill', name).chance(0.5);
      if (!wasLost) tell(sent, lost ? 'loses' : 'does', ' before it was killed');
    }
    if (lost || link?.isAway() === true) return never();
    if (trouble === 'failed' || trouble === 'away' || (trouble === 'full' && writes)) throw failure(trouble);
    const value = act();
    if (trouble === 'lost_answer') {
      if (writes) tell(sent, 'does', ', whose answer is lost');
      throw failure(trouble);
    }
    if (writes && process.alive && time.now() - sent.at > DEADLINE) tell(sent, 'does', '');
    return value;
  }

  async function call<T>(what: string, id: string, writes: boolean, act: () => T): Promise<T> {
    if (!process.alive) return never();
    if (link?.ready === false) throw new StoreError('The store is away.');
    const made = `${process.name} ${what} ${id}`;
    const trouble = asStoreTrouble(faults.trouble('store', made));
    if (!writes && trouble === undefined && isCalm()) return act();
    const name = numbered(made);
    const drawn = random.of('store', name);
    const usual = trouble === 'slow' ? drawn.integer(SLOW_LEAST, SLOW_MOST) : drawn.next() * LATENCY_MOST;
    const travel = link === undefined ? usual : link.travel(usual, drawn);
    if (travel !== undefined) lastArrival = Math.max(time.now() + travel, lastArrival + IN_ORDER);
    const sent = { name, what, id, at: time.now(), writes, trouble };
    const flight: Flight = {
      land() {
        flight.land = never;
        return arrive(sent, act);
      },
    };
    if (writes) flights.add(flight);
    try {
      const answer = process.call({
        name: `store ${what}`,
        there: lastArrival - time.now(),
        back: drawn.next() * LATENCY_MOST,
        act: () => (travel === undefined ? never<T>() : (flight.land() as T | Promise<T>)),
      });
      if (link === undefined) return await answer;
      link.sent();
      return await link.carry(answer);
    } finally {
      flights.delete(flight);
    }
  }

  return {
    read: (what, id, act) => call(what, id, false, act),
    write: (what, id, act) => call(what, id, true, act),
    killed() {
      if (link !== undefined) return;
      for (const flight of flights) {
        try {
          flight.land();
        } catch {
          // Nobody is there to hear of it.
        }
      }
    },
  };
}

function failure(trouble: StoreTrouble): StoreError {
  return new StoreError(trouble === 'full' ? 'The store is full.' : `The store failed (${trouble.replace('_', ' ')}).`);
}
