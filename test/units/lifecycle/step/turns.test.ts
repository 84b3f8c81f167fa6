/** Whose request is sent next, asked of the turns themselves: what is under way is counted, and given back whole. */
import { describe, expect, test } from 'vitest';
import { newJob, type Job } from '../../../../src/services/job/job.ts';
import type { RequestState } from '../../../../src/services/job/schema.ts';
import { createTurns } from '../../../../src/services/lifecycle/step/turns.ts';
import { sampleJob } from '../../../support/sample-job.ts';
import { createSilentLog } from '../../../support/silent-log.ts';

const SECOND = 1000;

/** A job with so many requests under way, so many that wait, and so many that were cancelled. */
function job(id: string, { guild, member = guild, underWay = 0, waiting = 1, cancelled = 0 }: Asked): Job {
  const asked = { ...sampleJob(), id, guildId: guild, userId: member, count: underWay + waiting + cancelled };
  const { requests, ...rest } = newJob(asked, { picturesPerRequest: 1 });
  const stateOf = (index: number): RequestState => {
    if (index < underWay) return { name: 'in_progress', requestId: 'r' };
    return { name: index < underWay + waiting ? 'reserved' : 'cancelled' };
  };
  return { ...rest, requests: requests.map((request, index) => ({ ...request, state: stateOf(index) })) };
}
interface Asked {
  guild: string;
  member?: string;
  underWay?: number;
  waiting?: number;
  cancelled?: number;
}

function create({ shared = false, away = false } = {}) {
  let now = 1000 * SECOND;
  const called: string[] = [];
  const turns = createTurns({
    shared,
    scheduler: {
      schedule(jobId) {
        called.push(jobId);
        return away ? Promise.reject(new Error('The store is away')) : Promise.resolve();
      },
    },
    clock: { monotonic: () => now },
    log: createSilentLog(),
  });
  const waits = (waiting: Job, delay = 10 * SECOND, retryAfter?: number) => {
    turns.waits(waiting, { delay, retryAfter });
  };
  return { turns, called, waits, later: (ms: number) => void (now += ms) };
}

describe('the next is', () => {
  test('of the guild with the fewest under way, then of the member, then of the job', () => {
    const rivals: [Asked, Asked][] = [
      [
        { guild: 'a', underWay: 2 },
        { guild: 'b', underWay: 1 },
      ],
      [
        { guild: 'a', member: 'x', underWay: 2 },
        { guild: 'a', member: 'y', underWay: 1 },
      ],
      [
        { guild: 'a', member: 'x', underWay: 2 },
        { guild: 'a', member: 'x', underWay: 1 },
      ],
    ];
    for (const [more, fewer] of rivals) {
      const { turns, waits, called } = create();
      const [first, second] = [job('more', more), job('fewer', fewer)];
      waits(second);
      turns.note(first);
      expect(turns.isNext(first)).toBe(false);
      expect(called).toEqual(['fewer']);
      expect(turns.isCalled(second)).toBe(true);
      expect(turns.isNext(second)).toBe(true);
      expect(turns.isCalled(second), 'it has had its call').toBe(false);
    }
  });

  test('among equals the one that has gone longest without a place', () => {
    const { turns, waits, later } = create();
    waits(job('first', { guild: 'a' }));
    later(1);
    const second = job('second', { guild: 'b' });
    turns.note(second);
    later(1);
    turns.note(job('first', { guild: 'a' }));
    expect(turns.isNext(second), 'that the first was looked at since changes nothing').toBe(false);
    turns.note(job('first', { guild: 'a', underWay: 1 }));
    later(1);
    turns.note(job('first', { guild: 'a' }));
    expect(turns.isNext(second), 'the first got a place and gave it back since').toBe(true);
  });
});

test('whoever has fewer under way than all that wait is next, and of those that wait it is the one with the fewest', () => {
  const { turns, waits, called } = create();
  waits(job('two', { guild: 'b', underWay: 2 }));
  waits(job('one', { guild: 'c', underWay: 1 }));
  waits(job('three', { guild: 'd', underWay: 3 }));
  expect(turns.isNext(job('mine', { guild: 'a' }))).toBe(true);
  expect(turns.isNext(job('mine', { guild: 'a', underWay: 4 }))).toBe(false);
  expect(called).toEqual(['one']);
});

test('a guild whose jobs were all done comes as new: whoever came before it is next', () => {
  const { turns, waits, later } = create();
  turns.note(job('done', { guild: 'a' }));
  turns.forget('done');
  later(1);
  waits(job('came', { guild: 'b' }));
  later(1);
  expect(turns.isNext(job('back', { guild: 'a' }))).toBe(false);
});

test('of two that are equal in all, whoever asks is next', () => {
  const { turns, waits } = create();
  const [one, other] = [job('one', { guild: 'a' }), job('other', { guild: 'b' })];
  waits(other);
  expect(turns.isNext(one)).toBe(true);
  waits(one);
  expect(turns.isNext(other)).toBe(true);
});

