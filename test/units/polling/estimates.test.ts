import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobsToAdapt } from '../../../bench/polling.ts';
import { lognormal, seeded } from '../../../bench/polling-scenarios.ts';
import { quantile, takesLonger } from '../../../src/services/polling/distribution.ts';
import {
  durationHistorySchema,
  NO_HISTORY,
  type DurationHistory,
} from '../../../src/services/polling/duration-history.ts';
import { estimateFor } from '../../../src/services/polling/estimate.ts';
import { learn } from '../../../src/services/polling/learning.ts';
import { observe, type JobKind } from '../../../src/services/polling/observation.ts';

const KIND: JobKind = { count: 3, quality: 'fast' };
const minutesApart = { count: fc.integer({ min: 1, max: 15 }), quality: fc.constantFrom('fast', 'standard') };

function learnMany(
  estimates: DurationHistory,
  jobs: number,
  draw: (i: number) => JobKind & { generationMs: number },
): DurationHistory {
  let learnt = estimates;
  for (let i = 0; i < jobs; i += 1) learnt = learn(learnt, { queueMs: 1000, ...draw(i) });
  return learnt;
}

/** What is learnt of jobs submitted so far apart that many are under way at once, in the order in which they finish. */
function learnTogether(
  estimates: DurationHistory,
  { from, apartMs, durations }: { from: number; apartMs: number; durations: number[] },
) {
  return durations
    .map((generationMs, i) => ({ generationMs, submittedAt: from + i * apartMs }))
    .toSorted((one, other) => one.submittedAt + one.generationMs - (other.submittedAt + other.generationMs))
    .reduce((learnt, { generationMs, submittedAt }) => {
      const life = { submittedAt, finishedAt: submittedAt + generationMs };
      return learn(learnt, { ...KIND, queueMs: 0, generationMs }, life);
    }, estimates);
}

describe('before anything is learnt', () => {
  it('expects more pictures and a better prompt to take longer', () => {
    const of = (count: number, quality: JobKind['quality']) => estimateFor(NO_HISTORY, { count, quality }).generationMs;
    expect(of(1, 'fast')).toBeLessThan(of(4, 'fast'));
    expect(of(4, 'fast')).toBeLessThan(of(4, 'standard'));
    expect(of(4, 'standard')).toBeLessThan(of(15, 'standard'));
  });

  it('holds both the vendor’s claim and what users measured possible', () => {
    for (const count of [1, 6, 9]) {
      const { generation } = estimateFor(NO_HISTORY, { count, quality: 'fast' });
      expect(takesLonger(generation, count * 1500)).toBeLessThan(0.98);
      expect(takesLonger(generation, count * 40_000)).toBeGreaterThan(0.02);
    }
  });
});

