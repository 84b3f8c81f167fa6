/** What becomes of a profile when its model's live schema says something else. */
import { describe, expect, test } from 'vitest';
import { buildBody, exampleRequest, type PictureRequest } from '../../../src/services/models/body.ts';
import { createBodyCheck } from '../../../src/services/models/check-body.ts';
import { fitProfile } from '../../../src/services/models/fit-profile.ts';
import type { Profile } from '../../../src/services/models/profile.ts';
import { SEEDREAM_4_0 } from '../../../src/services/models/profiles/seedream-4.0.ts';
import { SEEDREAM_4_5_EDIT } from '../../../src/services/models/profiles/seedream-4.5-edit.ts';
import { SEEDREAM_4_5 } from '../../../src/services/models/profiles/seedream-4.5.ts';
import { SEEDREAM_5_0_PRO } from '../../../src/services/models/profiles/seedream-5.0-pro.ts';
import { normaliseSchema } from '../../../src/services/models/schema.ts';
import { rename, seedreamSchema, type Published } from './published.ts';

function schemaOf(published: unknown) {
  const schema = normaliseSchema(published);
  if (schema === undefined) throw new Error('The schema says nothing');
  return schema;
}

const fit = (profile: Profile, published: unknown) => fitProfile(profile, schemaOf(published));
const fitSeedream = (change?: (schema: Published) => void) => fit(SEEDREAM_4_0, seedreamSchema(change));

const ASKED: PictureRequest = {
  text: 'Generate 3 images: a lighthouse',
  count: 3,
  size: '2560:1440 (16:9)',
  seed: 7,
  quality: 'fast',
};

test('the page that the default model has today changes nothing of what it is sent', () => {
  const { profile, problems } = fitSeedream();
  expect(problems).toEqual([]);
  expect(profile).toEqual(SEEDREAM_4_0);
  expect(JSON.stringify(buildBody(profile, ASKED))).toBe(JSON.stringify(buildBody(SEEDREAM_4_0, ASKED)));
});

describe('A model that changes is asked as it is', () => {
  const set = (field: string, change: Record<string, unknown>) => (schema: Published) => {
    schema.properties[field] = { ...schema.properties[field], ...change };
  };

  test('a size that is gone is not offered, and a new one is', () => {
    const { profile, problems } = fitSeedream(
      set('image_size', { enum: ['2560:1440 (16:9)', '4096:4096 (1:1)', '2880:1152 (5:2)'] }),
    );
    expect(problems).toEqual([]);
    expect(profile.size).toEqual({
      field: 'image_size',
      choices: [
        { value: '2560:1440 (16:9)', ratio: '16:9' },
        { value: '4096:4096 (1:1)', ratio: '1:1' },
        { value: '2880:1152 (5:2)', ratio: '5:2' },
      ],
      default: '2560:1440 (16:9)',
    });
  });

  test.each([
    ['one of its ratio', ['2048:2048 (1:1)', '3840:2160 (16:9)'], '2048:2048 (1:1)', '3840:2160 (16:9)'],
    ["the model's own default", ['2304:1728 (4:3)', '2048:2048 (1:1)'], '2048:2048 (1:1)', '2048:2048 (1:1)'],
    ['the first that is left', ['2304:1728 (4:3)', '2048:2048 (1:1)'], '2560:1440 (16:9)', '2304:1728 (4:3)'],
  ])('the default size is gone: %s takes its place', (_name, choices, own, expected) => {
    const { profile, problems } = fitSeedream(set('image_size', { enum: choices, default: own }));
    expect(problems).toEqual([]);
    expect(profile.size?.default).toBe(expected);
  });

  test('the length of the text and the most pictures are those of the schema', () => {
    const { profile } = fitSeedream((schema) => {
      set('text', { maxLength: 400 })(schema);
      set('sequential_image_generation_options', { enum: [1, 2, 3, 4, 6] })(schema);
    });
    expect(profile.text.maxCharacters).toBe(400);
    expect(profile.number?.max).toBe(4);
  });

  test('a number by its bounds', () => {
    const number = { type: 'integer', minimum: 1, maximum: 6 };
    const { profile } = fitSeedream(({ properties }) => (properties['sequential_image_generation_options'] = number));
    expect(profile.number?.max).toBe(6);
  });

  test.each(['seed', 'optimize_prompt_options', 'sequential_image_generation'])(
    '%s is gone: it is not sent',
    (field) => {
      const { profile, problems } = fitSeedream((schema) => {
        rename(schema, field, 'something_else');
      });
      expect(problems).toEqual([]);
      expect(buildBody(profile, ASKED)).not.toHaveProperty(field);
    },
  );

  test('a quality that is gone is not offered', () => {
    const { profile } = fitSeedream(set('optimize_prompt_options', { enum: ['standard'], default: 'standard' }));
    expect(profile.quality).toMatchObject({ choices: ['standard'], default: 'standard' });
    expect(buildBody(profile, ASKED)).toMatchObject({ optimize_prompt_options: 'standard' });
  });

  test.each([
    ['a default', { type: 'string', default: 'png' }, 'png'],
    ['one choice alone', { type: 'string', enum: ['jpeg'] }, 'jpeg'],
  ])('a new field that is required is filled where it has %s', (_name, field, value) => {
    const { profile, problems } = fitSeedream(({ properties, required }) => {
      properties['output_format'] = field;
      required?.push('output_format');
    });
    expect(problems).toEqual([]);
    expect(buildBody(profile, ASKED)).toMatchObject({ output_format: value });
  });

  test('what requires a field that is not there asks for nothing', () => {
    expect(fitSeedream(({ required }) => required?.push('image_urls')).problems).toEqual([]);
  });
});

