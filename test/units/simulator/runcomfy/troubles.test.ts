/** Whatever befalls a submit, what is true of it stays true: whether it was taken, and whether anybody heard of it. */
import { expect, test } from 'vitest';
import type { Fault } from '../../../../simulator/plan.ts';
import { createRunComfyWorld } from '../../../../simulator/world/runcomfy/runcomfy.ts';
import { NoAnswerError } from '../../../../src/services/runcomfy/runcomfy.ts';
import { after, createGround, MARKER } from './ground.ts';

const MINUTE = 60_000;
const id = `${MARKER}-1`;
const submit = {
  name: 'submit' as const,
  method: 'POST' as const,
  path: '/models/bytedance/seedream-4-0/sequential',
  body: JSON.stringify({ text: `Generate 4 images: ${MARKER}`, sequential_image_generation_options: 4, seed: 7 }),
};
const status = { name: 'status' as const, method: 'GET' as const, path: `/requests/${id}/status` };
const result = { name: 'result' as const, method: 'GET' as const, path: `/requests/${id}/result` };
const cancel = { name: 'cancel' as const, method: 'POST' as const, path: `/requests/${id}/cancel` };

function trouble(name: string): Fault {
  return { id: 'f', kind: 'trouble', with: 'runcomfy', trouble: name, from: 0, until: MINUTE, probability: 1 };
}

function fated(fate: string) {
  const { ground, process, time } = createGround([{ id: 'f', kind: 'request', marker: MARKER, number: 1, fate }]);
  const world = createRunComfyWorld(ground);
  const { runComfyHttp, downloads } = world.connect(process);
  return { world, time, runComfyHttp, downloads };
}

test.each([
  ['refused', 0, { error: { connected: false } }],
  ['reset_before', 0, { error: { connected: true } }],
  ['reset_after', 1, { error: { connected: true } }],
  ['hangs_before', 0, { error: { message: 'timed out', connected: true } }],
  ['hangs_after', 1, { error: { message: 'timed out' } }],
  ['too_slow', 1, { error: { message: 'timed out' } }],
  ['slow', 1, { value: { body: { request_id: id } } }],
  ['rate_limited', 0, { value: { httpStatus: 429, retryAfter: undefined } }],
  ['rate_limited_for', 0, { value: { httpStatus: 429, retryAfter: '17' } }],
  ['unauthorized_in_200', 0, { value: { httpStatus: 200, body: { error_code: 400004 } } }],
  ['no_balance', 0, { value: { httpStatus: 402, body: { error_code: 400002 } } }],
  ['model_gone', 0, { value: { httpStatus: 404, body: { error_code: 404001 } } }],
  ['http_500', 0, { value: { httpStatus: 500 } }],
  ['http_500_taken', 1, { value: { httpStatus: 500 } }],
  ['error_in_200_taken', 1, { value: { httpStatus: 200, body: { error_code: 500001 } } }],
  ['empty', 1, { value: { httpStatus: 200, body: undefined } }],
  ['no_request_id', 1, { value: { httpStatus: 200, body: { status: 'in_queue' } } }],
])('a submit that meets %s is taken %i times', async (name, taken, answer) => {
  const { ground, process, time } = createGround([trouble(name)]);
  const world = createRunComfyWorld(ground);
  const outcome = await after(time, 2 * MINUTE, world.connect(process).runComfyHttp.submit(submit));
  expect(outcome).toMatchObject(answer);
  expect(world.requests).toHaveLength(taken);
  for (const request of world.requests) expect(request.answeredAt !== undefined).toBe(name === 'slow');
});

test('an open call ends with the connections', async () => {
  const { ground, process, time } = createGround([trouble('hangs_after')]);
  const { runComfyHttp } = createRunComfyWorld(ground).connect(process);
  const call = runComfyHttp.submit(submit);
  time.after(1000, () => void runComfyHttp.close());
  expect(await after(time, 2000, call)).toEqual({ error: new NoAnswerError('closed', true) });
});

test('a body that the model does not take is refused, and nobody pays', async () => {
  const { ground, process, time, diary } = createGround();
  const world = createRunComfyWorld(ground);
  const body = JSON.stringify({ text: 'Generate 4 images: a fox', sequential_image_generation_options: 5 });
  const outcome = await after(time, 2000, world.connect(process).runComfyHttp.submit({ ...submit, body }));
  expect(outcome).toMatchObject({ value: { httpStatus: 422 } });
  expect(world.requests).toEqual([]);
  expect(diary.lines()).toContainEqual(expect.objectContaining({ who: 'RunComfy' }));
});

