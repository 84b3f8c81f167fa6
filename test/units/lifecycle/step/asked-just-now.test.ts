/** A process that stood still while the store said that a job is its own must not believe it: another one may have the job by now. */
import { expect, test } from 'vitest';
import { createJournals } from '../../../../src/services/lifecycle/step/journal.ts';
import { LostClaimError } from '../../../../src/services/storage/storage.ts';
import { newJob } from '../../../../src/services/job/job.ts';
import { sampleJob } from '../../../support/sample-job.ts';
import { createSilentLog } from '../../../support/silent-log.ts';

/** Confirms a job of a process to whom each answer of the store's takes so long (milliseconds); the second one is that the job is lost. */
async function confirm(...takes: number[]): Promise<{ asked: number; outcome: unknown }> {
  let now = 0;
  let asked = 0;
  const openJournal = createJournals({
    records: {
      keep: () => Promise.resolve(),
      write() {
        now += takes[asked] ?? 0;
        asked += 1;
        return asked > 1 ? Promise.reject(new LostClaimError('Another process has it')) : Promise.resolve();
      },
    },
    reply: { messageId: () => undefined },
    happened: () => undefined,
    clock: { now: () => now, monotonic: () => now },
    log: createSilentLog(),
  });
  const job = newJob(sampleJob(), { picturesPerRequest: 1 });
  const outcome = await openJournal(job, { jobId: job.id, holder: 'one/1' })
    .confirm()
    .catch((error: unknown) => error);
  return { asked, outcome };
}

test('an answer that is there soon is believed', async () => {
  expect(await confirm(2000)).toEqual({ asked: 1, outcome: undefined });
});

test('after one that took long it is asked again, and what is lost is not shown', async () => {
  expect(await confirm(38_000, 1)).toEqual({ asked: 2, outcome: expect.any(LostClaimError) as unknown });
});
