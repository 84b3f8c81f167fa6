/** One budget of looks a second for all jobs of this process: every wait grows alike under load, and 429s shrink the budget. */
import { RETRY_AFTER_MAX_MS } from './backoff.ts';

export interface RateBudget {
  /**
   * Takes a place in the budget for a look that is wanted in `delayMs`, and returns how many milliseconds to wait for it.
   * Where all jobs together would pass the budget the wait is longer, by the same factor for each of them, and longer than
   * the bounds of the schedule if the budget demands it.
   *
   * A place that is far ahead only because 429s have shrunk the budget is not taken: the budget grows back in a fraction of
   * such a wait. Then `taken` is false, and it is to be asked again after `wait`.
   *
   * @param jobsInFlight - jobs that are looked at, this one included.
   * @param waitedMs - how long ago that look was first asked for, in milliseconds; 0 unless its place was not taken then.
   */
  takePlace(delayMs: number, jobsInFlight: number, waitedMs?: number): { wait: number; taken: boolean };
  /** RunComfy answered 429: halves the budget, and allows no look for `retryAfterMs` (at most a minute). */
  rateLimited(retryAfterMs?: number): void;
  /** RunComfy answered a look: the budget grows back. */
  answered(): void;
  /** For how many milliseconds no look may be made; 0 unless RunComfy asked to wait. */
  pausedFor(): number;
}

/** How long the budget takes to grow from nothing to the whole, while answers come (milliseconds). */
const GROWTH_MS = 60_000;
/** A longer time between two answers counts as this long (milliseconds): nobody knows what RunComfy would have borne then. */
const COUNTED_APART_MS = 5000;
/** Looks a second that remain, however often the budget was halved. */
const LEAST_PER_SECOND = 1;
/**
 * Looks are spread over slots of a tenth of a second, each of which takes its part of the budget only: else the looks at
 * jobs that were submitted together would all come at one moment of each second.
 */
const SLOT_MS = 100;
const SLOTS_PER_SECOND = 1000 / SLOT_MS;
/** How far ahead a place is taken while the budget is shrunk (milliseconds), where the look is not wanted later anyway. */
const AHEAD_MS = 10_000;
/** Weight of the newest wait in the moving means. */
const NEWEST_WEIGHT = 0.02;
/** The share of the budget that is planned for under load: the room left over lets a look find a place about when it is due. */
const PLANNED_SHARE = 0.95;

/** So many slots that have passed are dropped one by one. */
const SWEPT_ONE_BY_ONE = 1000;

/**
 * Additive increase, multiplicative decrease, as in TCP (Chiu and Jain, "Analysis of the increase and decrease algorithms
 * for congestion avoidance", 1989): the rate returns to what RunComfy accepts and stays about there.
 *
 * @param perSecond - looks a second when nothing is refused.
 * @param now - milliseconds, of a clock that never goes back.
 */
export function createRateBudget({ perSecond, now }: { perSecond: number; now: () => number }): RateBudget {
  let allowed = perSecond;
  let limitedAt = -Infinity;
  let grownAt = now();
  let pausedUntil = -Infinity;
  /** Moving means of the waits that were wanted and of those that were given (milliseconds). */
  let meanWanted: number | undefined;
  let meanGiven = 0;
  /** How many looks have their place in each slot to come, and in each second. */
  const slots = new Map<number, number>();
  const seconds = new Map<number, number>();
  let sweptTo = Math.floor(now() / SLOT_MS);

  function pausedFor(): number {
    return Math.max(pausedUntil - now(), 0);
  }

  function sweep(): void {
    const current = Math.floor(now() / SLOT_MS);
    // After hours without a look there are more slots to go through than looks to find.
    if (current - sweptTo > SWEPT_ONE_BY_ONE) {
      for (const slot of slots.keys()) if (slot < current) slots.delete(slot);
      for (const second of seconds.keys()) if (second < secondOf(current)) seconds.delete(second);
      sweptTo = current;
    }
    for (; sweptTo < current; sweptTo += 1) {
      slots.delete(sweptTo);
      if ((sweptTo + 1) % SLOTS_PER_SECOND === 0) seconds.delete(secondOf(sweptTo));
    }
  }

  /**
   * Takes the place closest to `wanted`, but not before `earliest`, whose slot and second have room, and returns its moment;
   * `undefined` where there is none up to `latest`.
   */
  function place(wanted: number, earliest: number, latest: number): number | undefined {
    sweep();
    const room = Math.max(allowed, LEAST_PER_SECOND);
    const slotRoom = Math.ceil(room / SLOTS_PER_SECOND);
    const isFull = (slot: number) => (slots.get(slot) ?? 0) >= slotRoom || (seconds.get(secondOf(slot)) ?? 0) >= room;
    const aimed = Math.floor(wanted / SLOT_MS);
    let slot = aimed;
    while (isFull(slot) && slot * SLOT_MS > earliest) slot -= 1;
    if (isFull(slot)) for (slot = aimed; isFull(slot);) slot += 1;
    if (slot * SLOT_MS > latest) return undefined;
    const before = slots.get(slot) ?? 0;
    slots.set(slot, before + 1);
    seconds.set(secondOf(slot), (seconds.get(secondOf(slot)) ?? 0) + 1);
    // Looks that were moved to another slot are spread over it.
    return slot === aimed ? wanted : Math.max(earliest, (slot + before / (slotRoom + 1)) * SLOT_MS);
  }

  return {
    takePlace(delayMs, jobsInFlight, waitedMs = 0) {
      const delay = Number.isFinite(delayMs) ? Math.max(delayMs, 0) : 0;
      const waited = Math.max(waitedMs, 0) || 0;
      if (meanWanted === undefined) meanWanted = delay;
      else if (waited === 0) meanWanted += NEWEST_WEIGHT * (delay - meanWanted);
      // Jobs with short waits ask more often, so this mean is the harmonic one over all jobs: with it, jobs by mean wait is
      // the number of looks that all of them want a second.
      const wanted = jobsInFlight / Math.max(meanWanted / 1000, 0.001);
      const longer = delay * Math.max(0, wanted / (PLANNED_SHARE * allowed) - 1);
      const from = now() + pausedFor();
      const earliest = from + Math.max(0, delay - waited);
      const aimed = from + Math.max(0, delay + longer - waited);
      const horizon = Math.max(earliest, now() + AHEAD_MS);
      const latest = allowed < perSecond ? horizon : Infinity;
      const moment = aimed > latest ? undefined : place(aimed, earliest, latest);
      if (moment === undefined) return { wait: horizon - now(), taken: false };
      const wait = moment - now();
      meanGiven += NEWEST_WEIGHT * (waited + wait - meanGiven);
      return { wait, taken: true };
    },
    rateLimited(retryAfterMs = 0) {
      pausedUntil = Math.max(pausedUntil, now() + Math.min(retryAfterMs, RETRY_AFTER_MAX_MS));
      // Looks that had taken their place before the last halving do not show whether half is enough.
      if (now() - limitedAt < Math.max(meanGiven, 1000)) return;
      limitedAt = now();
      grownAt = now();
      allowed = Math.max(allowed / 2, LEAST_PER_SECOND);
    },
    answered() {
      const since = Math.min(now() - grownAt, COUNTED_APART_MS);
      grownAt = now();
      allowed = Math.min(perSecond, allowed + (perSecond * since) / GROWTH_MS);
    },
    pausedFor,
  };
}

function secondOf(slot: number): number {
  return Math.floor(slot / SLOTS_PER_SECOND);
}
