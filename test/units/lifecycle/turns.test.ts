/** Jobs of several guilds and members in virtual time, and a RunComfy that takes few requests at once: everybody has their turn. */
import { expect, test } from 'vitest';
import { isFinal, isUnderWay, newJob, openRequests, type Job } from '../../../src/services/job/job.ts';
import { createAccountBreaker } from '../../../src/services/lifecycle/account-breaker.ts';
import { createJournals, type Journal } from '../../../src/services/lifecycle/step/journal.ts';
import { createLook } from '../../../src/services/lifecycle/step/look.ts';
import { createRetries } from '../../../src/services/lifecycle/step/retries.ts';
import { createStep } from '../../../src/services/lifecycle/step/step.ts';
import { createSubmit } from '../../../src/services/lifecycle/step/submit.ts';
import { createTurns } from '../../../src/services/lifecycle/step/turns.ts';
import { createPolling } from '../../../src/services/polling/polling.ts';
import { RunComfyError } from '../../../src/services/runcomfy/runcomfy.ts';
import { createSqliteScheduler } from '../../../src/services/storage/sqlite/scheduler.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createOwnReferences } from '../../support/own-references.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const MODEL = 'bytedance/seedream-5/lite/text-to-image';
const SECOND = 1000;
/** How long RunComfy makes a picture (milliseconds). */
const MADE_IN = 20 * SECOND;
const log = createSilentLog();
const store = {
  collection: () => ({ get: () => Promise.resolve(undefined), set: () => Promise.resolve() }),
} as unknown as Store;

