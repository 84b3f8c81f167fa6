/** How often, and for how long, a response to an interaction is tried. */
import { DiscordAPIError, type ButtonInteraction } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { createResponses } from '../../../src/commands/interactions/responses.ts';

const interaction = {
  ...{ id: '1', token: 'a-token', applicationId: '2' },
  message: { id: '3' },
  isCommand: () => false,
} as unknown as ButtonInteraction;

function refusal(code: number, status: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'refused' }, code, status, 'POST', 'https://discord.com', {});
}

/** Responses whose pauses take no time, and what they call. */
function setUp() {
  const pauses: number[] = [];
  const deadlines: (() => void)[] = [];
  const clock = {
    sleep: (ms: number) => (pauses.push(ms), Promise.resolve()),
    setTimeout(callback: () => void) {
      deadlines.push(callback);
      return { cancel: () => undefined };
    },
  };
  const acknowledge = vi.fn<(route: string, options?: { signal?: AbortSignal | undefined }) => Promise<unknown>>();
  const [get, post, patch, del] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  get.mockResolvedValue({ id: '3' });
  const responses = createResponses({
    acknowledgements: { post: acknowledge },
    rest: { get, post, patch, delete: del },
    clock,
  });
  return { responses, acknowledge, get, post, patch, del, pauses, deadlines };
}

test('the first response is sent again at once after a failure that may pass, and one that was taken unheard is not repeated', async () => {
  const { responses, acknowledge, pauses } = setUp();
  acknowledge.mockRejectedValueOnce(new Error('reset')).mockRejectedValueOnce(refusal(40060, 400));
  await responses.deferUpdate(interaction);
  expect(acknowledge).toHaveBeenCalledTimes(2);
  expect(pauses).toEqual([]);
});

test('a press that has been answered otherwise is left to whoever did', async () => {
  const { responses, acknowledge, get } = setUp();
  acknowledge.mockRejectedValueOnce(new Error('reset')).mockRejectedValueOnce(refusal(40060, 400));
  get.mockResolvedValue({ id: '4' });
  await expect(responses.deferUpdate(interaction)).rejects.toMatchObject({ code: 40060 });
});

test.each([
  ['is this interaction’s to be filled while it thinks', { id: '5', flags: 128 }, '5'],
  ['is left to whoever has filled it', { id: '5', flags: 0 }, undefined],
  ['is not waited for once it was taken back', undefined, undefined],
])('a deferral that was taken before %s', async (_, shown, replyId) => {
  const { responses, acknowledge, get } = setUp();
  acknowledge.mockRejectedValueOnce(new Error('reset')).mockRejectedValueOnce(refusal(40060, 400));
  if (shown === undefined) get.mockRejectedValue(refusal(10008, 404));
  else get.mockResolvedValue(shown);
  const deferred = responses.deferReply(interaction, { ephemeral: false });
  if (replyId === undefined) await expect(deferred).rejects.toMatchObject({ code: 40060 });
  else expect(await deferred).toBe(replyId);
});

test('a refusal of the first response is final', async () => {
  const { responses, acknowledge } = setUp();
  acknowledge.mockRejectedValue(refusal(10062, 404));
  await expect(responses.deferUpdate(interaction)).rejects.toThrow('refused');
  expect(acknowledge).toHaveBeenCalledOnce();
});

test('a 403 of what stands before Discord is no refusal', async () => {
  const { responses, post, acknowledge } = setUp();
  acknowledge.mockRejectedValueOnce(refusal(40333, 403));
  await responses.deferUpdate(interaction);
  expect(acknowledge).toHaveBeenCalledTimes(2);
  post.mockRejectedValueOnce(refusal(40333, 403));
  await responses.followUpPrivately(interaction, 'text');
  expect(post).toHaveBeenCalledTimes(2);
});

test('the first response is given up after the 3 seconds in which Discord takes it', async () => {
  const { responses, acknowledge, deadlines } = setUp();
  const signals: (AbortSignal | undefined)[] = [];
  acknowledge.mockImplementation((_, options) => {
    signals.push(options?.signal);
    return new Promise(() => undefined);
  });
  const deferred = responses.deferReply(interaction, { ephemeral: true });
  for (const passed of deadlines) passed();
  await expect(deferred).rejects.toThrow('3000 ms');
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});

test('a follow-up is sent four times at most, with longer pauses', async () => {
  const { responses, post, pauses } = setUp();
  post.mockRejectedValue(new Error('reset'));
  await expect(responses.followUpPrivately(interaction, 'text')).rejects.toThrow('reset');
  expect(post).toHaveBeenCalledTimes(4);
  expect(pauses).toEqual([250, 500, 750]);
});

test('a reply that is gone already counts as deleted', async () => {
  const { responses, del } = setUp();
  del.mockRejectedValue(refusal(10008, 404));
  await responses.deleteReply(interaction);
  expect(del).toHaveBeenCalledOnce();
});

test('what is withdrawn leaves no public trace, and a private deferral shows why', async () => {
  const { responses, post, patch, del } = setUp();
  await responses.withdrawReply(interaction, 'why', { ephemeral: false });
  expect([del.mock.calls.length, post.mock.calls.length, patch.mock.calls.length]).toEqual([1, 1, 0]);
  expect(post.mock.calls[0]?.[1]).toMatchObject({
    body: { content: 'why', flags: 64, allowed_mentions: { parse: [] } },
  });
  await responses.withdrawReply(interaction, 'why', { ephemeral: true });
  expect(patch.mock.calls[0]?.[1]).toMatchObject({ body: { content: 'why', allowed_mentions: { parse: [] } } });
});

test.each([
  ['a deferral, whose place the follow-up would take before everybody', { id: '4', flags: 128 }, 1],
  ['but no message that a button stands under', { id: '3', flags: 0 }, 0],
  ['nor what Discord does not show', undefined, 0],
])('what failed is told the person alone, and takes away %s', async (_, shown, deleted) => {
  const { responses, get, post, del } = setUp();
  if (shown === undefined) get.mockRejectedValue(refusal(10015, 404));
  else get.mockResolvedValue(shown);
  await responses.followUpAfterFailure(interaction, 'why');
  expect(del).toHaveBeenCalledTimes(deleted);
  expect(post.mock.calls[0]?.[1]).toMatchObject({ body: { content: 'why', flags: 64 } });
});
