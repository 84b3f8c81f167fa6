/** The ledger against a model of it, in which usage is summed anew from the live reservations each time. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Ledger, Reservation } from '../../../src/services/ledger/ledger.ts';
import { checkLimits, utcDay, utcMonth } from '../../../src/services/ledger/limits.ts';
import type { Limits, Usage } from '../../../src/services/ledger/limits.ts';
import type { MakeLedger } from './make-ledger.ts';

const LIMITS: Limits = {
  guildDailyImages: 12,
  guildMonthlyImages: 20,
  userDailyImages: 8,
  guildActiveJobs: 4,
  userActiveJobs: 3,
  totalMonthlyImages: 26,
};
const JOBS = Array.from({ length: 8 }, (_, index) => `job${index}`);
const GUILDS = ['1', '2'];
const USERS = ['1', '2'];
/** Both sides of a midnight within a month and of one between months. */
const MOMENTS = [Date.UTC(2026, 10, 30) - 1, Date.UTC(2026, 11, 1) - 1, Date.UTC(2026, 11, 1)];

type Step =
  | { act: 'reserve'; reservations: Reservation[] }
  | { act: 'settle'; jobId: string; images?: number }
  | { act: 'reduce'; jobId: string; images: number }
  | { act: 'release'; jobId: string }
  | { act: 'forget'; jobId: string }
  | { act: 'crash' }
  | { act: 'prune' };

const job = fc.constantFrom(...JOBS);
const request = fc.record({
  jobId: job,
  guildId: fc.constantFrom(...GUILDS),
  userId: fc.constantFrom(...USERS),
  images: fc.integer({ min: 1, max: 5 }),
  at: fc.constantFrom(...MOMENTS),
});
/** What stays of a job's images: perhaps none, perhaps more than it ever had. */
const stays = fc.integer({ min: 0, max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('reserve'), reservations: fc.tuple(request) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('reserve'),
      reservations: fc.array(request, { minLength: 2, maxLength: 8 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('settle', 'release'), jobId: job }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constantFrom('reduce', 'settle'), jobId: job, images: stays }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('forget'), jobId: job }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('crash') }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('prune') }) },
);

type Model = Map<string, Reservation & { state: 'held' | 'settled' | 'released'; forgetting: boolean }>;

/** The present of whoever forgets and prunes: the days before the last moment are over. */
const [, , NOW = 0] = MOMENTS;

/** Takes the names that are to go off final reservations of days that are over. */
function takeNames(model: Model): void {
  for (const one of model.values()) {
    if (one.forgetting && one.state !== 'held' && utcDay(one.at) < utcDay(NOW)) one.userId = 'nobody';
  }
}

function modelUsage(model: Model, guildId: string, userId: string, at: number): Usage {
  const live = [...model.values()].filter(({ state }) => state !== 'released');
  const sum = (reservations: Reservation[]) => reservations.reduce((total, { images }) => total + images, 0);
  const inGuild = live.filter((one) => one.guildId === guildId);
  const today = inGuild.filter((one) => utcDay(one.at) === utcDay(at));
  const thisMonth = (one: Reservation) => utcMonth(one.at) === utcMonth(at);
  const active = inGuild.filter(({ state }) => state === 'held');
  return {
    guildDailyImages: sum(today),
    guildMonthlyImages: sum(inGuild.filter(thisMonth)),
    userDailyImages: sum(today.filter((one) => one.userId === userId)),
    guildActiveJobs: active.length,
    userActiveJobs: active.filter((one) => one.userId === userId).length,
    totalMonthlyImages: sum(live.filter(thisMonth)),
  };
}

/** What becomes of a reservation that is held, of which at most `images` stay counted. */
function changeHeld(model: Model, jobId: string, state: 'held' | 'settled' | 'released', images = Infinity): void {
  const known = model.get(jobId);
  if (known?.state !== 'held') return;
  known.state = images === 0 ? 'released' : state;
  if (images > 0) known.images = Math.min(known.images, images);
}

