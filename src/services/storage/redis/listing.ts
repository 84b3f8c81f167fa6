/**
 * The ids of a namespace whose records are listed again and again, so that a listing looks at them alone and not at every
 * key of the database.
 *
 * Keys: `seedream:listed:<namespace>` the ids, written with each record in one act; `...:format` stands once all that there
 * were have been gathered; `...:fresh` for a day after that. A version that keeps no such set may have written records
 * since (beside this one while processes are replaced, or after a step back), so once a day one process gathers anew.
 */
import { SingleFlight } from '../../single-flight.ts';
import type { Redis } from './connection.ts';
import { DROP_MISSING } from './lua/records.ts';

/** Namespaces that are listed while the bot runs or at its start. */
const LISTED: readonly string[] = ['jobs', 'cancellations', 'guilds', 'book', 'unsettled'];

export const isListed = (namespace: string) => LISTED.includes(namespace);

const FORMAT = '1';
const FRESH_FOR = 24 * 60 * 60_000;

const PREFIX = 'seedream:listed:';
export const listedKey = (namespace: string) => `${PREFIX}${namespace}`;
const formatKey = (namespace: string) => `${listedKey(namespace)}:format`;
const freshKey = (namespace: string) => `${listedKey(namespace)}:fresh`;

/** All keys of listings: without them the next listing gathers anew. */
export const LISTING_KEYS = LISTED.flatMap((namespace) => [
  formatKey(namespace),
  freshKey(namespace),
  listedKey(namespace),
]);

/** Ids one call looks at. */
const AT_ONCE = 1000;

/** The keys of a pattern in the whole database, page by page: 1000 calls for a million keys. A key may come twice. */
export function scanKeys({ client }: Redis, pattern: string): AsyncIterable<string[]> {
  return client.scanIterator({ MATCH: pattern, COUNT: AT_ONCE });
}

/**
 * @param prefix - what stands before an id in a record's key.
 */
export function createListing({ redis, namespace, prefix }: { redis: Redis; namespace: string; prefix: string }) {
  const { client } = redis;
  const gathering = new SingleFlight<'all', void>();

  async function gather(): Promise<void> {
    for await (const keys of scanKeys(redis, `${prefix}*`)) {
      if (keys.length === 0) continue;
      await client.sAdd(
        listedKey(namespace),
        keys.map((key) => key.slice(prefix.length)),
      );
    }
    await client.set(formatKey(namespace), FORMAT);
  }

  return {
    /** The ids page by page. One may come twice, and its record may be gone. */
    async *pages(): AsyncIterable<string[]> {
      const options = { condition: 'NX', expiration: { type: 'PX', value: FRESH_FOR } } as const;
      const [format, stale] = await Promise.all([
        client.get(formatKey(namespace)),
        client.set(freshKey(namespace), '1', options),
      ]);
      if (format !== FORMAT || stale !== null) await gathering.run('all', gather);
      yield* client.sScanIterator(listedKey(namespace), { COUNT: AT_ONCE });
    },
    /** Takes ids out of the set whose records are gone. */
    async drop(ids: string[]): Promise<void> {
      if (ids.length === 0) return;
      await client.eval(DROP_MISSING, { keys: [listedKey(namespace)], arguments: [prefix, ...ids] });
    },
  };
}
