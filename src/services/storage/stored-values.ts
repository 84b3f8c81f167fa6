/** The stored records of one namespace over keyv, not parsed yet. */
import { Keyv } from 'keyv';
import type { DeserializedData } from 'keyv';
import { z } from 'zod';
import { BoundedMap } from '../bounded.ts';
import type { Clock } from '../clock.ts';
import { decodeEnvelope, encodeEnvelope, type Envelope } from './envelope.ts';
import type { RecordsAdapter } from './records.ts';
import { StoreError, type Claim, type DeleteOptions, type WriteOptions } from './storage.ts';

export interface StoredValues {
  /** Gives the same envelope again as long as the same text is stored, and the value that was set itself: nothing in it may be changed. */
  get(id: string): Promise<Envelope | undefined>;
  set(id: string, value: unknown, options?: WriteOptions): Promise<void>;
  delete(id: string, options?: DeleteOptions): Promise<boolean>;
  retake(id: string, value: unknown, claim: Claim): Promise<boolean>;
  /** All of them, in no order. */
  entries(): AsyncIterable<[string, Envelope]>;
  /** Ends the use of the adapter. */
  disconnect(): Promise<void>;
}

/** Runs one call of an adapter, under a deadline or what else calls stand under. */
type RunCall = <T>(call: () => Promise<T>) => Promise<T>;

/** Texts that were read last are remembered, with what stands in them: a job's is read at each look, and mostly is as it was. */
const REMEMBERED = 200;

/** What an adapter's iterator gives. */
const entrySchema = z.tuple([z.string(), z.string()]);

export function createStoredValues({
  namespace,
  adapter,
  run,
  clock,
}: {
  namespace: string;
  adapter: RecordsAdapter;
  run: RunCall;
  clock: Pick<Clock, 'now'>;
}): StoredValues {
  const decoded = new BoundedMap<string, Envelope>(REMEMBERED);
  const keyv = createKeyv(namespace, adapter, { encode, decode });
  const { claimed } = adapter;

  function decode(text: string): Envelope {
    const envelope = decoded.get(text) ?? decodeEnvelope(text);
    decoded.set(text, envelope);
    return envelope;
  }

  /** What is written is mostly read next: then it need not be read out of its text. */
  function encode(envelope: Envelope): string {
    const text = encodeEnvelope(envelope);
    decoded.set(text, envelope);
    return text;
  }

  return {
    get: (id) => run(() => keyv.get(id)),
    async set(id, value, { ttl, claim } = {}) {
      // keyv takes 0 for "for ever", and Redis takes whole milliseconds only.
      const life = ttl === undefined ? undefined : Math.max(1, Math.ceil(ttl));
      const envelope = { value, expires: life === undefined ? undefined : clock.now() + life };
      if (claim !== undefined && claimed !== undefined) {
        await run(() => claimed.set(id, encode(envelope), life, claim));
      } else if (!(await run(() => keyv.set(id, envelope, life)))) {
        throw new StoreError('The store did not keep a record.');
      }
    },
    delete(id, { claim, release = false } = {}) {
      // What is deleted is not remembered either.
      decoded.clear();
      return run(() =>
        claim !== undefined && claimed !== undefined ? claimed.delete(id, claim, release) : keyv.delete(id),
      );
    },
    retake: async (id, value, claim) =>
      claimed !== undefined && run(() => claimed.retake(id, encodeEnvelope({ value }), claim)),
    // keyv's own iterator ends at an entry that expires meanwhile.
    async *entries() {
      const entries = adapter.iterator?.(namespace);
      if (entries === undefined) throw new StoreError(`The store can't list the records of ${namespace}.`);
      for (;;) {
        const next = await run(() => entries.next());
        if (next.done === true) return;
        const entry = entrySchema.safeParse(next.value);
        if (entry.success) yield [entry.data[0], decodeEnvelope(entry.data[1])];
      }
    },
    disconnect: () => keyv.disconnect(),
  };
}

/** keyv as a carrier of envelopes: expiry is told by the store's clock, so keyv's own envelope is left out. */
function createKeyv(
  namespace: string,
  adapter: RecordsAdapter,
  { encode, decode }: { encode: (envelope: Envelope) => string; decode: (text: string) => Envelope },
): Keyv<Envelope> {
  return new Keyv<Envelope>({
    store: adapter,
    namespace,
    useKeyPrefix: false,
    throwOnErrors: true,
    emitErrors: false,
    serialize: ({ value }) => encode(value as Envelope),
    // keyv's types promise values of any type that its caller names; here they are envelopes alone.
    deserialize: <T>(text: string): DeserializedData<T> => ({ value: decode(text) as T }),
  });
}
