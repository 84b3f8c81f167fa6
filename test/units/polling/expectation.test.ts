/** What people are told of when pictures are expected: never a moment that has passed. */
import { expect, test } from 'vitest';
import { createPolling } from '../../../src/services/polling/polling.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const store = {
  collection: () => ({ get: () => Promise.resolve(undefined), set: () => Promise.resolve() }),
} as unknown as Store;

test.each(['in_queue', 'in_progress'] as const)(
  'a job %s for longer than expected is not expected in the past',
  (name) => {
    const clock = { at: NOON, now: () => clock.at, monotonic: () => clock.at, sleep: () => Promise.resolve() };
    const polling = createPolling({ store, clock, random: () => 0.5, log: createSilentLog() });
    const started = name === 'in_progress' ? { startedAt: NOON } : {};
    const job = sampleJob({ submittedAt: NOON, ...started, state: { name, requestId: 'request' } });
    const { expectedAt } = polling.expectation(job);
    expect(expectedAt).toBeGreaterThan(NOON);
    clock.at = (expectedAt ?? NOON) - 1;
    expect(polling.expectation(job).expectedAt).toBe(expectedAt);
    clock.at = expectedAt ?? NOON;
    expect(polling.expectation(job).expectedAt).toBeUndefined();
  },
);
