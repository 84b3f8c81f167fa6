/** Before anybody is told that nothing was charged, the store says whether a job was begun: else nothing is said. */
import { expect, test } from 'vitest';
import { createHasBegun } from '../../../src/commands/start-job/begun.ts';
import type { Job } from '../../../src/services/job/job.ts';
import {
  LostRecordsError,
  NewerRecordError,
  StoreError,
  UnreadableRecordError,
} from '../../../src/services/storage/storage.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';

const MINUTE = 60_000;
const away = new StoreError('The store is away.');

/** Asks of a store that is away for a time, and then has the job or not. Gives the answer once there is one. */
function ask(answer: () => Promise<Job | undefined>, { awayFor = 0 }: { awayFor?: number } = {}) {
  const clock = createVirtualClock();
  const back = clock.monotonic() + awayFor;
  const state = { stopped: false, begun: undefined as boolean | undefined };
  const find = () => (clock.monotonic() < back ? Promise.reject(away) : answer());
  const hasBegun = createHasBegun({ records: { find }, isStopped: () => state.stopped, clock });
  void hasBegun('9').then((begun) => (state.begun = begun));
  return { clock, state };
}

const none = () => Promise.resolve(undefined);
const one = () => Promise.resolve({} as Job);

test.each([
  [one, true],
  [none, false],
])('a store that answers says it at once', async (answer, begun) => {
  const { clock, state } = ask(answer);
  await clock.advance(1);
  expect(state.begun).toBe(begun);
});

test.each([
  [one, true],
  [none, false],
])('a store that is away says it when it is back', async (answer, begun) => {
  const { clock, state } = ask(answer, { awayFor: MINUTE });
  await clock.advance(MINUTE - 1);
  expect(state.begun).toBeUndefined();
  await clock.advance(2000);
  expect(state.begun).toBe(begun);
});

test('where it stays away as long as anybody could be told, a job may have been begun', async () => {
  const { clock, state } = ask(none, { awayFor: 20 * MINUTE });
  await clock.advance(13 * MINUTE);
  expect(state.begun).toBeUndefined();
  await clock.advance(2 * MINUTE);
  expect(state.begun).toBe(true);
});

test('a bot that stops waits for no store', async () => {
  const { clock, state } = ask(none, { awayFor: 20 * MINUTE });
  await clock.advance(MINUTE);
  state.stopped = true;
  await clock.advance(2000);
  expect(state.begun).toBe(true);
});

test.each([
  [new NewerRecordError('Written by a newer version.'), true],
  [new UnreadableRecordError('Cannot be read.'), true],
  [new LostRecordsError('The file is gone.'), false],
] as [StoreError, boolean][])('%s says it at once', async (error, begun) => {
  const { clock, state } = ask(() => Promise.reject(error));
  await clock.advance(1);
  expect(state.begun).toBe(begun);
});
