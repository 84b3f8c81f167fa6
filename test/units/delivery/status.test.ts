/** What a job's reply shows is taken from what is known of it now. */
import { expect, test } from 'vitest';
import { createStatus, isLeaving } from '../../../src/services/delivery/status.ts';
import type { Job } from '../../../src/services/job/job.ts';
import type { Expectation } from '../../../src/services/polling/polling.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const MINUTE = 60_000;
const inQueue = sampleJob({ state: { name: 'in_queue', requestId: 'r', position: 2 } });

/** The text of a job's reply, and whether it has a button to be told of its end. */
function shown(job: Job, expected?: Expectation['expected'], { silent = false, now = NOON } = {}) {
  const status = createStatus({
    polling: { expectation: () => ({ expected, fraction: undefined }), isSilent: () => silent },
    models: createWrittenModels(undefined, 0.5),
    clock: { now: () => now },
  });
  const { embeds, components } = status(job);
  return { text: embeds[0]?.description ?? '', buttons: JSON.stringify(components ?? []) };
}

test('a private reply says that the pictures come by direct message two minutes before its token is dead, no other does', () => {
  const leaves = sampleJob().reply.tokenExpiresAt - 2 * MINUTE;
  const hidden = sampleJob({ private: true });
  expect([isLeaving(hidden, leaves - 1), isLeaving(hidden, leaves)]).toEqual([false, true]);
  expect(isLeaving(sampleJob(), leaves)).toBe(false);
  const job = { ...inQueue, private: true };
  expect(shown(job, undefined, { now: leaves }).text).toContain('direct message');
  expect(shown(job, undefined, { now: leaves - 1 }).text).not.toContain('direct message');
});

test('a job in the queue says how many are before it, one that waits that it does', () => {
  expect(shown(inQueue).text).toContain('2 jobs ahead');
  expect(shown(sampleJob()).text).toContain('Waiting for RunComfy to take the job');
  expect(shown(inQueue).text).not.toContain('Waiting for RunComfy');
  expect(shown(inQueue, undefined, { silent: true }).text).toContain('RunComfy does not answer');
});

test('what may have been charged is what is counted, at the model’s price', () => {
  expect(shown(sampleJob({ state: { name: 'unknown' } })).text).toContain('$2.00');
});

test('only of a job that takes a minute or longer its member may want to be told of the end', () => {
  const offers = [{ at: NOON + MINUTE - 1 }, { at: NOON + MINUTE }, 'late', 'soon', undefined] as const;
  const buttons = offers.map((expected) => shown(inQueue, expected).buttons);
  const [short, long] = buttons;
  expect(short).not.toBe(long);
  expect(buttons.map((each) => each === long)).toEqual([false, true, true, false, false]);
});
