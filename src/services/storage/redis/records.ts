/** The keyv adapter of Redis, with what the published one lacks for several processes and many records. */
import KeyvRedis from '@keyv/redis';
import type { RedisClient } from './connection.ts';
import { LostClaimError } from '../store-error.ts';
import type { KeyvStoreAdapter } from '../store.ts';

/** Keys one call of a listing looks at: 1000 calls for a million. */
const LISTED_AT_ONCE = 1000;

/** Between a namespace and an id: no namespace of the bot's ends or begins with a colon. */
export const SEPARATOR = '::';

/** KEYS: claim, record. ARGV: holder, text, life in milliseconds or ''. */
const SET_FENCED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '' then redis.call('SET', KEYS[2], ARGV[2]) else redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
return 1
`;

/** KEYS: claim, record. ARGV: holder. */
const DELETE_FENCED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
return redis.call('DEL', KEYS[2])
`;

/** What must stand under which key for a write of this record, where there is such a condition. */
export type Fence = (id: string) => { key: string; holder: string } | undefined;

/**
 * @param fence - for records that only the process that acts on a job may write: then a write of another rejects with
 * `LostClaimError`.
 */
export function createRedisAdapter({
  client,
  namespace,
  fence = () => undefined,
}: {
  client: RedisClient;
  namespace: string;
  fence?: Fence;
}): KeyvStoreAdapter {
  const keyv = new KeyvRedis<string>(client, { namespace, throwOnErrors: true });
  // Every call that fails rejects by itself, and the connection's own trouble is told once, by who made it.
  keyv.on('error', () => undefined);

  async function fenced(script: string, id: string, rest: string[]): Promise<unknown> {
    const condition = fence(id);
    if (condition === undefined) return undefined;
    const keys = [condition.key, `${namespace}${SEPARATOR}${id}`];
    const said = await client.eval(script, { keys, arguments: [condition.holder, ...rest] });
    if (said === (script === SET_FENCED ? 0 : -1)) {
      throw new LostClaimError(`Another process has taken over job ${id}`);
    }
    return said;
  }

  const adapter: KeyvStoreAdapter = {
    // keyv offers its iterator only for the dialects it knows.
    opts: { dialect: 'redis' },
    namespace,
    on: () => adapter,
    get: (id) => keyv.get(id) as never,
    getMany: (ids) => keyv.getMany(ids) as never,
    has: (id) => keyv.has(id),
    async set(id, value, ttl) {
      const said = await fenced(SET_FENCED, id, [String(value), ttl === undefined ? '' : String(ttl)]);
      if (said === undefined) await keyv.set(id, String(value), ttl);
      return true;
    },
    async delete(id) {
      const said = await fenced(DELETE_FENCED, id, []);
      return said === undefined ? keyv.delete(id) : said === 1;
    },
    deleteMany: (ids) => keyv.deleteMany(ids),
    clear: () => keyv.clear(),
    // The published one asks for ten keys a call, which takes minutes among many records.
    async *iterator() {
      const listed = new Set<string>();
      const pages = client.scanIterator({ MATCH: `${namespace}${SEPARATOR}*`, COUNT: LISTED_AT_ONCE });
      for await (const page of pages) {
        const keys = page.filter((key) => !listed.has(key));
        for (const key of keys) listed.add(key);
        const texts = keys.length === 0 ? [] : await client.mGet(keys);
        for (const [index, key] of keys.entries()) {
          const text = texts[index];
          if (typeof text === 'string') yield [key.slice(namespace.length + SEPARATOR.length), text];
        }
      }
    },
    // The connection is closed by whoever opened it.
    disconnect: () => Promise.resolve(),
  };
  return adapter;
}
