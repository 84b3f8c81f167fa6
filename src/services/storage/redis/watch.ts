/**
 * Notices a connection to Redis that is of no use any more: its host vanished without a word, or the server takes no writes
 * (after a fail-over). An idle time-out of the socket does not: each write to it counts as life.
 */
import type { Clock } from '../../clock.ts';
import { takesNoWrites, type Redis } from './connection.ts';
import { IDENTITY_KEY } from './lua/ledger.ts';

/** How often it is looked (milliseconds). Looks are counted, so that a process that stood still gives Redis its time. */
const LOOK_EVERY = 1000;

/** Looks between two writes, and looks after which one that has no answer yet gets none. */
const WRITE_EVERY = 3;
const UNANSWERED_MOST = 5;

/** What is written, and for how long it stays (milliseconds). */
const PROBE_KEY = 'seedream:probe';
const PROBE_LIFE = 60_000;

/** Rejects where Redis does not take a small write. @returns the identity of the records that are there. */
export async function probe({ client }: Pick<Redis, 'client'>): Promise<string | null> {
  const options = { expiration: { type: 'PX', value: PROBE_LIFE } } as const;
  // A replica that has not got its data yet answers to reads, too: only a server that takes writes is believed.
  const [, identity] = await Promise.all([client.set(PROBE_KEY, '1', options), client.get(IDENTITY_KEY)]);
  return identity;
}

/**
 * @param see - hears each time of the identity that is there; what it throws is its own business.
 * @returns what ends the watch.
 */
export function watchConnection(
  redis: Redis,
  { see, clock }: { see: (identity: string | null) => void; clock: Pick<Clock, 'setInterval'> },
): () => void {
  /** The write that has no answer yet. */
  let asked: Promise<unknown> | undefined;
  let looks = 0;

  async function ask(): Promise<void> {
    const asking = probe(redis);
    asked = asking;
    looks = 0;
    try {
      const identity = await asking;
      redis.confirm();
      see(identity);
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
