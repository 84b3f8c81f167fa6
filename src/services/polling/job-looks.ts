/** What is remembered of the looks at each job's requests. Lost with the process, which costs a look more or less. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';

const requestLooksSchema = z.object({
  /** The last look that was answered (milliseconds since the epoch). */
  lookedAt: z.number().optional(),
  /** Failed looks since then. */
  troubles: z.number(),
  /** When the first of them failed (milliseconds since the epoch), and whether people should know by the last of them. */
  troubledSince: z.number().optional(),
  silent: z.boolean().optional(),
  /** The next look, where its place is still to be taken: the wait that was wanted (milliseconds), and when that was asked for. */
  wanted: z.object({ delay: z.number(), at: z.number() }).optional(),
  /** When the next look or submit is due: so long (milliseconds) after it was asked (milliseconds since the epoch). */
  next: z.object({ delay: z.number(), at: z.number() }).optional(),
  /** How long RunComfy had said to wait (milliseconds), and when (milliseconds since the epoch). */
  told: z.object({ delay: z.number(), at: z.number() }).optional(),
  /**
   * Where the request was when its end was last estimated, that end, and from when on it takes longer than usual (milliseconds
   * since the epoch).
   */
  expected: z
    .object({ state: z.string(), position: z.int().optional(), at: z.number(), late: z.number() })
    .optional()
    .catch(undefined),
  /** The place in the queue that it was last seen at, and since when (milliseconds since the epoch). */
  place: z.object({ position: z.int(), since: z.number() }).optional(),
});
/** The looks at one request. */
export type RequestLooks = z.infer<typeof requestLooksSchema>;

/** The looks at one job's requests by their numbers, as another process can take them over. */
export const looksSchema = z.record(z.string(), requestLooksSchema);
export type Looks = z.infer<typeof looksSchema>;

/** How long a job that was left to other processes counts as one of the jobs that are looked at (milliseconds). */
const COUNTED_AFTER_LEAVING = 60_000;

export interface JobLooks {
  /** The looks at a job's request, to read and to change. */
  of(jobId: string, request: number): RequestLooks;
  /** How many requests are looked at. */
  count(): number;
  /** A request is over: it is looked at no more. */
  drop(jobId: string, request: number): void;
  forget(jobId: string): void;
  /** Returns what another process must know; the job counts as looked at for a minute more. */
  leave(jobId: string): Looks | undefined;
  /** Goes on from what another process knows. */
  recall(jobId: string, looks: Looks): void;
}

export function createJobLooks({ clock }: { clock: Pick<Clock, 'monotonic'> }): JobLooks {
  const looks = new Map<string, Looks>();
  /** When each job was left to other processes (of the monotonic clock), the longest ago first. */
  const left = new Map<string, number>();

  let counted = 0;

  function put(jobId: string, known: Looks | undefined): void {
    counted += Object.keys(known ?? {}).length - Object.keys(looks.get(jobId) ?? {}).length;
    if (known === undefined) looks.delete(jobId);
    else looks.set(jobId, known);
  }

  /** What this process was told to wait for since another one knew what it left: that may not have reached the store. */
  function toldSince(known: Looks, own: Looks = {}): Looks {
    const isNewer = ([number, { told }]: [string, RequestLooks]) =>
      told !== undefined && told.at > Math.max(known[number]?.lookedAt ?? 0, known[number]?.told?.at ?? 0);
    return Object.fromEntries(
      Object.entries(own)
        .filter(isNewer)
        .map(([number, { told }]) => [number, { ...(known[number] ?? { troubles: 0 }), told }]),
    );
  }

  return {
    of(jobId, request) {
      const known = looks.get(jobId)?.[request] ?? { troubles: 0 };
      if (looks.get(jobId)?.[request] === undefined) put(jobId, { ...looks.get(jobId), [request]: known });
      return known;
    },

    count: () => counted,

    drop(jobId, request) {
      const others = Object.entries(looks.get(jobId) ?? {}).filter(([number]) => number !== String(request));
      put(jobId, Object.fromEntries(others));
    },

    forget(jobId) {
      put(jobId, undefined);
      left.delete(jobId);
    },

    leave(jobId) {
      const now = clock.monotonic();
      left.delete(jobId);
      left.set(jobId, now);
      for (const [other, at] of left) {
        if (now - at < COUNTED_AFTER_LEAVING) break;
        left.delete(other);
        put(other, undefined);
      }
      return looks.get(jobId);
    },

    recall(jobId, known) {
      left.delete(jobId);
      put(jobId, { ...structuredClone(known), ...toldSince(known, looks.get(jobId)) });
    },
  };
}
