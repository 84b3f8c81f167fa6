/** How often this process has looked at each request of RunComfy's. */
import { BoundedMap } from '../bounded.ts';

/** Requests remembered: one that ended in another process is never taken here. */
const REMEMBERED = 10_000;

export interface LookCounter {
  /** Counts one look at a request. */
  count(requestId: string): void;
  /** The looks at a request, which is forgotten with this; `undefined` where there were none. */
  take(requestId: string): number | undefined;
}

export function createLookCounter(): LookCounter {
  const looks = new BoundedMap<string, number>(REMEMBERED);
  return {
    count(requestId) {
      looks.set(requestId, (looks.get(requestId) ?? 0) + 1);
    },
    take(requestId) {
      const counted = looks.get(requestId);
      looks.delete(requestId);
      return counted;
    },
  };
}
