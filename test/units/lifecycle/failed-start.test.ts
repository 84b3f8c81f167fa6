/** A start that the store failed leaves nothing behind, however long the store stays away, unless another process has begun it. */
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { createJobs } from '../../../src/services/lifecycle/jobs.ts';
import type { JobRecords } from '../../../src/services/job/records.ts';
import type { Ledger, Reservation } from '../../../src/services/ledger/ledger.ts';
import { createLog } from '../../../src/services/log.ts';
import { LostClaimError, StoreError } from '../../../src/services/storage/storage.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

/** A store whose calls can be lost on the way: they take effect all the same, or not. */
function setUp() {
  const held = new Map<string, Reservation>();
  const written = new Set<string>();
  const world = { away: false, loses: '', claimed: false, holds: 0 };
  function lost<T>(call: string, answer: T): Promise<T> {
    if (world.loses === call) world.away = true;
    return world.away ? Promise.reject(new StoreError('away')) : Promise.resolve(answer);
  }
  const unlessAway = (act: () => void) => {
    if (!world.away) act();
    return lost('anything else', undefined);
  };
  const records = {
    write: ({ id }: { id: string }) => (
      written.add(id),
      world.loses === 'write once' ? Promise.reject(new StoreError('slow')) : lost('write', undefined)
    ),
    discard: (id: string) => {
      if (!world.away && !world.claimed) return Promise.reject(new LostClaimError('begun'));
      return unlessAway(() => written.delete(id));
    },
    find: (id: string) => lost('anything else', written.has(id) ? sampleJob({ id }) : undefined),
    isSetAside: () => lost('anything else', false),
  };
  const ledger = {
    reserve: (reservation: Reservation) => {
      held.set(reservation.jobId, reservation);
      return lost('reserve', { outcome: 'reserved' as const });
    },
    release: (id: string) => unlessAway(() => held.delete(id)),
    held: () => lost('anything else', [...held.values()]),
  };
  const scheduler = {
    hold() {
      world.holds += 1;
      world.claimed = true;
      return lost('hold', undefined);
    },
    schedule: () => lost('schedule', undefined),
    resume: () => lost('schedule', undefined),
    letGo: () => Promise.resolve(void (world.holds -= 1)),
  };
  const none = () => Promise.reject(new Error('not asked for'));
  const jobs = createJobs({
    records: records as unknown as JobRecords,
    ledger: ledger as unknown as Ledger,
    askCancel: { ask: none },
    reply: { remove: none },
    scheduler,
    // It tries again after a second and more.
    clock: { ...systemClock, now: () => NOON, sleep: () => systemClock.sleep(10) },
    log: createLog({ level: 'silent', secrets: [] }),
  });
  return { world, held, written, jobs };
}

test.each(['reserve', 'hold', 'schedule'])(
  'a %s whose answer was lost is taken back, and nothing can have been submitted',
  async (loses) => {
    const { world, held, written, jobs } = setUp();
    world.loses = loses;
    await expect(jobs.start(sampleJob(), {} as never)).rejects.toThrow(StoreError);
    expect(held.size, 'while the store is away').toBe(1);
    expect(written.size).toBe(0);
    world.away = false;
    world.loses = '';
    await expect.poll(() => held.size, { timeout: 10_000 }).toBe(0);
  },
);

test('a record whose answer was lost is taken back; until then nobody is told that it will not begin', async () => {
  const { world, held, written, jobs } = setUp();
  world.loses = 'write';
  const outcome = await jobs.start(sampleJob(), {} as never);
  if (outcome.outcome !== 'unsure') throw new Error(outcome.outcome);
  expect([held.size, written.size]).toEqual([1, 1]);
  world.away = false;
  world.loses = '';
  expect(await outcome.fate).toBe('taken_back');
  expect([held.size, written.size, world.holds]).toEqual([0, 0, 0]);
});

test('a record that could be taken back at once is charged to nobody', async () => {
  const { world, held, written, jobs } = setUp();
  world.loses = 'write once';
  await expect(jobs.start(sampleJob(), {} as never)).rejects.toThrow(StoreError);
  expect([held.size, written.size, world.holds]).toEqual([0, 0, 0]);
});

test('a job that another process has begun meanwhile is left alone, and stays counted', async () => {
  const { world, held, written, jobs } = setUp();
  world.loses = 'write';
  const outcome = await jobs.start(sampleJob(), {} as never);
  if (outcome.outcome !== 'unsure') throw new Error(outcome.outcome);
  world.claimed = false;
  world.away = false;
  world.loses = '';
  expect(await outcome.fate).toBe('goes_on');
  expect([held.size, written.size, world.holds]).toEqual([1, 1, 0]);
});
