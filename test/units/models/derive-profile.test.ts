/** Models that nobody wrote a profile for: what their schemas alone say. */
import { describe, expect, test } from 'vitest';
import { buildBody, type PictureRequest } from '../../../src/services/models/body.ts';
import { deriveProfile } from '../../../src/services/models/derive-profile.ts';
import { normaliseSchema } from '../../../src/services/models/schema.ts';
import { seedreamSchema, type Published } from './published.ts';

const ASKED: PictureRequest = {
  text: 'a lighthouse',
  count: 3,
  size: '2560:1440 (16:9)',
  seed: 7,
  quality: 'standard',
  references: ['https://cdn.discordapp.com/1.png', 'https://cdn.discordapp.com/2.png'],
};

function derive({ properties, required = [] }: Published) {
  const schema = normaliseSchema({ type: 'object', required, properties });
  if (schema === undefined) throw new Error('The schema says nothing');
  return deriveProfile({ id: 'somebody/else' }, schema);
}

const PROMPT = { type: 'string', default: '' };

describe('What a model is sent by its schema alone', () => {
  test.each<[string, Published, unknown]>([
    [
      'one picture, by its aspect ratio',
      {
        required: ['prompt'],
        properties: {
          prompt: PROMPT,
          aspect_ratio: { type: 'string', enum: ['auto', '1:1', '16:9'], default: 'auto' },
        },
      },
      { prompt: 'a lighthouse', aspect_ratio: '16:9' },
    ],
    [
      'sizes in words, several pictures, and a setting of its own that is a float',
      {
        properties: {
          prompt: PROMPT,
          num_images: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
          image_size: { type: 'string', enum: ['square_hd', 'landscape_4_3', 'landscape_16_9'], default: 'square_hd' },
          guidance_scale: { type: 'float', default: 3.5 },
          seed: { type: 'integer', default: null },
        },
      },
      { prompt: 'a lighthouse', num_images: 3, image_size: 'landscape_16_9', seed: 7 },
    ],
    [
      'a class of size beside the aspect ratio, both required',
      {
        required: ['prompt', 'resolution', 'aspect_ratio'],
        properties: {
          prompt: PROMPT,
          resolution: { type: 'string', enum: ['1K', '2K', '4K'], default: '1K' },
          aspect_ratio: { type: 'string', enum: ['1:1', '16:9'], default: '1:1' },
        },
      },
      { prompt: 'a lighthouse', aspect_ratio: '16:9', resolution: '1K' },
    ],
    [
      'an address of one picture',
      { required: ['prompt', 'image'], properties: { prompt: PROMPT, image: { type: 'string', format: 'image_uri' } } },
      { prompt: 'a lighthouse', image: 'https://cdn.discordapp.com/1.png' },
    ],
    [
      'a list of pictures, `text`, and a maximum of pictures',
      {
        required: ['text'],
        properties: { text: PROMPT, image_urls: { type: 'array', maxItems: 4 }, max_images: { type: 'integer' } },
      },
      { text: 'a lighthouse', image_urls: ASKED.references, max_images: 3 },
    ],
    [
      'a field that is too short for an address of Discord’s',
      { properties: { prompt: PROMPT, image: { type: ['string', 'null'], maxLength: 120 } } },
      { prompt: 'a lighthouse' },
    ],
    [
      'the default model, had it no profile',
      seedreamSchema(),
      {
        text: 'a lighthouse',
        sequential_image_generation_options: 3,
        image_size: '2560:1440 (16:9)',
        seed: 7,
        optimize_prompt_options: 'standard',
      },
    ],
  ])('%s', (_name, published, body) => {
    const { profile, problems } = derive(published);
    expect(problems).toEqual([]);
    expect(buildBody(profile, ASKED)).toEqual(body);
  });
});

test('sizes in pixels are known by the ratio that they are nearest to', () => {
  const values = ['1344x768', '1024x1024', '832*1248', '1536 x 640', '2K', '1000x700'];
  const { profile } = derive({ properties: { prompt: PROMPT, size: { type: 'string', enum: values } } });
  const ratios = profile.size?.choices.map(({ ratio }) => ratio);
  expect(ratios).toEqual(['16:9', '1:1', '2:3', '21:9', undefined, '10:7']);
});

describe('A model that the bot cannot ask is refused with the name of the field', () => {
  test.each<[string, Published, string]>([
    ['no prompt', { properties: { image: { type: 'string' } } }, 'prompt'],
    [
      'a film',
      { required: ['prompt', 'video_url'], properties: { prompt: PROMPT, video_url: { type: 'string' } } },
      'video_url',
    ],
    [
      'a list that nobody fills',
      { required: ['prompt', 'loras'], properties: { prompt: PROMPT, loras: { type: 'array', default: [] } } },
      'loras',
    ],
  ])('%s', (_name, published, field) => {
    expect(derive(published).problems.map((problem) => problem.field)).toEqual([field]);
  });
});
