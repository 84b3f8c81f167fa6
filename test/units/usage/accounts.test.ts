/** The host's accounts: a job's line, a month's sums, what is learnt later, and the balance beside it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { advance, type Job, type JobEvent } from '../../../src/services/job/job.ts';
import { RunComfyError } from '../../../src/services/runcomfy/runcomfy.ts';
import { createStore } from '../../../src/services/storage/store.ts';
import { createBalance, withReading } from '../../../src/services/usage/accounts/balance.ts';
import { createBook, type Book } from '../../../src/services/usage/accounts/book.ts';
import { createFollowUp } from '../../../src/services/usage/accounts/follow-up.ts';
import { lineOf } from '../../../src/services/usage/accounts/line.ts';
import { sumOf } from '../../../src/services/usage/accounts/sums.ts';
import { newJob } from '../../../src/services/job/job.ts';
import { createSqliteAdapter } from '../../../src/services/storage/sqlite/records.ts';
import { openDatabase } from '../../../src/services/storage/sqlite/connection.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createStoreFolder } from '../../support/store-folder.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const DAY = 24 * 60 * 60_000;
const CENTS = 10_000;

let now: number;
let book: Book;
let store: ReturnType<typeof createStore>;
const clock = { ...systemClock, now: () => now };
const log = createSilentLog();

beforeEach(() => {
  now = NOON;
  const folder = createStoreFolder();
  const database = openDatabase({ clock: systemClock, path: join(folder, 'store.sqlite') });
  store = createStore({ clock, adapterFor: () => createSqliteAdapter({ clock, database }), log });
  onTestFinished(async () => {
    await store.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });
  book = createBook({ store, clock, log });
});

interface Asked {
  count?: number;
  perRequest?: number;
  guildId?: string;
  userId?: string;
  model?: string;
  at?: number;
}

/** A job of requests that go these ways. */
function job(id: string, ways: JobEvent[][], asked: Asked = {}): Job {
  const { at = NOON, perRequest = 15, ...rest } = asked;
  const { count } = { count: 4, ...rest };
  let made = newJob({ ...sampleJob(), ...rest, id, count, createdAt: at }, { picturesPerRequest: perRequest });
  for (const [index, events] of ways.entries()) {
    for (const event of events) made = advance(made, { ...event, request: index + 1 } as JobEvent, at + 1000);
  }
  return made;
}

const submitted = (requestId: string): JobEvent[] => [{ type: 'submitting' }, { type: 'submitted', requestId }];
const succeeded = (billed?: number): JobEvent => ({ type: 'succeeded', images: ['https://a/1'], videos: [], billed });
const failed = (
  failure: 'model' | 'deadline' | 'no_pictures' | 'unreadable' | 'balance',
  billed?: number,
): JobEvent => ({
  type: 'failed',
  failure,
  reason: undefined,
  billed,
});

const enter = (of: Job, price = 0.03) => book.enter(of.id, lineOf(of, price));
const november = async () => (await book.month('2026-11')).shares;
const total = async () => sumOf(await november());

describe('what a job came to', () => {
  it.each([
    [
      'made, and billed',
      [...submitted('a'), succeeded(11 * CENTS)],
      { pictures: 4, estimated: 12 * CENTS, billed: 11 * CENTS },
    ],
    [
      'made, without a word of what for',
      [...submitted('a'), succeeded()],
      { pictures: 4, estimated: 12 * CENTS, untold: 12 * CENTS },
    ],
    ['failed at RunComfy', [...submitted('a'), failed('model', 0)], { freed: 4 }],
    [
      'failed there, and billed all the same',
      [...submitted('a'), failed('model', 3 * CENTS)],
      { freed: 4, billed: 3 * CENTS },
    ],
    ['refused', [{ type: 'submitting' }, failed('balance')], { freed: 4 }],
    ['cancelled', [...submitted('a'), { type: 'cancelled' }], { freed: 4 }],
    [
      'finished without a picture',
      [...submitted('a'), failed('no_pictures', 12 * CENTS)],
      { pictures: 4, estimated: 12 * CENTS, billed: 12 * CENTS },
    ],
    ['given up', [...submitted('a'), failed('deadline')], { pictures: 4, estimated: 12 * CENTS, unknown: 12 * CENTS }],
    [
      'submitted, and nobody knows',
      [{ type: 'submitting' }, { type: 'unknown' }],
      { pictures: 4, estimated: 12 * CENTS, unknown: 12 * CENTS },
    ],
  ] as [string, JobEvent[], object][])('%s', async (_what, events, amounts) => {
    await enter(job('a', [events]));
    const nothing = { pictures: 0, freed: 0, estimated: 0, billed: 0, untold: 0, unknown: 0 };
    expect(await total()).toEqual({ ...nothing, ...amounts });
  });

  it('is the sum of its requests, each by its own end', async () => {
    const ways = [
      [...submitted('a'), succeeded(4 * CENTS)],
      [...submitted('b'), { type: 'cancelled' } as JobEvent],
      [{ type: 'submitting' } as JobEvent, { type: 'unknown' } as JobEvent],
    ];
    await enter(job('a', ways, { count: 3, perRequest: 1 }), 0.04);
    expect(await total()).toEqual({
      pictures: 2,
      freed: 1,
      estimated: 8 * CENTS,
      billed: 4 * CENTS,
      untold: 0,
      unknown: 4 * CENTS,
    });
  });

  it('is entered once, however often it is written', async () => {
    const made = job('a', [[...submitted('a'), succeeded(12 * CENTS)]]);
    await Promise.all([enter(made), enter(made)]);
    await enter(made);
    expect(await total()).toMatchObject({ pictures: 4, billed: 12 * CENTS });
  });
});

