/** A member's wish to cancel, as a job's step finds it. */
import { expect, test } from 'vitest';
import { newJob, type Job, type JobEvent } from '../../../../src/services/job/job.ts';
import type { Asked } from '../../../../src/services/lifecycle/ask-cancel.ts';
import { createHeedCancel } from '../../../../src/services/lifecycle/step/heed-cancel.ts';
import { StoreError } from '../../../../src/services/storage/storage.ts';
import { sampleJob } from '../../../support/sample-job.ts';
import { createSilentLog } from '../../../support/silent-log.ts';
import { openJournal } from './open-journal.ts';

const WISH = { userId: 'a member', at: 1 };
type Wish = typeof WISH | undefined | Error;

/** A job of three requests: the first waits, the second is in RunComfy's queue, the third is being made. */
function threeRequests(): Job {
  const asked = newJob({ ...sampleJob(), count: 3 }, { picturesPerRequest: 1 });
  const journal = openJournal(asked);
  for (const request of [2, 3]) {
    journal.note({ type: 'submitting', request });
    journal.note({ type: 'submitted', requestId: `r${request}`, request });
  }
  return journal.note({ type: 'started', request: 3 });
}

/** What comes of a wish: what the step is told, what happens to the job, and whether RunComfy is asked. */
async function heed(job: Job, wish: Wish, said: Partial<Asked> = {}) {
  const happened: JobEvent[] = [];
  let asked = 0;
  const heedCancel = createHeedCancel({
    records: {
      cancellations: {
        get: () => (wish instanceof Error ? Promise.reject(wish) : Promise.resolve(wish)),
      } as unknown as Parameters<typeof createHeedCancel>[0]['records']['cancellations'],
    },
    askCancel: {
      ask() {
        asked += 1;
        return Promise.resolve({ cancelled: [], late: [], trouble: [], ...said });
      },
    },
    log: createSilentLog(),
  });
  const outcome = await heedCancel(openJournal(job, happened));
  return { outcome, happened, asked };
}

const cancelled = (request: number): JobEvent => ({ type: 'cancelled', by: WISH.userId, request });

test('without one nothing happens', async () => {
  expect(await heed(threeRequests(), undefined)).toEqual({ outcome: 'heeded', happened: [], asked: 0 });
});

test('what waits is cancelled, RunComfy is asked for the rest, and what it cancelled is, too', async () => {
  const { outcome, happened, asked } = await heed(threeRequests(), WISH, { cancelled: [2], late: [3] });
  expect([outcome, asked]).toEqual(['heeded', 1]);
  expect(happened).toEqual([cancelled(1), cancelled(2)]);
});

test('where RunComfy has nothing, it is not asked', async () => {
  const reserved = newJob({ ...sampleJob(), count: 2 }, { picturesPerRequest: 1 });
  expect(await heed(reserved, WISH)).toEqual({ outcome: 'heeded', happened: [cancelled(1), cancelled(2)], asked: 0 });
});

test('that cannot be read stops what is not paid for yet, and nothing else', async () => {
  const away = new StoreError('The store is away');
  expect(await heed(threeRequests(), away)).toEqual({ outcome: 'unread', happened: [], asked: 0 });
  await expect(heed(sampleJob(), away)).rejects.toBe(away);
  const defect = new TypeError('A defect');
  await expect(heed(threeRequests(), defect)).rejects.toBe(defect);
});
