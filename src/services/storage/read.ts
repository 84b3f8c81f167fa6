/** Opens a store to read from it, beside the bot that uses it. Each wing is loaded when it is asked for. */
import type { StoreLocation } from '../../config.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ReadableStore } from './storage.ts';

/**
 * @param application - the bot whose data it must be, where it is known.
 * @throws StoreError that says what to do, where it cannot be read.
 */
export async function openForReading({
  location,
  application,
  clock,
  log,
}: {
  location: StoreLocation;
  application: string | undefined;
  clock: Clock;
  log: Log;
}): Promise<ReadableStore> {
  if (location.kind === 'sqlite') {
    const { readSqlite } = await import('./sqlite/look.ts');
    return readSqlite({ path: location.path, clock, log });
  }
  const { readRedis } = await import('./redis/look.ts');
  return readRedis({ url: location.url, application, clock, log });
}
