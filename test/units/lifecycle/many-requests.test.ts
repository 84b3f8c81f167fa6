/** A job of six requests over the real ledger and records: killed at every effect, some of it refused, cancelled at each moment. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { countedImages, newJob, picturesOf, type Job } from '../../../src/services/job/job.ts';
import { openDatabase } from '../../../src/services/storage/sqlite/connection.ts';
import { createSqliteLedger } from '../../../src/services/storage/sqlite/ledger.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createBotRun } from './random-faults/bot-run.ts';
import type { Side } from './random-faults/crash-points.ts';
import { createSimulatedWorld, type Fate } from './random-faults/simulated-world.ts';
import { createStoreFolder } from '../../support/store-folder.ts';

const COUNT = 6;
const LIMITS = {
  guildDailyImages: 100,
  guildMonthlyImages: 100,
  userDailyImages: 100,
  guildActiveJobs: 9,
  userActiveJobs: 9,
  totalMonthlyImages: undefined,
};

/** One is there early, and some late. */
const STAGGERED: Fate[] = ['made slowly', 'made', 'made after a wait', 'made slowly', 'made', 'made slowly'];
const ACTOR = { guildId: 'guild', userId: 'user', moderator: false };

const folder = createStoreFolder();
let files = 0;
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A world with a job of six pictures that are made one by one. */
function createScene(...fates: Fate[]) {
  const database = openDatabase({ clock: systemClock, path: join(folder, `${(files += 1)}.sqlite`) });
  const world = createSimulatedWorld();
  const time = { now: NOON };
  const asked: Job = newJob(
    {
      ...sampleJob({ guildId: 'guild', userId: 'user', count: COUNT, text: 'a lighthouse', createdAt: NOON }),
      model: 'bytedance/seedream-5/lite/text-to-image',
    },
    { picturesPerRequest: 1 },
  );
  const [first = 'made', ...further] = fates;
  world.setFate(asked.text, first, ...further, 'made');
  const ledger = createSqliteLedger({ database });
  const start = () => createBotRun({ database, world, time });
  let bot = start();

  return {
    world,
    asked,
    get bot() {
      return bot;
    },
    restart: () => (bot = start()),
    used: async () => (await ledger.usage('guild', 'user', time.now)).guildMonthlyImages,
    held: () => ledger.held(Infinity),
    find: async () => (await bot.records.find(asked.id)) ?? asked,
    /** Lets the job come to its end; gives the numbers of steps it took. */
    async finish(): Promise<Job> {
      for (let steps = 0; await bot.next(); steps += 1) expect(steps).toBeLessThan(500);
      return (await bot.records.find(asked.id)) ?? asked;
    },
    close: () => database.close(),
  };
}

/** Runs until the bot is killed, if it is; a new one takes over. */
async function runThrough(scene: ReturnType<typeof createScene>): Promise<boolean> {
  try {
    await scene.bot.jobs.start(scene.asked, LIMITS);
    await scene.finish();
    return false;
  } catch (error) {
    if (!scene.bot.crashPoints.killed) throw error;
    await scene.restart().resume();
    return true;
  }
}

/** What must hold at the end. */
async function checkEnd(scene: ReturnType<typeof createScene>, job: Job): Promise<void> {
  const { world, asked } = scene;
  expect(await scene.bot.records.isLive(asked.id)).toBe(false);
  expect(world.taken(asked.text), 'requests that were taken').toBeLessThanOrEqual(COUNT);
  const made = picturesOf(job).map(({ number }) => number);
  expect(world.pictures(asked.id), 'each picture once, in order').toEqual(made);
  expect(world.billed(), 'nothing is paid that is not counted').toBeLessThanOrEqual(await scene.used());
  expect(await scene.held()).toEqual([]);
}