/** The same numbers each time. */
function createRandom(): () => number {
  let seed = 7;
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** @param places - requests that RunComfy has under way at once; more are answered 429. */
async function createScene({ places, processes = 1 }: { places: number; processes?: number }) {
  const clock = createVirtualClock();
  const jobs = new Map<string, Job>();
  const requests: { jobId: string; at: number; isOver: boolean }[] = [];
  const refused: { jobId: string; at: number }[] = [];
  const account = { places, retryAfter: undefined as number | undefined };
  const underWay = () => requests.filter(({ isOver }) => !isOver);

  const api = {
    submit({ body }: { body: Record<string, unknown> }) {
      const jobId = String(body['prompt']);
      if (underWay().length >= account.places) {
        refused.push({ jobId, at: clock.now() });
        const { retryAfter } = account;
        return Promise.reject(Object.assign(new RunComfyError('rate', 'too many at once'), { retryAfter }));
      }
      requests.push({ jobId, at: clock.now(), isOver: false });
      return Promise.resolve({ requestId: String(requests.length - 1) });
    },
    status(requestId: string) {
      const request = requests[Number(requestId)];
      if (request === undefined) return Promise.reject(new RunComfyError('not_found', 'no such request'));
      request.isOver ||= clock.now() - request.at >= MADE_IN;
      return Promise.resolve({ status: request.isOver ? ('completed' as const) : ('in_progress' as const) });
    },
    result: (requestId: string) =>
      Promise.resolve({
        status: 'succeeded' as const,
        images: [`https://pictures.runcomfy.net/${requestId}.png`],
        videos: [],
        billed: undefined,
      }),
    cancel: () => Promise.resolve('not_cancellable' as const),
  };

  const nothing = () => Promise.resolve(undefined);
  // What is known of the looks at a job goes from one process to the next.
  const polling = createPolling({ store, clock, random: createRandom(), log });
  const build = (scheduler: { schedule(jobId: string, delay: number): Promise<void> }) => {
    const turns = createTurns({ shared: processes > 1, scheduler, clock, log });
    const records = {
      cancellations: { get: nothing },
      findLive: (id: string) => Promise.resolve(jobs.get(id)),
      isWritten: () => true,
      write: (job: Job) => Promise.resolve(void jobs.set(job.id, job)),
      keep: (job: Job) => Promise.resolve(void jobs.set(job.id, job)),
    };
    const breaker = createAccountBreaker({ clock });
    const parts = {
      api,
      records,
      models: createWrittenModels([MODEL]),
      polling,
      breaker,
      turns,
      show: () => undefined,
    };
    return createStep({
      records: records,
      ledger: { reduce: () => Promise.resolve() },
      openJournal: createJournals({
        records,
        reply: { messageId: () => undefined },
        happened: () => undefined,
        clock,
        log,
      }),
      heedCancel: () => Promise.resolve('heeded'),
      submit: createSubmit({ ...parts, referenceReader: createOwnReferences(), clock, log }),
      look: createLook({ ...parts, clock, log }),
      async deliver(journal: Journal) {
        if (openRequests(journal.job).length === 0) await journal.record({ type: 'delivered' });
        return undefined;
      },
      finish: nothing,
      show: () => undefined,
      polling,
      turns,
      retries: createRetries(),
      clock,
      log,
    });
  };
  const scheduler = createSqliteScheduler({ clock, log });
  const steps = Array.from({ length: processes }, () => build(scheduler));
  let stepped = 0;
  // Each step of a job is taken by another process, where there are several.
  await scheduler.start((jobId) => (steps[(stepped += 1) % processes] ?? nothing)(jobId));

  return {
    clock,
    account,
    refused,
    underWay,
    requests,
    /** Asks for so many pictures. */
    async ask(id: string, { guild, member = guild, count }: { guild: string; member?: string; count: number }) {
      const asked = sampleJob({ id, guildId: guild, userId: member, text: id, count, createdAt: clock.now() });
      jobs.set(id, newJob({ ...asked, model: MODEL, size: '1:1' }, { picturesPerRequest: 1 }));
      await scheduler.schedule(id, 0);
    },
    job: (id: string) => {
      const job = jobs.get(id);
      if (job === undefined) throw new Error(`No job ${id}`);
      return job;
    },
    /** Requests under way of the jobs whose ids begin so. */
    of: (prefix: string) => underWay().filter(({ jobId }) => jobId.startsWith(prefix)).length,
    isOver: () => [...jobs.values()].every((job) => isFinal(job)),
    /** Seconds from its start until a job's first request was taken. */
    waited: (id: string) => ((requests.find(({ jobId }) => jobId === id)?.at ?? Infinity) - NOON) / SECOND,
  };
}

const open = ({ requests }: Job) => requests.filter(isUnderWay).length;

test('while RunComfy takes all, a job has eight under way and the next goes as one ends', async () => {
  const scene = await createScene({ places: Infinity });
  await scene.ask('many', { guild: 'a', count: 15 });
  await scene.clock.advance(SECOND);
  expect(open(scene.job('many'))).toBe(8);
  let most = 0;
  while (!scene.isOver()) {
    await scene.clock.advance(SECOND);
    most = Math.max(most, open(scene.job('many')));
  }
  expect(most).toBe(8);
  // Two rounds, each found by a look.
  expect(scene.clock.now() - NOON).toBeLessThan(2 * MADE_IN + 10 * SECOND);
});

test('a guild of many jobs has 24 under way, and then one of each further job', async () => {
  const scene = await createScene({ places: Infinity });
  for (let job = 0; job < 10; job += 1) {
    await scene.ask(`a${job}`, { guild: 'a', member: `member ${job}`, count: 15 });
    await scene.clock.advance(10);
  }
  await scene.ask('b', { guild: 'b', count: 15 });
  await scene.clock.advance(SECOND);
  expect(scene.of('a')).toBe(24 + 7);
  expect(scene.of('b')).toBe(8);
});

test.each([1, 3])(
  "a guild's job of 15 does not hold up another guild's job of one, with %i processes",
  async (processes) => {
    const scene = await createScene({ places: 4, processes });
    await scene.ask('many', { guild: 'a', count: 15 });
    await scene.clock.advance(2 * SECOND);
    expect(scene.of('many')).toBe(4);
    await scene.ask('one', { guild: 'b', count: 1 });
    // The next place that is free is its own, and it is taken within a backoff.
    await scene.clock.advance(MADE_IN + 10 * SECOND);
    expect(scene.waited('one')).toBeLessThan((MADE_IN + 10 * SECOND) / SECOND);
    expect(scene.requests.findIndex(({ jobId }) => jobId === 'one')).toBeLessThan(processes === 1 ? 5 : 8);
  },
);

test('two guilds share the places, however many jobs one of them has', async () => {
  const scene = await createScene({ places: 6 });
  for (let job = 0; job < 8; job += 1) await scene.ask(`a${job}`, { guild: 'a', member: `member ${job}`, count: 15 });
  await scene.ask('b', { guild: 'b', count: 15 });
  await scene.clock.advance(2 * MADE_IN);
  const shares: number[] = [];
  for (let time = 0; time < 60; time += 1) {
    await scene.clock.advance(SECOND);
    if (open(scene.job('b')) + openRequests(scene.job('b')).length > 3) shares.push(scene.of('b'));
  }
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...shares)).toBeLessThanOrEqual(4);
});