describe('learning', () => {
  it('expects what it has seen within ten jobs', () => {
    const random = seeded(3);
    const estimates = learnMany(NO_HISTORY, 10, () => ({ ...KIND, generationMs: lognormal(random, 200_000, 0.3) }));
    const { generationMs } = estimateFor(estimates, KIND);
    expect(generationMs).toBeGreaterThan(160_000);
    expect(generationMs).toBeLessThan(250_000);
  });

  it('takes the short ones first and the long ones last of jobs under way at once for no change', () => {
    for (const apartMs of [0, 100, 400]) {
      const random = seeded(5);
      let learnt = NO_HISTORY;
      for (let burst = 0; burst < 3; burst += 1) {
        const durations = Array.from({ length: 60 }, () => lognormal(random, 45_000, 0.4));
        learnt = learnTogether(learnt, { from: burst * 1e6, apartMs, durations });
        expect(learnt.jobs).toHaveLength((burst + 1) * 60);
      }
      expect(estimateFor(learnt, KIND).generationMs).toBeGreaterThan(40_000);
      expect(estimateFor(learnt, KIND).generationMs).toBeLessThan(52_000);
    }
  });

  it('adapts within thirty jobs on average after all durations tripled where five are under way at once', () => {
    const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
    const jobs = seeds.map((seed) => {
      const random = seeded(seed);
      const draw = (number: number, median: number) =>
        Array.from({ length: number }, () => lognormal(random, median, 0.4));
      let learnt = NO_HISTORY;
      let from = 0;
      const fiveMore = (median: number) => {
        from += 1e6;
        learnt = learnTogether(learnt, { from, apartMs: 400, durations: draw(5, median) });
      };
      for (let before = 0; before < 36; before += 1) fiveMore(45_000);
      let bursts = 0;
      for (; bursts < 40 && Math.abs(estimateFor(learnt, KIND).generationMs / 135_000 - 1) > 0.25; bursts += 1) {
        fiveMore(135_000);
      }
      return bursts * 5;
    });
    expect(jobs.reduce((sum, number) => sum + number, 0) / jobs.length).toBeLessThan(30);
  });

  it('adapts within twenty jobs after all durations tripled', () => {
    expect(jobsToAdapt(45_000, 0.3, 5)).toBeLessThan(8);
    expect(jobsToAdapt(45_000, 0.5, 5)).toBeLessThan(20);
  });

  it('adapts as fast when they fall to a third, also with two hundred jobs remembered and other jobs between', () => {
    const random = seeded(5);
    const draw = (medianMs: number) => (i: number) =>
      i % 2 === 0
        ? { ...KIND, generationMs: lognormal(random, medianMs, 0.3) }
        : { count: 5, quality: 'standard' as const, generationMs: lognormal(random, 80_000, 0.3) };
    const before = learnMany(NO_HISTORY, 400, draw(90_000));
    const after = learnMany(before, 40, draw(30_000));
    expect(estimateFor(before, KIND).generationMs).toBeGreaterThan(75_000);
    expect(estimateFor(after, KIND).generationMs).toBeLessThan(40_000);
    expect(estimateFor(after, { count: 5, quality: 'standard' }).generationMs).toBeGreaterThan(65_000);
  });

  it('carries over to counts that were never seen', () => {
    const random = seeded(9);
    const counts = [1, 2, 4, 8];
    const estimates = learnMany(NO_HISTORY, 40, (i) => {
      const count = counts[i % counts.length] ?? 1;
      return { count, quality: 'fast', generationMs: lognormal(random, 40_000 * count, 0.3) };
    });
    const { generationMs } = estimateFor(estimates, { count: 6, quality: 'fast' });
    expect(generationMs).toBeGreaterThan(170_000);
    expect(generationMs).toBeLessThan(330_000);
  });

  it('is not moved by a job in ten that takes far longer, but knows that they exist', () => {
    const random = seeded(11);
    const estimates = learnMany(NO_HISTORY, 100, (i) => ({
      ...KIND,
      generationMs: i % 10 === 9 ? 400_000 : lognormal(random, 40_000, 0.3),
    }));
    const { generation, generationMs } = estimateFor(estimates, KIND);
    expect(generationMs).toBeLessThan(48_000);
    expect(takesLonger(generation, 300_000)).toBeGreaterThan(0.03);
  });

  it('keeps a queue of two modes apart', () => {
    let estimates = NO_HISTORY;
    for (let i = 0; i < 60; i += 1) {
      estimates = learn(estimates, { ...KIND, queueMs: i % 2 === 0 ? 2000 : 60_000, generationMs: 45_000 });
    }
    const { queue } = estimateFor(estimates, KIND);
    expect(quantile(queue, 0.25)).toBeLessThan(4000);
    expect(quantile(queue, 0.75)).toBeGreaterThan(40_000);
    expect(takesLonger(queue, 10_000) - takesLonger(queue, 30_000)).toBeLessThan(0.1);
  });

  it('stays a small record that can be stored and read back, whatever was observed', () => {
    const observation = fc.record({
      ...minutesApart,
      queueMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
      generationMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 40 }), fc.record(minutesApart), (observations, kind) => {
        const estimates = observations.reduce((estimates, one) => learn(estimates, one), NO_HISTORY);
        expect(durationHistorySchema.parse(JSON.parse(JSON.stringify(estimates)))).toEqual(estimates);
        const { queue, generation, queueMs, generationMs, expectedMs } = estimateFor(estimates, kind);
        for (const distribution of [queue, generation]) {
          expect(distribution.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 6);
          expect(Math.min(...distribution)).toBeGreaterThanOrEqual(0);
        }
        for (const ms of [queueMs, generationMs, expectedMs]) expect(ms).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(expectedMs)).toBe(true);
      }),
    );
  });

  it('remembers a bounded number of jobs', () => {
    const random = seeded(13);
    const estimates = learnMany(NO_HISTORY, 1000, (i) => ({
      count: 1 + (i % 15),
      quality: i % 2 === 0 ? 'fast' : 'standard',
      generationMs: Math.round(lognormal(random, 60_000, 0.4)),
    }));
    expect(JSON.stringify(estimates).length).toBeLessThan(10_000);
  });
});

describe('what a job teaches', () => {
  it('is the middle of what its looks leave open', () => {
    const observation = observe(KIND, { submittedAt: 0, startedAt: 10_000, lookedAt: 58_000, finishedAt: 62_000 });
    expect(observation).toEqual({ ...KIND, queueMs: 7500, generationMs: 52_500 });
  });

  it('is a short time where the job was never seen generating', () => {
    const observation = observe(KIND, { submittedAt: 0, startedAt: undefined, lookedAt: 5000, finishedAt: 8000 });
    expect(observation).toEqual({ ...KIND, queueMs: 6000, generationMs: 1000 });
  });

  it('is nothing where the bot was down while it finished', () => {
    const seen = { submittedAt: 0, startedAt: 5000, lookedAt: 10_000, finishedAt: 300_000 };
    expect(observe(KIND, seen)).toBeUndefined();
    expect(observe(KIND, { ...seen, startedAt: undefined, lookedAt: undefined })).toBeUndefined();
  });
});
