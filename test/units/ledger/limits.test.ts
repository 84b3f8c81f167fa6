/** The limits' own arithmetic: days and months as UTC has them, and which limit a request hears of. */
import { describe, expect, test } from 'vitest';
import { oldestKept } from '../../../src/services/ledger/ledger.ts';
import {
  checkLimits,
  nextUtcDay,
  nextUtcMonth,
  utcDaysBetween,
  utcMonth,
  type LimitName,
  type Usage,
} from '../../../src/services/ledger/limits.ts';
import { NOON, UNLIMITED } from '../../support/sample-reservation.ts';

const DAY = 24 * 60 * 60_000;
const UNUSED: Usage = {
  guildDailyImages: 0,
  guildMonthlyImages: 0,
  userDailyImages: 0,
  guildActiveJobs: 0,
  userActiveJobs: 0,
  totalMonthlyImages: 0,
};

describe('the days between two moments', () => {
  test.each([
    ['within one day', '2026-11-23T00:00:00Z', '2026-11-23T23:59:59.999Z', ['2026-11-23']],
    ['from noon to noon', '2026-11-21T12:00:00Z', '2026-11-23T12:00:00Z', ['2026-11-21', '2026-11-22', '2026-11-23']],
    ['from late to early', '2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00Z', ['2026-11-22', '2026-11-23']],
    ['over a year’s end', '2026-12-31T00:00:00Z', '2027-01-01T23:00:00Z', ['2026-12-31', '2027-01-01']],
    ['backwards', '2026-11-23T00:00:00Z', '2026-11-22T23:59:59.999Z', []],
  ])('%s', (_, from, to, days) => {
    expect(utcDaysBetween(Date.parse(from), Date.parse(to))).toEqual(days);
  });
});

test('a day and a month end with their last millisecond, a year’s last ones with it', () => {
  const midnight = Date.UTC(2027, 0, 1);
  expect([nextUtcDay(midnight - 1), nextUtcMonth(midnight - 1)]).toEqual([midnight, midnight]);
  expect([utcMonth(midnight - 1), utcMonth(midnight)]).toEqual(['2026-12', '2027-01']);
  expect([nextUtcDay(midnight), nextUtcMonth(midnight)]).toEqual([midnight + DAY, Date.UTC(2027, 1, 1)]);
});

test.each<[LimitName, number, number | undefined]>([
  ['userActiveJobs', 1, undefined],
  ['guildActiveJobs', 1, undefined],
  ['userDailyImages', 3, nextUtcDay(NOON)],
  ['guildDailyImages', 3, nextUtcDay(NOON)],
  ['guildMonthlyImages', 3, nextUtcMonth(NOON)],
  ['totalMonthlyImages', 3, nextUtcMonth(NOON)],
])('%s is met exactly, and says what was asked for and when it frees', (limit, asked, freesAt) => {
  const used = { ...UNUSED, [limit]: 5 };
  expect(checkLimits(3, used, { ...UNLIMITED, [limit]: 5 + asked }, NOON)).toBeUndefined();
  const allowed = 5 + asked - 1;
  expect(checkLimits(3, used, { ...UNLIMITED, [limit]: allowed }, NOON)).toEqual({
    limit,
    allowed,
    used: 5,
    asked,
    freesAt,
  });
});

test('of several limits a member hears of their own first, and of the one that all guilds have together last', () => {
  const order: LimitName[] = [];
  const limits = { ...UNLIMITED };
  const narrowest: LimitName[] = [
    'userActiveJobs',
    'guildActiveJobs',
    'userDailyImages',
    'guildDailyImages',
    'guildMonthlyImages',
    'totalMonthlyImages',
  ];
  for (const limit of narrowest) limits[limit] = 0;
  for (const limit of narrowest) {
    const refusal = checkLimits(1, UNUSED, limits, NOON);
    if (refusal !== undefined) order.push(refusal.limit);
    limits[limit] = 1;
  }
  expect(order).toEqual(narrowest);
  expect(checkLimits(1, UNUSED, limits, NOON)).toBeUndefined();
});

test('reservations are kept for the month before this one, for 35 days and for the retention, whichever is longest', () => {
  const lateInMonth = Date.UTC(2026, 10, 30, 12);
  expect(oldestKept(lateInMonth, 30 * DAY)).toBe(Date.UTC(2026, 9, 1));
  const early = Date.UTC(2026, 10, 1);
  expect(oldestKept(early, 30 * DAY)).toBe(early - 35 * DAY);
  expect(oldestKept(early, 90 * DAY)).toBe(early - 90 * DAY);
  expect(oldestKept(Date.UTC(2026, 0, 31, 12), 0)).toBe(Date.UTC(2025, 11, 1));
});
