/** How one process calls the store: what is sent arrives in the order in which it was sent, and is done whole or not at all. */
import { StoreError } from '../../../src/services/storage/storage.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { Ground } from '../world.ts';
import { asStoreTrouble, type StoreTrouble } from './trouble.ts';

/** How long a call is under way in each direction at most (milliseconds). */
const LATENCY_MOST = 1.5;

/** Between two calls of a process that arrive one right after the other (milliseconds). */
const IN_ORDER = 0.001;

/** When a call arrives that is too slow: after the bot's deadline, which is 2 s (milliseconds). */
const SLOW_LEAST = 2100;
const SLOW_MOST = 8000;

export interface Connection {
  /** @param what - the call and the namespace, for the diary and for faults; with `id` it names what the call is about. */
  read<T>(what: string, id: string, act: () => T): Promise<T>;
  write<T>(what: string, id: string, act: () => T): Promise<T>;
}

export interface ConnectionOptions {
  process: SimulatedProcess;
  ground: Pick<Ground, 'time' | 'random' | 'faults'>;
  /** How often each call has been made in this history, by what it is and who made it. */
  counts: Map<string, number>;
}

export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

function sentence(trouble: StoreTrouble): string {
  return trouble === 'full' ? 'The store is full.' : `The store failed (${trouble}).`;
}

/** @param local - whether the store is within the process: reading what no write waits for takes no time. */
export function createConnection({
  process,
  ground: { time, random, faults },
  counts,
  local,
}: ConnectionOptions & { local: boolean }): Connection {
  let lastArrival = 0;
  let writing = 0;
  /** Whether a write has been lost by a kill: then all that were sent after it are. */
  let lost = false;

  function nameOf(what: string, id: string): string {
    const name = `${process.name} ${what} ${id}`;
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return `${name} ${number}`;
  }

  /** What the store does once a call is there. */
  function arrive<T>(name: string, writes: boolean, trouble: StoreTrouble | undefined, act: () => T): T | Promise<T> {
    if (writes && !process.alive) lost ||= random.of('store', 'lost at a kill', name).chance(0.5);
    if (lost) return never();
    if (trouble === 'failed' || trouble === 'away' || (trouble === 'full' && writes)) {
      throw new StoreError(sentence(trouble));
    }
    const value = act();
    if (trouble === 'lost_answer') throw new StoreError(sentence(trouble));
    return value;
  }

  async function call<T>(what: string, id: string, writes: boolean, act: () => T): Promise<T> {
    if (!process.alive) return never();
    const name = nameOf(what, id);
    const trouble = asStoreTrouble(faults.trouble('store', name));
    if (local && !writes && writing === 0 && trouble === undefined) return act();
    const drawn = random.of('store', name);
    const there = trouble === 'slow' ? drawn.integer(SLOW_LEAST, SLOW_MOST) : drawn.next() * LATENCY_MOST;
    lastArrival = Math.max(time.now() + there, lastArrival + IN_ORDER);
    writing += writes ? 1 : 0;
    try {
      return await process.call({
        name: `store ${what}`,
        there: lastArrival - time.now(),
        back: drawn.next() * LATENCY_MOST,
        act: () => arrive(name, writes, trouble, act),
      });
    } finally {
      writing -= writes ? 1 : 0;
    }
  }

  return {
    read: (what, id, act) => call(what, id, false, act),
    write: (what, id, act) => call(what, id, true, act),
  };
}