describe('the account of a month', () => {
  const made = (id: string, asked: Asked) => enter(job(id, [[...submitted(id), succeeded(12 * CENTS)]], asked));

  it('tells guilds, members and models apart, and holds the jobs that were reserved in it', async () => {
    await made('a', { guildId: 'g', userId: 'ana', model: 'x/one' });
    await made('b', { guildId: 'g', userId: 'ana', model: 'x/one' });
    await made('c', { guildId: 'g', userId: 'ana', model: 'x/two' });
    await made('d', { guildId: 'g', userId: 'ben', model: 'x/one' });
    await made('e', { guildId: 'h', userId: 'ana', model: 'x/one' });
    await made('f', { guildId: 'g', userId: 'ana', model: 'x/one', at: Date.UTC(2026, 10, 30, 23, 59, 59, 999) });
    await made('g', { guildId: 'g', userId: 'ana', model: 'x/one', at: Date.UTC(2026, 11, 1) });
    const found = (await november()).map(({ guildId, userId, model, pictures }) => [guildId, userId, model, pictures]);
    expect(found.sort()).toEqual([
      ['g', 'ana', 'x/one', 12],
      ['g', 'ana', 'x/two', 4],
      ['g', 'ben', 'x/one', 4],
      ['h', 'ana', 'x/one', 4],
    ]);
    expect(sumOf((await book.month('2026-12')).shares).pictures).toBe(4);
    expect((await book.month('2026-10')).shares).toEqual([]);
  });

  it('keeps its sums without the name of a member who wants to be forgotten', async () => {
    await made('a', { userId: 'ana' });
    await made('b', { userId: 'ben' });
    const before = await total();
    await book.forget(['a', 'never heard of']);
    expect((await november()).map(({ userId }) => userId).sort()).toEqual(['ben', undefined]);
    expect(await total()).toEqual(before);
  });

  it('stays when its lines go: by server and model, without names, with what is to be claimed', async () => {
    await made('a', { guildId: 'g', userId: 'ana', model: 'x/one' });
    await made('b', { guildId: 'g', userId: 'ben', model: 'x/one' });
    await enter(job('c', [[{ type: 'submitting' }, { type: 'unknown' }]], { guildId: 'h', userId: 'ana' }));
    const before = await total();
    now = Date.UTC(2026, 11, 31, 23);
    await book.close();
    expect(
      (await november()).map(({ userId }) => userId),
      'the last month is whole',
    ).toContain('ana');

    now = Date.UTC(2027, 0, 1, 1);
    await made('d', { userId: 'ana', at: Date.UTC(2026, 11, 2) });
    await Promise.all([book.close(), createBook({ store, clock, log }).close()]);
    expect(await total()).toEqual(before);
    expect((await november()).map(({ guildId, userId, pictures }) => [guildId, userId, pictures]).sort()).toEqual([
      ['g', undefined, 8],
      ['h', undefined, 4],
    ]);
    expect((await book.month('2026-11')).claims).toMatchObject([{ jobId: 'c', images: 4 }]);
    expect((await book.month('2026-12')).shares).toMatchObject([{ userId: 'ana' }]);
    await book.close();
    expect(await total()).toEqual(before);
    now += 300 * DAY;
    expect(await total(), 'a year later').toEqual(before);
  });

  it('is not counted twice where its closing was interrupted before its lines were deleted', async () => {
    await made('a', { userId: 'ana' });
    const line = lineOf(job('a', [[...submitted('a'), succeeded(12 * CENTS)]]), 0.03);
    now = Date.UTC(2027, 0, 1, 1);
    await book.close();
    await store
      .collection('book', (await import('../../../src/services/usage/accounts/line.ts')).lineSchema)
      .set('a', line);
    expect(await total()).toMatchObject({ pictures: 4 });
    await book.close();
    expect(await total()).toMatchObject({ pictures: 4, billed: 12 * CENTS });
  });
});

