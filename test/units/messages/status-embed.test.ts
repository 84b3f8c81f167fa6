/** What a reply without a gallery is headed with. */
import { expect, test } from 'vitest';
import { replyMessage } from '../../../src/services/messages/status-embed.ts';
import { sampleJob, type SampleState } from '../../support/sample-job.ts';

const FACTS = {
  lost: false,
  position: undefined,
  waiting: false,
  silent: false,
  expectedAt: undefined,
  fraction: undefined,
  costUsd: 0.12,
  model: { name: undefined, seed: true, quality: true },
};

const titleOf = (state: SampleState) => replyMessage(sampleJob({ state }), FACTS).embeds[0]?.title;

test('a job whose pictures could not be brought is not headed as if they were being fetched', () => {
  const made = { name: 'completed' as const, requestId: 'request', images: ['a'], videos: [], posted: [] };
  expect(titleOf({ ...made, givenUp: true })).toBe('📦 Made, but not delivered');
  expect(titleOf({ ...made, givenUp: false })).toBe('✅ Finished · fetching the pictures');
});
