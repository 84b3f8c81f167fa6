/** What a job's end makes of its reservation: said to the ledger once, and no more than what stays counted. */
import { expect, test } from 'vitest';
import { advance, newJob, type Job } from '../../../src/services/job/job.ts';
import { settleReservation } from '../../../src/services/lifecycle/settle.ts';
import { sampleJob, NOON, type SampleState } from '../../support/sample-job.ts';

/** What the ledger is told. */
async function toldOf(job: Job): Promise<unknown[]> {
  const told: unknown[] = [];
  await settleReservation(job, {
    settle: (...of) => Promise.resolve(void told.push(['settle', ...of])),
    release: (...of) => Promise.resolve(void told.push(['release', ...of])),
  });
  return told;
}

const ofOneRequest: [SampleState, string | undefined][] = [
  [{ name: 'unknown' }, 'settle'],
  [{ name: 'failed', failure: 'no_pictures' }, 'settle'],
  [{ name: 'failed', failure: 'refused' }, 'release'],
  [{ name: 'cancelled' }, 'release'],
  [{ name: 'reserved' }, undefined],
  [{ name: 'in_progress', requestId: 'r' }, undefined],
];
test.each(ofOneRequest)('of one request: %j', async (state, told) => {
  const job = sampleJob({ state });
  expect(await toldOf(job)).toEqual(told === undefined ? [] : [[told, job.id]]);
});

test('of several, those that cost nothing are freed in the same act', async () => {
  let job = newJob({ ...sampleJob(), count: 5 }, { picturesPerRequest: 2 });
  job = advance(job, { type: 'cancelled', request: 1 }, NOON);
  job = advance(job, { type: 'submitting', request: 2 }, NOON);
  job = advance(job, { type: 'unknown', request: 2 }, NOON);
  expect(await toldOf(job), 'one of them waits').toEqual([]);
  job = advance(job, { type: 'cancelled', request: 3 }, NOON);
  expect(await toldOf(job)).toEqual([['settle', job.id, 2]]);
});
