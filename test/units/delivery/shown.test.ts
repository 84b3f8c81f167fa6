/** Which changes of a job are worth one of a message's few edits. */
import { describe, expect, test } from 'vitest';
import { NOTHING_SHOWN, showNews, type ShownOfJob, type ToldNow } from '../../../src/services/delivery/shown.ts';
import { newJob, type Job } from '../../../src/services/job/job.ts';
import { NOON, sampleJob, type SampleState } from '../../support/sample-job.ts';

const SECOND = 1000;
const TOLD: ToldNow = { silent: false, end: undefined, leaving: false, now: NOON };
const inQueue = (position?: number) => sampleJob({ state: { name: 'in_queue', requestId: 'r', position } });
const inProgress = sampleJob({ state: { name: 'in_progress', requestId: 'r' } });

/** What is shown once these were, each as far as it was worth an edit; and how many were. */
function after(...changes: [job: Job, told?: Partial<ToldNow>][]): { shown: ShownOfJob; edits: number } {
  let shown = NOTHING_SHOWN;
  let edits = 0;
  for (const [job, told] of changes) {
    const news = showNews(shown, job, { ...TOLD, ...told });
    if (news === undefined) continue;
    edits += 1;
    shown = { ...news, seen: `edit ${edits}` };
  }
  return { shown, edits };
}

/** Of positions that a job has one after the other, those that are told. */
function positionsTold(...positions: (number | undefined)[]): (number | undefined)[] {
  let shown = NOTHING_SHOWN;
  return positions.flatMap((position) => {
    const news = showNews(shown, inQueue(position), TOLD);
    if (news === undefined) return [];
    shown = { ...news, seen: 'a message' };
    return [news.position];
  });
}

describe('a position in the queue', () => {
  test('is told as soon as it is known', () => {
    expect(positionsTold(undefined, 9)).toEqual([undefined, 9]);
  });

  test('is told again when it has halved, not before, and never when it has grown', () => {
    expect(positionsTold(20, 19, 11, 10, 12, 6, 5)).toEqual([20, 10, 5]);
    expect(positionsTold(0, 0)).toEqual([0]);
  });

  test('that is known no more is no news', () => {
    expect(positionsTold(20, undefined, 10)).toEqual([20, 10]);
  });

  test('is told three times after the first at most, of a job that waited before it was taken twice', () => {
    expect(positionsTold(64, 32, 16, 8, 4, 2)).toEqual([64, 32, 16, 8]);
    const waited: [Job][] = [[sampleJob()], ...[64, 32, 16, 8, 4].map((position): [Job] => [inQueue(position)])];
    expect(after(...waited)).toMatchObject({ edits: 4, shown: { position: 16 } });
  });
});

test('what nobody can have seen is shown again', () => {
  const { shown } = after([inQueue(9)]);
  expect(showNews(shown, inQueue(9), TOLD)).toBeUndefined();
  expect(showNews({ ...shown, seen: '' }, inQueue(9), TOLD)).toMatchObject({ position: 9, details: 2 });
});

test('each state is shown, with a few details of its own: of a job that is being made three', () => {
  const { shown } = after([inQueue(9)], [inQueue(4)]);
  expect(showNews(shown, inProgress, TOLD)).toMatchObject({ state: 'in_progress', position: undefined, details: 3 });
  const states: SampleState[] = [{ name: 'cancelled' }, { name: 'unknown' }];
  for (const state of states) {
    expect(showNews(shown, sampleJob({ state }), TOLD)).toMatchObject({ state: state.name, details: 0 });
  }
});

test('a job of many requests has its edits for its pictures: one detail in the queue, none while it is made', () => {
  const { requests, ...job } = newJob({ ...sampleJob(), count: 4 }, { picturesPerRequest: 1 });
  const many = (state: 'in_queue' | 'in_progress'): Job => ({
    ...job,
    requests: requests.map((request) => ({ ...request, state: { name: state, requestId: 'r' } })),
    state: { name: state },
  });
  expect(showNews(NOTHING_SHOWN, many('in_queue'), TOLD)).toMatchObject({ details: 1 });
  expect(showNews(NOTHING_SHOWN, many('in_progress'), TOLD)).toMatchObject({ details: 0 });
});

