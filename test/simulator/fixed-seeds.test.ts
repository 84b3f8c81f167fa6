/** The bot keeps its promises in histories that are the same on every machine. */
import { describe, test } from 'vitest';
import { expectPromisesKept, KINDS } from './promises.ts';

const SEED = 1;

describe('300 histories of fixed seeds', () => {
  test.each(KINDS)('faults: $faults, processes: $processes ($histories)', async (kind) => {
    await expectPromisesKept({ seed: SEED, ...kind });
  });
});
