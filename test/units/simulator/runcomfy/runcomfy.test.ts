import { expect, test } from 'vitest';
import type { Fault } from '../../../../simulator/plan.ts';
import { createRunComfyWorld, MODELS, pictureOf } from '../../../../simulator/world/runcomfy/runcomfy.ts';
import { after, createGround, MARKER } from './ground.ts';

const submit = {
  name: 'submit' as const,
  method: 'POST' as const,
  path: '/models/bytedance/seedream-4-0/sequential',
  body: JSON.stringify({ text: `Generate 4 images: ${MARKER}`, sequential_image_generation_options: 4, seed: 7 }),
};
const look = (name: 'status' | 'result') => ({ name, method: 'GET' as const, path: `/requests/${MARKER}-1/${name}` });

test('a submit comes to pictures, whose bytes say which they are', async () => {
  const { ground, process, time } = createGround();
  const world = createRunComfyWorld(ground);
  const { runComfyHttp, downloads } = world.connect(process);

  const taken = await after(time, 2000, runComfyHttp.submit(submit));
  expect(taken).toEqual({ value: { httpStatus: 200, retryAfter: undefined, body: { request_id: `${MARKER}-1` } } });
  expect(world.requests).toMatchObject([
    {
      marker: MARKER,
      by: 'bot 1',
      asked: 4,
      state: 'in_queue',
      answeredAt: expect.any(Number) as number,
      pictures: [],
      endedAt: undefined,
    },
  ]);
  const early = await after(time, 1000, runComfyHttp.send(look('status')));
  expect(early).toMatchObject({
    value: { body: { status: 'in_queue', queue_position: expect.any(Number) as number } },
  });

  await time.runUntil(time.now() + 15 * 60_000);
  const done = await after(time, 2000, runComfyHttp.send(look('status')));
  expect(done).toMatchObject({ value: { body: { status: 'completed' } } });
  const result = await after(time, 2000, runComfyHttp.send(look('result')));
  const [request] = world.requests;
  expect(request).toMatchObject({ state: 'succeeded' });
  expect(request?.pictures).toHaveLength(4);
  expect(result).toMatchObject({ value: { body: { status: 'succeeded', output: { images: request?.pictures } } } });

  const [address = ''] = request?.pictures ?? [];
  expect(downloads.allows(address)).toBe(true);
  const picture = await after(time, 60_000, downloads.download(address));
  expect(pictureOf(address)).toBe(`${MARKER}-1/1`);
  expect(picture).toMatchObject({ value: { chunks: [Buffer.from(`pic:${MARKER}-1/1`)], format: 'png' } });
});

test('a model that is gone has no page, and comes back', async () => {
  const gone: Fault = {
    ...{ id: 'f', kind: 'trouble', with: 'runcomfy', trouble: 'model_gone' },
    ...{ from: 0, until: 60_000, probability: 1 },
  };
  const { ground, process, time } = createGround([gone]);
  const { runComfyHttp } = createRunComfyWorld(ground).connect(process);
  const page = () => after(time, 2000, runComfyHttp.send({ name: 'model', method: 'GET', path: submit.path }));
  expect(await page()).toMatchObject({ value: { httpStatus: 404, body: { error_code: 404001 } } });
  await time.runUntil(time.now() + 60_000);
  expect(await page()).toMatchObject({ value: { httpStatus: 200, body: { price_unit: 'image' } } });
});

test('a model makes single pictures or a few a request, each taken by its own rules', async () => {
  const { ground, process, time } = createGround();
  const world = createRunComfyWorld(ground);
  const { runComfyHttp } = world.connect(process);
  const send = (model: string, body: object) =>
    after(time, 2000, runComfyHttp.submit({ ...submit, path: `/models/${model}`, body: JSON.stringify(body) }));
  for (const model of MODELS.singles)
    expect(await send(model, { prompt: MARKER })).toHaveProperty('value.httpStatus', 200);
  const [quartet = ''] = MODELS.singles.slice(-1);
  await send(quartet, { prompt: MARKER, num_images: 4 });
  expect(await send(quartet, { prompt: MARKER, num_images: 5 })).toHaveProperty('value.httpStatus', 422);
  expect(world.requests.map(({ asked }) => asked)).toEqual([1, 1, 1, 4]);
});

test('the moment stands at which a process first heard that pictures are made', async () => {
  const { ground, process, time } = createGround();
  const world = createRunComfyWorld(ground);
  const { runComfyHttp } = world.connect(process);
  await after(time, 2000, runComfyHttp.submit(submit));
  await time.runUntil(time.now() + 15 * 60_000);
  await after(time, 2000, runComfyHttp.send(look('status')));
  expect(world.requests[0]?.heardAt).toBeUndefined();
  const asked = time.now();
  await after(time, 2000, runComfyHttp.send(look('result')));
  expect(world.requests[0]?.heardAt).toBeGreaterThan(asked);
  expect(world.requests[0]?.heardAt).toBeLessThan(asked + 2000);
});
