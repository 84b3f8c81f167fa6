/** A start that the store failed leaves nothing behind, however long the store stays away. */
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { createJobs } from '../../../src/services/lifecycle/jobs.ts';
import type { JobRecords } from '../../../src/services/job/records.ts';
import type { Ledger, Reservation } from '../../../src/services/ledger/ledger.ts';
import { createLog } from '../../../src/services/log.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

/** A store whose calls can be lost on the way: they take effect all the same, or not. */
function setUp() {
  const held = new Map<string, Reservation>();
  const written = new Set<string>();
  const world = { away: false, loses: '' };
  function lost<T>(call: string, answer: T): Promise<T> {
    if (world.loses === call) world.away = true;
    return world.away ? Promise.reject(new StoreError('away')) : Promise.resolve(answer);
  }
  const unlessAway = (act: () => void) => {
    if (!world.away) act();
    return lost('anything else', undefined);
  };
  const records = {
    write: ({ id }: { id: string }) => (written.add(id), lost('write', undefined)),
    discard: (id: string) => unlessAway(() => written.delete(id)),
    find: () => lost('anything else', undefined),
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
  const none = () => Promise.reject(new Error('not asked for'));
  const jobs = createJobs({
    records: records as unknown as JobRecords,
    ledger: ledger as unknown as Ledger,
    askCancel: { ask: none },
    reply: { remove: none },
    scheduler: { schedule: () => Promise.resolve() },
    clock: { ...systemClock, now: () => NOON },
    log: createLog({ level: 'silent', secrets: [] }),
  });
  return { world, held, written, jobs };
}

test.each(['reserve', 'write'])('a %s that was taken, and whose answer was lost, is taken back', async (loses) => {
  const { world, held, written, jobs } = setUp();
  world.loses = loses;
  await expect(jobs.start(sampleJob(), {} as never)).rejects.toThrow(StoreError);
  expect(held.size, 'while the store is away').toBe(1);
  world.away = false;
  world.loses = '';
  await expect.poll(() => held.size, { timeout: 10_000 }).toBe(0);
  expect(written.size).toBe(0);
});
