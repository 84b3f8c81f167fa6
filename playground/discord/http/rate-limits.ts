import { createHash } from 'node:crypto';
import { ApiError } from '../api-error.ts';
import type { Events } from '../events.ts';

/** How many requests a bucket takes in a window of milliseconds. */
export interface Limit {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimitAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** Set when the request must be refused. */
  readonly refusal: ApiError | null;
}

/**
 * Requests with the bot's token in a second. Source: rate limits, "Global Rate Limit". It does not say when a second
 * begins, so any second counts.
 */
const globalPerSecond = 50;
/** Answers of 401, 403 and 429 in ten minutes before an address is blocked. Source: rate limits, "Invalid Request Limit". */
const invalidPerTenMinutes = 10_000;
const tenMinutes = 600_000;

/**
 * Counts requests as Discord does: a bucket for each route and major parameter, 50 in any second for the bot's token, and
 * the invalid answers of an address. Runs on real time, since clients wait in real time.
 */
export function createRateLimits({ enabled, events }: { enabled: boolean; events: Events }) {
  const buckets = new Map<string, { used: number; resetsAt: number }>();
  const hashes = new Map<string, string>();
  /** When those of the last second came, the earliest first. */
  let takenGlobally: number[] = [];
  let globalUntil = 0;
  let invalid = { count: 0, resetsAt: 0 };
  let given = 0;
  let nextSweep = 0;

  function hashOf(route: string): string {
    let hash = hashes.get(route);
    if (!hash) hashes.set(route, (hash = createHash('md5').update(route).digest('hex')));
    return hash;
  }

  function refuse({
    scope,
    bucket,
    retryAfterMs,
  }: {
    scope: 'user' | 'global';
    bucket: string;
    retryAfterMs: number;
  }): RateLimitAnswer {
    given += 1;
    events.emit({ type: 'rateLimit', scope, bucket, retryAfterMs });
    const seconds = Math.max(0.001, Math.ceil(retryAfterMs) / 1000);
    const refusal = new ApiError(429, 0, 'You are being rate limited.', {
      retry_after: seconds,
      global: scope === 'global',
    });
    return { headers: { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': scope }, refusal };
  }

  function countGlobally(time: number): RateLimitAnswer | null {
    const fixed = globalUntil - time;
    if (fixed > 0) return refuse({ scope: 'global', bucket: 'global', retryAfterMs: fixed });
    if (!enabled) return null;
    takenGlobally = takenGlobally.filter((earlier) => earlier > time - 1000);
    const [earliest] = takenGlobally;
    if (earliest !== undefined && takenGlobally.length >= globalPerSecond) {
      return refuse({ scope: 'global', bucket: 'global', retryAfterMs: earliest + 1000 - time });
    }
    takenGlobally.push(time);
    return null;
  }

  function sweep(time: number): void {
    if (time < nextSweep) return;
    nextSweep = time + 60_000;
    for (const [key, { resetsAt }] of buckets) if (resetsAt <= time) buckets.delete(key);
  }

  return {
    /**
     * Takes one request from its bucket.
     *
     * @param route method and path pattern, which names the bucket
     * @param major the channel, guild or webhook the bucket is counted for
     * @param globally whether it counts among the 50 a second of the bot
     */
    take({
      route,
      major,
      limit,
      globally,
    }: {
      route: string;
      major: string;
      limit: Limit;
      globally: boolean;
    }): RateLimitAnswer {
      const time = Date.now();
      const refusedGlobally = globally ? countGlobally(time) : null;
      if (refusedGlobally) return refusedGlobally;
      if (!enabled) return { headers: {}, refusal: null };
      sweep(time);
      const key = `${route} ${major}`;
      let bucket = buckets.get(key);
      if (!bucket || time >= bucket.resetsAt) {
        buckets.set(key, (bucket = { used: 0, resetsAt: time + limit.windowMs }));
      }
      const over = bucket.used >= limit.limit;
      if (!over) bucket.used += 1;
      const left = bucket.resetsAt - time;
      const headers = {
        'x-ratelimit-limit': String(limit.limit),
        'x-ratelimit-remaining': String(limit.limit - bucket.used),
        'x-ratelimit-reset': (bucket.resetsAt / 1000).toFixed(3),
        'x-ratelimit-reset-after': (left / 1000).toFixed(3),
        'x-ratelimit-bucket': hashOf(route),
      };
      if (!over) return { headers, refusal: null };
      const { refusal, headers: more } = refuse({ scope: 'user', bucket: key, retryAfterMs: left });
      return { headers: { ...headers, ...more }, refusal };
    },

    /** Refuses every call with the bot's token for so long. */
    limitGlobally: (milliseconds: number): void => {
      globalUntil = Date.now() + milliseconds;
    },

    /** Counts an answer; 401, 403 and 429 are the invalid ones. */
    answered(status: number): void {
      if (status !== 401 && status !== 403 && status !== 429) return;
      const time = Date.now();
      if (time >= invalid.resetsAt) invalid = { count: 0, resetsAt: time + tenMinutes };
      invalid.count += 1;
    },

    /** Milliseconds for which the address is still blocked, 0 when it isn't. */
    blockedFor(): number {
      const left = invalid.resetsAt - Date.now();
      return left > 0 && invalid.count >= invalidPerTenMinutes ? left : 0;
    },

    /** All 429s given so far. */
    given: (): number => given,
    /** Invalid answers in the running ten minutes. */
    invalidAnswers: (): number => (Date.now() < invalid.resetsAt ? invalid.count : 0),
  };
}

export type RateLimits = ReturnType<typeof createRateLimits>;
