/** How a job ended is told, however long Discord is in trouble; what only people can open is not waited for. */
import { expect, test } from 'vitest';
import { ReplyOutOfReach, ReplyTrouble } from '../../../src/services/discord/reply.ts';
import type { JobRecords } from '../../../src/services/job/records.ts';
import { createFinish } from '../../../src/services/lifecycle/step/finish.ts';
import { createRetries } from '../../../src/services/lifecycle/step/retries.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const HOUR = 60 * 60_000;
const done = () => Promise.resolve();

/** Ends a job at its deadline and tries to tell it `later` milliseconds after. Gives until when it is tried again, and whether it is filed. */
async function tell(error: Error, later: number): Promise<{ again: boolean; filed: boolean }> {
  let filed = false;
  const job = sampleJob({
    deadline: NOON + HOUR,
    endedAt: NOON + HOUR + 1,
    state: { name: 'failed', failure: 'deadline' },
  });
  const finish = createFinish({
    records: {
      cancellations: { get: done } as unknown as JobRecords['cancellations'],
      close: () => Promise.resolve(void (filed = true)),
    },
    ledger: { settle: done, release: done },
    account: done,
    progress: { end: done },
    lastWord: { tellEnd: () => Promise.reject(error) },
    polling: { forget: () => undefined },
    retries: createRetries(),
    clock: { now: () => NOON + HOUR + 1 + later },
    log: createSilentLog(),
  });
  const again = await finish(job, undefined);
  return { again: again !== undefined, filed };
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
