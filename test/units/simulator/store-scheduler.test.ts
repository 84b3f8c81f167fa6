/** The simulator's scheduler of several processes does what every scheduler does, in real time; and takes over on virtual time. */
import { expect, it } from 'vitest';
import { createProcess } from '../../../simulator/kernel/process.ts';
import { createRandom } from '../../../simulator/kernel/random.ts';
import type { Fault, Plan } from '../../../simulator/plan.ts';
import { createStoreWorld } from '../../../simulator/world/store/store.ts';
import { createDiary } from '../../../simulator/kernel/diary.ts';
import type { Claim } from '../../../src/services/storage/storage.ts';
import { createRealTime } from '../../support/real-time.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { describeScheduler } from '../../support/storage-suites/scheduler.ts';

const DAY = 24 * 60 * 60_000;

const log = createSilentLog();

/** Processes that share a store, in real time. */
function createShared(faults: Fault[] = []) {
  const time = createRealTime();
  const random = createRandom(1);
  const plan: Plan = { seed: 1, length: DAY, processes: 2, people: [], acts: [], faults };
  const store = createStoreWorld({
    time,
    random,
    plan,
    diary: createDiary({ now: () => time.now(), all: false }),
    faults: { trouble: () => undefined, cutOff: () => false, fate: () => undefined },
  });
  return async (name: string) => {
    const storage = await store.connect(createProcess({ name, incarnation: 1, time }), { retention: DAY, log });
    return { scheduler: storage.scheduler, pass: time.pass, dispose: () => storage.close() };
  };
}

describeScheduler("the simulator's scheduler of several processes", () => createShared()('bot 1'));

it('hands each step a claim of its own, and lets one process at a time take a step', async () => {
  const open = createShared();
  const processes = [await open('bot 1'), await open('bot 2')];
  const claims: (Claim | undefined)[] = [];
  let acting = 0;
  for (const { scheduler } of processes) {
    await scheduler.start((_, claim) => {
      acting += 1;
      expect(acting).toBe(1);
      claims.push(claim);
      acting -= 1;
      return Promise.resolve(claims.length < 10 ? 10 : undefined);
    });
  }
  for (const { scheduler } of processes) await scheduler.schedule('job', 0);
  await expect.poll(() => claims.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(10);
  expect(new Set(claims.map((claim) => claim?.jobId))).toEqual(new Set(['job']));
  expect(new Set(claims.map((claim) => claim?.holder)).size).toBe(claims.length);
  for (const { scheduler, dispose } of processes) {
    await scheduler.stop(1000);
    await dispose();
  }
});
