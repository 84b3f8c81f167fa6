/** Whether the store opens, keeps what is written, and would still have it after a crash. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { systemClock as clock } from '../services/clock.ts';
import { createLog } from '../services/log.ts';
import { openStorage, readDurability } from '../services/storage/open.ts';
import { StoreError } from '../services/storage/storage.ts';
import { note, ok, wrong, type Finding } from './finding.ts';

/** A record of the doctor's own; it is gone after a minute (milliseconds) even if it could not be deleted. */
const RECORD_LIFE = 60_000;

const log = createLog({ level: 'silent', secrets: [] });

const recordSchema = z.object({ version: z.literal(1), at: z.number() });

export async function checkStore({
  store: location,
  retention,
}: Pick<Config, 'store' | 'retention'>): Promise<Finding[]> {
  try {
    const storage = await openStorage({ location, retention, clock, log });
    try {
      const records = storage.store.collection('doctor', recordSchema);
      const record = { version: 1 as const, at: clock.now() };
      const id = String(process.pid);
      await records.set(id, record, { ttl: RECORD_LIFE });
      const kept = await records.get(id);
      await records.delete(id);
      if (kept?.at !== record.at) return [wrong('store', 'did not return what was written: see docs/operations.md.')];
    } finally {
      await storage.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [wrong('store', error.message)];
  }
  if (location.kind === 'sqlite') return [ok('store', `opens and keeps what is written (${location.path}).`)];
  return [ok('store', 'opens and keeps what is written.'), ...(await checkRedis(location))];
}

/** What a Redis must not do: drop records when its memory is full, or all since the last snapshot in a crash. */
async function checkRedis(location: Config['store']): Promise<Finding[]> {
  try {
    const { evictionPolicy: policy, appendOnly } = await readDurability({ location, clock, log });
    return [
      ...(policy !== undefined
        ? [wrong('store', `Redis drops records when its memory is full (${policy}): set maxmemory-policy noeviction.`)]
        : []),
      ...(appendOnly === false
        ? [wrong('store', 'Redis keeps no append-only file, so a crash loses paid jobs: set appendonly yes.')]
        : []),
    ];
  } catch {
    return [note('store', 'Redis did not tell how it keeps its data: check appendonly and maxmemory-policy yourself.')];
  }
}
