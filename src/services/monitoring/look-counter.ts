/** How often each request of RunComfy's was looked at, by this process. */

/** Requests remembered; the oldest makes room, as one that ended in another process never comes to its end here. */
const REMEMBERED = 10_000;

export interface LookCounter {
  count(requestId: string): void;
  /** The looks at a request, which is forgotten with this; `undefined` where there were none. */
  take(requestId: string): number | undefined;
}

export function createLookCounter(): LookCounter {
  const looks = new Map<string, number>();
  return {
    count(requestId) {
      looks.set(requestId, (looks.get(requestId) ?? 0) + 1);
      const oldest = looks.keys().next().value;
      if (looks.size > REMEMBERED && oldest !== undefined) looks.delete(oldest);
    },
    take(requestId) {
      const counted = looks.get(requestId);
      looks.delete(requestId);
      return counted;
    },
  };
}
