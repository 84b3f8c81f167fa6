/** The records in Redis: keyv's adapter, with what the published one lacks for several processes and many records. */
import KeyvRedis from '@keyv/redis';
import type { RecordsAdapter } from '../records.ts';
import { LostClaimError, type Claim } from '../storage.ts';
import { CLAIM_LIFE, claimKey } from './claims.ts';
import type { Redis } from './connection.ts';
import { createListing, isListed, listedKey, scanKeys } from './listing.ts';
import { DELETE_CLAIMED, RETAKE, SET_CLAIMED } from './lua/records.ts';

/** Between a namespace and an id: no namespace of the bot's ends or begins with a colon. */
export const SEPARATOR = '::';

/** @param listed - whether the ids of the namespace are kept, so that a listing looks at its records alone. */
export function createRedisAdapter({
  redis,
  namespace,
  listed = isListed(namespace),
  presence,
}: {
  redis: Redis;
  namespace: string;
  listed?: boolean;
  presence?: { confirm(): Promise<void> };
}): RecordsAdapter {
  const { client } = redis;
  const keyv = new KeyvRedis<string>(client, { namespace, throwOnErrors: true });
  // Every call that fails rejects by itself, and the connection's own trouble is logged once, by the connection.
  keyv.on('error', () => undefined);
  const prefix = `${namespace}${SEPARATOR}`;
  const keyOf = (id: string) => `${prefix}${id}`;
  const ids = listedKey(namespace);
  const listing = createListing({ redis, namespace, prefix });

  /** @throws LostClaimError where the script answers that the claim does not hold; LostRecordsError where all is gone. */
  async function runClaimed(script: string, { jobId, holder }: Claim, id: string, rest: string[], lost: number) {
    const keys = [claimKey(jobId), keyOf(id), ...(listed ? [ids] : [])];
    const answer = await client.eval(script, { keys, arguments: [holder, ...rest] });
    if (answer !== lost) return answer;
    await presence?.confirm();
    throw new LostClaimError(`Another process has taken over job ${jobId}`);
  }

  async function setListed(id: string, text: string, ttl: number | undefined): Promise<void> {
    const options = ttl === undefined ? {} : { expiration: { type: 'PX' as const, value: ttl } };
    await client.multi().set(keyOf(id), text, options).sAdd(ids, id).exec();
  }

  async function deleteListed(several: string[]): Promise<boolean> {
    if (several.length === 0) return false;
    const [deleted] = await client.multi().del(several.map(keyOf)).sRem(ids, several).execTyped();
    return deleted > 0;
  }

  /** The published one asks for ten keys a call, which takes minutes among many records. */
  async function* pages(): AsyncIterable<string[]> {
    if (listed) yield* listing.pages();
    else for await (const keys of scanKeys(redis, keyOf('*'))) yield keys.map((key) => key.slice(prefix.length));
  }

  const adapter: RecordsAdapter = {
    // keyv offers its iterator only for the dialects it knows.
    opts: { dialect: 'redis' },
    namespace,
    on: () => adapter,
    get: (id) => keyv.get(id) as never,
    getMany: (several) => keyv.getMany(several) as never,
    has: (id) => keyv.has(id),
    async set(id, value, ttl) {
      if (listed) await setListed(id, String(value), ttl);
      else await keyv.set(id, String(value), ttl);
      return true;
    },
    delete: (id) => (listed ? deleteListed([id]) : keyv.delete(id)),
    deleteMany: (several) => (listed ? deleteListed(several) : keyv.deleteMany(several)),
    // What is left in the set of the ids is taken out by the next listing.
    clear: () => keyv.clear(),
    claimed: {
      async set(id, text, ttl, claim) {
        await runClaimed(SET_CLAIMED, claim, id, [text, ttl === undefined ? '' : String(ttl), id], 0);
      },
      delete: async (id, claim, release) =>
        (await runClaimed(DELETE_CLAIMED, claim, id, [id, release ? '1' : ''], -1)) === 1,
      async retake(id, text, { jobId, holder }) {
        const keys = [claimKey(jobId), keyOf(id)];
        return (await client.eval(RETAKE, { keys, arguments: [holder, text, String(CLAIM_LIFE)] })) === 1;
      },
    },
    async *iterator() {
      const seen = new Set<string>();
      for await (const page of pages()) {
        const fresh = page.filter((id) => !seen.has(id));
        for (const id of fresh) seen.add(id);
        const texts = fresh.length === 0 ? [] : await client.mGet(fresh.map(keyOf));
        if (listed) await listing.drop(fresh.filter((_, index) => texts[index] === null));
        for (const [index, id] of fresh.entries()) {
          const text = texts[index];
          if (typeof text === 'string') yield [id, text];
        }
      }
    },
    // The connection is closed by whoever opened it.
    disconnect: () => Promise.resolve(),
  };
  return adapter;
}
