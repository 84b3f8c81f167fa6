/** What each event makes of a request: what is known of it is kept, and what cannot be is told from what changes nothing. */
import { describe, expect, test } from 'vitest';
import { requestAfter, type RequestEvent } from '../../../src/services/job/request-transitions.ts';
import type { JobRequest, RequestState } from '../../../src/services/job/schema.ts';
import { NOON } from '../../support/sample-job.ts';

const requestId = 'r';
const requestOf = (state: RequestState): JobRequest => ({ number: 1, images: 2, state });

/** A request in each state, by the state's name. */
const STATES: Record<RequestState['name'], RequestState> = {
  reserved: { name: 'reserved' },
  submitting: { name: 'submitting', since: NOON },
  in_queue: { name: 'in_queue', requestId },
  in_progress: { name: 'in_progress', requestId },
  completed: { name: 'completed', requestId, images: ['https://a.example/1'], videos: [] },
  failed: { name: 'failed', failure: 'model', requestId },
  cancelled: { name: 'cancelled', requestId },
  unknown: { name: 'unknown', requestId },
};
const OPEN = ['reserved', 'submitting', 'in_queue', 'in_progress'] as const;
const UNDER_WAY = ['in_queue', 'in_progress'] as const;

const succeeded: RequestEvent = { type: 'succeeded', images: ['https://a.example/1'], videos: ['https://a.example/v'] };
const failed: RequestEvent = { type: 'failed', failure: 'model', reason: 'moderated' };

test.each<[RequestEvent, readonly RequestState['name'][]]>([
  [{ type: 'submitting' }, ['reserved']],
  [{ type: 'not_taken' }, ['submitting']],
  [{ type: 'submitted', requestId }, ['submitting']],
  [{ type: 'queued', position: 3 }, UNDER_WAY],
  [{ type: 'started' }, UNDER_WAY],
  [{ type: 'missed' }, UNDER_WAY],
  [{ type: 'found' }, UNDER_WAY],
  [succeeded, UNDER_WAY],
  [failed, OPEN],
  [{ type: 'cancelled' }, OPEN],
  [{ type: 'unknown' }, OPEN],
])('$type happens to requests in these states alone', (event, possible) => {
  const happens = Object.values(STATES).filter((state) => requestAfter(requestOf(state), event, NOON) !== undefined);
  expect(happens.map(({ name }) => name)).toEqual(possible);
});

/** The request in a state after an event a second later, as a store gives it back. */
function after(state: RequestState, event: RequestEvent): unknown {
  const request = requestAfter(requestOf(state), event, NOON + 1000);
  return request === undefined ? undefined : (JSON.parse(JSON.stringify(request)) as unknown);
}

test('a submit is written with its moment and its claim; refused by nobody’s taking it, the request waits as before', () => {
  expect(after(STATES.reserved, { type: 'submitting', holder: 'a step' })).toEqual(
    requestOf({ name: 'submitting', since: NOON + 1000, holder: 'a step' }),
  );
  expect(after(STATES.submitting, { type: 'not_taken' })).toEqual(requestOf({ name: 'reserved' }));
});

describe('in the queue', () => {
  test('it has the position that was told last, or none', () => {
    const first = { ...requestOf({ name: 'in_queue', requestId: 'new' }), submittedAt: NOON + 1000 };
    expect(after(STATES.submitting, { type: 'submitted', requestId: 'new' })).toEqual(first);
    const third: RequestState = { name: 'in_queue', requestId, position: 3 };
    expect(after(STATES.in_queue, { type: 'queued', position: 3 })).toEqual(requestOf(third));
    expect(after(third, { type: 'queued', position: undefined })).toEqual(requestOf(STATES.in_queue));
  });

  test('a position does not say that it is known: what was missed stays counted until it is found', () => {
    const lost = { times: 2, since: NOON };
    const state: RequestState = { name: 'in_queue', requestId, lost };
    expect(after(state, { type: 'queued', position: 1 })).toEqual(requestOf({ ...state, position: 1 }));
    expect(after(state, { type: 'found' })).toEqual(requestOf(STATES.in_queue));
  });
});

test.each(UNDER_WAY)('each denial of one that is %s is counted from the first', (name) => {
  const state = STATES[name];
  expect(after(state, { type: 'missed' })).toEqual(
    requestOf({ ...state, lost: { times: 1, since: NOON + 1000 } } as RequestState),
  );
  const before = { ...state, lost: { times: 1, since: NOON } } as RequestState;
  expect(after(before, { type: 'missed' })).toEqual(
    requestOf({ ...state, lost: { times: 2, since: NOON } } as RequestState),
  );
  const ahead = { ...state, lost: { times: 1, since: NOON + 9000 } } as RequestState;
  expect(after(ahead, { type: 'missed' }), 'by a clock that was set back since').toEqual(
    requestOf({ ...state, lost: { times: 2, since: NOON + 1000 } } as RequestState),
  );
});

describe('however it ends, its id, its moment and what it cost stay known', () => {
  const over = { number: 1, images: 2, finishedAt: NOON + 1000 };

  test.each(UNDER_WAY)('from %s', (name) => {
    const state = STATES[name];
    const { images, videos } = succeeded;
    expect(after(state, { ...succeeded, billed: 30_000 })).toEqual({
      ...over,
      billed: 30_000,
      state: { name: 'completed', requestId, images, videos },
    });
    expect(after(state, { ...failed, billed: 0 })).toEqual({
      ...over,
      billed: 0,
      state: { name: 'failed', failure: 'model', reason: 'moderated', requestId },
    });
    expect(after(state, { type: 'cancelled', by: 'a member', billed: 5 })).toEqual({
      ...over,
      billed: 5,
      state: { name: 'cancelled', requestId, by: 'a member' },
    });
    expect(after(state, { type: 'unknown' })).toEqual({ ...over, state: { name: 'unknown', requestId } });
  });

  test('and nothing is said that is not known', () => {
    expect(after(STATES.submitting, { ...failed, reason: undefined })).toEqual({
      ...over,
      state: { name: 'failed', failure: 'model' },
    });
    expect(after(STATES.reserved, { type: 'cancelled' })).toEqual({ ...over, state: { name: 'cancelled' } });
    expect(after(STATES.submitting, { type: 'unknown' })).toEqual({ ...over, state: { name: 'unknown' } });
    expect(after(STATES.in_queue, { type: 'cancelled', withdrawn: true })).toEqual({
      ...over,
      state: { name: 'cancelled', requestId, withdrawn: true },
    });
  });
});

test('it begins once, and what it was denied until then is forgotten', () => {
  const state: RequestState = { name: 'in_queue', requestId, position: 1, lost: { times: 2, since: NOON } };
  expect(after(state, { type: 'started' })).toEqual({ ...requestOf(STATES.in_progress), startedAt: NOON + 1000 });
  const begun = { ...requestOf(STATES.in_progress), startedAt: NOON };
  expect(requestAfter(begun, { type: 'started' }, NOON + 1000)).toBe(begun);
});
