/** How a job ended is told, however long Discord is in trouble; what only people can open is not waited for. */
import { expect, test } from 'vitest';
import { NOTHING_SHOWN } from '../../../src/services/delivery/shown.ts';
import { ReplyOutOfReach, ReplyTrouble } from '../../../src/services/discord/reply.ts';
import type { JobRecords } from '../../../src/services/job/records.ts';
import { createFinish } from '../../../src/services/lifecycle/step/finish.ts';
import { createLateEdits } from '../../../src/services/lifecycle/step/late-edits.ts';
import { createRetries } from '../../../src/services/lifecycle/step/retries.ts';
import { NOON, sampleJob, type SampleState } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const HOUR = 60 * 60_000;
const done = () => Promise.resolve();

/** The end of jobs at their deadline, in a process that has been running since then for so long as a test sets. */
function createEnds(tellEnd: () => Promise<void> = done) {
  let later = 0;
  /** What was done, in order. */
  const acts: string[] = [];
  const note = (act: string) => Promise.resolve(void acts.push(act));
  const reply = { ended: true, pictures: 0 };
  const clock = { now: () => NOON + HOUR + 1 + later, monotonic: () => later };
  const lateEdits = createLateEdits({ clock });
  const finish = createFinish({
    records: {
      cancellations: { get: done } as unknown as JobRecords['cancellations'],
      close: () => note('filed'),
      isWritten: () => true,
      write: done,
    },
    ledger: { settle: () => note('settled'), release: () => note('released') },
    account: done,
    progress: { end: () => Promise.resolve(NOTHING_SHOWN) },
    lastWord: { tellEnd: () => note('told').then(tellEnd) },
    reply: {
      async read({ id, channelId }) {
        await note('read');
        const files = Array.from({ length: reply.pictures }, (_, index) => `seedream-${id}-${index + 1}.png`);
        return { channelId, messageId: '1574318992691036161', files, attachments: undefined, ended: reply.ended };
      },
    },
    overwritten: { restore: () => note('made sure of') },
    lateEdits,
    polling: { forget: () => undefined },
    retries: createRetries(),
    clock,
    log: createSilentLog(),
  });
  return {
    acts,
    reply,
    lateEdits,
    /** Takes a job's end up `ms` milliseconds after its deadline; gives when that is to be done again. */
    finish: (state: SampleState, ms: number): Promise<number | undefined> => {
      later = ms;
      const job = sampleJob({ deadline: NOON + HOUR, endedAt: NOON + HOUR + 1, state });
      return finish({ job, claim: undefined });
    },
  };
}

const FAILED: SampleState = { name: 'failed', failure: 'deadline' };
const DELIVERED: SampleState = {
  name: 'delivered',
  requestId: 'r',
  images: ['https://pictures.runcomfy.net/1.png'],
  videos: [],
  posted: [{ number: 1, channelId: '1', messageId: '1574318992691036161', pictures: [1] }],
};
const { id: JOB } = sampleJob();

/** Ends a job at its deadline and tries to tell it `later` milliseconds after. Gives until when it is tried again, and whether it is filed. */
async function tell(error: Error, later: number): Promise<{ again: boolean; filed: boolean }> {
  const { acts, finish } = createEnds(() => Promise.reject(error));
  const again = await finish(FAILED, later);
  return { again: again !== undefined, filed: acts.includes('filed') };
}

test.each([0, 5 * HOUR])('trouble that passes is waited for past the deadline (%i ms after the end)', async (later) => {
  expect(await tell(new ReplyTrouble('Discord did not take the message'), later)).toEqual({
    again: true,
    filed: false,
  });
});

test('after a day it is let be', async () => {
  const day = await tell(new ReplyTrouble('Discord did not take the message'), 25 * HOUR);
  expect(day).toEqual({ again: false, filed: true });
});

test('where neither the channel nor the member takes a message, it is filed, so that /history can bring it', async () => {
  expect(await tell(new ReplyOutOfReach(), 0)).toEqual({ again: false, filed: true });
});

test('a job that another process left is told at once, and filed when no edit of that one can stand over its end any more', async () => {
  const { acts, finish, lateEdits } = createEnds();
  lateEdits.expect([JOB]);
  expect(await finish(FAILED, 1000)).toBe(29_000);
  expect(acts).toEqual(['settled', 'told']);
  expect(await finish(FAILED, 30_000)).toBeUndefined();
  expect(acts).toEqual(['settled', 'told', 'settled', 'read', 'filed']);
});

test.each([
  ['progress', { ended: false }],
  ['a gallery', { pictures: 1 }],
])('where such an edit has come, with %s, the end is told again', async (_, shown) => {
  const { acts, reply, finish, lateEdits } = createEnds();
  lateEdits.expect([JOB]);
  await finish(FAILED, 1000);
  Object.assign(reply, shown);
  expect(await finish(FAILED, 30_000)).toBeUndefined();
  expect(acts.slice(2)).toEqual(['settled', 'read', 'told', 'filed']);
});

test('an end that comes later than what was shown in doubt is told, whatever the reply shows', async () => {
  const { acts, finish, lateEdits } = createEnds();
  lateEdits.expect([JOB]);
  lateEdits.showing(JOB);
  expect(await finish(FAILED, 31_000)).toBeUndefined();
  expect(acts).toEqual(['settled', 'told', 'filed']);
});

test('a gallery is made sure of likewise', async () => {
  const { acts, finish, lateEdits } = createEnds();
  lateEdits.expect([JOB]);
  expect(await finish(DELIVERED, 29_999)).toBe(1);
  expect(await finish(DELIVERED, 30_000)).toBeUndefined();
  expect(acts).toEqual(['settled', 'settled', 'made sure of', 'filed']);
});

test.each([
  ['that this process began', [], 1000],
  ['that ends later', [JOB], 30_000],
])('a job %s is filed at once', async (_, left, later) => {
  const { acts, finish, lateEdits } = createEnds();
  lateEdits.expect(left);
  expect(await finish(FAILED, later)).toBeUndefined();
  expect(acts).toEqual(['settled', 'told', 'filed']);
});
