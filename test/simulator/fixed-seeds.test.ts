/** The bot keeps its promises in histories that are the same on every machine. */
import { describe, test } from 'vitest';
import { expectPromisesKept, KINDS, TIMEOUT } from './promises.ts';

const SEED = 1;

describe('300 histories of fixed seeds', { timeout: TIMEOUT }, () => {
  test.each(KINDS)('faults: $faults, processes: $processes ($histories)', async (kind) => {
    await expectPromisesKept({ seed: SEED, ...kind });
  });
});
