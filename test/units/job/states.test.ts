/** What a job's requests say of it together: its state, its times, what may be done with it, and until when. */
import { describe, expect, test } from 'vitest';
import {
  deliveryDeadline,
  idsOf,
  isAtRunComfy,
  isCancellable,
  isFinal,
  isLost,
  isMissed,
  newJob,
  requestIdOf,
  requestOf,
  untilDeadline,
  type Job,
} from '../../../src/services/job/job.ts';
import type { JobRequest, RequestState } from '../../../src/services/job/schema.ts';
import { jobStateOf, timesOf } from '../../../src/services/job/state-of-job.ts';
import { NOON, sampleJob, type SampleState } from '../../support/sample-job.ts';

const MINUTE = 60_000;

/** Requests of a picture each, in these states. */
function requestsOf(...states: (RequestState & Partial<Pick<JobRequest, 'finishedAt' | 'startedAt'>>)[]): JobRequest[] {
  return states.map(({ finishedAt, startedAt, ...state }, index) => ({
    number: index + 1,
    images: 1,
    state,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
  }));
}

const gallery = { posted: [], givenUp: false, delivered: false };
const stateOf = (...states: RequestState[]) => jobStateOf({ requests: requestsOf(...states), gallery });
const jobOf = (...states: RequestState[]): Job => {
  const requests = requestsOf(...states);
  return { ...newJob(sampleJob(), { picturesPerRequest: 15 }), requests, state: jobStateOf({ requests, gallery }) };
};

/** What RunComfy has. */
type UnderWay = Extract<RequestState, { name: 'in_queue' | 'in_progress' }>;

const reserved: RequestState = { name: 'reserved' };
const submitting: RequestState = { name: 'submitting' };
const inQueue = (position?: number): UnderWay => ({ name: 'in_queue', requestId: 'r', position });
const inProgress: UnderWay = { name: 'in_progress', requestId: 'r' };
const completed: RequestState = { name: 'completed', requestId: 'r', images: ['https://a.example/1'], videos: [] };
const cancelled: RequestState = { name: 'cancelled' };
const refused: RequestState = { name: 'failed', failure: 'refused' };
const unreadable: RequestState = { name: 'failed', failure: 'unreadable' };
const unknown: RequestState = { name: 'unknown' };

describe('the state of a job', () => {
  test('is that of the open request which is furthest', () => {
    expect(stateOf(reserved, cancelled)).toEqual({ name: 'reserved' });
    expect(stateOf(reserved, submitting)).toEqual({ name: 'submitting' });
    expect(stateOf(submitting, inQueue())).toEqual({ name: 'in_queue' });
    expect(stateOf(inQueue(1), inProgress)).toEqual({ name: 'in_progress' });
    expect(stateOf(completed, reserved)).toEqual({ name: 'in_progress' });
  });

  test('has the position of the request that is nearest', () => {
    expect(stateOf(inQueue(7), inQueue(), inQueue(2), reserved)).toEqual({ name: 'in_queue', position: 2 });
    expect(stateOf(inQueue(0), inQueue(4))).toEqual({ name: 'in_queue', position: 0 });
  });

  test('without a picture is the end that costs most to leave unsaid', () => {
    expect(stateOf(cancelled, refused, unreadable, unknown)).toEqual(unknown);
    expect(stateOf(cancelled, refused, unreadable)).toEqual(unreadable);
    expect(stateOf(cancelled, refused)).toEqual(refused);
    expect(stateOf(cancelled, cancelled)).toEqual(cancelled);
  });

  test('with pictures is completed, whatever became of the other requests, until they are delivered or given up', () => {
    const requests = requestsOf(unknown, completed, refused);
    expect(jobStateOf({ requests, gallery })).toEqual({ name: 'completed', givenUp: false });
    expect(jobStateOf({ requests, gallery: { ...gallery, givenUp: true, refused: true } })).toEqual({
      name: 'completed',
      givenUp: true,
      refused: true,
    });
    expect(jobStateOf({ requests, gallery: { ...gallery, delivered: true } })).toEqual({ name: 'delivered' });
  });
});

test('a job began with its first request, and is finished with its last one when none is open', () => {
  const one = { ...completed, startedAt: NOON + 5, finishedAt: NOON + 9 };
  const other = { ...completed, startedAt: NOON + 3, finishedAt: NOON + 11 };
  expect(timesOf({ requests: requestsOf(one, other) })).toEqual({ startedAt: NOON + 3, finishedAt: NOON + 11 });
  expect(timesOf({ requests: requestsOf(cancelled) }), 'of which no moment is known').toEqual({});
  expect(timesOf({ requests: requestsOf(one, { ...inProgress, startedAt: NOON + 4 }) })).toEqual({
    startedAt: NOON + 4,
  });
  const [first, second] = requestsOf(inProgress, inProgress);
  if (first === undefined || second === undefined) throw new TypeError('There are two');
  const requests = [
    { ...first, submittedAt: NOON + 2 },
    { ...second, submittedAt: NOON + 1 },
  ];
  expect(timesOf({ requests })).toEqual({ submittedAt: NOON + 1 });
});

