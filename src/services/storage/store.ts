/** Typed collections of records over keyv: every call under a deadline, every record parsed when it is read. */
import { Keyv } from 'keyv';
import type { DeserializedData, KeyvStoreAdapter } from 'keyv';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { LostClaimError, NewerRecordError, StoreError } from './store-error.ts';

export type { KeyvStoreAdapter };

/** Records of one kind, by id. Every call rejects with `StoreError` when the store fails or is too slow. */
export interface Collection<T> {
  /**
   * The record, or `undefined` where there is none, it has expired or it can't be parsed. Rejects with
   * `NewerRecordError` where a newer version of the bot has written it.
   */
  get(id: string): Promise<T | undefined>;
  /** Keeps a record, for `ttl` milliseconds where given. It is durable when this resolves. */
  set(id: string, value: T, options?: { ttl?: number }): Promise<void>;
  /** @returns whether there was one. */
  delete(id: string): Promise<boolean>;
  /** All records but those of a newer version, in no order. One that is written meanwhile may be missing. */
  entries(): AsyncIterable<[string, T]>;
}

export interface Store {
  /**
   * The records of a namespace. One that does not parse is moved to the namespace `set-aside:<namespace>` under the
   * same id, logged by id, and as good as missing. But one of a newer version (the schema names its own by a literal
   * `version`) is left where it is.
   */
  collection<T>(namespace: string, schema: z.ZodType<T>): Collection<T>;
  /** Resolves when the store answers; rejects with `StoreError` otherwise. */
  ping(): Promise<void>;
  /** Ends the use of the adapters. What they stand on (the database, the connection) is closed by whoever opened it. */
  close(): Promise<void>;
}

/**
 * A store over any keyv adapter that has an iterator.
 *
 * @param adapterFor a new adapter for a namespace. It keeps namespaces apart by itself: keyv's key prefix is off, as it
 * breaks namespaces that hold a colon and ids that start like their namespace.
 * @param deadline how long one call may take, in milliseconds. A write that was too slow may still have happened.
 */
