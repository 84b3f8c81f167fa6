/** What every store does with its records, whatever it stands on: run by each store's own test. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { StoreError, type Store } from '../../../src/services/storage/storage.ts';
import type { Log } from '../../../src/services/log.ts';

interface RecordsUnderTest {
  store: Store;
  /** Writes a text where a record stands, as a bug, another version or a bad disk would. */
  plant(namespace: string, id: string, text: string): Promise<void>;
  /** The stored texts of a namespace, by id. */
  texts(namespace: string): Promise<Map<string, string>>;
  dispose(): Promise<void>;
}

/** Gives a store without records. */
export type MakeRecords = (log: Pick<Log, 'error' | 'warn'>) => Promise<RecordsUnderTest>;

export const jobSchema = z.object({ prompt: z.string(), count: z.int() });
export const cat = { prompt: 'a cat', count: 3 };

export async function list<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

export function describeRecords(name: string, make: MakeRecords): void {
  describe(name, () => {
    let under: RecordsUnderTest;
    let store: Store;
    let lines: unknown[];
    beforeEach(async () => {
      lines = [];
      const note = (...line: unknown[]) => lines.push(line);
      under = await make({ error: note, warn: note });
      store = under.store;
    });
    afterEach(async () => {
      vi.useRealTimers();
      await store.close();
      await under.dispose();
    });

    it('returns what was set, typed by its schema, until it is deleted', async () => {
      const jobs = store.collection('job', jobSchema);
      expect(await jobs.get('1')).toBeUndefined();
      await jobs.set('1', cat);
      expect(await jobs.get('1')).toEqual(cat);
      expect(await jobs.delete('1')).toBe(true);
      expect(await jobs.delete('1')).toBe(false);
      expect(await jobs.get('1')).toBeUndefined();
    });

    it('keeps texts and ids as they are, also those that keyv or the store gives a meaning to', async () => {
      const texts = store.collection('text', z.object({ text: z.string() }));
      const ids = ['text:1', '1', ':1', 'set-aside:text', 'ünï🎨', 'text::1', '*'];
      const odd = [':base64:aGk=', ':', '"\\\u0000', '', '{"value":1}', '[', '?'];
      for (const [index, id] of ids.entries()) await texts.set(id, { text: odd[index] ?? '' });
      expect(new Map(await list(texts.entries()))).toEqual(new Map(ids.map((id, index) => [id, { text: odd[index] }])));
    });

    it('keeps namespaces apart, also where one begins like another', async () => {
      const [jobs, others] = [store.collection('job', jobSchema), store.collection('jobs', jobSchema)];
      await Promise.all([jobs.set('1', cat), others.set('1', { ...cat, count: 4 }), others.set('2', cat)]);
      expect(await list(jobs.entries())).toEqual([['1', cat]]);
      await jobs.delete('1');
      expect(await others.get('1')).toEqual({ ...cat, count: 4 });
    });

    it('lets the last of several writes stand, in the order they were made', async () => {
      const jobs = store.collection('job', jobSchema);
      await Promise.all([1, 2, 3, 4, 5].map((count) => jobs.set('1', { ...cat, count })));
      expect(await jobs.get('1')).toEqual({ ...cat, count: 5 });
    });

    it('forgets a record after its time to live; one of zero or less is over at once', async () => {
      const jobs = store.collection('job', jobSchema);
      await jobs.set('short', cat, { ttl: 60_000.5 });
      await jobs.set('renewed', cat, { ttl: 60_000 });
      await jobs.set('renewed', cat);
      await jobs.set('over', cat, { ttl: 0 });
      await jobs.set('lasting', cat);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 });
      expect(await jobs.get('over')).toBeUndefined();
      expect(await jobs.get('short')).toEqual(cat);
      vi.setSystemTime(Date.now() + 60_000);
      expect(await jobs.get('short')).toBeUndefined();
      const entries = await list(jobs.entries());
      expect(new Map(entries)).toEqual(
        new Map([
          ['lasting', cat],
          ['renewed', cat],
        ]),
      );
    });

    it('lists its own records once each, however many others there are', async () => {
      const others = store.collection('jobs', jobSchema);
      const jobs = store.collection('job', jobSchema);
      // In parts: each write has its deadline from the moment it is asked for.
      const write = async (to: typeof jobs, from: number, until: number) => {
        if (from >= until) return;
        await Promise.all(Array.from({ length: 500 }, (_, index) => to.set(`${from + index}`, cat)));
        await write(to, from + 500, until);
      };
      await write(others, 0, 5000);
      await write(jobs, 0, 1500);
      const ids = (await list(jobs.entries())).map(([id]) => id);
      expect(ids).toHaveLength(1500);
      expect(new Set(ids).size).toBe(1500);
    });

    it.each([
      ['of another shape', JSON.stringify({ value: { prompt: 'secret words', count: 'three' } })],
      ['that is not JSON', '{"value":{"prompt":"secret wo'],
      ['that is not a record', '"secret words"'],
    ])('sets a record aside %s, logs it once by its id alone, and takes it for missing', async (_, text) => {
      const jobs = store.collection('job', jobSchema);
      await jobs.set('good', cat);
      await under.plant('job', 'bad', text);
      expect(await Promise.all([jobs.get('bad'), jobs.get('bad')])).toEqual([undefined, undefined]);
      expect(await jobs.get('bad')).toBeUndefined();
      expect(await list(jobs.entries())).toEqual([['good', cat]]);
      expect(lines).toEqual([[{ namespace: 'job', id: 'bad' }, expect.any(String)]]);
      const aside = await under.texts('set-aside:job');
      expect([...aside.keys()]).toEqual(['bad']);
      expect(aside.get('bad')).toContain('secret wo');
      expect([...(await under.texts('job')).keys()]).toEqual(['good']);
    });

    it('lists the others where one cannot be parsed', async () => {
      const jobs = store.collection('job', jobSchema);
      await under.plant('job', 'a', 'broken');
      await jobs.set('b', cat);
      await under.plant('job', 'c', JSON.stringify({ value: null }));
      await jobs.set('d', cat);
      expect(new Map(await list(jobs.entries()))).toEqual(
        new Map([
          ['b', cat],
          ['d', cat],
        ]),
      );
      const aside = store.collection('set-aside:job', z.unknown());
      expect(new Map(await list(aside.entries()))).toEqual(
        new Map<string, unknown>([
          ['a', 'broken'],
          ['c', null],
        ]),
      );
    });

    it('leaves a record of a newer version where it is: read, it rejects; listed, it is missing', async () => {
      const jobs = store.collection('job', z.object({ version: z.literal(1) }));
      await jobs.set('old', { version: 1 });
      const newer = JSON.stringify({ value: { version: 2, what: 'nobody knows' } });
      await under.plant('job', 'new', newer);
      await expect(jobs.get('new')).rejects.toMatchObject({ name: 'NewerRecordError' });
      expect(await list(jobs.entries())).toEqual([['old', { version: 1 }]]);
      expect((await under.texts('job')).get('new')).toBe(newer);
      expect((await under.texts('set-aside:job')).size).toBe(0);
    });

    it('finishes what is under way when it closes, and rejects every call after', async () => {
      const jobs = store.collection('job', jobSchema);
      const writing = jobs.set('1', cat);
      await store.close();
      await writing;
      expect((await under.texts('job')).size).toBe(1);
      for (const call of [jobs.get('1'), jobs.set('1', cat), jobs.delete('1'), store.ping()]) {
        await expect(call).rejects.toThrow(StoreError);
      }
    });
  });
}
