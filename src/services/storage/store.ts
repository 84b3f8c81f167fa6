/** The store: collections of records, every call under a deadline. */
import type { Clock } from '../clock.ts';
import { beforeDeadline } from '../deadline.ts';
import type { Log } from '../log.ts';
import { createCollection } from './collection.ts';
import type { RecordsAdapter } from './records.ts';
import { LostClaimError, StoreError, type Store } from './storage.ts';
import { createStoredValues, type StoredValues } from './stored-values.ts';

/** How long one call may take (milliseconds). */
const DEADLINE = 2000;

/**
 * A store over any adapter that has an iterator.
 *
 * @param adapterFor - a new adapter for a namespace.
 * @param deadline - how long one call may take, in milliseconds. A write that was too slow may still have happened.
 * @param purge - takes what was deleted out of whatever else the store has written.
 * @param refusal - why no record is read or written any more, where that is so.
 * @param confirm - throws StoreError where what the store stands on is not what it was opened on, or takes no writes.
 */
export function createStore({
  adapterFor,
  clock,
  log,
  deadline = DEADLINE,
  purge = () => Promise.resolve(),
  refusal = () => undefined,
  confirm = () => undefined,
}: {
  adapterFor: (namespace: string) => RecordsAdapter;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Pick<Log, 'error' | 'warn'>;
  deadline?: number;
  purge?: () => Promise<void>;
  refusal?: () => StoreError | undefined;
  confirm?: () => void | Promise<void>;
}): Store {
  const namespaces = new Map<string, StoredValues>();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  /** Runs one call of an adapter under the deadline. */
  async function run<T>(call: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreError('The store is closed.');
    const refused = refusal();
    if (refused !== undefined) throw refused;
    const late = () => new StoreError(`The store did not answer within ${deadline} ms.`);
    const answer = beforeDeadline(clock, deadline, call, late);
    running.add(answer);
    try {
      return await answer;
    } catch (error) {
      if (error instanceof StoreError || error instanceof LostClaimError) throw error;
      throw new StoreError('The store failed.', { cause: error });
    } finally {
      running.delete(answer);
    }
  }

  function open(namespace: string): StoredValues {
    const known = namespaces.get(namespace);
    if (known !== undefined) return known;
    const adapter = adapterFor(namespace);
    adapter.on('error', (error: unknown) => {
      log.warn({ err: error, namespace }, 'trouble in the store');
    });
    const values = createStoredValues({ namespace, adapter, run, clock });
    namespaces.set(namespace, values);
    return values;
  }

  return {
    collection: (namespace, schema) =>
      createCollection({
        namespace,
        schema,
        values: open(namespace),
        setAside: () => open(`set-aside:${namespace}`),
        clock,
        log,
      }),
    purge: () => run(purge),
    async ping() {
      await confirm();
      await open('ping').get('ping');
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
      await Promise.all([...namespaces.values()].map((values) => values.disconnect()));
    },
  };
}
