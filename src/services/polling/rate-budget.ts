/** One budget of looks a second for all jobs of this process: it stretches every wait alike, and 429s shrink it. */
import { RETRY_AFTER_MAX_MS } from './next-look.ts';

export interface RateBudget {
  /**
   * The wait before a look that is wanted in `delayMs`: longer where all jobs together would pass the budget, by the same
   * factor for each, and longer than the bounds of the schedule where the budget demands it. Takes a place in the budget.
   *
   * @param jobsInFlight jobs that are being looked at, this one included.
   */
  stretch(delayMs: number, jobsInFlight: number): number;
  /** RunComfy answered 429: half the budget from now on, and no looks for `retryAfterMs`, at most a minute. */
  rateLimited(retryAfterMs?: number): void;
  /** RunComfy answered a look: the budget grows back. */
  answered(): void;
  /** Milliseconds until looks may be made at all; 0 unless RunComfy asked to wait. */
  pause(): number;
}

/** From nothing to the whole budget in so long, while answers come (milliseconds). */
const GROWS_BACK_MS = 60_000;
/** Answers further apart than this say nothing of the time between them (milliseconds). */
const ANSWERS_APART_MS = 5000;
/** However often it was halved, so many looks a second go on. */
const LEAST = 1;
/**
 * Looks are spread over slots of a tenth of a second, none of which takes more than its part: jobs that were submitted
 * together, and so are looked at together, would come in one moment of each second.
 */
const SLOT_MS = 100;
const SLOTS_A_SECOND = 1000 / SLOT_MS;
/** Weight of the newest wait in the mean waits. */
const NEWEST = 0.02;
/** Under load this share of the budget is planned for: with some room, a look finds a place about when it is due. */
const PLANNED = 0.95;

/**
 * Additive increase, multiplicative decrease, as in TCP (Chiu and Jain, "Analysis of the increase and decrease algorithms
 * for congestion avoidance", 1989): it comes back to what RunComfy bears and stays about there.
 *
 * @param perSecond looks a second when nothing is refused.
 * @param now milliseconds, of a clock that never goes back.
 */
export function createRateBudget({ perSecond, now }: { perSecond: number; now: () => number }): RateBudget {
  let allowed = perSecond;
  let limitedAt = -Infinity;
  let grownAt = now();
  let pausedUntil = -Infinity;
  /** Of the waits asked for, and of those given. */
  let meanAsked: number | undefined;
  let meanGiven = 0;
  /** Looks placed in each slot to come, and in each second. */
  const slots = new Map<number, number>();
  const seconds = new Map<number, number>();
  let sweptTo = Math.floor(now() / SLOT_MS);

  function pause(): number {
    return Math.max(pausedUntil - now(), 0);
  }

  /** The moment closest to `wanted`, but not before `earliest`, whose slot and second have room. */
  function place(wanted: number, earliest: number): number {
    const current = Math.floor(now() / SLOT_MS);
    for (; sweptTo < current; sweptTo += 1) {
      slots.delete(sweptTo);
      if ((sweptTo + 1) % SLOTS_A_SECOND === 0) seconds.delete(secondOf(sweptTo));
    }
    const room = Math.max(allowed, LEAST);
    const slotRoom = Math.ceil(room / SLOTS_A_SECOND);
    const isFull = (slot: number) => (slots.get(slot) ?? 0) >= slotRoom || (seconds.get(secondOf(slot)) ?? 0) >= room;
    const aimed = Math.floor(wanted / SLOT_MS);
    let slot = aimed;
    while (isFull(slot) && slot * SLOT_MS > earliest) slot -= 1;
    if (isFull(slot)) for (slot = aimed; isFull(slot);) slot += 1;
    const before = slots.get(slot) ?? 0;
    slots.set(slot, before + 1);
    seconds.set(secondOf(slot), (seconds.get(secondOf(slot)) ?? 0) + 1);
    // What was moved to another slot is spread over it.
    return slot === aimed ? wanted : Math.max(earliest, (slot + before / (slotRoom + 1)) * SLOT_MS);
  }

  return {
    stretch(delayMs, jobsInFlight) {
      const delay = Number.isFinite(delayMs) ? Math.max(delayMs, 0) : 0;
      meanAsked = meanAsked === undefined ? delay : meanAsked + NEWEST * (delay - meanAsked);
      // Busy jobs ask more often: the mean over all that ask is the number of jobs by the looks they want a second.
      const wanted = jobsInFlight / Math.max(meanAsked / 1000, 0.001);
      const earliest = now() + pause() + delay;
      const longer = delay * Math.max(0, wanted / (PLANNED * allowed) - 1);
      const wait = place(earliest + longer, earliest) - now();
      meanGiven += NEWEST * (wait - meanGiven);
      return wait;
    },
    rateLimited(retryAfterMs = 0) {
      pausedUntil = Math.max(pausedUntil, now() + Math.min(retryAfterMs, RETRY_AFTER_MAX_MS));
      // Looks that had their place before the budget was halved say nothing of whether half is enough.
      if (now() - limitedAt < Math.max(meanGiven, 1000)) return;
      limitedAt = now();
      grownAt = now();
      allowed = Math.max(allowed / 2, LEAST);
    },
    answered() {
      const since = Math.min(now() - grownAt, ANSWERS_APART_MS);
      grownAt = now();
      allowed = Math.min(perSecond, allowed + (perSecond * since) / GROWS_BACK_MS);
    },
    pause,
  };
}

function secondOf(slot: number): number {
  return Math.floor(slot / SLOTS_A_SECOND);
}
