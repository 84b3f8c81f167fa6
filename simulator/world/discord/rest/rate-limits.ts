/** Discord's limits on calls. They are counted where calls arrive: over all processes of the bot. */
import { RateLimited } from '../errors.ts';

/** How many calls a bucket takes in a window of milliseconds. */
export interface Limit {
  readonly most: number;
  readonly window: number;
}

/** Calls by the bot's token in a second. Source: Discord, "Rate Limits", Global Rate Limit. */
const GLOBALLY: Limit = { most: 50, window: 1000 };

/** Edits of messages older than an hour, in a channel: stricter, and undocumented; the number is seen in practice. */
const OLD_EDITS: Limit = { most: 3, window: 20_000 };

export interface RateLimits {
  /** Takes a call from its bucket. @throws RateLimited where it is empty. */
  take(bucket: string, limit: Limit, options: { asBot: boolean }): void;
  /** Likewise an edit of a message older than an hour. */
  takeOldEdit(channelId: string): void;
}

export function createRateLimits({ now }: { now: () => number }): RateLimits {
  const buckets = new Map<string, { used: number; resetsAt: number }>();

  function take(key: string, { most, window }: Limit): void {
    const time = now();
    let bucket = buckets.get(key);
    if (bucket === undefined || time >= bucket.resetsAt) {
      bucket = { used: 0, resetsAt: time + window };
      buckets.set(key, bucket);
    }
    if (bucket.used >= most) throw new RateLimited(bucket.resetsAt - time);
    bucket.used += 1;
  }

  return {
    take(bucket, limit, { asBot }) {
      if (asBot) take('every call', GLOBALLY);
      take(bucket, limit);
    },
    takeOldEdit(channelId) {
      take(`old edits ${channelId}`, OLD_EDITS);
    },
  };
}