describe('that RunComfy does not answer', () => {
  test('is told three times at most, that it does again each time', () => {
    const silences = Array.from({ length: 5 }, (): [Job, Partial<ToldNow>][] => [
      [inQueue(9), { silent: true }],
      [inQueue(9), { silent: false }],
    ]);
    const { shown, edits } = after([inQueue(9)], ...silences.flat());
    expect(edits).toBe(1 + 3 * 2);
    expect(shown).toMatchObject({ silent: false, silences: 3 });
  });

  test('takes no edit from the position, and keeps the one that is known', () => {
    const { shown } = after([inQueue(9)], [inQueue(undefined), { silent: true }]);
    expect(shown).toMatchObject({ position: 9, details: 3 });
    expect(after([inQueue(9)], [inQueue(7), { silent: true }]).shown.position).toBe(7);
  });
});

describe('what is told of the end', () => {
  const at = NOON + 60 * SECOND;

  test('a moment stands until 25 s before it passes, then another is told', () => {
    const { shown } = after([inProgress, { end: { at } }]);
    const later = { at: at + 30 * SECOND };
    expect(showNews({ ...shown, details: 0 }, inProgress, { ...TOLD, end: later, now: at - 25 * SECOND })).toBe(
      undefined,
    );
    const told = showNews({ ...shown, details: 0 }, inProgress, { ...TOLD, end: later, now: at - 24_999 });
    expect(told).toMatchObject({ moment: later.at, details: 0 });
  });

  test('the same moment is told once, and one that is not known any more is taken back as it passes', () => {
    const { shown } = after([inProgress, { end: { at } }]);
    const late = { ...shown, details: 0 };
    expect(showNews(late, inProgress, { ...TOLD, end: { at }, now: at })).toBeUndefined();
    expect(showNews(late, inProgress, { ...TOLD, now: at })).toMatchObject({ moment: undefined });
  });

  test('goes out with the position that is known then, and takes no edit from it', () => {
    const { shown } = after([inQueue(9)]);
    expect(showNews(shown, inQueue(8), { ...TOLD, end: 'late' })).toMatchObject({ position: 8, details: 3 });
    expect(showNews(shown, inQueue(), { ...TOLD, end: 'late' })).toMatchObject({ position: 9, details: 3 });
  });

  test('soon and late go out once each, in this order, however much was told before', () => {
    let shown: ShownOfJob = { ...after([inProgress, { end: { at } }]).shown, details: 0 };
    const told = (['soon', 'soon', 'late', 'soon', 'late'] as const).filter((end) => {
      const news = showNews(shown, inProgress, { ...TOLD, end });
      if (news !== undefined) shown = { ...news, seen: shown.seen };
      return news !== undefined;
    });
    expect(told).toEqual(['soon', 'late']);
  });
});

test('that the pictures will come by direct message is told once, however much was told before', () => {
  const shown = { ...after([inProgress]).shown, details: 0 };
  const news = showNews(shown, inProgress, { ...TOLD, leaving: true });
  expect(news).toMatchObject({ leaving: true, details: 0 });
  expect(showNews({ ...shown, ...news }, inProgress, { ...TOLD, leaving: true })).toBeUndefined();
});

/** A job of two requests. */
function many(name: 'in_queue' | 'in_progress'): Job {
  const one = name === 'in_queue' ? inQueue() : inProgress;
  return { ...one, requests: one.requests.concat(one.requests.map((each) => ({ ...each, images: 1, number: 2 }))) };
}

test('where the end of a job of many requests moves on, no moment of it is told after four edits', () => {
  const shown: ShownOfJob = { ...after([many('in_queue'), { end: { at: NOON + 60 * SECOND } }]).shown, details: 0 };
  const passes = { ...TOLD, end: { at: NOON + 120 * SECOND }, now: NOON + 60 * SECOND };
  expect(showNews({ ...shown, edits: 3 }, many('in_queue'), passes)).toMatchObject({ moment: passes.end.at });
  const last = { ...shown, edits: 4 };
  const news = showNews(last, many('in_queue'), passes);
  expect(news).toMatchObject({ moment: undefined });
  expect(showNews({ ...last, ...news }, many('in_queue'), passes)).toBeUndefined();
  expect(showNews(last, inQueue(), passes)).toMatchObject({ moment: passes.end.at });
});

test('that a job of many requests takes longer than usual is told once: its pictures soon say more', () => {
  const moment = { end: { at: NOON + 60 * SECOND } };
  const late = { end: 'late' } as const;
  const queued = after([many('in_queue'), moment], [many('in_queue'), late]);
  expect(queued.edits).toBe(2);
  expect(
    after([many('in_queue'), moment], [many('in_queue'), late], [many('in_progress')], [many('in_progress'), late])
      .edits,
  ).toBe(3);
  expect(after([many('in_queue'), moment], [many('in_progress')], [many('in_progress'), late]).edits).toBe(3);
  expect(after([inQueue(), moment], [inQueue(), late], [inProgress], [inProgress, late]).edits).toBe(4);
});