export function createStore({
  adapterFor,
  log,
  deadline = 2000,
}: {
  adapterFor: (namespace: string) => KeyvStoreAdapter;
  log: Pick<Log, 'error' | 'warn'>;
  deadline?: number;
}): Store {
  const spaces = new Map<string, Space>();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  function open(namespace: string): Space {
    const known = spaces.get(namespace);
    if (known !== undefined) return known;
    const adapter = adapterFor(namespace);
    adapter.on('error', (error: unknown) => {
      log.warn({ err: error, namespace }, 'trouble in the store');
    });
    const keyv = new Keyv<unknown>({
      store: adapter,
      namespace,
      useKeyPrefix: false,
      throwOnErrors: true,
      emitErrors: false,
      serialize: JSON.stringify,
      deserialize: decode,
    });
    const space = { adapter, keyv };
    spaces.set(namespace, space);
    return space;
  }

  /** Runs one call of keyv under the deadline. */
  async function bounded<T>(call: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreError('The store is closed.');
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new StoreError(`The store did not answer within ${deadline} ms.`));
    }, deadline);
    const answer = Promise.race([call(), late.promise]);
    running.add(answer);
    try {
      return await answer;
    } catch (error) {
      if (error instanceof StoreError || error instanceof LostClaimError) throw error;
      throw new StoreError('The store failed.', { cause: error });
    } finally {
      clearTimeout(timer);
      running.delete(answer);
    }
  }

  async function put({ keyv }: Space, id: string, value: unknown, ttl: number | undefined): Promise<void> {
    // keyv takes 0 for "for ever", and Redis takes whole milliseconds only.
    const lifetime = ttl === undefined ? undefined : Math.max(1, Math.ceil(ttl));
    const kept = await bounded(() => keyv.set(id, value, lifetime));
    if (!kept) throw new StoreError('The store did not keep a record.');
  }

  function collection<T>(namespace: string, schema: z.ZodType<T>): Collection<T> {
    const space = open(namespace);
    const moves = new Map<string, Promise<T | undefined>>();
    const stuck = new Set<string>();

    async function move(id: string): Promise<T | undefined> {
      try {
        const found = await bounded(() => space.keyv.get(id, { raw: true }));
        if (found?.value === undefined) return undefined;
        const parsed = schema.safeParse(found.value);
        if (parsed.success) return parsed.data;
        if (isNewer(found.value, parsed.error)) return undefined;
        const ttl = found.expires === undefined ? undefined : found.expires - Date.now();
        await put(open(`set-aside:${namespace}`), id, found.value, ttl);
        await bounded(() => space.keyv.delete(id));
        log.error({ namespace, id }, 'a record could not be parsed and was set aside');
      } catch (error) {
        // Said once; the record stays where it is, and the next read tries again.
        if (!stuck.has(id)) log.error({ namespace, id, err: error }, 'a record could be neither parsed nor set aside');
        stuck.add(id);
      }
      return undefined;
    }

    /** Moves a record out of the way, unless a second look finds that it was written anew. */
    function setAside(id: string): Promise<T | undefined> {
      const moving =
        moves.get(id) ??
        move(id).finally(() => {
          moves.delete(id);
        });
      moves.set(id, moving);
      return moving;
    }

    function read(id: string, value: unknown): T | undefined | Promise<T | undefined> {
      if (value === undefined) return undefined;
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      if (isNewer(value, parsed.error))
        throw new NewerRecordError(`A newer version has written a record of ${namespace}.`);
      return setAside(id);
    }

    /** As `read` does, but passes over a record of a newer version. */
    async function readOld(id: string, value: unknown): Promise<T | undefined> {
      try {
        return await read(id, value);
      } catch (error) {
        if (!(error instanceof NewerRecordError)) throw error;
        if (!stuck.has(id)) log.warn({ namespace, id }, 'a record of a newer version is left to that version');
        stuck.add(id);
        return undefined;
      }
    }

    return {
      async get(id) {
        return read(id, await bounded(() => space.keyv.get(id)));
      },
      async set(id, value, options) {
        // What is written while an unreadable record is moved away must not be moved with it.
        if (moves.has(id)) await moves.get(id);
        await put(space, id, value, options?.ttl);
      },
      async delete(id) {
        if (moves.has(id)) await moves.get(id);
        return await bounded(() => space.keyv.delete(id));
      },
      async *entries() {
        for await (const [id, text] of walk(space.adapter, namespace)) {
          const { value, expires } = decode(text);
          if (expires !== undefined && expires < Date.now()) continue;
          const record = await readOld(id, value);
          if (record !== undefined) yield [id, record];
        }
      },
    };
  }

  /** The adapter's entries as they are stored. keyv's own iterator ends at an entry that expires while it looks. */
  async function* walk(adapter: KeyvStoreAdapter, namespace: string): AsyncGenerator<[string, string]> {
    const entries = adapter.iterator?.(namespace);
    if (entries === undefined) throw new StoreError(`The store can't list the records of ${namespace}.`);
    for (;;) {
      const next = await bounded(() => entries.next());
      if (next.done === true) return;
      const entry = entrySchema.safeParse(next.value);
      if (entry.success) yield entry.data;
    }
  }

  return {
    collection,
    async ping() {
      await bounded(() => open('ping').keyv.get('ping'));
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
      await Promise.all([...spaces.values()].map(({ keyv }) => keyv.disconnect()));
    },
  };
}

/** A namespace in use. */
interface Space {
  adapter: KeyvStoreAdapter;
  keyv: Keyv<unknown>;
}

const versionSchema = z.object({ version: z.int() });

/** Whether a record is refused because its version is above the one that the schema names. */
function isNewer(value: unknown, { issues }: z.ZodError): boolean {
  const version = versionSchema.safeParse(value).data?.version;
  if (version === undefined) return false;
  const known = issues.flatMap((issue) =>
    issue.code === 'invalid_value' && issue.path.length === 1 && issue.path[0] === 'version' ? issue.values : [],
  );
  return known.length > 0 && known.every((own) => Number(own) < version);
}

const entrySchema = z.tuple([z.string(), z.string()]);

/** What keyv keeps a value in, with its expiry (milliseconds since the epoch). */
const envelopeSchema = z.object({ value: z.unknown(), expires: z.number().optional() });

/** Reads a stored text. One that is damaged becomes a value no schema of a record takes: the text itself. */
function decode<T>(text: string): DeserializedData<T> {
  // keyv's types promise a T that nobody has looked at yet; every caller parses it.
  const unread = (value: unknown) => value as T;
  try {
    const { value, expires } = envelopeSchema.parse(JSON.parse(text));
    if (value !== undefined) return { value: unread(value), expires };
  } catch {
    // Not JSON, or not an envelope.
  }
  return { value: unread(text) };
}
