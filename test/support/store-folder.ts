/**
 * Where tests put their stores. Every write of the bot is brought to the disk (`synchronous = FULL`), which a power cut asks for and
 * no test: what a killed process had written is there for the next one on any file system. So the files lie in memory, where the
 * system has a place for that, and the tests do not wait for its disk.
 */
import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';

/** As much as all tests at once never take (bytes): containers often have 64 MiB there. */
const ROOM = 1024 ** 3;

function placeOfStores(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Makes a folder of a test's own, which removes it. */
export function createStoreFolder(): string {
  return mkdtempSync(join(placeOfStores(), 'seedream-'));
}
