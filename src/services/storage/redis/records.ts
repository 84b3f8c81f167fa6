/** The records in Redis: keyv's adapter, with what the published one lacks for several processes and many records. */
import KeyvRedis from '@keyv/redis';
import type { RecordsAdapter } from '../records.ts';
import { LostClaimError, type Claim } from '../storage.ts';
import { claimKey } from './claims.ts';
import type { Redis } from './connection.ts';
import { DELETE_CLAIMED, SET_CLAIMED } from './lua/records.ts';

/** Keys one call of a listing looks at: 1000 calls for a million. */
const LISTED_AT_ONCE = 1000;

/** Between a namespace and an id: no namespace of the bot's ends or begins with a colon. */
export const SEPARATOR = '::';

export function createRedisAdapter({ redis, namespace }: { redis: Redis; namespace: string }): RecordsAdapter {
  const { client } = redis;
  const keyv = new KeyvRedis<string>(client, { namespace, throwOnErrors: true });
  // Every call that fails rejects by itself, and the connection's own trouble is logged once, by the connection.
  keyv.on('error', () => undefined);
  const keyOf = (id: string) => `${namespace}${SEPARATOR}${id}`;

  /** @throws LostClaimError where the script answers that the claim does not hold. */
  async function runClaimed(script: string, { jobId, holder }: Claim, id: string, rest: string[], lost: number) {
    const keys = [claimKey(jobId), keyOf(id)];
    const answer = await client.eval(script, { keys, arguments: [holder, ...rest] });
    if (answer === lost) throw new LostClaimError(`Another process has taken over job ${jobId}`);
    return answer;
  }

  const adapter: RecordsAdapter = {
    // keyv offers its iterator only for the dialects it knows.
    opts: { dialect: 'redis' },
    namespace,
    on: () => adapter,
    get: (id) => keyv.get(id) as never,
    getMany: (ids) => keyv.getMany(ids) as never,
    has: (id) => keyv.has(id),
    async set(id, value, ttl) {
      await keyv.set(id, String(value), ttl);
      return true;
    },
    delete: (id) => keyv.delete(id),
    deleteMany: (ids) => keyv.deleteMany(ids),
    clear: () => keyv.clear(),
    claimed: {
      async set(id, text, ttl, claim) {
        await runClaimed(SET_CLAIMED, claim, id, [text, ttl === undefined ? '' : String(ttl)], 0);
      },
      delete: async (id, claim) => (await runClaimed(DELETE_CLAIMED, claim, id, [], -1)) === 1,
    },
    // The published one asks for ten keys a call, which takes minutes among many records.
    async *iterator() {
      const listed = new Set<string>();
      const pages = client.scanIterator({ MATCH: keyOf('*'), COUNT: LISTED_AT_ONCE });
      for await (const page of pages) {
        const keys = page.filter((key) => !listed.has(key));
        for (const key of keys) listed.add(key);
        const texts = keys.length === 0 ? [] : await client.mGet(keys);
        for (const [index, key] of keys.entries()) {
          const text = texts[index];
          if (typeof text === 'string') yield [key.slice(keyOf('').length), text];
        }
      }
    },
    // The connection is closed by whoever opened it.
    disconnect: () => Promise.resolve(),
  };
  return adapter;
}
