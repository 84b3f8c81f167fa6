/** Histories with an interaction that Discord brought more than once, and that broke a promise: what was mended stays so. */
import { expect, test } from 'vitest';
import { runHistory } from '../../../simulator/history.ts';
import type { Plan } from '../../../simulator/plan.ts';

const HOUR = 60 * 60_000;

test('a request that was brought again after a restart, while the store was slow, was told that nothing was charged beside the job it had begun', async () => {
  const plan: Plan = {
    ...{ seed: 367_194_770, length: 6 * HOUR, processes: 1 },
    acts: [
      {
        ...{ id: 'job2', at: 10_082_897, kind: 'command', command: 'seedream', member: 'lea', guild: 'harbour' },
        ...{ channel: 'harbour-pictures', marker: 'zubabaja', times: 2 },
        options: { prompt: 'Portra 400 photo of a market at noon zubabaja', count: 2, size: '1664:2496 (2:3)' },
      },
      { id: 'operation3', at: 10_089_973, kind: 'operator', does: 'kill', process: 1, down: 1288 },
    ],
    faults: [
      {
        ...{ id: 'trouble2', kind: 'trouble', with: 'discord', trouble: 'slow_answer', probability: 0.7 },
        ...{ from: 10_085_952, until: 10_168_882 },
      },
      {
        ...{ id: 'trouble3', kind: 'trouble', with: 'store', trouble: 'slow', probability: 1 },
        ...{ from: 10_091_437, until: 10_157_372 },
      },
    ],
  };
  const { violations, statistics } = await runHistory({ plan });
  expect(violations.map(({ message }) => message)).toEqual([]);
  expect(statistics).toMatchObject({ requests: 1, kills: 1 });
});
