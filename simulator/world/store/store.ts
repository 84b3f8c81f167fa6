/** The store of a history: everything that outlives the processes of the bot, and how each of them calls it. */
import type { Log } from '../../../src/services/log.ts';
import type { StoredReservation } from '../../../src/services/storage/copy.ts';
import { openOver } from '../../../src/services/storage/open.ts';
import { StoreError, type OpenedWing } from '../../../src/services/storage/storage.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { JobRecord, ReservationTruth } from '../truth.ts';
import type { Ground, StoreWorld } from '../world.ts';
import { createConnection, type ProcessConnection } from './connection.ts';
import { createContents, type Contents, type StoredText } from './contents.ts';
import { createLink, type Link } from './link.ts';
import { openForOneProcess } from './one-process.ts';
import { outagesOf, spanAt, type Outages } from './outages.ts';
import { openForSeveral } from './shared/open.ts';

export { STORE_TROUBLES } from './trouble.ts';

/** How long a start waits for a store that is away (milliseconds), and between two tries. */
const CONNECT_WITHIN = 10_000;
const CONNECT_AGAIN = 1000;

/** How long after an outage has begun or ended it is noticed (milliseconds). */
const CHANGED = 1;

/** How far back a replica is at most that takes over without what was written last (milliseconds). */
const LAG_MOST = 1000;

/**
 * Where the plan has one process, the store is within it, as a SQLite file is; several share one beside them, as they share a
 * Redis. What a plan says of the store happens by itself, its fail-overs among it.
 */
export function createStoreWorld(ground: Ground): StoreWorld {
  const { time, random, diary, plan } = ground;
  const now = () => time.now();
  const contents = createContents({ now, random, diary });
  const outages = outagesOf(plan, random.of('store', 'outages'));
  const counts = new Map<string, number>();
  const links = new Map<SimulatedProcess, Link>();
  const connections = new Map<SimulatedProcess, ProcessConnection>();

  function lookAround(): void {
    for (const [process, link] of links) {
      if (process.alive) link.look();
      else links.delete(process);
    }
  }

  /** @param link - left out where the store is within the process. */
  function open(process: SimulatedProcess, link?: Link): ProcessConnection {
    const connection = createConnection({ process, ground, counts, ...(link && { link }) });
    connections.set(process, connection);
    return connection;
  }

  schedule(outages, ground, contents, lookAround);

  async function openWing(process: SimulatedProcess, retention: number, log: Log): Promise<OpenedWing> {
    if (plan.processes === 1) {
      const connection = open(process);
      await connection.read('open', '', () => undefined);
      return openForOneProcess({ contents, connection, retention, clock: process.clock, log });
    }
    await reachable(process, outages, now);
    const link = createLink({ process, time, random: random.of('store'), outages });
    links.set(process, link);
    const connection = open(process, link);
    await connection.write('open', '', () => undefined);
    return openForSeveral({ process, contents, connection, link, ground, retention, log });
  }

  return {
    connect: (process, { retention, log }) =>
      openOver({ openWing: () => openWing(process, retention, log), clock: process.clock, log }),
    killed(process) {
      connections.get(process)?.killed();
      connections.delete(process);
      links.delete(process);
    },
    reservations: () => truthOf(contents.reservations.all()),
    jobs: () => ({
      live: recordsOf(contents, 'jobs'),
      finished: recordsOf(contents, 'finished'),
      wished: () => [...contents.records('cancellations').keys()],
    }),
    size: () => contents.size(),
  };
}

/** Has the outages begin and end at their moments. */
function schedule(outages: Outages, { time, random }: Ground, contents: Contents, look: () => void): void {
  for (const { from, until } of [...outages.away, ...outages.cuts]) {
    for (const moment of [from, until]) if (moment < Infinity) time.after(moment - time.now() + CHANGED, look);
  }
  for (const at of outages.losses) {
    time.after(at - time.now() - random.of('store', 'lag', at).next() * LAG_MOST, () => {
      time.after(at - time.now(), contents.snapshot());
    });
  }
}

/** Waits as long as a start does for a store that cannot be reached. @throws StoreError */
async function reachable({ name, clock }: SimulatedProcess, { away, cuts }: Outages, now: () => number): Promise<void> {
  const own = cuts.filter(({ process }) => process === name);
  for (let waited = 0; spanAt(away, now()) ?? spanAt(own, now()); waited += CONNECT_AGAIN) {
    if (waited >= CONNECT_WITHIN) throw new StoreError('The store cannot be reached: start it, or correct STORE_URL.');
    await clock.sleep(CONNECT_AGAIN);
  }
}

type StoredReservations = readonly Readonly<StoredReservation>[];

/** The reservations as they were read: they are asked for after every event, and mostly are as they were. */
const reservations = new WeakMap<StoredReservations, readonly ReservationTruth[]>();

function truthOf(stored: StoredReservations): readonly ReservationTruth[] {
  const truth = reservations.get(stored) ?? stored.map(toTruth);
  reservations.set(stored, truth);
  return truth;
}

function toTruth({ jobId, guildId, userId, images, at, state }: Readonly<StoredReservation>): ReservationTruth {
  return { jobId, guild: guildId, member: userId, images, at, state };
}

/** Records as they were read: each is stored many times, and looked at many times more. */
const read = new WeakMap<StoredText, JobRecord>();

function recordsOf(contents: Contents, namespace: string): JobRecord[] {
  return [...contents.records(namespace).values()].map((stored) => {
    const known = read.get(stored);
    if (known !== undefined) return known;
    const { value } = JSON.parse(stored.text) as { value: JobRecord };
    read.set(stored, value);
    return value;
  });
}