test('a request is cancelled while it waits, and not once it is worked on', async () => {
  const { ground, process, time } = createGround();
  const world = createRunComfyWorld(ground);
  const { runComfyHttp } = world.connect(process);
  for (let number = 1; number <= 8; number += 1) await after(time, 2000, runComfyHttp.submit(submit));
  const last = world.requests.findLast(({ state }) => state === 'in_queue');
  const call = { ...cancel, path: `/requests/${last?.id ?? ''}/cancel` };
  expect(await after(time, 2000, runComfyHttp.send(call))).toMatchObject({
    value: { httpStatus: 202, body: { outcome: 'cancelled' } },
  });
  expect(last).toMatchObject({ state: 'cancelled' });
  await time.runUntil(time.now() + 5 * MINUTE);
  expect(last).toMatchObject({ state: 'cancelled' });
  expect(await after(time, 2000, runComfyHttp.send(cancel))).toMatchObject({
    value: { body: { outcome: 'not_cancellable' } },
  });
});

test('a refused request is finished by its status and failed by its result, with the reason', async () => {
  const { world, time, runComfyHttp } = fated('moderated');
  await after(time, 12 * MINUTE, runComfyHttp.submit(submit));
  expect(world.requests).toMatchObject([{ state: 'failed', pictures: [] }]);
  expect(await after(time, 2000, runComfyHttp.send(status))).toMatchObject({
    value: { body: { status: 'completed' } },
  });
  expect(await after(time, 2000, runComfyHttp.send(result))).toMatchObject({
    value: { body: { status: 'failed', error: expect.stringContaining('moderation') as string } },
  });
});

test.each([
  ['fewer', { state: 'succeeded', asked: 4 }],
  ['none_made', { state: 'succeeded', pictures: [] }],
  ['failed', { state: 'failed' }],
  ['stuck', { state: 'in_progress', endedAt: undefined }],
  ['forgotten', { state: 'succeeded', forgottenAt: expect.any(Number) as number }],
])('a request that is fated to be %s', async (fate, truth) => {
  const { world, time, runComfyHttp } = fated(fate);
  await after(time, 12 * MINUTE, runComfyHttp.submit(submit));
  expect(world.requests).toMatchObject([truth]);
  if (fate === 'fewer') expect(world.requests[0]?.pictures.length).toBeLessThan(4);
  const known = fate === 'forgotten' ? { body: { error_code: 404001 } } : { body: { request_id: id } };
  expect(await after(time, 2000, runComfyHttp.send(status))).toMatchObject({ value: known });
});

test('a request that is known late is unknown at first', async () => {
  const { time, runComfyHttp } = fated('known_late');
  await after(time, 2000, runComfyHttp.submit(submit));
  expect(await after(time, 1000, runComfyHttp.send(status))).toMatchObject({ value: { body: { error_code: 404001 } } });
  await time.runUntil(time.now() + 30_000);
  expect(await after(time, 2000, runComfyHttp.send(status))).toMatchObject({ value: { body: { request_id: id } } });
});

test('addresses that live shortly are refused after two minutes', async () => {
  const { world, time, runComfyHttp, downloads } = fated('short_lived');
  await after(time, 15 * MINUTE, runComfyHttp.submit(submit));
  const [address = ''] = world.requests[0]?.pictures ?? [];
  expect(address).not.toBe('');
  expect(await after(time, MINUTE, downloads.download(address))).toMatchObject({ error: { kind: 'gone' } });
});

test.each([
  ['not_found', { error: { kind: 'gone' } }],
  ['http_500', { error: { kind: 'unavailable' } }],
  ['hangs', { error: { kind: 'unavailable' } }],
  ['page', { error: { kind: 'not_a_picture', isForeign: true } }],
  ['damaged', { error: { kind: 'not_a_picture', isForeign: false } }],
  ['slow', { value: { format: 'png' } }],
])('a download that meets %s', async (name, outcome) => {
  const { ground, process, time } = createGround([
    { id: 'f', kind: 'trouble', with: 'assets', trouble: name, from: 0, until: 60 * MINUTE, probability: 1 },
  ]);
  const world = createRunComfyWorld(ground);
  const { runComfyHttp, downloads } = world.connect(process);
  await after(time, 12 * MINUTE, runComfyHttp.submit(submit));
  const [address = ''] = world.requests[0]?.pictures ?? [];
  expect(await after(time, 2 * MINUTE, downloads.download(address))).toMatchObject(outcome);
});

test('a download that is given up rejects with the reason', async () => {
  const { ground, process, time } = createGround();
  const { downloads } = createRunComfyWorld(ground).connect(process);
  const giveUp = new AbortController();
  const download = downloads.download('https://playgrounds-storage-public.runcomfy.net/x/1.png', {
    signal: giveUp.signal,
  });
  giveUp.abort(new Error('enough'));
  expect(await after(time, 0, download)).toEqual({ error: new Error('enough') });
});
