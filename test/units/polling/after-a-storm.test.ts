/** Many jobs, RunComfy answers 429 for a while, then as ever: looks come back to their schedule as soon as the budget does. */
import { expect, test } from 'vitest';
import { createPolling } from '../../../src/services/polling/polling.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { NOON, sampleJob, type SampleState } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const MINUTE = 60_000;
const STORM = { from: MINUTE, to: 2 * MINUTE };
const log = createSilentLog();

const store = {
  collection: () => ({ get: () => Promise.resolve(undefined), set: () => Promise.resolve() }),
} as unknown as Store;

/** Looks at jobs that never end. Gives each wait between two looks at one job, with when it began. */
function run({
  jobs,
  minutes = 10,
  storm = true,
  retryAfter,
}: {
  jobs: number;
  minutes?: number;
  storm?: boolean;
  retryAfter?: number | undefined;
}) {
  const clock = { at: NOON, now: () => clock.at, monotonic: () => clock.at, sleep: () => Promise.resolve() };
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const polling = createPolling({ store, clock, random, log });
  const queue = Array.from({ length: jobs }, (_, index) => {
    const at = NOON + (index * 10_000) / jobs;
    const state: SampleState = { name: 'in_progress', requestId: String(index) };
    return { job: sampleJob({ id: String(index), submittedAt: at, startedAt: at, state }), at, lookedAt: at };
  });
  const waits: { from: number; ms: number }[] = [];
  let steps = 0;
  let looks = 0;
  for (;;) {
    const next = queue.reduce((one, other) => (other.at < one.at ? other : one));
    clock.at = Math.max(clock.at, next.at);
    const elapsed = clock.at - NOON;
    if (elapsed > minutes * MINUTE) return { waits, steps, looks };
    steps += 1;
    const early = polling.untilDue(next.job);
    if (early > 0) {
      next.at = clock.at + early;
      continue;
    }
    looks += 1;
    waits.push({ from: next.lookedAt - NOON, ms: clock.at - next.lookedAt });
    next.lookedAt = clock.at;
    if (storm && elapsed >= STORM.from && elapsed < STORM.to) {
      next.at = clock.at + polling.afterTrouble(next.job, { kind: 'rate', retryAfter });
    } else {
      polling.looked(next.job);
      next.at = clock.at + polling.next(next.job);
    }
  }
}

const longest = (waits: { ms: number }[]) => Math.max(...waits.map(({ ms }) => ms));

test.each([undefined, 5000])('300 jobs, a minute of 429 with Retry-After %s', (retryAfter) => {
  const { waits, steps, looks } = run({ jobs: 300, retryAfter });
  // After a failed look comes its backoff, which is half a minute at most.
  expect(longest(waits.filter(({ from }) => from >= STORM.from))).toBeLessThan(35_000);
  // From the first answer on, the schedule: looks at most 20 s apart, and what the budget still needs.
  expect(longest(waits.filter(({ from }) => from >= STORM.to))).toBeLessThan(30_000);
  expect(longest(waits.filter(({ from }) => from >= STORM.to + MINUTE))).toBeLessThan(20_500);
  expect(steps, 'asking whether a look is due is seldom').toBeLessThan(1.2 * looks);
});

test('under load alone no place is put off: every step is a look', () => {
  const { waits, steps, looks } = run({ jobs: 1500, minutes: 2, storm: false });
  expect(longest(waits)).toBeGreaterThan(5500);
  expect(steps).toBe(looks);
});

test('no look and no submit is due before RunComfy had said to come again, whatever asks for it', () => {
  const clock = { at: NOON, now: () => clock.at, monotonic: () => clock.at, sleep: () => Promise.resolve() };
  const polling = createPolling({ store, clock, random: () => 0, log });
  const job = sampleJob();
  polling.afterTrouble(job, { kind: 'rate', retryAfter: 20_000 });
  clock.at += 1000;
  expect(polling.untilDue(job)).toBe(19_000);
  clock.at -= MINUTE;
  expect(polling.untilDue(job), 'a clock that was set back').toBe(20_000);
  clock.at += 2 * MINUTE;
  expect(polling.untilDue(job)).toBe(0);
  polling.afterTrouble(job, { kind: 'unavailable', retryAfter: undefined });
  expect(polling.untilDue(job), 'told nothing').toBe(0);
});
