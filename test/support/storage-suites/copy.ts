/** What every store does as the source or target of a copy, whatever it stands on: run by each store's own test. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../../src/services/clock.ts';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import {
  copyStore,
  MARK,
  type CopyableStore,
  type Progress,
  type StoredRecord,
  type StoredReservation,
} from '../../../src/services/storage/copy.ts';
import { olderStore, putInto } from '../fixtures/store.ts';
import { reservation, UNLIMITED } from '../sample-reservation.ts';

interface CopyUnderTest {
  /** Opens one of two stores, which are empty at first. */
  open(which: 'source' | 'target'): Promise<CopyableStore>;
  /** The ledger of one of them, as long as nobody has it open for a copy. */
  withLedger<T>(which: 'source' | 'target', act: (ledger: Ledger) => Promise<T>): Promise<T>;
  /** Uses one of them as a bot does while `act` runs. */
  whileInUse(which: 'source' | 'target', act: () => Promise<void>): Promise<void>;
  dispose(): Promise<void>;
}

export type MakeCopy = () => Promise<CopyUnderTest>;

const NOON = Date.UTC(2026, 10, 23, 12);

/** All that a store holds, in an order of its own; expiries to ten seconds. */
export async function everything(store: CopyableStore) {
  const records: StoredRecord[] = [];
  const reservations: StoredReservation[] = [];
  for await (const part of store.records()) records.push(...part);
  for await (const part of store.reservations()) reservations.push(...part);
  return {
    records: records
      .map(({ expires, ...record }) => ({ ...record, expires: expires && Math.round(expires / 10_000) }))
      .sort((one, other) => (one.namespace + one.id < other.namespace + other.id ? -1 : 1)),
    reservations: reservations.sort((one, other) => (one.jobId < other.jobId ? -1 : 1)),
  };
}

