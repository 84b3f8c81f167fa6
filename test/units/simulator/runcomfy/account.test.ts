import { expect, test } from 'vitest';
import { createRunComfyWorld } from '../../../../simulator/world/runcomfy/runcomfy.ts';
import { after, createGround, MARKER } from './ground.ts';

const submit = {
  name: 'submit' as const,
  method: 'POST' as const,
  path: '/models/bytedance/seedream-4-0/sequential',
  body: JSON.stringify({ text: `Generate 4 images: ${MARKER}`, sequential_image_generation_options: 4, seed: 7 }),
};

test('what succeeded is billed, told to whoever asks for it, and gone from the balance', async () => {
  const { ground, process, time } = createGround([], 3);
  const world = createRunComfyWorld(ground);
  const { runComfyHttp } = world.connect(process);
  const send = (path: string, name: 'result' | 'balance') =>
    after(time, 2000, runComfyHttp.send({ name, method: 'GET', path }));
  const left = () => world.balances().at(-1)?.balance ?? 0;
  const before = left();
  expect(await send('/balance', 'balance')).toMatchObject({ value: { body: { balance_microdollars: before } } });

  await after(time, 2000, runComfyHttp.submit(submit));
  expect(left()).toBe(before);
  await time.runUntil(time.now() + 15 * 60_000);
  const [request] = world.requests;
  expect(request).toMatchObject({ state: 'succeeded', price: 0.03, tellsCost: true });
  expect(await send(`/requests/${MARKER}-1/result?include_cost=true`, 'result')).toHaveProperty(
    'value.body.cost',
    0.12,
  );
  expect(await send(`/requests/${MARKER}-1/result`, 'result')).not.toHaveProperty('value.body.cost');
  const steps = world.balances();
  const billed = steps.findIndex(({ at }) => at === request?.endedAt);
  expect(steps[billed]?.balance).toBe((steps[billed - 1]?.balance ?? 0) - 120_000);
});
