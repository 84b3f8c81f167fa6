/** The numbers a guild may not pass, and what a refusal says about them. Pure. */

/** What one reservation is checked against. */
export interface Limits {
  /** Images per guild and UTC day. */
  guildDailyImages: number;
  /** Images per guild and UTC month. */
  guildMonthlyImages: number;
  /** Images per member of a guild and UTC day. */
  userDailyImages: number;
  /** Jobs of a guild that are not yet final. */
  guildActiveJobs: number;
  /** Jobs of a member in a guild that are not yet final. */
  userActiveJobs: number;
  /** Images over all guilds per UTC month; `undefined` is no ceiling. */
  totalMonthlyImages: number | undefined;
}
export type LimitName = keyof Limits;

/** What the ledger says is used, in the units of {@link Limits}. */
export type Usage = Record<LimitName, number>;

/** Why a reservation was refused. */
export interface Refusal {
  limit: LimitName;
  /** The limit's number. */
  allowed: number;
  /** What was used of it before this request. */
  used: number;
  /** What this request asked for: images, or 1 job. */
  asked: number;
  /** When the window ends (milliseconds since the epoch); `undefined` where it is free once a job has ended. */
  freesAt: number | undefined;
}

/** The UTC day of a moment, as `2026-11-23`. */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The UTC month of a moment, as `2026-11`. */
export function utcMonth(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** The UTC days from one moment's to another's, both included. */
export function utcDaysBetween(from: number, to: number): string[] {
  const days: string[] = [];
  for (let at = from; utcDay(at) <= utcDay(to); at += 24 * 60 * 60 * 1000) days.push(utcDay(at));
  return days;
}

/** The first moment of the next UTC day, in milliseconds since the epoch. */
export function nextUtcDay(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
}

/** The first moment of the next UTC month, in milliseconds since the epoch. */
export function nextUtcMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/**
 * Checks a request for `images` against limits, narrowest first, so that a member hears of their own limit before
 * the server's.
 *
 * @returns the first limit it would pass, or `undefined` when it fits.
 */
export function checkLimits(images: number, usage: Usage, limits: Limits, at: number): Refusal | undefined {
  const windows: [LimitName, number, number | undefined][] = [
    ['userActiveJobs', 1, undefined],
    ['guildActiveJobs', 1, undefined],
    ['userDailyImages', images, nextUtcDay(at)],
    ['guildDailyImages', images, nextUtcDay(at)],
    ['guildMonthlyImages', images, nextUtcMonth(at)],
    ['totalMonthlyImages', images, nextUtcMonth(at)],
  ];
  for (const [limit, asked, freesAt] of windows) {
    const allowed = limits[limit];
    const used = usage[limit];
    if (allowed !== undefined && used + asked > allowed) return { limit, allowed, used, asked, freesAt };
  }
  return undefined;
}
