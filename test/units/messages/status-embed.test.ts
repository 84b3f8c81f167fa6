/** What a reply without a gallery is headed with. */
import { expect, test } from 'vitest';
import { replyMessage } from '../../../src/services/messages/status-embed.ts';
import { sampleJob, type SampleState } from '../../support/sample-job.ts';

const FACTS = {
  lost: false,
  position: undefined,
  waiting: false,
  silent: false,
  expected: undefined,
  fraction: undefined,
  costUsd: 0.12,
  model: { name: undefined, seed: true, quality: true, editing: false },
};

const embedOf = (state: SampleState) => replyMessage(sampleJob({ state }), FACTS).embeds[0];

test('while a job runs it is one line, and a private reply says in time that its pictures come by direct message', () => {
  const job = sampleJob({ private: true, state: { name: 'in_queue', requestId: 'request' } });
  const [queued] = replyMessage(job, { ...FACTS, position: 1, expected: { at: 1000 } }).embeds;
  expect(queued?.fields).toBeUndefined();
  expect(queued?.description).toBe(
    'a quiet harbour\n\n⏳ In the queue · 1 job ahead of you · 4 pictures · ready <t:1:R>',
  );
  const [late] = replyMessage(job, { ...FACTS, position: 0, expected: 'late' }).embeds;
  expect(late?.description).toMatch(/ · next · 4 pictures · longer than usual$/);
  // What is said last stays, so nothing of it may pass.
  const [last] = replyMessage(job, { ...FACTS, position: 1, expected: { at: 1000 }, leaving: true }).embeds;
  expect(last?.description).toMatch(/⏳ In the queue · 4 pictures\n\nThis takes long.*direct message\.$/);
});

test('who cancelled it, and what was withdrawn at its deadline, is said', () => {
  const shown = (state: SampleState, cancelledBy?: string) =>
    replyMessage(sampleJob({ state }), { ...FACTS, cancelledBy }).embeds[0];
  expect(shown({ name: 'cancelled' }, '1')?.description).toContain('**Cancelled by <@1>. Nothing was charged');
  const withdrawn = shown({ name: 'cancelled', withdrawn: true });
  expect(withdrawn?.title).toBe('🚫 Withdrawn');
  expect(withdrawn?.description).toContain('Still in the queue after 60 minutes, so I withdrew it.');
});

test('a job whose pictures could not be brought is not headed as if they were being fetched', () => {
  const made = { name: 'completed' as const, requestId: 'request', images: ['a'], videos: [], posted: [] };
  expect(embedOf({ ...made, givenUp: true })?.title).toBe('📦 Made, but not delivered');
  expect(embedOf({ ...made, givenUp: false })?.description).toContain('✅ Finished · fetching the pictures');
});
