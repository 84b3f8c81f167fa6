/**
 * Which process acts on a job. The queue's lock says who may begin; the claim outlasts it: as long as the process that
 * holds it is alive, nobody else acts on the job, even if its lock was lost for a moment. Each step takes a claim of its
 * own: once another step has the job, in this process or another one, the earlier claim no longer holds, and a write under
 * it that was late on its way is refused.
 *
 * Keys: `seedream:claim:<job>` the process that acts on it and which of its claims that is (`<process>/<number>`),
 * `seedream:alive:<process>` for as long as it is heard of.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Claim } from '../storage.ts';
import type { Redis, RedisClient } from './connection.ts';
import { createHeldClaims } from './held-claims.ts';
import { RELEASE, TAKE } from './lua/claims.ts';

/** How often a process reports that it is alive, and how long one that reports nothing counts as alive (milliseconds). */
export const BEAT_EVERY = 2000;
const ALIVE_FOR = 10_000;

/** How long a claim that nobody releases is kept (milliseconds). */
export const CLAIM_LIFE = 24 * 60 * 60_000;

const aliveKey = (processId: string) => `seedream:alive:${processId}`;
export const claimKey = (jobId: string) => `seedream:claim:${jobId}`;

const takenSchema = z.enum(['taken', 'held', 'lost']);

export interface Claims {
  /**
   * Claims a job for this process. `held`: a process that is alive acts on it, or nothing may be begun yet; `lost`: the
   * queue's lock is no longer this one's.
   *
   * @param lock - the queue's lock of the job, and what must stand in it.
   * @throws StoreError; LostRecordsError where all records are gone
   */
  take(jobId: string, lock: { key: string; token: string }): Promise<Claim | 'held' | 'lost'>;
  /**
   * Claims a job that is being started and that no queue knows of yet.
   *
   * @throws StoreError
   */
  hold(jobId: string): Promise<Claim>;
  /** Releases a claim; where Redis is away, as soon as it is there again. */
  release(claim: Claim): Promise<void>;
  /** Reports no more that this process is alive. */
  close(): Promise<void>;
}

/** Whether any process that works on this store is alive. @throws StoreError */
export async function anyAlive(client: RedisClient): Promise<boolean> {
  for await (const keys of client.scanIterator({ MATCH: aliveKey('*'), COUNT: 1000 })) {
    if (keys.length > 0) return true;
  }
  return false;
}

export function createClaims({
  redis,
  presence,
  clock,
  log,
}: {
  redis: Redis;
  presence?: { confirm(): Promise<void> };
  clock: Pick<Clock, 'monotonic' | 'setInterval'>;
  log: Pick<Log, 'debug'>;
}): Claims {
  const processId = randomUUID();
  const claims = createHeldClaims<{ key: string; token: string }>({
    processId,
    acts: {
      async take({ jobId, holder }, { key, token }) {
        const keys = [key, claimKey(jobId)];
        const args = [token, holder, aliveKey(''), String(CLAIM_LIFE)];
        return takenSchema.parse(await redis.call((client) => client.eval(TAKE, { keys, arguments: args })));
      },
      async hold({ jobId, holder }) {
        const options = { condition: 'NX', expiration: { type: 'PX', value: CLAIM_LIFE } } as const;
        return (await redis.call((client) => client.set(claimKey(jobId), holder, options))) !== null;
      },
      async release({ jobId, holder }) {
        await redis.call((client) => client.eval(RELEASE, { keys: [claimKey(jobId)], arguments: [holder] }));
      },
    },
    clock,
    log,
  });
  let closed = false;

  async function beat(): Promise<void> {
    if (closed) return;
    try {
      const expiration = { type: 'PX', value: ALIVE_FOR } as const;
      await redis.call((client) => client.set(aliveKey(processId), '1', { expiration }));
      await claims.releaseRest();
    } catch (error) {
      log.debug({ err: error }, 'this process could not report to Redis that it is alive');
    }
  }

  const beating = clock.setInterval(() => void beat(), BEAT_EVERY);
  const isBack = () => {
    claims.storeIsBack();
    void beat();
  };
  redis.client.on('ready', isBack);
  void beat();

  return {
    async take(jobId, lock) {
      const answer = await claims.take(jobId, lock);
      // The lock may be gone with everything else.
      if (answer === 'lost') await presence?.confirm();
      return answer;
    },
    hold: (jobId) => claims.hold(jobId),
    release: (claim) => claims.release(claim),

    async close() {
      closed = true;
      beating.cancel();
      redis.client.off('ready', isBack);
      await redis.call((client) => client.del(aliveKey(processId)), 500).catch(() => undefined);
    },
  };
}
