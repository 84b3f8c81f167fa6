/**
 * The job machine over the real ledger and records, with random kills, failing stores and failing neighbours. Whatever
 * happens: nothing is billed that is not counted, nothing is counted for good that cost nothing, no job is submitted
 * twice, and every job comes to an end that its member is told.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Job } from '../../../src/services/job/job.ts';
import { createSqliteLedger } from '../../../src/services/storage/sqlite/ledger.ts';
import type { Limits } from '../../../src/services/ledger/limits.ts';
import { openDatabase, type Database } from '../../../src/services/storage/sqlite/connection.ts';
import { StoreError } from '../../../src/services/storage/store-error.ts';
import { DeadError, type Side } from './random-faults/crash-points.ts';
import { createLife, type Life } from './random-faults/process-run.ts';
import { createOutside, type Fate, type Outside } from './random-faults/simulated-world.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

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

type Act =
  | { act: 'ask'; count: number; fate: Fate }
  | { act: 'go on'; steps: number }
  | { act: 'cancel'; job: number }
  /** `again`: the life that takes over dies as well, after so many effects. */
  | { act: 'die'; effects: number; side: Side; again: number | undefined }
  | { act: 'fail the store'; writes: number }
  | { act: 'disturb'; times: number };

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
const acts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('ask'), count: fc.integer({ min: 1, max: 15 }), fate }) },
    { weight: 6, arbitrary: fc.record({ act: fc.constant('go on'), steps: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('cancel'), job: fc.nat({ max: 9 }) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('die'),
        effects: fc.nat({ max: 12 }),
        side: fc.constantFrom('before', 'after'),
        again: fc.option(fc.nat({ max: 6 }), { nil: undefined }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('fail the store'), writes: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('disturb'), times: fc.integer({ min: 1, max: 3 }) }) },
  ),
  { minLength: 3, maxLength: 40, size: 'max' },
);

function jobNumber(number: number, count: number, createdAt: number): Job {
  const id = String(1_400_000_000_000_000_000n + BigInt(number));
  const prompt = `job ${number}`;
  const whose = { guildId: 'guild', userId: 'user' };
  return sampleJob({ ...whose, id, createdAt, prompt, text: prompt, count, deadline: createdAt + DEADLINE });
}

/** A run: lives of the bot one after the other, on one store. */
class Run {
  readonly outside: Outside = createOutside();
  readonly time = { now: NOON };
  readonly asked: Job[] = [];
  dying: { effects: number; side: Side } | undefined;
  readonly database: Database;
  life: Life;

  constructor(database: Database) {
    this.database = database;
    this.life = this.begin();
  }

  begin(): Life {
    const { database, outside, time } = this;
    return createLife({ database, outside, time });
  }

  /** Does something with the bot; where it dies of it, another one takes over. */
  async living(act: (life: Life) => Promise<unknown>): Promise<void> {
    try {
      await act(this.life);
    } catch (error) {
      if (!(error instanceof DeadError) && !(error instanceof StoreError)) throw error;
    }
    while (this.life.effects.dead) {
      this.life = this.begin();
      if (this.dying !== undefined) this.life.effects.dieAt(this.dying.effects, this.dying.side);
      this.dying = undefined;
      try {
        await this.life.wake();
      } catch (error) {
        if (!this.life.effects.dead) throw error;
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
    expect(this.outside.billed()).toBeLessThanOrEqual(used);
  }

  async do(act: Act): Promise<void> {
    switch (act.act) {
      case 'ask': {
        const job = jobNumber(this.asked.length, act.count, this.time.now);
        this.outside.setFate(job.text, act.fate);
        this.asked.push(job);
        await this.living((life) => life.jobs.start(job, LIMITS));
        break;
      }
      case 'go on':
        for (let step = 0; step < act.steps; step += 1) await this.living((life) => life.next());
        break;
      case 'cancel': {
        const job = this.asked[act.job];
        if (job !== undefined) await this.living((life) => life.jobs.cancel(job.id, 'user'));
        break;
      }
      case 'die':
        this.life.effects.dieAt(act.effects, act.side);
        this.dying = act.again === undefined ? undefined : { effects: act.again, side: act.side };
        break;
      case 'fail the store':
        this.life.effects.failStore(act.writes);
        break;
      case 'disturb':
        this.outside.disturb(act.times);
    }
    await this.check();
  }

  /** Lets everything come to its end in a last life in which nothing goes wrong any more. */
  async finish(): Promise<void> {
    this.outside.disturb(0);
    this.life = this.begin();
    await this.life.wake();
    for (let steps = 0; await this.life.next(); steps += 1) expect(steps).toBeLessThan(2000);
  }

  /** What must hold of every job at the end. */
  async checkEnds(): Promise<void> {
    let live = 0;
    for (const job of this.asked) {
      const { outside } = this;
      const end = (await this.life.records.find(job.id))?.state;
      const taken = outside.taken(job.text);
      const pictures = outside.pictures(job.id);
      expect(taken, 'submits that made a job').toBeLessThanOrEqual(1);
      expect(await this.life.records.isLive(job.id)).toBe(false);
      if (end === undefined) {
        // Refused by a limit, or lost before it was written.
        expect(taken).toBe(0);
        continue;
      }
      if (end.name === 'delivered') expect(pictures).toEqual(Array.from({ length: job.count }, (_, i) => i + 1));
      else expect(outside.told(job.id)?.content).toBe(end.name);
      const free = end.name === 'cancelled' || (end.name === 'failed' && end.failure !== 'no_pictures');
      if (free) expect(outside.billed(job.text)).toBe(0);
      else live += job.count;
    }
    expect(await this.used(), 'counted in the end').toBe(live);
    expect(await createSqliteLedger({ database: this.database }).held()).toEqual([]);
  }
}

test(
  'whatever dies or fails when, used is what lives, nothing is submitted twice and every job ends',
  { timeout: 240_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'seedream-machine-'));
    let runs = 0;
    try {
      await fc.assert(
        fc.asyncProperty(acts, async (script) => {
          const database = openDatabase({ path: join(folder, `${(runs += 1)}.sqlite`) });
          try {
            const run = new Run(database);
            for (const act of script) await run.do(act);
            await run.finish();
            await run.checkEnds();
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
