/** How fast RunComfy's queue goes, seen from the places that requests had in it. */

/** The place that a request was last seen at, and since when (milliseconds since the epoch). */
interface SeenPlace {
  position: number;
  since: number;
}

/** How much the newest of what was seen weighs. */
const NEWEST = 0.3;

export interface QueuePace {
  /**
   * Takes note of a request's place, and learns from how long it took to get there.
   *
   * @param before - where it was seen before.
   * @returns what to remember of it; `undefined` for a place that nobody tells.
   */
  seen(before: SeenPlace | undefined, position: number | undefined, now: number): SeenPlace | undefined;
  /** Milliseconds in which the queue moves up by one; `undefined` as long as it was not seen to move. */
  placeMs(): number | undefined;
}

export function createQueuePace(): QueuePace {
  let placeMs: number | undefined;
  return {
    placeMs: () => placeMs,
    seen(before, position, now) {
      if (position === undefined) return undefined;
      if (before?.position === position) return before;
      if (before !== undefined && position < before.position && now > before.since) {
        const one = (now - before.since) / (before.position - position);
        placeMs = placeMs === undefined ? one : NEWEST * one + (1 - NEWEST) * placeMs;
      }
      return { position, since: now };
    },
  };
}
