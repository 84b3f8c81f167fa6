/** A collection over stored records: each is parsed when it is read, once as long as it stays as it is, and not where it was written here; one that cannot be parsed is set aside. */
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';
import type { Envelope } from './envelope.ts';
import { isNewer } from './newer-record.ts';
import { NewerRecordError, type Collection } from './storage.ts';
import type { StoredValues } from './stored-values.ts';

/** How long a record that cannot be parsed is kept for whoever looks into it (milliseconds), where it had no end: 30 days. */
const SET_ASIDE_FOR = 30 * 24 * 60 * 60_000;

/** @param setAside - where records that cannot be parsed are moved. */
export function createCollection<T>({
  namespace,
  schema,
  values,
  setAside,
  clock,
  log,
}: {
  namespace: string;
  schema: z.ZodType<T>;
  values: Omit<StoredValues, 'disconnect'>;
  setAside: () => Pick<StoredValues, 'set'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'error' | 'warn'>;
}): Collection<T> {
  const moves = new SingleFlight<string, T | undefined>();
  /** Records by the values that they were parsed from: what is read again as it was is not parsed again. */
  const records = new WeakMap<object, T>();
  /** Ids of records that stay where they are, which has been logged. */
  const logged = new Set<string>();

  const isLive = ({ expires }: Envelope) => expires === undefined || expires >= clock.now();

  /** Moves a record out of the way, unless it was written anew meanwhile: then returns that one. */
  async function move(id: string): Promise<T | undefined> {
    try {
      const found = await values.get(id);
      if (found === undefined) return undefined;
      const parsed = schema.safeParse(found.value);
      if (parsed.success) return parsed.data;
      if (isNewer(found.value, parsed.error)) return undefined;
      const ttl = found.expires === undefined ? SET_ASIDE_FOR : found.expires - clock.now();
      await setAside().set(id, found.value, { ttl });
      await values.delete(id);
      log.error({ namespace, id }, 'a record could not be parsed and was set aside');
    } catch (error) {
      // Logged once; the record stays where it is, and the next read tries again.
      if (!logged.has(id)) log.error({ namespace, id, err: error }, 'a record could be neither parsed nor set aside');
      logged.add(id);
    }
    return undefined;
  }

  function read(id: string, value: unknown): T | undefined | Promise<T | undefined> {
    const known = isObject(value) ? records.get(value) : undefined;
    if (known !== undefined) return known;
    const parsed = schema.safeParse(value);
    if (parsed.success) {
      if (isObject(value)) records.set(value, parsed.data);
      return parsed.data;
    }
    if (isNewer(value, parsed.error)) {
      throw new NewerRecordError(`A newer version has written a record of ${namespace}.`);
    }
    return moves.run(id, () => move(id));
  }

  /** Like `read`, but skips a record of a newer version. */
  async function readUnlessNewer(id: string, value: unknown): Promise<T | undefined> {
    try {
      return await read(id, value);
    } catch (error) {
      if (!(error instanceof NewerRecordError)) throw error;
      if (!logged.has(id)) log.warn({ namespace, id }, 'a record of a newer version is left to that version');
      logged.add(id);
      return undefined;
    }
  }

  return {
    async get(id) {
      const found = await values.get(id);
      return found === undefined || !isLive(found) ? undefined : read(id, found.value);
    },
    async set(id, value, options) {
      // What is written while an unreadable record is moved away must not be moved with it.
      const moving = moves.underWay(id);
      if (moving !== undefined) await moving;
      if (isObject(value)) records.set(value, value);
      await values.set(id, value, options);
    },
    async delete(id, options) {
      const moving = moves.underWay(id);
      if (moving !== undefined) await moving;
      return values.delete(id, options);
    },
    retake: (id, value, claim) => values.retake(id, value, claim),
    async *entries() {
      for await (const [id, envelope] of values.entries()) {
        if (!isLive(envelope)) continue;
        const record = await readUnlessNewer(id, envelope.value);
        if (record !== undefined) yield [id, record];
      }
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
