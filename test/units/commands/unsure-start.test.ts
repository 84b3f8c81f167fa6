/** That nobody knows yet whether a request was taken is said once, and harms nothing that the reply has become meanwhile. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import { createResponses } from '../../../src/commands/interactions/responses.ts';
import { createTellUnsureStart } from '../../../src/commands/start-job/unsure-start.ts';
import type { StartFate } from '../../../src/services/lifecycle/lifecycle.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const interaction = { id: '9', applicationId: '1', token: 'a-token' } as unknown as ChatInputCommandInteraction;

/** Tells of a start whose fate a test sets, to a Discord that takes edits or does not; gives every call. */
function createUnsure(takesEdits: boolean) {
  const calls: unknown[] = [];
  const take = (method: string) => (route: string, options: { body?: object }) => {
    calls.push([method, options.body ?? {}]);
    if (method === 'patch' && !takesEdits) return Promise.reject(new Error('read ECONNRESET'));
    return Promise.resolve({ route });
  };
  const rest = { get: take('get'), post: take('post'), patch: take('patch'), delete: take('delete') };
  const responses = createResponses({ acknowledgements: rest, rest, clock: createVirtualClock() });
  const tell = createTellUnsureStart({ responses, log: createSilentLog() });
  const { promise: fate, resolve } = Promise.withResolvers<StartFate>();
  return { calls, resolve, told: tell(interaction, sampleJob(), { fate, takenBack: 'Taken back.' }) };
}

test('the line alone is changed: embeds and pictures that the reply has by then stay', async () => {
  const { calls, told } = createUnsure(true);
  await told;
  expect(calls).toEqual([
    ['patch', { content: expect.stringContaining('does not know yet') as string, allowed_mentions: { parse: [] } }],
  ]);
});

test('where Discord does not take it, it is not sent again; that the start was taken back is said all the same', async () => {
  const { calls, resolve, told } = createUnsure(false);
  await told;
  expect(calls).toHaveLength(1);
  resolve('taken_back');
  await expect.poll(() => calls.map((call) => (call as [string])[0])).toEqual(['patch', 'delete', 'post']);
});
