/** To which model a job goes, by what its record says. */
import { expect, test } from 'vitest';
import { createOneJob } from './one-job.ts';

const DEFAULT_BODY = {
  text: 'Generate 4 images: a quiet harbour',
  sequential_image_generation_options: 4,
  image_size: '2304:1728 (4:3)',
  seed: 7,
  optimize_prompt_options: 'fast',
  sequential_image_generation: 'auto',
};

test('a record that names no model, as older versions wrote them, is of the default model', async () => {
  const one = createOneJob();
  await one.clock.advance(1000);
  expect(one.submitted).toEqual([{ path: '/models/bytedance/seedream-4-0/sequential', body: DEFAULT_BODY }]);
});

test("a job of another model is sent by that model's fields", async () => {
  const one = createOneJob({ model: 'bytedance/seedream-5.0-pro/text-to-image', size: '4:3' });
  await one.clock.advance(1000);
  const body = { prompt: DEFAULT_BODY.text, aspect_ratio: '4:3', resolution: '1K' };
  expect(one.submitted).toEqual([{ path: '/models/bytedance/seedream-5.0-pro/text-to-image', body }]);
});

test('a job of a model that nothing is known of waits, is not sent, and costs nothing', async () => {
  const one = createOneJob({ model: 'somebody/else' });
  await one.clock.advance(30 * 60_000);
  expect(one.submitted).toEqual([]);
  expect(one.job.state).toEqual({ name: 'reserved' });
  await one.clock.advance(31 * 60_000);
  expect(one.submitted).toEqual([]);
  expect(one.job.state).toEqual({ name: 'failed', failure: 'not_taken' });
});
