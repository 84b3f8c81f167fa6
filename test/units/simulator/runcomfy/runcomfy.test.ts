import { expect, test } from 'vitest';
import type { Fault } from '../../../../simulator/plan.ts';
import { createRunComfyWorld, pictureOf } from '../../../../simulator/world/runcomfy/runcomfy.ts';
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
    { marker: MARKER, by: 'bot 1', asked: 4, state: 'in_queue', answered: true, pictures: [], endedAt: undefined },
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