describe('a request of unknown fate', () => {
  const answers = new Map<string, { ended: boolean; billed?: number } | RunComfyError>();
  const asked: string[] = [];
  const api = {
    cost(requestId: string) {
      asked.push(requestId);
      const answer = answers.get(requestId) ?? new RunComfyError('not_found', 'no such request');
      return answer instanceof RunComfyError ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const follow = () => createFollowUp({ book, api, clock, log })();
  beforeEach(() => {
    answers.clear();
    asked.length = 0;
  });

  const givenUp = () => job('a', [[...submitted('r-1'), failed('deadline')]]);

  it('is to be claimed, with its time, and RunComfy’s id where it told one', async () => {
    await enter(givenUp());
    await enter(job('b', [[{ type: 'submitting' }, { type: 'unknown' }]]));
    const [one, other] = (await book.month('2026-11')).claims;
    expect(one).toEqual({
      jobId: 'b',
      guildId: '1563446109798400000',
      model: other?.model,
      images: 4,
      estimated: 12 * CENTS,
      at: NOON,
    });
    expect(other).toMatchObject({ jobId: 'a', requestId: 'r-1', at: NOON + 1000 });
  });

  it('is asked of until RunComfy says what it was billed, and is then no claim any more', async () => {
    await enter(givenUp());
    answers.set('r-1', { ended: false });
    await follow();
    expect(await total()).toMatchObject({ unknown: 12 * CENTS, billed: 0 });
    answers.set('r-1', { ended: true, billed: 12 * CENTS });
    await follow();
    expect(await total()).toMatchObject({ pictures: 4, unknown: 0, billed: 12 * CENTS, untold: 0 });
    expect((await book.month('2026-11')).claims).toEqual([]);
    await follow();
    await follow();
    expect(asked).toEqual(['r-1', 'r-1']);
  });

  it('stays known when the job is written again', async () => {
    await enter(givenUp());
    answers.set('r-1', { ended: true, billed: 0 });
    await follow();
    await enter(givenUp());
    expect(await total()).toMatchObject({ pictures: 4, unknown: 0, billed: 0 });
  });

  it('is asked of for a week, whatever RunComfy says', async () => {
    await enter(givenUp());
    await follow();
    now += 6 * DAY;
    await follow();
    now += 2 * DAY;
    await follow();
    await follow();
    expect(asked).toHaveLength(2);
    expect(await total()).toMatchObject({ unknown: 12 * CENTS });
  });

  it('without an id is asked of nobody', async () => {
    await enter(job('b', [[{ type: 'submitting' }, { type: 'unknown' }]]));
    await follow();
    expect(asked).toEqual([]);
  });
});

describe('the balance', () => {
  it('is kept by month: first, last, and what was put in', () => {
    const at = (minute: number, balance: number) => ({ at: NOON + minute, balance });
    const readings = [at(0, 100), at(1, 90), at(2, 140), at(3, 130), at(4, 131)];
    const kept = readings.reduce<ReturnType<typeof withReading> | undefined>(withReading, undefined);
    expect(kept).toEqual({ version: 1, first: at(0, 100), last: at(4, 131), raised: 51 });
  });

  it('is read once for all processes, and is not known where RunComfy does not tell', async () => {
    let calls = 0;
    let answer: number | undefined = 5_000_000;
    const api = {
      balance() {
        calls += 1;
        if (answer === undefined) return Promise.reject(new RunComfyError('unavailable', 'no answer'));
        return Promise.resolve(answer);
      },
    };
    const seen: number[] = [];
    const processes = [1, 2].map(() =>
      createBalance({ api, store, seen: ({ balance }) => void seen.push(balance), clock, log }),
    );
    for (const each of processes) await each.check();
    expect([calls, seen]).toEqual([1, [5_000_000]]);
    now += 15 * 60_000;
    answer = undefined;
    for (const each of processes) expect(await each.check()).toBeUndefined();
    expect(await processes[0]?.last()).toEqual({ at: NOON, balance: 5_000_000 });
    expect(calls).toBe(3);
    now = Date.UTC(2026, 11, 1);
    expect(await processes[0]?.last(), 'of another month').toBeUndefined();
  });

  it('is missed once in the log where RunComfy refuses to tell, and never for want of a network', async () => {
    const kinds = ['unavailable', 'rate', 'authentication', 'unavailable', 'authentication'] as const;
    const left = [...kinds];
    const api = { balance: () => Promise.reject(new RunComfyError(left.shift() ?? 'rate', 'no balance')) };
    const levels: string[] = [];
    const heard = (level: string) => () => void levels.push(level);
    const listening = { debug: heard('debug'), info: heard('info'), warn: heard('warn') };
    const balance = createBalance({ api, store, seen: () => undefined, clock, log: listening });
    for (const kind of kinds) expect(await balance.read(), kind).toBeUndefined();
    expect(levels).toEqual(['debug', 'debug', 'info', 'debug', 'debug']);
  });
});
