/**
 * Which process acts on a job. The queue's lock says who may begin; the claim outlasts it: as long as the process that
 * holds it is alive, nobody else acts on the job, even if its lock was lost for a moment. Once another process has taken
 * a job over from one that seemed dead, the claim of that one no longer holds, and its writes about the job are refused.
 *
 * Keys: `seedream:claim:<job>` the process that acts on it, `seedream:alive:<process>` for as long as it is heard of.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Claim } from '../storage.ts';
import type { Redis, RedisClient } from './connection.ts';
import { RELEASE, TAKE } from './lua/claims.ts';

/** How often a process reports that it is alive, and how long one that reports nothing counts as alive (milliseconds). */
const BEAT_EVERY = 2000;
const ALIVE_FOR = 10_000;

/**
 * How long no job is claimed after Redis has come back (milliseconds): by then the other processes have reported again,
 * and starts that failed meanwhile have been undone.
 */
const QUIET_AFTER_OUTAGE = 3000;

/** How long a claim that nobody releases is kept (milliseconds). */
const CLAIM_LIFE = 24 * 60 * 60_000;

const aliveKey = (processId: string) => `seedream:alive:${processId}`;
export const claimKey = (jobId: string) => `seedream:claim:${jobId}`;

const takenSchema = z.enum(['taken', 'held', 'lost']);

export interface Claims {
  /**
   * Claims a job for this process. `held`: a process that is alive acts on it, or nothing may be begun yet; `lost`: the
   * queue's lock is no longer this one's.
   *
   * @param lock - the queue's lock of the job, and what must stand in it.
   * @throws StoreError
   */
  take(jobId: string, lock: { key: string; token: string }): Promise<Claim | 'held' | 'lost'>;
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
  clock,
  log,
}: {
  redis: Redis;
  clock: Pick<Clock, 'monotonic' | 'setInterval'>;
  log: Pick<Log, 'debug'>;
}): Claims {
  const processId = randomUUID();
  const held = new Set<string>();
  /** Jobs whose claims are to be released and may still stand in Redis. */
  const unreleased = new Set<string>();
  let quietUntil = 0;
  let closed = false;

  async function release(jobId: string): Promise<void> {
    try {
      await redis.call((client) => client.eval(RELEASE, { keys: [claimKey(jobId)], arguments: [processId] }));
      unreleased.delete(jobId);
    } catch (error) {
      unreleased.add(jobId);
      log.debug({ job: jobId, err: error }, 'a claim could not be released yet');
    }
  }

  async function beat(): Promise<void> {
    if (closed) return;
    try {
      const expiration = { type: 'PX', value: ALIVE_FOR } as const;
      await redis.call((client) => client.set(aliveKey(processId), '1', { expiration }));
      await Promise.all([...unreleased].filter((jobId) => !held.has(jobId)).map(release));
    } catch (error) {
      log.debug({ err: error }, 'this process could not report to Redis that it is alive');
    }
  }

  const beating = clock.setInterval(() => void beat(), BEAT_EVERY);
  const isBack = () => {
    quietUntil = clock.monotonic() + QUIET_AFTER_OUTAGE;
    void beat();
  };
  redis.client.on('ready', isBack);
  void beat();

  return {
    async take(jobId, { key, token }) {
      if (held.has(jobId) || clock.monotonic() < quietUntil) return 'held';
      held.add(jobId);
      try {
        const keys = [key, claimKey(jobId)];
        const answer = await redis.call((client) =>
          client.eval(TAKE, { keys, arguments: [token, processId, aliveKey(''), String(CLAIM_LIFE)] }),
        );
        const taken = takenSchema.parse(answer);
        if (taken !== 'taken') {
          held.delete(jobId);
          return taken;
        }
        unreleased.delete(jobId);
        return { jobId, holder: processId };
      } catch (error) {
        // It may have been taken all the same.
        held.delete(jobId);
        unreleased.add(jobId);
        throw error;
      }
    },

    async release({ jobId }) {
      await release(jobId);
      held.delete(jobId);
    },

    async close() {
      closed = true;
      beating.cancel();
      redis.client.off('ready', isBack);
      await redis.call((client) => client.del(aliveKey(processId)), 500).catch(() => undefined);
    },
  };
}
