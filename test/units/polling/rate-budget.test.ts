import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateBudget } from '../../../src/services/polling/rate-budget.ts';

/** Jobs that each want a look every so often, on a clock of their own. Gives how many looks were made in each second. */
function run(options: {
  perSecond: number;
  delays: number[];
  seconds: number;
  answer?: (second: number) => 'ok' | '429';
  countFrom?: number;
}) {
  let now = 0;
  const budget = createRateBudget({ perSecond: options.perSecond, now: () => now });
  const jobs = options.delays.length;
  const due = options.delays.map((delay) => ({ delay, at: 0, wanted: 0, looks: 0 }));
  const place = (job: (typeof due)[number]) => {
    const { wait, taken } = budget.takePlace(job.delay, jobs, now - job.wanted);
    job.at = now + wait;
    return taken;
  };
  const waiting = new Set(due.filter((job) => !place(job)));
  const looks = new Array<number>(options.seconds).fill(0);
  for (; now < options.seconds * 1000; now += 10) {
    for (const job of due) {
      if (job.at > now) continue;
      if (waiting.delete(job) && !place(job)) waiting.add(job);
      if (job.at > now) continue;
      const second = Math.floor(now / 1000);
      looks[second] = (looks[second] ?? 0) + 1;
      if (second >= (options.countFrom ?? 0)) job.looks += 1;
      if ((options.answer?.(second) ?? 'ok') === 'ok') budget.answered();
      else budget.rateLimited();
      job.wanted = now;
      if (!place(job)) waiting.add(job);
    }
  }
  return { looks, jobs: due };
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe('the budget of looks', () => {
  it('changes nothing while all jobs together stay within it', () => {
    const budget = createRateBudget({ perSecond: 50, now: () => 0 });
    for (const delay of [500, 1234, 5000, 20_000]) expect(budget.takePlace(delay, 20).wait).toBe(delay);
  });

  it('holds under load, is used in full, and spreads the looks evenly', () => {
    const { looks } = run({ perSecond: 50, delays: new Array<number>(1000).fill(5000), seconds: 120 });
    const settled = looks.slice(20);
    expect(Math.max(...looks)).toBeLessThanOrEqual(52);
    expect(mean(settled)).toBeGreaterThan(42);
    const inFiveSeconds = Array.from({ length: 20 }, (_, i) => mean(settled.slice(5 * i, 5 * i + 5)));
    expect(Math.min(...inFiveSeconds)).toBeGreaterThan(30);
  });

  it('spreads jobs that were submitted in one moment over the tenths of each second', () => {
    const budget = createRateBudget({ perSecond: 100, now: () => 0 });
    const moments = Array.from({ length: 300 }, () => budget.takePlace(5000, 300).wait);
    const tenths = Map.groupBy(moments, (moment) => Math.floor(moment / 100));
    expect(Math.max(...[...tenths.values()].map(({ length }) => length))).toBeLessThanOrEqual(10);
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(5000);
    expect(Math.max(...moments)).toBeLessThan(8500);
  });

  it('stretches all alike: a job that wants to be looked at twice as often still is', () => {
    const delays = Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 5000 : 10_000));
    const { jobs } = run({ perSecond: 30, delays, seconds: 600, countFrom: 100 });
    const looksOf = (delay: number) => mean(jobs.filter((job) => job.delay === delay).map((job) => job.looks));
    const ratio = looksOf(5000) / looksOf(10_000);
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThan(2.4);
    // Nobody is left out.
    expect(Math.min(...jobs.map((job) => job.looks))).toBeGreaterThan(3);
  });

  it('shrinks while RunComfy answers 429 and comes back afterwards', () => {
    const { looks } = run({
      perSecond: 40,
      delays: new Array<number>(400).fill(4000),
      seconds: 300,
      answer: (second) => (second >= 60 && second < 90 ? '429' : 'ok'),
    });
    expect(mean(looks.slice(30, 60))).toBeGreaterThan(32);
    expect(mean(looks.slice(70, 90))).toBeLessThan(25);
    expect(mean(looks.slice(270))).toBeGreaterThan(30);
  });

  it('settles about what RunComfy bears', () => {
    const seen = new Map<number, number>();
    const { looks } = run({
      perSecond: 100,
      delays: new Array<number>(500).fill(5000),
      seconds: 400,
      answer: (second) => {
        seen.set(second, (seen.get(second) ?? 0) + 1);
        return (seen.get(second) ?? 0) > 40 ? '429' : 'ok';
      },
    });
    const settled = looks.slice(200);
    expect(mean(settled)).toBeGreaterThan(20);
    expect(mean(settled)).toBeLessThan(45);
  });

  it('makes no look before the time RunComfy asked to wait is over', () => {
    let now = 0;
    const budget = createRateBudget({ perSecond: 50, now: () => now });
    budget.rateLimited(30_000);
    expect(budget.pausedFor()).toBe(30_000);
    expect(budget.takePlace(1000, 10)).toEqual({ wait: 31_000, taken: true });
    now = 30_000;
    expect(budget.pausedFor()).toBe(0);
    expect(budget.takePlace(1000, 10).wait).toBeLessThan(2500);
    budget.rateLimited(86_400_000);
    expect(budget.pausedFor()).toBe(60_000);
  });

  it('counts many 429s of one moment as one', () => {
    const once = createRateBudget({ perSecond: 100, now: () => 0 });
    const often = createRateBudget({ perSecond: 100, now: () => 0 });
    once.rateLimited();
    for (let i = 0; i < 200; i += 1) often.rateLimited();
    expect(often.takePlace(5000, 1000)).toEqual(once.takePlace(5000, 1000));
  });

  it('never gives a wait that is no number, nor one shorter than wanted', () => {
    const delay = fc.double({ noDefaultInfinity: false });
    fc.assert(
      fc.property(fc.array(delay, { maxLength: 50 }), fc.integer({ min: 0, max: 100_000 }), (delays, jobs) => {
        const budget = createRateBudget({ perSecond: 20, now: () => 5 });
        for (const wanted of delays.map((ms) => (Math.abs(ms) < 1e7 ? ms : NaN))) {
          const { wait } = budget.takePlace(wanted, jobs);
          expect(Number.isFinite(wait)).toBe(true);
          expect(wait).toBeGreaterThan((Math.max(wanted, 0) || 0) - 0.001);
        }
      }),
    );
  });
});
