/** One budget of looks a second for all jobs of this process: it stretches every wait alike, and 429s shrink it. */
import { RETRY_AFTER_MAX_MS } from './schedule.ts';

export interface PollBudget {
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
export function createPollBudget({ perSecond, now }: { perSecond: number; now: () => number }): PollBudget {
  let allowed = perSecond;
  let limitedAt = -Infinity;
  let grownAt = now();
  let pausedUntil = -Infinity;
  /** Of the waits asked for, and of those given. */
  let meanAsked: number | undefined;
  let meanGiven = 0;
  /** Looks placed in each second to come. */
  const placed = new Map<number, number>();
  let sweptTo = Math.floor(now() / 1000);

  function pause(): number {
    return Math.max(pausedUntil - now(), 0);
  }

  /** The moment closest to `wanted`, but not before `earliest`, whose second has room. */
  function place(wanted: number, earliest: number): number {
    const current = Math.floor(now() / 1000);
    for (; sweptTo < current; sweptTo += 1) placed.delete(sweptTo);
    const room = Math.max(allowed, LEAST);
    const isFull = (second: number) => (placed.get(second) ?? 0) >= room;
    const aimed = Math.floor(wanted / 1000);
    let second = aimed;
    while (isFull(second) && second * 1000 > earliest) second -= 1;
    if (isFull(second)) for (second = aimed; isFull(second);) second += 1;
    const before = placed.get(second) ?? 0;
    placed.set(second, before + 1);
    // What was moved to another second is spread over it.
    return second === aimed ? wanted : Math.max(earliest, (second + before / (room + 1)) * 1000);
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