test('its pictures come as they are made, at first one, and stand in their order in the end', async () => {
  const scene = createScene(...STAGGERED);
  await scene.bot.jobs.start(scene.asked, LIMITS);
  const shown: string[] = [];
  while (await scene.bot.next()) {
    const now = scene.world.pictures(scene.asked.id).join(' ');
    if (now !== (shown.at(-1) ?? '')) shown.push(now);
  }
  const job = await scene.finish();
  expect(job.state).toEqual({ name: 'delivered' });
  expect(shown[0]).toBe('2');
  expect(shown.length).toBeGreaterThan(2);
  expect(shown.length).toBeLessThanOrEqual(COUNT);
  expect(scene.world.told(scene.asked.id)?.components, 'in the end the buttons of a gallery').toMatchObject([
    { components: [{ custom_id: `again:${scene.asked.id}` }, {}, {}] },
  ]);
  expect(await scene.used()).toBe(COUNT);
  await checkEnd(scene, job);
  await scene.close();
});

describe('killed at every effect, no request is made twice, no picture shown twice and none lost', () => {
  test.each<Side>(['before', 'after'])(
    '%s it',
    async (side) => {
      let wasKilled = true;
      for (let effect = 0; wasKilled; effect += 1) {
        const scene = createScene(...STAGGERED);
        scene.bot.crashPoints.killAt(effect, side);
        wasKilled = await runThrough(scene);
        const job = await scene.finish();
        // A start that was killed before its record costs nothing.
        if ((await scene.bot.records.find(scene.asked.id)) === undefined) {
          expect(scene.world.taken(scene.asked.text)).toBe(0);
          expect(await scene.used()).toBe(0);
        } else {
          expect(job.requests.filter(({ state }) => state.name === 'unknown').length, `at ${effect}`).toBeLessThan(2);
          expect(await scene.used()).toBe(COUNT);
          await checkEnd(scene, job);
        }
        await scene.close();
        expect(effect).toBeLessThan(500);
      }
    },
    120_000,
  );
});

test('two of six are refused: their images are free at once, the rest is delivered', async () => {
  const scene = createScene('made', 'refused', 'made', 'failed', 'made', 'made');
  await scene.bot.jobs.start(scene.asked, LIMITS);
  await scene.bot.next();
  expect(await scene.used(), 'while the others are made').toBe(COUNT - 1);
  const job = await scene.finish();
  expect(job.state).toEqual({ name: 'delivered' });
  expect(scene.world.pictures(scene.asked.id)).toEqual([1, 3, 5, 6]);
  expect(await scene.used()).toBe(4);
  await checkEnd(scene, job);
  await scene.close();
});

test('a 429 makes the rest wait, and they can be cancelled', async () => {
  const scene = createScene('made', 'made', 'made after a wait');
  await scene.bot.jobs.start(scene.asked, LIMITS);
  await scene.bot.next();
  expect((await scene.find()).requests.map(({ state }) => state.name)).toEqual([
    ...['in_queue', 'in_queue'],
    ...['reserved', 'reserved', 'reserved', 'reserved'],
  ]);
  expect(await scene.bot.jobs.cancel(scene.asked.id, ACTOR)).toBe('cancelled');
  const job = await scene.finish();
  expect(job.state).toMatchObject({ name: 'cancelled' });
  expect(scene.world.taken(scene.asked.text)).toBe(2);
  expect(await scene.used()).toBe(0);
  await scene.close();
});

test('cancelled at each moment, what is queued or waits is cancelled, the rest comes and stays counted', async () => {
  let isOver = false;
  for (let moment = 0; !isOver; moment += 1) {
    const scene = createScene('made', 'made', 'made', 'made after a wait');
    await scene.bot.jobs.start(scene.asked, LIMITS);
    for (let steps = 0; steps < moment; steps += 1) await scene.bot.next();
    const outcome = await scene.bot.jobs.cancel(scene.asked.id, ACTOR);
    isOver = outcome === 'over';
    const job = await scene.finish();
    const made = picturesOf(job).length;
    if (typeof outcome !== 'string') expect(outcome).toEqual({ cancelled: COUNT - made, kept: made });
    expect(await scene.used()).toBe(countedImages(job));
    expect(scene.world.billed()).toBe(countedImages(job));
    if (made > 0) await checkEnd(scene, job);
    await scene.close();
    expect(moment).toBeLessThan(100);
  }
});
