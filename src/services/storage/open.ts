/** Opens what `STORE_URL` names. Each wing is loaded when it is asked for: a bot on SQLite loads nothing of Redis. */
import type { StoreLocation } from '../../config.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createClockCheck } from './clock-check.ts';
import { MARK, markSchema, type CopyableStore } from './copy.ts';
import { StoreError, type Durability, type OpenedWing, type Storage, type Store, type StoreLook } from './storage.ts';

export { openForReading } from './read.ts';
export { copyStore, type CopyableStore, type Progress } from './copy.ts';

/**
 * How often what nothing needs any more is dropped from the ledger (milliseconds): members whose names are to be
 * forgotten are told that it happens within the hour after midnight.
 */
const PRUNE_EVERY = 30 * 60_000;

/** The storage as the process has it. */
export interface OpenStorage extends Storage {
  /**
   * Tells it the time as Discord has it (milliseconds since the epoch). While the machine's clock is far from that, nothing
   * is deleted for being old.
   */
  hearTime(at: number): void;
}

const FAR_CLOCK =
  "the machine's clock is days away from Discord's: set it right. Until then nothing is deleted for being old";

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @param application - the bot whose data it must be, where it is known: several may reach one Redis.
 * @throws StoreError that says what to do, when the store cannot be opened.
 */
export async function openStorage({
  location,
  retention,
  application,
  clock,
  log,
}: {
  location: StoreLocation;
  retention: number;
  application?: string | undefined;
  clock: Clock;
  log: Log;
}): Promise<OpenStorage> {
  return openOver({
    openWing: (mayDelete) => openWing({ location, retention, application, mayDelete, clock, log }),
    clock,
    log,
  });
}

/**
 * The storage over any wing, with what all of them need: nothing is used that a copy has left unfinished, and what nothing
 * needs any more is dropped from the ledger, unless the clock is far from right.
 *
 * @param openWing - opens the wing; it is handed whether the clock is to be believed when it says that something is old.
 * @throws StoreError
 */
export async function openOver({
  openWing: open,
  clock,
  log,
}: {
  openWing: (mayDelete: () => boolean) => OpenedWing | Promise<OpenedWing>;
  clock: Pick<Clock, 'now' | 'monotonic' | 'setInterval'>;
  log: Pick<Log, 'warn'>;
}): Promise<OpenStorage> {
  const check = createClockCheck(clock);
  const { newestReservation, ...wing } = await open(() => check.isRight());
  try {
    await refuseUnfinishedCopy(wing.store);
  } catch (error) {
    await wing.store.close();
    await wing.close();
    throw error;
  }
  let warned = false;
  const prune = async () => {
    try {
      check.remember(await newestReservation());
      if (check.isRight()) await wing.ledger.prune(clock.now());
      else if (check.isHeard() && !warned) log.warn(FAR_CLOCK);
      warned = check.isHeard() && !check.isRight();
    } catch (error) {
      log.warn({ err: error }, 'the ledger could not be pruned');
    }
  };
  void prune();
  const pruning = clock.setInterval(() => void prune(), PRUNE_EVERY);
  return {
    ...wing,
    hearTime(at) {
      const [wasHeard, wasRight] = [check.isHeard(), check.isRight()];
      check.hear(at);
      // What waited for it is done now; a clock that is wrong is told of now.
      if (check.isRight() ? !wasRight : !wasHeard) void prune();
    },
    async close() {
      pruning.cancel();
      await wing.store.close();
      await wing.close();
    },
  };
}

interface WingOptions {
  location: StoreLocation;
  retention: number;
  application: string | undefined;
  mayDelete: () => boolean;
  clock: Clock;
  log: Log;
}

async function openWing({ location, mayDelete, application, ...options }: WingOptions): Promise<OpenedWing> {
  if (location.kind === 'sqlite') {
    const { openSqliteStorage } = await import('./sqlite/open.ts');
    return openSqliteStorage({ path: location.path, mayDelete, ...options });
  }
  // Redis drops expired records by its own clock.
  const { openRedisStorage } = await import('./redis/open.ts');
  return openRedisStorage({ url: location.url, application, ...options });
}

/** @throws StoreError where a copy into this store was not finished. */
async function refuseUnfinishedCopy(store: Store): Promise<void> {
  // A store that cannot answer yet is waited for later on.
  const mark = await store
    .collection(MARK.namespace, markSchema)
    .get(MARK.id)
    .catch(() => undefined);
  if (mark !== undefined) {
    throw new StoreError(`The copy of ${mark.from} into this store is not finished: run npm run store:copy again.`);
  }
}

/**
 * Opens a store as a source or target of a copy, while no bot uses it.
 *
 * @param make - whether a file is made where it is missing.
 * @throws StoreError that says what to do: it is missing, in use, or not the bot's.
 */
export async function openForCopy({
  location,
  make,
  clock,
  log,
}: {
  location: StoreLocation;
  make: boolean;
  clock: Clock;
  log: Log;
}): Promise<CopyableStore> {
  if (location.kind === 'sqlite') {
    const { openSqliteForCopy } = await import('./sqlite/copy.ts');
    return openSqliteForCopy({ path: location.path, make, clock });
  }
  const { openRedisForCopy } = await import('./redis/copy.ts');
  return openRedisForCopy({ url: location.url, clock, log });
}

/**
 * Looks at a store and changes nothing in it: it is neither made nor brought to a newer schema.
 *
 * @throws StoreError that says what to do, where the bot could not use it.
 */
export async function lookAtStore({
  location,
  application,
  clock,
  log,
}: {
  location: StoreLocation;
  application?: string | undefined;
  clock: Clock;
  log: Log;
}): Promise<StoreLook> {
  if (location.kind === 'sqlite') {
    const { lookAtSqlite } = await import('./sqlite/look.ts');
    return lookAtSqlite(location.path);
  }
  const { lookAtRedis } = await import('./redis/server.ts');
  return lookAtRedis({ url: location.url, application, clock, log });
}

/** How a store keeps its data; the file of SQLite always keeps it. @throws StoreError when it does not say. */
export async function readDurability({
  location,
  clock,
  log,
}: {
  location: StoreLocation;
  clock: Clock;
  log: Log;
}): Promise<Durability> {
  if (location.kind === 'sqlite') return { appendOnly: true, syncsEachChange: true, evictionPolicy: undefined };
  const { readRedisDurability } = await import('./redis/server.ts');
  return readRedisDurability({ url: location.url, clock, log });
}
