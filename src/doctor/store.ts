/**
 * Whether the bot could use the store, and would still find after a crash what is in it. The doctor only looks: what it made
 * or changed would belong to whoever ran it.
 */
import { botIdOf, type Config } from '../config.ts';
import { systemClock as clock } from '../services/clock.ts';
import { createLog } from '../services/log.ts';
import { lookAtStore, readDurability } from '../services/storage/open.ts';
import { StoreError, type StoreLook } from '../services/storage/storage.ts';
import { note, ok, wrong, type Finding } from './finding.ts';

const log = createLog({ level: 'silent', secrets: [] });

const LAST_SECOND =
  'Redis loses its last second when its machine crashes, and a job may then be paid twice: set appendfsync always.';

/** The sentence for what is there. */
function sentenceFor(look: StoreLook, location: Config['store']): string {
  const where = location.kind === 'sqlite' ? ` (${location.path})` : '';
  switch (look) {
    case 'missing':
      return `is made at the first start${where}.`;
    case 'empty':
      return `is empty, and is filled at the first start${where}.`;
    case 'older':
      return `was written by an older version, and is migrated at the next start${where}: back it up before.`;
    case 'ready':
      return `can be read and written${where}.`;
  }
}

export async function checkStore({ store: location, discord }: Pick<Config, 'store' | 'discord'>): Promise<Finding[]> {
  try {
    const look = await lookAtStore({ location, application: botIdOf(discord.token), clock, log });
    const found = (look === 'older' ? note : ok)('store', sentenceFor(look, location));
    return [found, ...(location.kind === 'redis' ? await checkRedis(location) : [])];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [wrong('store', error.message)];
  }
}

/** What a Redis must not do: drop records when its memory is full, or all since the last snapshot in a crash. */
async function checkRedis(location: Config['store']): Promise<Finding[]> {
  try {
    const { evictionPolicy: policy, appendOnly, syncsEachChange } = await readDurability({ location, clock, log });
    return [
      ...(policy !== undefined
        ? [wrong('store', `Redis drops records when its memory is full (${policy}): set maxmemory-policy noeviction.`)]
        : []),
      ...(appendOnly === false
        ? [wrong('store', 'Redis keeps no append-only file, so a crash loses paid jobs: set appendonly yes.')]
        : []),
      ...(appendOnly !== false && syncsEachChange === false ? [note('store', LAST_SECOND)] : []),
    ];
  } catch {
    return [note('store', 'Redis did not tell how it keeps its data: check appendonly and maxmemory-policy yourself.')];
  }
}
