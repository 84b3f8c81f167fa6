/** What people are told of when pictures are expected: by the place in the queue, never a moment that has passed. */
import { expect, test } from 'vitest';
import { createPolling } from '../../../src/services/polling/polling.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { NOON, sampleJob, type SampleState } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const SECOND = 1000;

const store = {
  collection: () => ({ get: () => Promise.resolve(undefined), set: () => Promise.resolve() }),
} as unknown as Store;

function create() {
  const clock = { at: NOON, now: () => clock.at, monotonic: () => clock.at, sleep: () => Promise.resolve() };
  const polling = createPolling({ store, clock, random: () => 0.5, log: createSilentLog() });
  const jobIn = (state: SampleState, id?: string) =>
    sampleJob({
      submittedAt: NOON,
      ...(state.name === 'in_progress' && { startedAt: NOON }),
      state,
      ...(id !== undefined && { id }),
    });
  const told = (state: SampleState, id?: string) => polling.expectation(jobIn(state, id)).expected;
  /** The moment that is told, in milliseconds from noon. */
  const moment = (state: SampleState, id?: string) => {
    const expected = told(state, id);
    if (typeof expected !== 'object') throw new Error(`No moment is told, but ${expected ?? 'nothing'}`);
    return expected.at - NOON;
  };
  return { clock, told, moment };
}

const queued = (position?: number): SampleState => ({
  name: 'in_queue',
  requestId: 'request',
  ...(position !== undefined && { position }),
});
const GENERATING: SampleState = { name: 'in_progress', requestId: 'request' };

test.each([
  ['in the queue', queued()],
  ['next in the queue', queued(0)],
  ['generating', GENERATING],
])('%s for longer than expected: any moment now, then longer than usual, and no moment that has passed', (_, state) => {
  const { clock, told } = create();
  const seen: string[] = [];
  for (clock.at = NOON; clock.at < NOON + 60 * 60_000; clock.at += SECOND) {
    const expected = told(state);
    // It stands until the next look, at most 5 s away in the first minute and 20 s after it, and the edit that follows.
    if (typeof expected === 'object') expect(expected.at - clock.at).toBeGreaterThan(7 * SECOND);
    const what = typeof expected === 'object' ? 'a moment' : (expected ?? 'nothing');
    if (seen.at(-1) !== what) seen.push(what);
  }
  expect(seen).toEqual(['a moment', 'soon', 'late']);
});

test('the more are ahead, the later it is expected; with others ahead it is never said to come any moment', () => {
  const moments = [0, 1, 3, 10].map((position) => create().moment(queued(position)));
  expect(moments).toEqual(moments.toSorted((one, other) => one - other));
  expect(moments[3]).toBeGreaterThan(3 * (moments[1] ?? 0));
  const { clock, told } = create();
  told(queued(2));
  clock.at += 60 * 60_000;
  expect(told(queued(2))).toBe('late');
});

test('how fast the queue goes is learnt from the places that jobs had in it', () => {
  const slow = create();
  const fast = create();
  for (const [{ clock, told }, each] of [
    [slow, 60 * SECOND],
    [fast, 2 * SECOND],
  ] as const) {
    for (const position of [4, 3, 2, 1, 0]) {
      told(queued(position));
      clock.at += each;
    }
  }
  const OTHER = '1574318992691036199';
  const ahead = ({ clock, moment }: typeof slow) => moment(queued(5), OTHER) - (clock.at - NOON);
  expect(ahead(slow)).toBeGreaterThan(5 * 60 * SECOND);
  expect(ahead(fast)).toBeLessThan(5 * 60 * SECOND);
});
