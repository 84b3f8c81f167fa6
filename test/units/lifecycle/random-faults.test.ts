/**
 * The job machine over the real ledger and records, with random kills, failing stores and failing neighbours. Whatever
 * happens: nothing is billed that is not counted, nothing is counted for good that cost nothing, no job is submitted
 * twice, and every job comes to an end that its member is told.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import type { Job } from '../../../src/services/job/job.ts';
import { createSqliteLedger } from '../../../src/services/storage/sqlite/ledger.ts';
import type { Limits } from '../../../src/services/ledger/limits.ts';
import { openDatabase, type Database } from '../../../src/services/storage/sqlite/connection.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import { KilledError, type Side } from './random-faults/crash-points.ts';
import { createBotRun, type BotRun } from './random-faults/bot-run.ts';
import { sumOf } from '../../../src/services/usage/accounts/accounts.ts';
import { createSimulatedWorld, IMAGE_COSTS, type Fate, type SimulatedWorld } from './random-faults/simulated-world.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createStoreFolder } from '../../support/store-folder.ts';

const LIMIT = 60;
const LIMITS: Limits = {
  guildDailyImages: LIMIT,
  guildMonthlyImages: LIMIT,
  userDailyImages: LIMIT,
  guildActiveJobs: 6,
  userActiveJobs: 6,
  totalMonthlyImages: LIMIT,
};
const DEADLINE = 10 * 60_000;

type Action =
  | { action: 'ask'; count: number; fate: Fate }
  | { action: 'go on'; steps: number }
  | { action: 'cancel'; job: number }
  /** `again`: the run that takes over is killed as well, after so many crash points. */
  | { action: 'kill'; crashPoints: number; side: Side; again: number | undefined }
  | { action: 'fail the store'; writes: number }
  | { action: 'disturb'; times: number };

