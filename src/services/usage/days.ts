/** A guild's images of the last days, by member: who used most, and all others together. Pure. */
import type { DailyImages } from '../ledger/ledger.ts';
import { utcDaysBetween } from '../ledger/limits.ts';

const DAY = 24 * 60 * 60 * 1000;

/** What one member, or all others together, used on each of the days. */
interface UsedByDay {
  perDay: number[];
  images: number;
}

export interface UsageDays {
  /** The UTC days (`2026-11-23`), oldest first. */
  days: string[];
  /** Those who used most, the first one most of all. */
  members: (UsedByDay & { userId: string })[];
  /** Everyone else, and those whose names were forgotten. */
  others: UsedByDay;
  images: number;
  /** The day with most images, and how many; the newest of several. */
  most: { day: string; images: number };
}

/** The moments that the last `days` days run from and to, today's included (milliseconds since the epoch). */
export function lastDays(days: number, at: number): { from: number; to: number } {
  return { from: at - (days - 1) * DAY, to: at };
}

/** @param shown - how many members are told apart at most. */
export function usageByDay(
  rows: readonly DailyImages[],
  { from, to, shown }: { from: number; to: number; shown: number },
): UsageDays {
  const days = utcDaysBetween(from, to);
  const place = new Map(days.map((day, index) => [day, index]));
  const used = (own: readonly DailyImages[]): UsedByDay => {
    const perDay = days.map(() => 0);
    for (const { day, images } of own) {
      const index = place.get(day);
      if (index !== undefined) perDay[index] = (perDay[index] ?? 0) + images;
    }
    return { perDay, images: perDay.reduce((sum, images) => sum + images, 0) };
  };
  const byMember = Map.groupBy(rows, ({ userId }) => userId);
  const named = [...byMember].flatMap(([userId, own]) => (userId === undefined ? [] : [{ userId, ...used(own) }]));
  const members = named.sort((one, other) => other.images - one.images).slice(0, shown);
  const apart = new Set<string | undefined>(members.map(({ userId }) => userId));
  const all = used(rows);
  const most = Math.max(...all.perDay);
  return {
    days,
    members,
    others: used(rows.filter(({ userId }) => !apart.has(userId))),
    images: all.images,
    most: { day: days[all.perDay.lastIndexOf(most)] ?? '', images: most },
  };
}