describe('A model that can no longer be asked is named with its field', () => {
  test.each(['sequential_image_generation_options', 'image_size'])('%s is called otherwise', (field) => {
    const { problems } = fitSeedream((schema) => {
      rename(schema, field, 'something_else');
    });
    expect(problems).toEqual([{ field, why: 'gone' }]);
  });

  test('the text is called otherwise: the example that the new field has as its default is not sent', () => {
    const { profile, problems } = fitSeedream((schema) => {
      rename(schema, 'text', 'prompt');
    });
    expect(problems).toEqual([
      { field: 'text', why: 'gone' },
      { field: 'prompt', why: 'required' },
    ]);
    expect(buildBody(profile, ASKED)).not.toHaveProperty('prompt');
  });

  test.each<[string, (schema: Published) => void, unknown]>([
    [
      'a new field is required, and nothing fills it',
      ({ properties, required }) => {
        properties['style'] = { type: 'string', enum: ['photo', 'drawing'] };
        required?.push('style');
      },
      { field: 'style', why: 'required' },
    ],
    [
      'a picture is required, whatever picture the page has as its example',
      ({ properties, required }) => {
        properties['mask'] = { type: 'string', default: 'https://www.runcomfy.com/example.png' };
        required?.push('mask');
      },
      { field: 'mask', why: 'required' },
    ],
    [
      'no size is left that is one',
      ({ properties }) => (properties['image_size'] = { type: 'integer', enum: [1, 2] }),
      { field: 'image_size', why: 'refused' },
    ],
    [
      'one picture cannot be asked for',
      ({ properties }) => (properties['sequential_image_generation_options'] = { type: 'integer', enum: [2, 4] }),
      { field: 'sequential_image_generation_options', why: 'refused' },
    ],
    [
      'the text became a list',
      ({ properties }) => (properties['text'] = { type: 'array' }),
      { field: 'text', why: 'refused', sentence: 'must be array' },
    ],
  ])('%s', (_name, change, problem) => {
    expect(fitSeedream(change).problems).toEqual([problem]);
  });
});

describe('What was never seen of a model is taken from its schema', () => {
  const schema = {
    required: ['prompt', 'sequential_image_generation_options'],
    properties: {
      prompt: { type: 'string', maxLength: 580 },
      sequential_image_generation_options: { type: 'integer', minimum: 1, maximum: 15 },
      resolution: { type: 'string', enum: ['2048x2048 (1:1)', '2560x1440 (16:9)'], default: '2048x2048 (1:1)' },
      seed: { type: 'integer', default: null },
    },
  };

  test('4.5: its sizes, seed and length', () => {
    const { profile, problems } = fit(SEEDREAM_4_5, schema);
    expect(problems).toEqual([]);
    expect(profile.unseen).toEqual([]);
    expect(buildBody(profile, ASKED)).toEqual({
      prompt: ASKED.text,
      sequential_image_generation_options: 3,
      resolution: '2560x1440 (16:9)',
      seed: 7,
    });
    expect(profile.text.maxCharacters).toBe(580);
  });

  test('4.5 edit: a list of pictures with a format of the vendor’s own and its rules', () => {
    const images = {
      type: 'array',
      format: 'image_uris',
      minItems: 1,
      maxItems: 14,
      validations: [
        { validation_rule: 'file_size_mb<', validation_value: 8 },
        { validation_rule: 'width/height<', validation_value: 4 },
      ],
    };
    const required = ['images', 'prompt', 'image_urls'];
    const { profile, problems } = fit(SEEDREAM_4_5_EDIT, { required, properties: { ...schema.properties, images } });
    expect(problems).toEqual([]);
    expect(profile.references).toMatchObject({ list: true, min: 1, max: 14, maxBytes: 8_000_000, maxRatio: 4 });
  });
});

test('a pair of aspect ratio and resolution: the ratio is chosen, the resolution stays', () => {
  const { profile, problems } = fit(SEEDREAM_5_0_PRO, {
    required: ['prompt'],
    properties: {
      prompt: { type: 'string' },
      aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '4:3'], default: '1:1' },
      resolution: { type: 'string', enum: ['1K', '2K'], default: '2K' },
    },
  });
  expect(problems).toEqual([]);
  expect(buildBody(profile, ASKED)).toEqual({ prompt: ASKED.text, aspect_ratio: '16:9', resolution: '1K' });
});

test('a body that the schema does not take is found before it is sent', () => {
  const check = createBodyCheck(schemaOf(seedreamSchema()));
  const body = buildBody(SEEDREAM_4_0, exampleRequest(SEEDREAM_4_0));
  expect(check(body)).toEqual([]);
  expect(check({ ...body, image_size: '1:7' }).map(({ field }) => field)).toEqual(['image_size']);
  expect(check({ ...body, text: 'x'.repeat(601) }).map(({ field }) => field)).toEqual(['text']);
  expect(check({ ...body, prompt: 'x' }).map(({ field }) => field)).toEqual(['prompt']);
});