const fate = fc.constantFrom<Fate>(
  'made',
  'made',
  'made after a wait',
  'failed',
  'nothing made',
  'refused',
  'no balance',
  'answer lost, taken',
  'answer lost',
  'lost later',
);
const actions = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ action: fc.constant('ask'), count: fc.integer({ min: 1, max: 15 }), fate }) },
    { weight: 6, arbitrary: fc.record({ action: fc.constant('go on'), steps: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 2, arbitrary: fc.record({ action: fc.constant('cancel'), job: fc.nat({ max: 9 }) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        action: fc.constant('kill'),
        crashPoints: fc.nat({ max: 12 }),
        side: fc.constantFrom('before', 'after'),
        again: fc.option(fc.nat({ max: 6 }), { nil: undefined }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ action: fc.constant('fail the store'), writes: fc.integer({ min: 1, max: 4 }) }),
    },
    { weight: 1, arbitrary: fc.record({ action: fc.constant('disturb'), times: fc.integer({ min: 1, max: 3 }) }) },
  ),
  { minLength: 3, maxLength: 40, size: 'max' },
);

function jobNumber(number: number, count: number, createdAt: number): Job {
  const id = String(1_400_000_000_000_000_000n + BigInt(number));
  const prompt = `job ${number}`;
  const whose = { guildId: 'guild', userId: 'user' };
  return sampleJob({ ...whose, id, createdAt, prompt, text: prompt, count, deadline: createdAt + DEADLINE });
}

/** Who asks for every job, and cancels some. */
const ACTOR = { guildId: 'guild', userId: 'user', moderator: false };

/** Runs of the bot one after the other, on one store. */
class Simulation {
  readonly world: SimulatedWorld = createSimulatedWorld();
  readonly time = { now: NOON };
  readonly asked: Job[] = [];
  nextKill: { crashPoints: number; side: Side } | undefined;
  readonly database: Database;
  botRun: BotRun;

  constructor(database: Database) {
    this.database = database;
    this.botRun = this.startBot();
  }

  startBot(): BotRun {
    const { database, world, time } = this;
    return createBotRun({ database, world, time });
  }

  /** Does something with the bot; where it is killed by it, another run takes over. */
  async whileItRuns(action: (botRun: BotRun) => Promise<unknown>): Promise<void> {
    try {
      await action(this.botRun);
    } catch (error) {
      if (!(error instanceof KilledError) && !(error instanceof StoreError)) throw error;
    }
    while (this.botRun.crashPoints.killed) {
      this.botRun = this.startBot();
      if (this.nextKill !== undefined) this.botRun.crashPoints.killAt(this.nextKill.crashPoints, this.nextKill.side);
      this.nextKill = undefined;
      try {
        await this.botRun.resume();
      } catch (error) {
        if (!this.botRun.crashPoints.killed) throw error;
      }
    }
  }

  async used(): Promise<number> {
    const { guildMonthlyImages } = await createSqliteLedger({ database: this.database }).usage('guild', 'user', NOON);
    return guildMonthlyImages;
  }

  /** What must hold at every moment: no more than allowed, and nothing billed that is not counted. */
  async check(): Promise<void> {
    const used = await this.used();
    expect(used).toBeLessThanOrEqual(LIMIT);
    expect(this.world.billed()).toBeLessThanOrEqual(used);
  }

  async do(action: Action): Promise<void> {
    switch (action.action) {
      case 'ask': {
        const job = jobNumber(this.asked.length, action.count, this.time.now);
        this.world.setFate(job.text, action.fate);
        this.asked.push(job);
        await this.whileItRuns((botRun) => botRun.jobs.start(job, LIMITS));
        break;
      }
      case 'go on':
        for (let step = 0; step < action.steps; step += 1) await this.whileItRuns((botRun) => botRun.next());
        break;
      case 'cancel': {
        const job = this.asked[action.job];
        if (job !== undefined) await this.whileItRuns((botRun) => botRun.jobs.cancel(job.id, ACTOR));
        break;
      }
      case 'kill':
        this.botRun.crashPoints.killAt(action.crashPoints, action.side);
        this.nextKill = action.again === undefined ? undefined : { crashPoints: action.again, side: action.side };
        break;
      case 'fail the store':
        this.botRun.crashPoints.failStore(action.writes);
        break;
      case 'disturb':
        this.world.disturb(action.times);
    }
    await this.check();
  }

  /** Lets everything come to its end in a last run in which nothing goes wrong any more. */
  async finish(): Promise<void> {
    this.world.disturb(0);
    this.botRun = this.startBot();
    await this.botRun.resume();
    for (let steps = 0; await this.botRun.next(); steps += 1) expect(steps).toBeLessThan(2000);
  }

  /** What must hold of every job at the end. */
  async checkEnds(): Promise<void> {
    let live = 0;
    for (const job of this.asked) {
      const { world } = this;
      const end = (await this.botRun.records.find(job.id))?.state;
      const taken = world.taken(job.text);
      const pictures = world.pictures(job.id);
      expect(taken, 'submits that made a job').toBeLessThanOrEqual(1);
      expect(await this.botRun.records.isLive(job.id)).toBe(false);
      if (end === undefined) {
        // Refused by a limit, or lost before it was written.
        expect(taken).toBe(0);
        continue;
      }
      if (end.name === 'delivered') expect(pictures).toEqual(Array.from({ length: job.count }, (_, i) => i + 1));
      else expect(world.told(job.id)?.content).toBe(end.name);
      const free = end.name === 'cancelled' || (end.name === 'failed' && end.failure !== 'no_pictures');
      if (free) expect(world.billed(job.text)).toBe(0);
      else live += job.count;
    }
    expect(await this.used(), 'counted in the end').toBe(live);
    expect(await createSqliteLedger({ database: this.database }).held(Infinity)).toEqual([]);
    await this.checkStatement();
  }

  /** The month's account is RunComfy's bill: what it says was billed, and what was taken of the requests of unknown fate. */
  async checkStatement(): Promise<void> {
    const { shares, claims } = await this.botRun.book.month('2026-11');
    const sum = sumOf(shares);
    const promptOf = new Map(this.asked.map(({ id, text }) => [id, text]));
    const taken = claims.reduce((images, { jobId }) => images + this.world.billed(promptOf.get(jobId)), 0);
    expect(sum.billed + taken * IMAGE_COSTS, 'the bill').toBe(this.world.billed() * IMAGE_COSTS);
    expect(sum.untold).toBe(0);
    expect(sum.pictures, 'as the limits count').toBe(await this.used());
  }
}

test(
  'whatever is killed or fails when, used is what lives, nothing is submitted twice and every job ends',
  { timeout: 240_000 },
  async () => {
    const folder = createStoreFolder();
    let runs = 0;
    try {
      await fc.assert(
        fc.asyncProperty(actions, async (script) => {
          const database = openDatabase({ clock: systemClock, path: join(folder, `${(runs += 1)}.sqlite`) });
          try {
            const simulation = new Simulation(database);
            for (const action of script) await simulation.do(action);
            await simulation.finish();
            await simulation.checkEnds();
          } finally {
            await database.close();
          }
        }),
        { numRuns: 60 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