test('two members of a guild share its places likewise', async () => {
  const scene = await createScene({ places: 4 });
  for (let job = 0; job < 4; job += 1) await scene.ask(`ana${job}`, { guild: 'a', member: 'ana', count: 10 });
  await scene.clock.advance(5 * SECOND);
  await scene.ask('ben', { guild: 'a', member: 'ben', count: 10 });
  await scene.clock.advance(2 * MADE_IN);
  expect(scene.of('ben')).toBeGreaterThanOrEqual(1);
  await scene.clock.advance(MADE_IN);
  expect(scene.of('ben')).toBe(2);
});

test('with one place, guilds take turns: none gets a second picture before each has its first', async () => {
  const scene = await createScene({ places: 1 });
  for (const guild of ['a', 'b', 'c', 'd']) {
    for (const job of [1, 2]) await scene.ask(`${guild}${job}`, { guild, member: `${guild}${job}`, count: 3 });
    await scene.clock.advance(SECOND);
  }
  await scene.clock.advance(5 * (MADE_IN + 15 * SECOND));
  const [first, ...rounds] = scene.requests.map(({ jobId }) => jobId.slice(0, 1));
  expect(first).toBe('a');
  expect(new Set(rounds.slice(0, 3))).toEqual(new Set(['b', 'c', 'd']));
});

test.each([1, 3])('all of them end, and a place is never free for long, with %i processes', async (processes) => {
  const scene = await createScene({ places: 3, processes });
  for (let job = 0; job < 6; job += 1) await scene.ask(`j${job}`, { guild: `g${job % 3}`, count: 5 });
  let idle = 0;
  while (!scene.isOver()) {
    await scene.clock.advance(SECOND);
    const waits = [0, 1, 2, 3, 4, 5].some((job) => openRequests(scene.job(`j${job}`)).length > 0);
    if (waits && scene.of('j') < 3) idle += 3 - scene.of('j');
    expect(scene.clock.now() - NOON).toBeLessThan(20 * 60 * SECOND);
  }
  expect(scene.requests).toHaveLength(30);
  // Seconds of a free place, of 600 that the pictures take.
  expect(idle).toBeLessThan(150);
});

test('hundreds that waited for a RunComfy that took nothing go through when it does, not one after another', async () => {
  const scene = await createScene({ places: 0 });
  for (let job = 0; job < 300; job += 1)
    await scene.ask(`j${job}`, { guild: `g${job % 100}`, member: `${job}`, count: 1 });
  await scene.clock.advance(60 * SECOND);
  expect(scene.refused.length).toBeLessThan(300 * 12);
  scene.account.places = Infinity;
  await scene.clock.advance(11 * SECOND);
  expect(scene.requests).toHaveLength(300);
});

test('what RunComfy asked to wait is waited: a place that is free is offered to nobody before', async () => {
  const scene = await createScene({ places: 1 });
  await scene.ask('first', { guild: 'a', count: 1 });
  await scene.clock.advance(SECOND);
  scene.account.retryAfter = 50 * SECOND;
  await scene.ask('second', { guild: 'b', count: 3 });
  await scene.clock.advance(49 * SECOND);
  expect(scene.refused).toHaveLength(1);
  expect(scene.requests).toHaveLength(1);
  await scene.clock.advance(10 * SECOND);
  expect(scene.requests).toHaveLength(2);
});
