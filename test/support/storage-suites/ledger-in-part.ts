/** What every ledger does with a job that is paid in part, whatever it stands on. A part of the ledger's suite. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import { NOON, reservation, UNLIMITED } from '../sample-reservation.ts';
import type { LedgerUnderTest } from './make-ledger.ts';

const DAY = 24 * 60 * 60_000;
const MIDNIGHT = Date.UTC(2026, 10, 24);

/** @param current - the ledger of the test that runs. */
export function describePartialSettlement(current: () => LedgerUnderTest): void {
  describe('a job that is paid in part', () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ({ ledger } = current());
      await ledger.reserve(reservation('a', { images: 8 }), UNLIMITED);
    });

    const images = async (at = NOON) => {
      const { guildDailyImages, guildMonthlyImages, userDailyImages, totalMonthlyImages } = await ledger.usage(
        'guild',
        'user',
        at,
      );
      return [guildDailyImages, guildMonthlyImages, userDailyImages, totalMonthlyImages];
    };
    const active = async () => {
      const { guildActiveJobs, userActiveJobs } = await ledger.usage('guild', 'user', NOON);
      return [guildActiveJobs, userActiveJobs];
    };
    const all = (count: number) => [count, count, count, count];

    it('has what cost nothing back at once, while the rest is being made', async () => {
      const tight = { ...UNLIMITED, userDailyImages: 8 };
      expect(await ledger.reserve(reservation('b', { images: 5 }), tight)).toMatchObject({ outcome: 'refused' });
      await ledger.reduce('a', 3);
      expect(await images()).toEqual(all(3));
      expect(await active()).toEqual([1, 1]);
      expect(await ledger.held(Infinity)).toEqual([reservation('a', { images: 3 })]);
      expect(await ledger.recent({ userId: 'user', since: 0, limit: 10 })).toEqual([
        { ...reservation('a', { images: 3 }), state: 'held' },
      ]);
      expect(await ledger.daily({ guildId: 'guild', from: NOON, to: NOON })).toEqual([
        { day: '2026-11-23', userId: 'user', images: 3 },
      ]);
      expect(await ledger.reserve(reservation('c', { images: 6 }), tight)).toMatchObject({
        refusal: { limit: 'userDailyImages', used: 3, asked: 6 },
      });
      expect(await ledger.reserve(reservation('b', { images: 5 }), tight)).toEqual({ outcome: 'reserved' });
    });

    it('frees nothing twice, however often, late or at once it is said how many stay', async () => {
      await ledger.reduce('a', 7);
      await ledger.reduce('a', 7);
      expect(await images()).toEqual(all(7));
      await Promise.all([6, 4, 7, 5, 4, 8].map((stay) => ledger.reduce('a', stay)));
      expect(await images()).toEqual(all(4));
      await ledger.reduce('a', 6);
      await ledger.reduce('a', 100);
      expect(await images()).toEqual(all(4));
    });

    it('is settled in one act at what stays, and that is its end', async () => {
      await ledger.settle('a', 5);
      expect(await images()).toEqual(all(5));
      expect(await active()).toEqual([0, 0]);
      await ledger.settle('a', 5);
      await ledger.settle('a', 2);
      await ledger.reduce('a', 2);
      await ledger.reduce('a', 0);
      await ledger.release('a');
      expect(await images()).toEqual(all(5));
      expect(await ledger.recent({ userId: 'user', since: 0, limit: 10 })).toEqual([
        { ...reservation('a', { images: 5 }), state: 'settled' },
      ]);
    });

    it('is settled at what stayed before, or at less, never at more', async () => {
      for (const jobId of ['b', 'c']) await ledger.reserve(reservation(jobId, { images: 8 }), UNLIMITED);
      for (const jobId of ['a', 'b', 'c']) await ledger.reduce(jobId, 3);
      await ledger.settle('a');
      expect(await images()).toEqual(all(9));
      await ledger.settle('b', 8);
      expect(await images()).toEqual(all(9));
      await ledger.settle('c', 1);
      expect(await images()).toEqual(all(7));
    });

    it.each<[string, (ledger: Ledger) => Promise<void>]>([
      ['while it goes on', (of) => of.reduce('a', 0)],
      ['after a part was freed', (of) => of.reduce('a', 3).then(() => of.reduce('a', 0))],
      ['at its end', (of) => of.settle('a', 0)],
      ['at its end, after a part was freed', (of) => of.reduce('a', 3).then(() => of.settle('a', 0))],
      ['by a release, after a part was freed', (of) => of.reduce('a', 3).then(() => of.release('a'))],
    ])('is released where nothing of it stays: %s', async (_, act) => {
      await act(ledger);
      expect(await images()).toEqual(all(0));
      expect(await active()).toEqual([0, 0]);
      expect(await ledger.held(Infinity)).toEqual([]);
      expect(await ledger.daily({ guildId: 'guild', from: NOON, to: NOON })).toEqual([]);
      expect(await ledger.recent({ userId: 'user', since: 0, limit: 10 })).toMatchObject([{ state: 'released' }]);
      await ledger.reduce('a', 2);
      await ledger.settle('a', 2);
      expect(await images()).toEqual(all(0));
      expect(await ledger.reserve(reservation('a', { images: 8 }), UNLIMITED)).toEqual({ outcome: 'repeated' });
    });

    it('has its images back on the day they were taken from', async () => {
      await ledger.reserve(reservation('late', { at: MIDNIGHT - 1 }), UNLIMITED);
      await ledger.reserve(reservation('early', { at: MIDNIGHT }), UNLIMITED);
      await ledger.reduce('late', 1);
      expect(await images(MIDNIGHT - 1)).toEqual([9, 12, 9, 12]);
      expect(await images(MIDNIGHT)).toEqual([3, 12, 3, 12]);
    });

    it('is as it was after a crash, and what is said again then changes nothing', async () => {
      await ledger.reserve(reservation('b', { images: 8 }), UNLIMITED);
      await ledger.reduce('a', 3);
      await ledger.settle('b', 2);
      ledger = await current().reopen();
      expect(await images()).toEqual(all(5));
      await ledger.reduce('a', 3);
      await ledger.settle('b', 2);
      expect(await images()).toEqual(all(5));
      expect(await ledger.held(Infinity)).toEqual([reservation('a', { images: 3 })]);
    });

    it('is forgotten and deleted with what stayed of it, and no more', async () => {
      await ledger.reserve(reservation('b', { images: 8, userId: 'other' }), UNLIMITED);
      await ledger.reduce('a', 3);
      await ledger.settle('a', 2);
      await ledger.settle('b', 7);
      await ledger.forget(['a'], MIDNIGHT);
      expect(await ledger.daily({ guildId: 'guild', from: NOON, to: NOON + DAY })).toEqual(
        expect.arrayContaining([
          { day: '2026-11-23', userId: undefined, images: 2 },
          { day: '2026-11-23', userId: 'other', images: 7 },
        ]),
      );
      expect(await images()).toEqual([9, 9, 0, 9]);
      expect(await ledger.prune(Date.UTC(2027, 1, 1))).toBe(2);
      expect(await images()).toEqual(all(0));
      expect(await ledger.daily({ guildId: 'guild', from: NOON, to: NOON + DAY })).toEqual([]);
    });
  });
}
