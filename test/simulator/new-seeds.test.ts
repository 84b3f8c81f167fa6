/** The bot keeps its promises in histories that nobody has seen before; the seeds are printed with the tests. */
import { randomInt } from 'node:crypto';
import { describe, test } from 'vitest';
import { expectPromisesKept, KINDS, TIMEOUT } from './promises.ts';

describe('300 histories of new seeds', { timeout: TIMEOUT }, () => {
  const kinds = KINDS.map((kind) => ({ ...kind, seed: randomInt(1_000_000_000) }));
  test.each(kinds)('from seed $seed on, faults: $faults, processes: $processes ($histories)', async (kind) => {
    await expectPromisesKept(kind);
  });
});