export function describeCopy(name: string, make: MakeCopy): void {
  describe(name, () => {
    let under: CopyUnderTest;
    let source: CopyableStore;
    let target: CopyableStore;
    beforeEach(async () => {
      under = await make();
      source = await under.open('source');
      target = await under.open('target');
      await putInto(source, olderStore(1));
    });
    afterEach(async () => {
      await Promise.all([source.close(), target.close()]);
      await under.dispose();
    });

    const shown: Progress[] = [];
    const copy = (from = 'the source') => {
      shown.length = 0;
      return copyStore({ source, target, name: from, clock, show: (progress) => void shown.push(progress) });
    };
    const mark = (from: string): StoredRecord => ({
      ...MARK,
      text: JSON.stringify({ value: { version: 1, from } }),
      expires: undefined,
    });

    it('copies everything, says how far it is, and counts as the source did', async () => {
      const before = await everything(source);
      const counts = await copy();
      expect(counts).toEqual(await source.count());
      expect(counts).toMatchObject({ records: before.records.length, held: 7 });
      expect(await everything(target)).toEqual(before);
      expect(shown.at(-1)).toEqual({ what: 'reservations', done: 12, of: 12 });
      await target.close();
      const { guildId = '', userId = '' } = before.reservations[0] ?? {};
      const usage = await under.withLedger('target', (ledger) => ledger.usage(guildId, userId, NOON));
      target = await under.open('target');
      expect(usage).toMatchObject({
        userActiveJobs: 7,
        userDailyImages: 36,
        guildDailyImages: 40,
        totalMonthlyImages: 40,
      });
    });

    it('copies jobs of many requests, under way and finished, as they are', async () => {
      await source.clear();
      await putInto(source, olderStore(2));
      const counts = await copy();
      expect(counts).toMatchObject({ records: olderStore(2).records.length, held: 7, settled: 6, released: 2 });
      const copied = await everything(target);
      expect(copied).toEqual(await everything(source));
      const textOf = (text: string): unknown => (JSON.parse(text) as { value: unknown }).value;
      const jobs = new Map(copied.records.map(({ namespace, id, text }) => [`${namespace} ${id}`, textOf(text)]));
      for (const { namespace, id, value } of olderStore(2).records) {
        expect(jobs.get(`${namespace} ${id}`)).toEqual(value);
      }
      await target.close();
      const [{ jobId, guildId, userId } = { jobId: '', guildId: '', userId: '' }] = copied.reservations;
      const used = (ledger: Ledger) => ledger.usage(guildId, userId, NOON);
      expect(await under.withLedger('target', used)).toMatchObject({ userActiveJobs: 7, userDailyImages: 66 });
      await under.withLedger('target', (ledger) => ledger.settle(jobId, 2));
      expect(await under.withLedger('target', used)).toMatchObject({ userActiveJobs: 6, userDailyImages: 62 });
      target = await under.open('target');
    });

    it('copies what stays counted of jobs that are paid in part, and they go on from there', async () => {
      await source.close();
      await under.withLedger('source', async (ledger) => {
        for (const jobId of ['held', 'settled']) await ledger.reserve(reservation(jobId, { images: 8 }), UNLIMITED);
        await ledger.reduce('held', 3);
        await ledger.settle('settled', 5);
      });
      source = await under.open('source');
      await copy();
      expect(await everything(target)).toEqual(await everything(source));
      await target.close();
      const counted = (which: 'source' | 'target') =>
        under.withLedger(which, async (ledger) => (await ledger.usage('guild', 'user', NOON)).userDailyImages);
      expect(await counted('target')).toBe(8);
      await under.withLedger('target', (ledger) => ledger.reduce('held', 3));
      expect(await counted('target')).toBe(8);
      await under.withLedger('target', (ledger) => ledger.settle('held', 1));
      expect(await counted('target')).toBe(6);
      target = await under.open('target');
    });

    it('copies thousands of records and reservations, each once', async () => {
      const records = Array.from({ length: 1200 }, (_, index) => ({
        namespace: 'many',
        id: `${index}`,
        text: JSON.stringify({ value: index }),
        expires: undefined,
      }));
      const [sample] = olderStore(1).reservations;
      if (sample === undefined) throw new Error('The sample has reservations');
      await source.putRecords(records);
      await source.putReservations(records.map(({ id }) => ({ ...sample, jobId: `many ${id}` })));
      await copy();
      expect(await everything(target)).toEqual(await everything(source));
    });

    it('neither lists nor counts a record that has expired', async () => {
      const { records } = await source.count();
      await source.putRecords([{ namespace: 'over', id: '1', text: '{"value":1}', expires: Date.now() - 1 }]);
      await expect.poll(async () => (await source.count()).records).toBe(records);
      await copy();
      expect((await everything(target)).records.filter(({ namespace }) => namespace === 'over')).toEqual([]);
    });

    it('refuses a target that is not empty, and leaves it as it is', async () => {
      await target.putRecords([{ namespace: 'guilds', id: '1', text: '{"value":{}}', expires: undefined }]);
      await expect(copy()).rejects.toThrow('not empty');
      expect((await everything(target)).records).toHaveLength(1);
    });

    it('begins an unfinished copy of the same source anew, and refuses one of another', async () => {
      await target.putRecords([
        mark('the source'),
        { namespace: 'jobs', id: 'no longer in the source', text: '{"value":{}}', expires: undefined },
      ]);
      await expect(copy('another source')).rejects.toThrow('unfinished copy of the source');
      await copy();
      expect(await everything(target)).toEqual(await everything(source));
    });

    it('refuses a source that is itself an unfinished copy', async () => {
      await source.putRecords([mark('somewhere')]);
      await expect(copy()).rejects.toThrow('unfinished');
    });

    it('is not opened while a bot uses it', async () => {
      await source.close();
      await under.whileInUse('source', async () => {
        await expect(async () => (await under.open('source')).close()).rejects.toThrow('in use');
      });
      source = await under.open('source');
      expect(await source.count()).toMatchObject({ held: 7 });
    });
  });
}