async function reserve(ledger: Ledger, model: Model, reservations: Reservation[]): Promise<void> {
  const [only] = reservations;
  const alone = only !== undefined && reservations.length === 1;
  const refusal = alone
    ? checkLimits(only.images, modelUsage(model, only.guildId, only.userId, only.at), LIMITS, only.at)
    : undefined;
  const outcomes = await Promise.all(reservations.map((one) => ledger.reserve(one, LIMITS)));
  if (alone) {
    const expected = model.has(only.jobId) ? 'repeated' : refusal === undefined ? 'reserved' : 'refused';
    expect(outcomes).toEqual([expected === 'refused' ? { outcome: 'refused', refusal } : { outcome: expected }]);
  }
  // In a burst any order is right. What was granted must be new; what was repeated must be in the model in the end.
  for (const [index, one] of reservations.entries()) {
    if (outcomes[index]?.outcome !== 'reserved') continue;
    expect(model.has(one.jobId)).toBe(false);
    model.set(one.jobId, { ...one, state: 'held', forgetting: false });
  }
  for (const [index, one] of reservations.entries()) {
    if (outcomes[index]?.outcome === 'repeated') expect(model.has(one.jobId)).toBe(true);
  }
}

async function check(ledger: Ledger, model: Model): Promise<void> {
  for (const guildId of GUILDS) {
    for (const userId of USERS) {
      for (const at of MOMENTS) {
        const usage = await ledger.usage(guildId, userId, at);
        expect(usage).toEqual(modelUsage(model, guildId, userId, at));
        expect(checkLimits(0, { ...usage, userActiveJobs: 0, guildActiveJobs: 0 }, LIMITS, at)).toBeUndefined();
        expect(usage.guildActiveJobs).toBeLessThanOrEqual(LIMITS.guildActiveJobs);
        expect(usage.userActiveJobs).toBeLessThanOrEqual(LIMITS.userActiveJobs);
      }
    }
  }
  const held = [...model.values()].flatMap(({ jobId, guildId, userId, images, at, state }) =>
    state === 'held' ? [{ jobId, guildId, userId, images, at }] : [],
  );
  const byJob = (a: Reservation, b: Reservation) => a.jobId.localeCompare(b.jobId);
  expect((await ledger.held(Infinity)).sort(byJob)).toEqual(held.sort(byJob));
  for (const guildId of GUILDS) await checkDays(ledger, model, guildId);
  for (const userId of USERS) {
    const theirs = [...model.values()].filter((one) => one.userId === userId && !one.forgetting);
    const recent = theirs.map(({ jobId, guildId, images, at, state }) => ({
      jobId,
      guildId,
      userId,
      images,
      at,
      state,
    }));
    expect((await ledger.recent({ userId, since: 0, limit: JOBS.length })).sort(byJob)).toEqual(recent.sort(byJob));
  }
}

/** The images of a guild by day and member. */
async function checkDays(ledger: Ledger, model: Model, guildId: string): Promise<void> {
  const sums = new Map<string, number>();
  for (const { guildId: of, state, at, userId, images } of model.values()) {
    const key = `${utcDay(at)} ${userId}`;
    if (of === guildId && state !== 'released') sums.set(key, (sums.get(key) ?? 0) + images);
  }
  const found = await ledger.daily({ guildId, from: Math.min(...MOMENTS), to: NOW });
  const byKey = found.map(({ day, userId = 'nobody', images }): [string, number] => [`${day} ${userId}`, images]);
  expect(new Map(byKey)).toEqual(sums);
  expect(byKey).toHaveLength(sums.size);
}

/** Runs random interleavings of reserve (alone and many at once), reduce, settle, release, forget, prune, replay and crash. */
export async function keepsUsedEqualToLiveReservations(make: MakeLedger): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
      const under = await make();
      try {
        let { ledger } = under;
        const model: Model = new Map();
        for (const next of steps) {
          if (next.act === 'crash') ledger = await under.reopen();
          else if (next.act === 'reserve') await reserve(ledger, model, next.reservations);
          else if (next.act === 'prune') {
            await ledger.prune(NOW);
            takeNames(model);
          } else if (next.act === 'forget') {
            await ledger.forget([next.jobId], NOW);
            const known = model.get(next.jobId);
            if (known !== undefined) known.forgetting = true;
            takeNames(model);
          } else if (next.act === 'release') {
            changeHeld(model, next.jobId, 'released');
            await ledger.release(next.jobId);
          } else if (next.act === 'settle') {
            changeHeld(model, next.jobId, 'settled', next.images);
            await ledger.settle(next.jobId, next.images);
          } else {
            changeHeld(model, next.jobId, 'held', next.images);
            await ledger.reduce(next.jobId, next.images);
          }
          await check(ledger, model);
        }
      } finally {
        await under.dispose();
      }
    }),
    { numRuns: 50 },
  );
}
