/** What every ledger does, whatever it stands on: run by each ledger's own test. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import type { LimitName, Limits } from '../../../src/services/ledger/limits.ts';
import type { LedgerUnderTest, MakeLedger } from './make-ledger.ts';
import { describePartialSettlement } from './ledger-in-part.ts';
import { keepsUsedEqualToLiveReservations } from './ledger-property.ts';
import { NOON, reservation, UNLIMITED } from '../sample-reservation.ts';

const MIDNIGHT = Date.UTC(2026, 10, 24);
const NEW_MONTH = Date.UTC(2026, 11, 1);

export function describeLedger(name: string, make: MakeLedger): void {
  describe(name, () => {
    let under: LedgerUnderTest;
    let ledger: Ledger;
    beforeEach(async () => {
      under = await make();
      ledger = under.ledger;
    });
    afterEach(() => under.dispose());

    const used = (at = NOON) => ledger.usage('guild', 'user', at);

    const limits: LimitName[] = [
      'guildDailyImages',
      'guildMonthlyImages',
      'userDailyImages',
      'guildActiveJobs',
      'userActiveJobs',
      'totalMonthlyImages',
    ];
    it.each(limits)('grants 40 commands at once exactly what %s allows', async (limit) => {
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          ledger.reserve(reservation(`job${index}`, { images: 1 }), { ...UNLIMITED, [limit]: 10 }),
        ),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(10);
      expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(30);
      expect(await used()).toMatchObject({ [limit]: 10 });
      expect(await ledger.held(Infinity)).toHaveLength(10);
    });

    it('says which limit refused, what is used of it and when it frees', async () => {
      await ledger.reserve(reservation('a', { images: 8 }), UNLIMITED);
      expect(await ledger.reserve(reservation('b', { images: 3 }), { ...UNLIMITED, guildDailyImages: 10 })).toEqual({
        outcome: 'refused',
        refusal: { limit: 'guildDailyImages', allowed: 10, used: 8, asked: 3, freesAt: MIDNIGHT },
      });
      expect(await used()).toMatchObject({ guildDailyImages: 8, guildActiveJobs: 1 });
      expect(await ledger.reserve(reservation('c', { images: 2 }), { ...UNLIMITED, guildDailyImages: 10 })).toEqual({
        outcome: 'reserved',
      });
    });

    it('counts a job once, however often and however late it is asked for', async () => {
      const tight = { ...UNLIMITED, guildDailyImages: 3 };
      const outcomes = await Promise.all([1, 2, 3].map(() => ledger.reserve(reservation('a'), tight)));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['repeated', 'repeated', 'reserved']);
      await ledger.settle('a');
      expect(await ledger.reserve(reservation('a'), tight)).toEqual({ outcome: 'repeated' });
      expect(await used()).toMatchObject({ guildDailyImages: 3, guildActiveJobs: 0 });

      await ledger.reserve(reservation('b'), UNLIMITED);
      await ledger.release('b');
      expect(await ledger.reserve(reservation('b'), UNLIMITED)).toEqual({ outcome: 'repeated' });
      expect(await used()).toMatchObject({ guildDailyImages: 3, guildActiveJobs: 0 });
    });

    it('keeps the images of a settled job counted and frees its place', async () => {
      await ledger.reserve(reservation('a'), UNLIMITED);
      await ledger.settle('a');
      expect(await used()).toEqual({
        guildDailyImages: 3,
        guildMonthlyImages: 3,
        userDailyImages: 3,
        guildActiveJobs: 0,
        userActiveJobs: 0,
        totalMonthlyImages: 3,
      });
    });

    it('gives everything of a released job back, so that another fits', async () => {
      const tight: Limits = {
        guildDailyImages: 3,
        guildMonthlyImages: 3,
        userDailyImages: 3,
        guildActiveJobs: 1,
        userActiveJobs: 1,
        totalMonthlyImages: 3,
      };
      await ledger.reserve(reservation('a'), tight);
      expect(await ledger.reserve(reservation('b'), tight)).toMatchObject({ outcome: 'refused' });
      await ledger.release('a');
      expect(Object.values(await used())).toEqual([0, 0, 0, 0, 0, 0]);
      expect(await ledger.reserve(reservation('b'), tight)).toEqual({ outcome: 'reserved' });
    });

    it('lets the first of settle and release win and ignores the rest', async () => {
      await Promise.all(['a', 'b'].map((jobId) => ledger.reserve(reservation(jobId), UNLIMITED)));
      await ledger.settle('a');
      await ledger.release('a');
      await ledger.release('b');
      await ledger.settle('b');
      await ledger.release('b');
      expect(await used()).toMatchObject({ guildDailyImages: 3, totalMonthlyImages: 3, guildActiveJobs: 0 });
    });

    it('is silent about a job it does not know, and lets it be reserved later', async () => {
      await ledger.reduce('nobody', 1);
      await ledger.settle('nobody', 1);
      await ledger.settle('nobody');
      await ledger.release('nobody');
      expect(await ledger.reserve(reservation('nobody'), UNLIMITED)).toEqual({ outcome: 'reserved' });
    });

    it('starts afresh at midnight and at the month in UTC, and gives back to the day it took from', async () => {
      const daily = { ...UNLIMITED, guildDailyImages: 3 };
      await ledger.reserve(reservation('late', { at: MIDNIGHT - 1 }), daily);
      expect(await ledger.reserve(reservation('b', { at: MIDNIGHT - 1 }), daily)).toMatchObject({ outcome: 'refused' });
      expect(await ledger.reserve(reservation('c', { at: MIDNIGHT }), daily)).toEqual({ outcome: 'reserved' });
      await ledger.release('late');
      expect(await used(MIDNIGHT - 1)).toMatchObject({ guildDailyImages: 0, guildMonthlyImages: 3 });
      expect(await used(MIDNIGHT)).toMatchObject({ guildDailyImages: 3, guildMonthlyImages: 3 });

      const monthly = { ...UNLIMITED, guildMonthlyImages: 6, totalMonthlyImages: 6 };
      await ledger.reserve(reservation('d', { at: NEW_MONTH - 1 }), monthly);
      expect(await ledger.reserve(reservation('e', { at: NEW_MONTH - 1 }), monthly)).toMatchObject({
        refusal: { limit: 'guildMonthlyImages', freesAt: NEW_MONTH },
      });
      expect(await ledger.reserve(reservation('f', { at: NEW_MONTH }), monthly)).toEqual({ outcome: 'reserved' });
    });

    it('counts members and guilds apart, and all guilds together', async () => {
      await ledger.reserve(reservation('a'), UNLIMITED);
      await ledger.reserve(reservation('b', { userId: 'other' }), UNLIMITED);
      await ledger.reserve(reservation('c', { guildId: 'elsewhere' }), UNLIMITED);
      expect(await used()).toEqual({
        guildDailyImages: 6,
        guildMonthlyImages: 6,
        userDailyImages: 3,
        guildActiveJobs: 2,
        userActiveJobs: 1,
        totalMonthlyImages: 9,
      });
    });

    describePartialSettlement(() => under);

    describe('what a member made before', () => {
      const ids = (reservations: { jobId: string }[]) => reservations.map(({ jobId }) => jobId);
      const mine = { userId: 'user', guildId: 'guild', since: 0, limit: 10 };

      it('is theirs alone, in this guild or in all, newest first, whatever became of it', async () => {
        for (const [index, jobId] of ['released', 'settled', 'held'].entries()) {
          await ledger.reserve(reservation(jobId, { at: NOON + index }), UNLIMITED);
        }
        await ledger.release('released');
        await ledger.settle('settled');
        await ledger.reserve(reservation('elsewhere', { guildId: 'elsewhere', at: NOON + 1 }), UNLIMITED);
        await ledger.reserve(reservation('theirs', { userId: 'other' }), UNLIMITED);
        expect(await ledger.recent(mine)).toEqual([
          { ...reservation('held', { at: NOON + 2 }), state: 'held' },
          { ...reservation('settled', { at: NOON + 1 }), state: 'settled' },
          { ...reservation('released', { at: NOON }), state: 'released' },
        ]);
        const everywhere = { userId: 'user', since: 0, limit: 10 };
        expect(ids(await ledger.recent(everywhere)).sort()).toEqual(['elsewhere', 'held', 'released', 'settled']);
        expect(ids(await ledger.recent({ ...mine, since: NOON + 1 }))).toEqual(['held', 'settled']);
      });

      it('comes in pages to both sides, also where several were made at the same moment', async () => {
        for (const jobId of ['a', 'b', 'c', 'd', 'e']) {
          await ledger.reserve(reservation(jobId, { at: jobId === 'a' ? NOON - 1 : NOON }), UNLIMITED);
        }
        expect(ids(await ledger.recent({ ...mine, limit: 2 }))).toEqual(['e', 'd']);
        expect(ids(await ledger.recent({ ...mine, before: 'd', limit: 2 }))).toEqual(['c', 'b']);
        expect(ids(await ledger.recent({ ...mine, before: 'b', limit: 2 }))).toEqual(['a']);
        expect(ids(await ledger.recent({ ...mine, after: 'a', limit: 2 }))).toEqual(['c', 'b']);
        expect(ids(await ledger.recent({ ...mine, after: 'e', limit: 2 }))).toEqual([]);
      });

      it('is found behind however many of theirs in other guilds', async () => {
        await ledger.reserve(reservation('older', { at: NOON - 1 }), UNLIMITED);
        const elsewhere = Array.from({ length: 1100 }, (_, index) =>
          reservation(`elsewhere${index}`, { guildId: 'elsewhere', at: NOON + index }),
        );
        await Promise.all(elsewhere.map((one) => ledger.reserve(one, UNLIMITED)));
        await ledger.reserve(reservation('newer', { at: NOON + 2000 }), UNLIMITED);
        expect(ids(await ledger.recent(mine))).toEqual(['newer', 'older']);
        expect(ids(await ledger.recent({ ...mine, before: 'newer' }))).toEqual(['older']);
        expect(ids(await ledger.recent({ ...mine, after: 'older' }))).toEqual(['newer']);
        expect(ids(await ledger.recent({ ...mine, guildId: 'elsewhere', limit: 1000 }))).toHaveLength(1000);
      });

      it('has nothing beside a job that is not theirs', async () => {
        await ledger.reserve(reservation('a'), UNLIMITED);
        await ledger.reserve(reservation('theirs', { userId: 'other', at: NOON + 1 }), UNLIMITED);
        expect(await ledger.recent({ ...mine, before: 'theirs' })).toEqual([]);
        expect(await ledger.recent({ ...mine, after: 'nobody' })).toEqual([]);
      });
    });

    it('gives the images of a guild by day and member, without what was given back', async () => {
      const day = 24 * 60 * 60_000;
      for (const [jobId, over] of [
        ['a', {}],
        ['b', { images: 2 }],
        ['c', { userId: 'other' }],
        ['d', { at: NOON - day }],
        ['e', { guildId: 'elsewhere' }],
        ['f', { at: NOON - 2 * day }],
      ] as const) {
        await ledger.reserve(reservation(jobId, over), UNLIMITED);
      }
      await ledger.release('c');
      expect(await ledger.daily({ guildId: 'guild', from: NOON - day, to: NOON })).toEqual([
        { day: '2026-11-22', userId: 'user', images: 3 },
        { day: '2026-11-23', userId: 'user', images: 5 },
      ]);
    });

    describe('forgetting a name', () => {
      const daily = () => ledger.daily({ guildId: 'guild', from: NOON - 24 * 60 * 60_000, to: MIDNIGHT });
      const recent = () => ledger.recent({ userId: 'user', since: 0, limit: 10 });

      it('keeps the counts of a past day without the name', async () => {
        await ledger.reserve(reservation('a'), UNLIMITED);
        await ledger.reserve(reservation('b', { images: 2 }), UNLIMITED);
        await ledger.settle('a');
        await ledger.settle('b');
        await ledger.forget(['a', 'b'], MIDNIGHT);
        await ledger.forget(['a', 'b'], MIDNIGHT);
        expect(await recent()).toEqual([]);
        expect(await daily()).toEqual([{ day: '2026-11-23', userId: undefined, images: 5 }]);
        expect(await used()).toMatchObject({ guildDailyImages: 5, guildMonthlyImages: 5, userDailyImages: 0 });
        expect(await ledger.reserve(reservation('a'), UNLIMITED)).toEqual({ outcome: 'repeated' });
      });

      it("resets no one's limit: the name of today's goes when the day is over", async () => {
        await ledger.reserve(reservation('a'), UNLIMITED);
        await ledger.settle('a');
        await ledger.forget(['a'], NOON);
        expect(await recent()).toEqual([]);
        expect(await ledger.reserve(reservation('b'), { ...UNLIMITED, userDailyImages: 5 })).toMatchObject({
          refusal: { limit: 'userDailyImages', used: 3 },
        });
        await ledger.prune(MIDNIGHT - 1);
        expect(await used()).toMatchObject({ userDailyImages: 3 });
        await ledger.prune(MIDNIGHT);
        expect(await daily()).toEqual([{ day: '2026-11-23', userId: undefined, images: 3 }]);
      });

      it('waits for a job that is still running, which can be given back as ever', async () => {
        await ledger.reserve(reservation('a'), UNLIMITED);
        await ledger.forget(['a'], MIDNIGHT);
        await ledger.prune(MIDNIGHT);
        expect(await used()).toMatchObject({ userActiveJobs: 1, userDailyImages: 3 });
        await ledger.release('a');
        await ledger.prune(MIDNIGHT);
        expect(Object.values(await used())).toEqual([0, 0, 0, 0, 0, 0]);
        expect(await daily()).toEqual([]);
        expect(await recent()).toEqual([]);
      });

      it('takes what was forgotten off the counts when it is too old to be kept', async () => {
        await ledger.reserve(reservation('a'), UNLIMITED);
        await ledger.settle('a');
        await ledger.forget(['a'], MIDNIGHT);
        expect(await ledger.prune(Date.UTC(2027, 1, 1))).toBe(1);
        expect(Object.values(await used())).toEqual([0, 0, 0, 0, 0, 0]);
        expect(await daily()).toEqual([]);
      });
    });

    it.each(['jobs', 'finished', 'set-aside:jobs', 'set-aside:finished'])(
      "keeps a reservation as long as its job's record (%s), by which a member's records are found",
      async (namespace) => {
        await ledger.reserve(reservation('a'), UNLIMITED);
        await ledger.settle('a');
        const records = under.store.collection(namespace, z.unknown());
        await records.set('a', 'a record');
        const later = Date.UTC(2027, 1, 1);
        expect(await ledger.prune(later)).toBe(0);
        expect(await ledger.recent({ userId: 'user', since: 0, limit: 10 })).toHaveLength(1);
        await records.delete('a');
        expect(await ledger.prune(later)).toBe(1);
      },
    );

    it('gives of those that are held the ones before a moment, oldest first', async () => {
      for (const jobId of ['c', 'a', 'settled', 'released', 'b']) {
        const at = NOON + ['a', 'b', 'c'].indexOf(jobId);
        await ledger.reserve(reservation(jobId, { at }), UNLIMITED);
      }
      await ledger.settle('settled');
      await ledger.release('released');
      const held = async (before: number) => (await ledger.held(before)).map(({ jobId }) => jobId);
      expect(await held(NOON)).toEqual([]);
      expect(await held(NOON + 2)).toEqual(['a', 'b']);
      expect(await held(Infinity)).toEqual(['a', 'b', 'c']);
    });

    it('has everything after a crash: usage, held reservations and the ids it has seen', async () => {
      await ledger.reserve(reservation('held'), UNLIMITED);
      await ledger.reserve(reservation('settled'), UNLIMITED);
      await ledger.reserve(reservation('released'), UNLIMITED);
      await ledger.settle('settled');
      await ledger.release('released');
      const before = await used();
      ledger = await under.reopen();
      expect(await used()).toEqual(before);
      expect(await ledger.held(Infinity)).toEqual([reservation('held')]);
      for (const jobId of ['held', 'settled', 'released']) {
        expect(await ledger.reserve(reservation(jobId), UNLIMITED)).toEqual({ outcome: 'repeated' });
      }
    });

    it('keeps used equal to the live reservations and within the limits, whatever happens', () =>
      keepsUsedEqualToLiveReservations(make));
  });
}