test('something can be cancelled while a request waits, here or in RunComfy’s queue, and no longer', () => {
  expect([reserved, inQueue()].map((state) => isCancellable(jobOf(completed, state)))).toEqual([true, true]);
  const not = [submitting, inProgress, completed, refused, cancelled, unknown];
  expect(not.map((state) => isCancellable(jobOf(state)))).toEqual(not.map(() => false));
});

test('RunComfy has what it has queued or begun, and nothing else', () => {
  expect([inQueue(), inProgress].map((state) => isAtRunComfy(jobOf(unknown, state)))).toEqual([true, true]);
  const not = [reserved, submitting, completed, refused, cancelled, unknown];
  expect(not.map((state) => isAtRunComfy(jobOf(state)))).toEqual(not.map(() => false));
});

describe('a request that RunComfy does not know', () => {
  const missed = (times: number, state: UnderWay = inProgress): JobRequest => {
    const [request] = requestsOf({ ...state, lost: { times, since: NOON } });
    if (request === undefined) throw new TypeError('There is one');
    return request;
  };

  test.each([
    ['twice', 2, 60_000, false],
    ['three times, too soon', 3, 29_999, false],
    ['three times over 30 s', 3, 30_000, true],
    ['more often', 9, 31_000, true],
  ])('%s', (_, times, after, lost) => {
    for (const request of [missed(times), missed(times, inQueue())]) {
      expect(isMissed(request)).toBe(true);
      expect(isLost(request, NOON + after)).toBe(lost);
    }
  });

  test('is neither missed nor lost as long as RunComfy has not said so', () => {
    for (const request of requestsOf(reserved, inQueue(), { ...inProgress, lost: undefined })) {
      expect([isMissed(request), isLost(request, NOON + 60 * MINUTE)]).toEqual([false, false]);
    }
  });
});

test('a log line names a job by RunComfy’s id of the request it is about, else of the first that has one', () => {
  const job = jobOf(reserved, { name: 'in_queue', requestId: 'second' }, { name: 'in_queue', requestId: 'third' });
  const { id, guildId: guild } = job;
  expect(requestIdOf(job)).toBe('second');
  expect(idsOf(job)).toEqual({ job: id, guild, request: 'second' });
  expect(idsOf(job, requestOf(job, 3))).toEqual({ job: id, guild, request: 'third' });
  expect(idsOf(job, requestOf(job, 1))).toEqual({ job: id, guild, request: undefined });
  expect(() => requestOf(job, 4)).toThrow(`Job ${id} has no request 4`);
});

test('no step of a job is later than its deadline, nor in the past', () => {
  const { deadline } = sampleJob();
  expect(untilDeadline(sampleJob(), 5000, deadline - 10_000)).toBe(5000);
  expect(untilDeadline(sampleJob(), 5000, deadline - 2000)).toBe(2000);
  expect(untilDeadline(sampleJob(), 5000, deadline + 1)).toBe(0);
});

describe('a delivery is tried', () => {
  const { deadline } = sampleJob();
  const made: SampleState = { name: 'completed', requestId: 'r', images: [], videos: [], posted: [], givenUp: false };
  const until = (finishedAt: number | undefined, changes = {}) =>
    deliveryDeadline(sampleJob({ state: made, ...(finishedAt !== undefined && { finishedAt }), ...changes }));

  test('until the deadline, and of a job that finished late a quarter of an hour more', () => {
    expect(until(NOON + MINUTE)).toBe(deadline);
    expect(until(deadline - 15 * MINUTE)).toBe(deadline);
    expect(until(deadline + MINUTE)).toBe(deadline + 16 * MINUTE);
    expect(until(undefined)).toBe(deadline);
  });

  test('for no longer than the job had, where that is less', () => {
    const short = NOON + 2 * MINUTE;
    expect(until(short + MINUTE, { deadline: short })).toBe(short + 3 * MINUTE);
  });

  test('and is over once it was given up', () => {
    expect(isFinal(sampleJob({ state: made }))).toBe(false);
    expect(isFinal(sampleJob({ state: { ...made, givenUp: true } }))).toBe(true);
  });
});
