/** How long a job's step waits after trouble, and until no edit of a process that has ended can arrive any more. */
import { expect, test } from 'vitest';
import { createLateEdits } from '../../../../src/services/lifecycle/step/late-edits.ts';
import { createRetries } from '../../../../src/services/lifecycle/step/retries.ts';

const SECOND = 1000;

test('a job is tried again after 1 s, then twice as long each time, a minute at most; each job by itself', () => {
  const retries = createRetries();
  const waits = Array.from({ length: 8 }, () => retries.delay('one') / SECOND);
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(retries.delay('other')).toBe(SECOND);
  retries.forget('one');
  expect(retries.delay('one')).toBe(SECOND);
  expect(retries.delay('other')).toBe(2 * SECOND);
});

test('what is shown of a job that another process has left is in doubt, for 30 s and for those jobs alone', () => {
  let now = 5 * SECOND;
  const edits = createLateEdits({ clock: { monotonic: () => now } });
  edits.expect(['left', 'left too']);
  expect([edits.untilOver('left'), edits.untilOver('own')]).toEqual([30 * SECOND, 0]);
  expect(edits.isDoubtful('left'), 'nothing has been shown').toBe(false);
  now += 29_999;
  edits.showing('left');
  edits.showing('own');
  expect(['left', 'left too', 'own'].map((jobId) => edits.isDoubtful(jobId))).toEqual([true, false, false]);
  now += 1;
  expect(edits.untilOver('left too')).toBe(0);
  edits.showing('left too');
  expect(edits.isDoubtful('left too'), 'nothing can arrive any more').toBe(false);
  expect(edits.isDoubtful('left'), 'until it is made sure of').toBe(true);
  edits.forget('left');
  expect(edits.isDoubtful('left')).toBe(false);
});
