import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../bench/polling-scenarios.ts';
import { backoff } from '../../../src/services/polling/backoff.ts';
import { NO_HISTORY } from '../../../src/services/polling/duration-history.ts';
import { estimateFor, type DurationEstimate } from '../../../src/services/polling/estimate.ts';
import { learn } from '../../../src/services/polling/learning.ts';
import { nextLook } from '../../../src/services/polling/next-look.ts';

const KIND = { count: 3, quality: 'fast' } as const;

/** What is expected after jobs that all took about so long. */
function learntFrom(generationMs: number, spread: number, jobs = 60): DurationEstimate {
  const random = seeded(7);
  let estimates = NO_HISTORY;
  for (let i = 0; i < jobs; i += 1) {
    const about = generationMs * Math.exp(spread * (random() + random() + random() + random() - 2) * Math.sqrt(3));
    estimates = learn(estimates, { ...KIND, queueMs: 1000, generationMs: about });
  }
  return estimateFor(estimates, KIND);
}

const anyEstimate = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1e7, noNaN: true }), fc.double({ min: 0, max: 1e7, noNaN: true })), {
    maxLength: 20,
  })
  .map((jobs) =>
    estimateFor(
      jobs.reduce((so, [queueMs, generationMs]) => learn(so, { ...KIND, queueMs, generationMs }), NO_HISTORY),
      KIND,
    ),
  );

describe('the next look at a job', () => {
  it('keeps the bounds whatever was learnt and whatever the clock says', () => {
    const moment = fc.oneof(fc.integer({ min: 0, max: 7_200_000 }), fc.double());
    fc.assert(
      fc.property(
        anyEstimate,
        moment,
        moment,
        fc.option(moment, { nil: undefined }),
        (estimate, at, wait, startedAt) => {
          const delay = nextLook({ now: at, submittedAt: at - wait, startedAt }, estimate);
          const late = startedAt !== undefined && at - startedAt >= 60_000;
          expect(delay).toBeGreaterThanOrEqual(500);
          expect(delay).toBeLessThanOrEqual(late ? 20_000 : 5000);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('comes at most 5 s later while queued and in the first minute of generating, however long such jobs take', () => {
    const estimate = learntFrom(600_000, 0.3);
    expect(nextLook({ now: 0, submittedAt: 0, startedAt: undefined }, estimate)).toBe(5000);
    expect(nextLook({ now: 900_000, submittedAt: 0, startedAt: undefined }, estimate)).toBe(5000);
    expect(nextLook({ now: 64_999, submittedAt: 0, startedAt: 5000 }, estimate)).toBe(5000);
    expect(nextLook({ now: 65_000, submittedAt: 0, startedAt: 5000 }, estimate)).toBe(20_000);
  });

  it('comes sooner the likelier the job is to finish', () => {
    const estimate = learntFrom(120_000, 0.3);
    const at = (now: number) => nextLook({ now, submittedAt: 0, startedAt: 0 }, estimate);
    expect(at(62_000)).toBeGreaterThan(1.5 * at(90_000));
    expect(at(90_000)).toBeGreaterThan(at(120_000));
  });

  it('comes sooner where less delay is allowed', () => {
    const estimate = learntFrom(120_000, 0.4);
    const waits = [300, 600, 1000, 2000, 4000].map((lagMs) =>
      nextLook({ now: 120_000, submittedAt: 0, startedAt: 0 }, estimate, lagMs),
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(waits.length);
  });

  it('comes soon after submit where jobs finish within seconds', () => {
    const first = nextLook({ now: 0, submittedAt: 0, startedAt: undefined }, learntFrom(1500, 0.3));
    expect(first).toBeLessThan(4000);
  });

  it('comes less and less often for a job that has outlasted everything known, and never stops', () => {
    const estimate = learntFrom(45_000, 0.3);
    const waits = [200_000, 400_000, 800_000, 1_600_000].map((now) =>
      nextLook({ now, submittedAt: 0, startedAt: 0 }, estimate),
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });
});

describe('the next look after trouble', () => {
  const trouble = { jobAge: 0, retryAfter: undefined, random: () => 1 };

  it('is at most 10 s away in the first two minutes of a job and 30 s later, whatever went wrong before', () => {
    const age = fc.double({ min: 0, max: 1e8, noNaN: true });
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 5000 }), age, random, (failures, jobAge, number) => {
        const delay = backoff({ failures, jobAge, retryAfter: undefined, random: () => number });
        expect(delay).toBeGreaterThanOrEqual(500);
        expect(delay).toBeLessThanOrEqual(jobAge < 120_000 ? 10_000 : 30_000);
      }),
    );
  });

  it('doubles with each trouble in a row', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((failures) => backoff({ ...trouble, failures }));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('differs between jobs that met the same trouble', () => {
    const random = seeded(1);
    const waits = Array.from({ length: 50 }, () => backoff({ ...trouble, failures: 3, random }));
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(1500);
  });

  it('never comes before RunComfy asked for it, up to a minute', () => {
    for (const random of [() => 0, () => 1]) {
      for (const retryAfter of [1, 3000, 9000, 30_000, 60_000]) {
        expect(backoff({ ...trouble, failures: 1, retryAfter, random })).toBeGreaterThanOrEqual(retryAfter);
      }
      expect(backoff({ ...trouble, failures: 1, retryAfter: 86_400_000, random })).toBeLessThan(65_000);
    }
  });
});
