/** A Redis as a source or target of a copy. */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { FORGOTTEN } from '../../ledger/ledger.ts';
import type { Log } from '../../log.ts';
import { MARK, type CopyableStore, type Counts, type StoredRecord } from '../copy.ts';
import { StoreError } from '../storage.ts';
import { anyAlive } from './claims.ts';
import { createRedisConnection, type RedisClient } from './connection.ts';
import { IMPORT, keys } from './lua/ledger.ts';
import { LISTING_KEYS } from './listing.ts';
import { SEPARATOR } from './records.ts';
import { inspectRedis, settleFormat } from './server.ts';

/** Keys one call of a listing looks at. */
const PART = 500;

/** How long one call may take (milliseconds): nobody waits for an answer here. */
const PATIENCE = 30_000;

const reservationSchema = z.object({
  guild: z.string(),
  user: z.string(),
  images: z.coerce.number(),
  at: z.coerce.number(),
  day: z.string(),
  month: z.string(),
  state: z.enum(['held', 'settled', 'released']),
  forgetting: z.string().optional(),
});

/** @throws StoreError when it cannot be reached, or a bot uses it. */
export async function openRedisForCopy({
  url,
  clock,
  log,
}: {
  url: string;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Log;
}): Promise<CopyableStore> {
  const redis = createRedisConnection({ url, clock, log });
  await redis.connect();
  const call = <T>(act: (client: RedisClient) => Promise<T>): Promise<T> => redis.call(act, PATIENCE);

  /** The keys of a pattern in parts, each once in a part. */
  async function* list(pattern: string): AsyncGenerator<string[]> {
    let cursor = '0';
    do {
      const from = cursor;
      const page = await call((client) => client.scan(from, { MATCH: pattern, COUNT: PART }));
      cursor = page.cursor;
      if (page.keys.length > 0) yield page.keys;
    } while (cursor !== '0');
  }

  async function readRecord(key: string): Promise<StoredRecord | undefined> {
    const [text, life] = await Promise.all([call((client) => client.get(key)), call((client) => client.pTTL(key))]);
    if (text === null) return undefined;
    const [namespace = ''] = key.split(SEPARATOR, 1);
    const id = key.slice(namespace.length + SEPARATOR.length);
    return { namespace, id, text, expires: life < 0 ? undefined : clock.now() + life };
  }

  async function* reservations() {
    for await (const part of list(keys.reservation('*'))) {
      yield await Promise.all(
        part.map(async (key) => {
          const fields = reservationSchema.parse(await call((client) => client.hGetAll(key)));
          const { guild: guildId, user: userId, forgetting, ...rest } = fields;
          const jobId = key.slice(keys.reservation('').length);
          return { jobId, guildId, userId, ...rest, forgetting: forgetting !== undefined };
        }),
      );
    }
  }

  try {
    await inspectRedis(redis, log);
    if (await anyAlive(redis.client)) {
      throw new StoreError('The Redis is in use: stop the bot first (10 s after a kill it counts as stopped).');
    }
    await settleFormat(redis);
  } catch (error) {
    redis.close();
    throw error;
  }

  return {
    async *records() {
      for await (const part of list(`*${SEPARATOR}*`)) {
        yield (await Promise.all(part.map(readRecord))).filter((record) => record !== undefined);
      }
    },
    reservations,
    async count() {
      const records = new Set<string>();
      for await (const part of list(`*${SEPARATOR}*`)) for (const key of part) records.add(key);
      const counts: Counts = { records: records.size, held: 0, settled: 0, released: 0, images: 0 };
      const seen = new Set<string>();
      for await (const part of reservations()) {
        for (const { jobId, state, images } of part) {
          if (seen.has(jobId)) continue;
          seen.add(jobId);
          counts[state] += 1;
          if (state !== 'released') counts.images += images;
        }
      }
      return counts;
    },
    async putRecords(records) {
      await Promise.all(
        records.map(({ namespace, id, text, expires }) => {
          const life = expires === undefined ? undefined : Math.max(1, Math.ceil(expires - clock.now()));
          const options = life === undefined ? {} : { expiration: { type: 'PX' as const, value: life } };
          return call((client) => client.set(`${namespace}${SEPARATOR}${id}`, text, options));
        }),
      );
    },
    async putReservations(all) {
      await Promise.all(
        all.map(({ jobId, guildId, userId, images, at, day, month, state, forgetting }) => {
          const job = [jobId, guildId, userId, String(images), String(at), day, month];
          const rest = [state, forgetting ? '1' : '', FORGOTTEN];
          return call((client) => client.eval(IMPORT, { keys: [], arguments: [...job, ...rest] }));
        }),
      );
    },
    async removeMark() {
      // The bot's first listing gathers what was put here.
      await call((client) => client.del(LISTING_KEYS));
      await call((client) => client.del(`${MARK.namespace}${SEPARATOR}${MARK.id}`));
    },
    async clear() {
      await call((client) => client.del(LISTING_KEYS));
      for (const pattern of [`*${SEPARATOR}*`, keys.all]) {
        for await (const part of list(pattern)) await call((client) => client.unlink(part));
      }
    },
    close() {
      redis.close();
      return Promise.resolve();
    },
  };
}