describe('one that waits', () => {
  const mine = job('mine', { guild: 'a', underWay: 1 });
  const other = job('other', { guild: 'b' });

  test('is called from when RunComfy allows it until 5 s after its own try', () => {
    for (const [after, comes] of [
      [2999, false],
      [3000, true],
      [15 * SECOND, true],
      [15 * SECOND + 1, false],
    ] as const) {
      const { turns, waits, later } = create();
      waits(other, 10 * SECOND, 3 * SECOND);
      later(after);
      expect(turns.isNext(mine), `after ${after} ms`).toBe(!comes);
    }
  });

  test('is called though it was looked at since, and no more once it has tried', () => {
    const { turns, waits, called } = create();
    waits(other);
    turns.note(other);
    turns.freed(mine);
    expect(called).toEqual(['other']);
    expect(turns.isNext(other)).toBe(true);
    turns.freed(mine);
    expect(called).toEqual(['other']);
    turns.freed(other);
    expect(called, 'nobody waits').toEqual(['other']);
  });

  test('is called once in a second', () => {
    const { turns, waits, called, later } = create();
    waits(other);
    turns.isNext(mine);
    later(999);
    turns.isNext(mine);
    expect(called).toEqual(['other']);
    later(1);
    turns.isNext(mine);
    expect(called).toEqual(['other', 'other']);
  });

  test('with nothing more to send is waited for no longer, nor one that is forgotten', () => {
    const { turns, waits } = create();
    waits(other);
    turns.note(job('other', { guild: 'b', waiting: 0, cancelled: 1 }));
    expect(turns.isNext(mine)).toBe(true);
    waits(other);
    turns.freed(mine);
    turns.forget('other');
    turns.forget('one that nobody knows');
    expect(turns.isNext(mine)).toBe(true);
    expect(turns.isCalled(other)).toBe(false);
  });

  test('that could not be called is passed over by no defect', async () => {
    const { turns, waits, called } = create({ away: true });
    waits(other);
    turns.freed(mine);
    await Promise.resolve();
    expect(called).toEqual(['other']);
  });
});

describe('a place that is free', () => {
  test('is offered to whoever comes first, even to the job that freed it', () => {
    const { turns, waits, called } = create();
    const one = job('one', { guild: 'a' });
    waits(one);
    turns.freed(one);
    expect(called).toEqual(['one']);
  });

  test('is left to those of other processes by the job that freed it', () => {
    const { turns, waits, called } = create({ shared: true });
    const [one, other] = [job('one', { guild: 'a' }), job('other', { guild: 'b' })];
    waits(one);
    turns.freed(one);
    expect(called).toEqual([]);
    turns.freed(other);
    expect(called).toEqual(['one']);
  });
});

describe('what a guild has under way', () => {
  const more = (index: number) => job(`job ${index}`, { guild: 'a', underWay: 8 });

  test('makes a job of it wait at 24, and a job by itself at 8; one that has nothing never waits', () => {
    const { turns } = create();
    expect(turns.isFull(job('seven', { guild: 'b', underWay: 7 }))).toBe(false);
    expect(turns.isFull(job('eight', { guild: 'c', underWay: 8 }))).toBe(true);
    for (const index of [1, 2]) turns.note(more(index));
    expect(turns.isFull(job('third', { guild: 'a', underWay: 7 }))).toBe(false);
    turns.note(more(3));
    turns.forget('third');
    expect(turns.isFull(job('fourth', { guild: 'a' }))).toBe(false);
    expect(turns.isFull(job('fifth', { guild: 'a', underWay: 1 }))).toBe(true);
  });

  test('is given back when a job is forgotten, and when it was not seen for two minutes', () => {
    const { turns, later } = create();
    const one = job('one', { guild: 'a', underWay: 1 });
    for (const index of [1, 2, 3]) turns.note(more(index));
    expect(turns.isFull(one)).toBe(true);
    turns.forget('job 1');
    expect(turns.isFull(one)).toBe(false);
    turns.note(more(1));
    expect(turns.isFull(one)).toBe(true);
    later(119_999);
    for (const index of [1, 2]) turns.note(more(index));
    expect(turns.isFull(one)).toBe(true);
    later(1);
    expect(turns.isFull(one), 'the third was seen two minutes ago').toBe(false);
  });

  test('is as its jobs are now, however often they are seen', () => {
    const { turns } = create();
    const one = job('one', { guild: 'a', underWay: 1 });
    for (const index of [1, 2, 3]) {
      turns.note(more(index));
      turns.note(more(index));
    }
    turns.note(job('job 3', { guild: 'a', underWay: 6 }));
    expect(turns.isFull(one), '8 + 8 + 6 + 1').toBe(false);
    turns.note(job('job 3', { guild: 'a', underWay: 7 }));
    expect(turns.isFull(one), '8 + 8 + 7 + 1').toBe(true);
  });
});
