/**
 * Which process acts on a job. The queue's lock says who may begin; the claim outlasts it: as long as the process that
 * holds it is alive, nobody else acts on the job, even if its lock was lost for a moment. And once another process has
 * taken a job over from one that seemed dead, that one can write nothing more about it.
 *
 * Keys: `seedream:claim:<job>` the process that acts on it, `seedream:alive:<process>` for as long as it is heard of.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { callRedis, type RedisClient } from './connection.ts';

/** How often a process says that it is alive, and how long one that says nothing counts as alive (milliseconds). */
const BEAT_EVERY = 2000;
const ALIVE_FOR = 10_000;

/**
 * How long nothing is begun after Redis has come back (milliseconds): the other processes must have been heard of again,
 * and starts that failed meanwhile have been taken back.
 */
const QUIET_AFTER_OUTAGE = 3000;

/** How long a claim that nobody gives back is kept (milliseconds). */
const CLAIM_LIFE = 24 * 60 * 60_000;

const aliveKey = (processId: string) => `seedream:alive:${processId}`;
const claimKey = (jobId: string) => `seedream:claim:${jobId}`;

/** KEYS: lock, claim. ARGV: lock's token, own id, prefix of alive keys, life of the claim. */
const TAKE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost' end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[2] and redis.call('EXISTS', ARGV[3] .. holder) == 1 then return 'held' end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
return 'taken'
`;

/** KEYS: claim. ARGV: own id. */
const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`;

const takenSchema = z.enum(['taken', 'held', 'lost']);

export interface Claims {
  /**
   * Claims a job for this process. `held`: a process that is alive acts on it, or nothing may be begun yet; `lost`: the
   * queue's lock is no longer this one's.
   *
   * @param lock - the queue's lock of the job, and what must stand in it.
   * @throws StoreError
   */
  take(jobId: string, lock: { key: string; token: string }): Promise<'taken' | 'held' | 'lost'>;
  /** Runs an act of the job's holder: what it writes about the job is written only while the claim is its own. */
  act<T>(jobId: string, act: () => Promise<T>): Promise<T>;
  /** Gives a claim back; where Redis is away, as soon as it is there again. */
  release(jobId: string): Promise<void>;
  /** What must stand under which key for a write about this job, where one is made by the job's holder. */
  fence: (jobId: string) => { key: string; holder: string } | undefined;
  /** Says no more that this process is alive. */
  close(): Promise<void>;
}

/** Whether any process that works on this store is alive. @throws StoreError */
export async function anyAlive(client: RedisClient): Promise<boolean> {
  for await (const keys of client.scanIterator({ MATCH: aliveKey('*'), COUNT: 1000 })) {
    if (keys.length > 0) return true;
  }
  return false;
}

export function createClaims({ client, log }: { client: RedisClient; log: Log }): Claims {
  const processId = randomUUID();
  const acting = new AsyncLocalStorage<string>();
  const held = new Set<string>();
  /** Claims to be given back that Redis has not taken back yet. */
  const owed = new Set<string>();
  let quietUntil = 0;
  let closed = false;

  async function giveBack(jobId: string): Promise<void> {
    try {
      await callRedis(() => client.eval(RELEASE, { keys: [claimKey(jobId)], arguments: [processId] }));
      owed.delete(jobId);
    } catch (error) {
      owed.add(jobId);
      log.debug({ job: jobId, err: error }, 'a claim could not be given back yet');
    }
  }

  async function beat(): Promise<void> {
    if (closed) return;
    try {
      await callRedis(() => client.set(aliveKey(processId), '1', { expiration: { type: 'PX', value: ALIVE_FOR } }));
      await Promise.all([...owed].filter((jobId) => !held.has(jobId)).map(giveBack));
    } catch (error) {
      log.debug({ err: error }, 'Redis could not be told that this process is alive');
    }
  }

  const beating = setInterval(() => void beat(), BEAT_EVERY).unref();
  const isBack = () => {
    quietUntil = performance.now() + QUIET_AFTER_OUTAGE;
    void beat();
  };
  client.on('ready', isBack);
  void beat();

  return {
    async take(jobId, { key, token }) {
      if (held.has(jobId) || performance.now() < quietUntil) return 'held';
      held.add(jobId);
      try {
        const keys = [key, claimKey(jobId)];
        const said = await callRedis(() =>
          client.eval(TAKE, { keys, arguments: [token, processId, aliveKey(''), String(CLAIM_LIFE)] }),
        );
        const taken = takenSchema.parse(said);
        if (taken !== 'taken') held.delete(jobId);
        else owed.delete(jobId);
        return taken;
      } catch (error) {
        // It may have been taken all the same.
        held.delete(jobId);
        owed.add(jobId);
        throw error;
      }
    },

    act: (jobId, act) => acting.run(jobId, act),

    async release(jobId) {
      await giveBack(jobId);
      held.delete(jobId);
    },

    fence(jobId) {
      return acting.getStore() === jobId ? { key: claimKey(jobId), holder: processId } : undefined;
    },

    async close() {
      closed = true;
      clearInterval(beating);
      client.off('ready', isBack);
      await callRedis(() => client.del(aliveKey(processId)), 500).catch(() => undefined);
    },
  };
}
