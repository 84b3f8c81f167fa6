/**
 * Notices a connection to Redis that is of no use any more: its host vanished without a word, or the server takes no writes
 * (after a fail-over). An idle time-out of the socket does not: each write to it counts as life.
 */
import type { Clock } from '../../clock.ts';
import { takesNoWrites, type Redis } from './connection.ts';

/** How often it is looked (milliseconds). Looks are counted, so that a process that stood still gives Redis its time. */
const LOOK_EVERY = 1000;

/** Looks between two writes, and looks after which one that has no answer yet gets none. */
const WRITE_EVERY = 3;
const UNANSWERED_MOST = 5;

/** What is written, and for how long it stays (milliseconds). */
const PROBE_KEY = 'seedream:probe';
const PROBE_LIFE = 60_000;

/** Rejects where Redis does not take a small write. */
export async function probe({ client }: Pick<Redis, 'client'>): Promise<void> {
  await client.set(PROBE_KEY, '1', { expiration: { type: 'PX', value: PROBE_LIFE } });
}

/** @returns what ends the watch. */
export function watchConnection(redis: Redis, clock: Pick<Clock, 'setInterval'>): () => void {
  /** The write that has no answer yet. */
  let asked: Promise<void> | undefined;
  let looks = 0;

  async function ask(): Promise<void> {
    const asking = probe(redis);
    asked = asking;
    looks = 0;
    try {
      await asking;
      redis.confirm();
    } catch (error) {
      // Any other answer is one.
      if (takesNoWrites(error)) redis.remake(error);
    } finally {
      if (asked === asking) asked = undefined;
    }
  }

  const isReady = () => {
    asked = undefined;
    void ask();
  };
  redis.client.on('ready', isReady);
  const timer = clock.setInterval(() => {
    looks += 1;
    if (!redis.client.isReady) asked = undefined;
    else if (asked === undefined) {
      if (looks >= WRITE_EVERY) void ask();
    } else if (looks >= UNANSWERED_MOST) {
      asked = undefined;
      redis.remake(new Error(`Redis has not answered for ${(UNANSWERED_MOST * LOOK_EVERY) / 1000} s`));
    }
  }, LOOK_EVERY);

  return () => {
    timer.cancel();
    redis.client.off('ready', isReady);
  };
}
