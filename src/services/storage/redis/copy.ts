/** Everything in a Redis, for copying. */
import { z } from 'zod';
import { anyAlive } from './claims.ts';
import { MARK, type CopyableStore, type Counts, type StoredRecord } from '../copy.ts';
import { SEPARATOR } from './records.ts';
import { IMPORT, keys } from './ledger-scripts.ts';
import { FORGOTTEN } from '../../ledger/ledger.ts';
import type { Log } from '../../log.ts';
import { callRedis, connectRedis, createRedisClient, inspectRedis } from './connection.ts';
import { StoreError } from '../store-error.ts';

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
export async function openRedisForCopy({ url, log }: { url: string; log: Log }): Promise<CopyableStore> {
  const client = createRedisClient({ url, log });
  await connectRedis(client, url);
  const call = <T>(act: () => Promise<T>): Promise<T> => callRedis(act, PATIENCE);
  const close = () => {
    if (client.isOpen) client.destroy();
    return Promise.resolve();
  };

  /** The keys of a pattern in parts, each once in a part. */
  async function* list(pattern: string): AsyncGenerator<string[]> {
    let cursor = '0';
    do {
      const from = cursor;
      const page = await call(() => client.scan(from, { MATCH: pattern, COUNT: PART }));
      cursor = page.cursor;
      if (page.keys.length > 0) yield page.keys;
    } while (cursor !== '0');
  }

  async function readRecord(key: string): Promise<StoredRecord | undefined> {
    const [text, life] = await Promise.all([call(() => client.get(key)), call(() => client.pTTL(key))]);
    if (text === null) return undefined;
    const [namespace = ''] = key.split(SEPARATOR, 1);
    const id = key.slice(namespace.length + SEPARATOR.length);
    return { namespace, id, text, expires: life < 0 ? undefined : Date.now() + life };
  }

  async function* reservations() {
    for await (const part of list(keys.reservation('*'))) {
      yield await Promise.all(
        part.map(async (key) => {
          const fields = reservationSchema.parse(await call(() => client.hGetAll(key)));
          const { guild: guildId, user: userId, forgetting, ...rest } = fields;
          const jobId = key.slice(keys.reservation('').length);
          return { jobId, guildId, userId, ...rest, forgetting: forgetting !== undefined };
        }),
      );
    }
  }

  try {
    await inspectRedis(client, log);
    if (await anyAlive(client)) {
      throw new StoreError('The Redis is in use: stop the bot first (10 s after a kill it counts as stopped).');
    }
  } catch (error) {
    await close();
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
          const life = expires === undefined ? undefined : Math.max(1, Math.ceil(expires - Date.now()));
          const options = life === undefined ? {} : { expiration: { type: 'PX' as const, value: life } };
          return call(() => client.set(`${namespace}${SEPARATOR}${id}`, text, options));
        }),
      );
    },
    async putReservations(all) {
      await Promise.all(
        all.map(({ jobId, guildId, userId, images, at, day, month, state, forgetting }) => {
          const job = [jobId, guildId, userId, String(images), String(at), day, month];
          const rest = [state, forgetting ? '1' : '', FORGOTTEN];
          return call(() => client.eval(IMPORT, { keys: [], arguments: [...job, ...rest] }));
        }),
      );
    },
    async removeMark() {
      await call(() => client.del(`${MARK.namespace}${SEPARATOR}${MARK.id}`));
    },
    async clear() {
      for (const pattern of [`*${SEPARATOR}*`, keys.all]) {
        for await (const part of list(pattern)) await call(() => client.unlink(part));
      }
    },
    close,
  };
}
