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
  | { act: 'settle' | 'release' | 'forget'; jobId: string }
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
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('reserve'), reservations: fc.tuple(request) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('reserve'),
      reservations: fc.array(request, { minLength: 2, maxLength: 8 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom('settle', 'release'), jobId: job }) },
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
}

/** Runs random interleavings of reserve (alone and many at once), settle, release, forget, prune, replay and crash. */
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
          } else {
            const known = model.get(next.jobId);
            if (known?.state === 'held') known.state = next.act === 'settle' ? 'settled' : 'released';
            await ledger[next.act](next.jobId);
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
