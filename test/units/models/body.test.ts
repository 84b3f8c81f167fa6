/** What is sent to each model for what a job asks for. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildBody, seedOfRequest, type PictureRequest } from '../../../src/services/models/body.ts';
import { PROFILES, writtenProfile } from '../../../src/services/models/profiles/profiles.ts';
import { SEEDREAM_4_0 } from '../../../src/services/models/profiles/seedream-4.0.ts';

const ASKED: PictureRequest = {
  text: 'Generate 3 images: a lighthouse',
  count: 3,
  size: '2560:1440 (16:9)',
  seed: 7,
  quality: 'fast',
};
const REFERENCES = ['https://cdn.discordapp.com/1.png', 'https://cdn.discordapp.com/2.png'];

function bodyOf(id: string, asked: Partial<PictureRequest> = {}): unknown {
  const profile = writtenProfile(id);
  if (profile === undefined) throw new Error(`No profile of ${id}`);
  return buildBody(profile, { ...ASKED, ...asked });
}

test('the default model is sent what it always was, to the byte', () => {
  expect(JSON.stringify(buildBody(SEEDREAM_4_0, ASKED))).toBe(
    '{"text":"Generate 3 images: a lighthouse","sequential_image_generation_options":3,"image_size":"2560:1440 (16:9)",' +
      '"seed":7,"optimize_prompt_options":"fast","sequential_image_generation":"auto"}',
  );
});

describe('Each model is sent its own fields, and nothing that was never seen of it', () => {
  const { text } = ASKED;
  const sent: [string, unknown][] = [
    ['bytedance/seedream-4-0/edit-sequential', { text, sequential_image_generation_options: 3, images: REFERENCES }],
    ['bytedance/seedream-4-5/sequential', { prompt: text, sequential_image_generation_options: 3 }],
    [
      'bytedance/seedream-4-5/edit-sequential',
      { prompt: text, sequential_image_generation_options: 3, images: REFERENCES },
    ],
    ['bytedance/seedream-5/lite/text-to-image', { prompt: text }],
    ['bytedance/seedream-5/lite/edit', { prompt: text, image: REFERENCES }],
    ['bytedance/seedream-5.0-pro/text-to-image', { prompt: text, aspect_ratio: '16:9', resolution: '1K' }],
    ['bytedance/seedream-5.0-pro/image-to-image', { prompt: text, aspect_ratio: '16:9', image: REFERENCES }],
  ];

  test.each(sent)('%s', (id, body) => {
    expect(bodyOf(id, { references: REFERENCES })).toEqual(body);
  });

  test('every profile is among them', () => {
    expect(PROFILES.map(({ id }) => id)).toEqual([SEEDREAM_4_0.id, ...sent.map(([id]) => id)]);
  });
});

test("another model's size is taken by its aspect ratio", () => {
  for (const { value, ratio } of SEEDREAM_4_0.size.choices) {
    expect(bodyOf('bytedance/seedream-5.0-pro/text-to-image', { size: value })).toMatchObject({ aspect_ratio: ratio });
    expect(bodyOf(SEEDREAM_4_0.id, { size: ratio })).toMatchObject({ image_size: value });
  }
});

test('a model that makes one picture at a time is told no number', () => {
  expect(bodyOf('bytedance/seedream-5.0-pro/text-to-image', { count: 15 })).not.toHaveProperty(
    'sequential_image_generation_options',
  );
});

test('pictures that are made one by one have seeds in a row, and after the largest comes 0', () => {
  const { seed } = SEEDREAM_4_0;
  const seedsFrom = (first: number) => [1, 2, 3].map((number) => seedOfRequest(first, number, seed));
  expect(seedsFrom(7)).toEqual([7, 8, 9]);
  expect(seedsFrom(seed.max - 1)).toEqual([seed.max - 1, seed.max, 0]);
  fc.assert(
    fc.property(fc.integer({ min: 15, max: seed.max }), fc.nat(), (max, drawn) => {
      const first = drawn % (max + 1);
      const seeds = Array.from({ length: 15 }, (_, index) => seedOfRequest(first, index + 1, { max }));
      expect(seeds[0]).toBe(first);
      expect(new Set(seeds).size).toBe(15);
      for (const each of seeds) expect(each >= 0 && each <= max).toBe(true);
    }),
  );
});

test('every profile names one for editing that takes references', () => {
  for (const { editing } of PROFILES) {
    expect(editing).toBeDefined();
    expect(writtenProfile(editing ?? '')?.references).toBeDefined();
  }
});

test("every profile's default choices are among its choices", () => {
  for (const { size, quality } of PROFILES) {
    if (size !== undefined) expect(size.choices.map(({ value }) => value)).toContain(size.default);
    if (quality !== undefined) expect(quality.choices).toContain(quality.default);
  }
});
