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

test('a job whose pictures could not be brought is not headed as if they were being fetched', () => {
  const made = { name: 'completed' as const, requestId: 'request', images: ['a'], videos: [], posted: [] };
  expect(embedOf({ ...made, givenUp: true })?.title).toBe('📦 Made, but not delivered');
  expect(embedOf({ ...made, givenUp: false })?.description).toContain('✅ Finished · fetching the pictures');
});
