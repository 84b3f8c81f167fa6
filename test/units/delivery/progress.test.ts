/** A progress edit that nobody answered may still arrive: what comes after it waits, also where another process goes on. */
import { expect, test } from 'vitest';
import { createHandedProgress } from '../../../src/services/delivery/progress.ts';
import { ReplyTrouble } from '../../../src/services/discord/reply.ts';
import { LostClaimError } from '../../../src/services/storage/storage.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const SECOND = 1000;
const { id } = sampleJob();

/** A process whose edits come to nothing after 10 s. `slept` are the milliseconds that it waited. */
function createProcess(clock: { at: number }, trouble: ReplyTrouble, edits: string[] = []) {
  const slept: number[] = [];
  const progress = createHandedProgress({
    reply: {
      edit: (job) => {
        edits.push(job.id);
        clock.at += 10 * SECOND;
        return Promise.reject(trouble);
      },
    },
    status: () => ({ embeds: [] }),
    polling: { isSilent: () => false, expectation: () => ({ expected: undefined, fraction: undefined }) },
    clock: {
      now: () => clock.at,
      // Each machine has been up for another time.
      monotonic: () => clock.at - NOON + 5 * SECOND,
      setTimeout: () => ({ cancel: () => undefined }),
      sleep: (ms) => Promise.resolve(void slept.push(ms)),
    },
    log: createSilentLog(),
  });
  return { progress, slept };
}

test.each([
  [true, 20 * SECOND],
  [false, 2 * SECOND],
])('unanswered: %s', async (unanswered, waits) => {
  const clock = { at: NOON };
  const trouble = new ReplyTrouble('Discord did not take the message', { unanswered });
  const [one, other] = [createProcess(clock, trouble), createProcess(clock, trouble)];
  one.progress.show(sampleJob({ state: { name: 'in_progress', requestId: 'request' } }));
  const shown = await one.progress.leave(id, () => Promise.resolve(true));
  if (shown === undefined) throw new TypeError('Nothing was left to the other process');
  other.progress.recall(id, shown);
  await other.progress.end(id);
  expect(other.slept).toEqual([waits]);
});

test('what was to be shown as another process took the job over goes out no more, should the job come back', async () => {
  const edits: string[] = [];
  const clock = { at: NOON };
  const { progress } = createProcess(clock, new ReplyTrouble('Discord did not take the message'), edits);
  progress.show(sampleJob({ state: { name: 'in_progress', requestId: 'request' } }));
  const lost = new LostClaimError(id);
  await expect(progress.leave(id, () => Promise.reject(lost))).rejects.toBe(lost);
  // The others have ended it meanwhile, and left nothing of it.
  expect(await progress.leave(id, () => Promise.resolve(true))).toBeUndefined();
  expect(edits).toEqual([]);
});
