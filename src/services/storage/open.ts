/** Opens what `STORE_URL` names. Each wing is loaded when it is asked for: a bot on SQLite loads nothing of Redis. */
import type { StoreLocation } from '../../config.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { MARK, markSchema, type CopyableStore } from './copy.ts';
import { StoreError, type Durability, type Storage, type Store } from './storage.ts';

export { copyStore, type CopyableStore, type Progress } from './copy.ts';

/**
 * How often what nothing needs any more is dropped from the ledger (milliseconds): members whose names are to be
 * forgotten are told that it happens within the hour after midnight.
 */
const PRUNE_EVERY = 30 * 60_000;

/**
 * @param retention - how long jobs that are done with are kept, in milliseconds.
 * @throws StoreError that says what to do, when the store cannot be opened.
 */
export async function openStorage({
  location,
  retention,
  clock,
  log,
}: {
  location: StoreLocation;
  retention: number;
  clock: Clock;
  log: Log;
}): Promise<Storage> {
  const storage = await openWing({ location, retention, clock, log });
  try {
    await refuseUnfinishedCopy(storage.store);
  } catch (error) {
    await storage.store.close();
    await storage.close();
    throw error;
  }
  const prune = () => {
    storage.ledger.prune(clock.now()).catch((error: unknown) => {
      log.warn({ err: error }, 'the ledger could not be pruned');
    });
  };
  prune();
  const pruning = clock.setInterval(prune, PRUNE_EVERY);
  return {
    ...storage,
    async close() {
      pruning.cancel();
      await storage.store.close();
      await storage.close();
    },
  };
}

async function openWing({
  location,
  ...options
}: {
  location: StoreLocation;
  retention: number;
  clock: Clock;
  log: Log;
}): Promise<Storage> {
  if (location.kind === 'sqlite') {
    const { openSqliteStorage } = await import('./sqlite/open.ts');
    return openSqliteStorage({ path: location.path, ...options });
  }
  const { openRedisStorage } = await import('./redis/open.ts');
  return openRedisStorage({ url: location.url, ...options });
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
  if (location.kind === 'sqlite') return { appendOnly: true, evictionPolicy: undefined };
  const { readRedisDurability } = await import('./redis/server.ts');
  return readRedisDurability({ url: location.url, clock, log });
}
