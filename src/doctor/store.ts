/** Whether the store opens, keeps what is written, and would still have it after a crash. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { createLog } from '../services/log.ts';
import { openStorage } from '../services/storage/open.ts';
import { StoreError } from '../services/storage/store-error.ts';
import { note, ok, wrong, type Finding } from './finding.ts';

/** A record of the doctor's own; it is gone after a minute (milliseconds) even if it could not be deleted. */
const RECORD_LIFE = 60_000;

const recordSchema = z.object({ version: z.literal(1), at: z.number() });

export async function checkStore({
  store: location,
  retention,
}: Pick<Config, 'store' | 'retention'>): Promise<Finding[]> {
  const log = createLog({ level: 'silent', secrets: [] });
  try {
    const storage = await openStorage({ location, retention, log });
    try {
      const records = storage.store.collection('doctor', recordSchema);
      const record = { version: 1 as const, at: Date.now() };
      const id = String(process.pid);
      await records.set(id, record, { ttl: RECORD_LIFE });
      const kept = await records.get(id);
      await records.delete(id);
      if (kept?.at !== record.at)
        return [wrong('store', 'did not give back what was written: see docs/operations.md.')];
    } finally {
      await storage.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [wrong('store', error.message)];
  }
  if (location.kind === 'sqlite') return [ok('store', `opens and keeps what is written (${location.path}).`)];
  return [ok('store', 'opens and keeps what is written.'), ...(await checkRedis(location.url))];
}

/** What a Redis must not do: drop records when its memory is full, or all since the last snapshot in a crash. */
async function checkRedis(url: string): Promise<Finding[]> {
  const { createRedisClient } = await import('../services/storage/redis/connection.ts');
  const client = createRedisClient({ url, log: createLog({ level: 'silent', secrets: [] }) });
  try {
    await client.connect();
    const info = await client.info();
    const said = (field: string) => new RegExp(`^${field}:(\\S+)`, 'm').exec(info)?.[1];
    const policy = said('maxmemory_policy');
    return [
      ...(policy !== undefined && policy !== 'noeviction'
        ? [wrong('store', `Redis drops records when its memory is full (${policy}): set maxmemory-policy noeviction.`)]
        : []),
      ...(said('aof_enabled') === '0'
        ? [wrong('store', 'Redis keeps no append-only file, so a crash loses paid jobs: set appendonly yes.')]
        : []),
    ];
  } catch {
    return [note('store', 'Redis did not tell how it keeps its data: check appendonly and maxmemory-policy yourself.')];
  } finally {
    if (client.isOpen) client.destroy();
  }
}
