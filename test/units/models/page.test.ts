/** What is read of the catalogue, whatever it answers. */
import { expect, test } from 'vitest';
import { parseModel } from '../../../src/services/models/page.ts';
import { seedreamSchema } from './published.ts';

const ID = 'bytedance/seedream-4-0/sequential';
const PAGE = {
  model_id: ID,
  display_name: 'Seedream 4.0',
  base_price_usd: 0.03,
  price_unit: 'image',
  input_schema: seedreamSchema(),
};

test('a page says the name, the price of a picture and what the model takes', () => {
  const page = parseModel(PAGE, ID);
  expect(page).toMatchObject({ name: 'Seedream 4.0', priceUsd: 0.03 });
  expect(page?.schema?.required).toEqual(['text']);
});

test.each([
  ['HTML', '<!doctype html><title>Models</title>'],
  ['nothing', undefined],
  ['null', null],
  ['a list', [PAGE]],
  ['an empty object', {}],
  ['an error', { detail: 'Not Found' }],
  [
    'the right names and the wrong types',
    { model_id: 42, base_price_usd: 'free', price_unit: null, input_schema: 'soon' },
  ],
  ["another model's page", { ...PAGE, model_id: 'somebody/else' }],
])('%s says nothing', (_name, answer) => {
  expect(parseModel(answer, ID)).toBeUndefined();
});

test.each([
  [
    'a schema without fields',
    { input_schema: { type: 'object', properties: {} } },
    { priceUsd: 0.03, schema: undefined },
  ],
  ['no schema', { input_schema: null }, { priceUsd: 0.03, schema: undefined }],
  ['a price as text', { base_price_usd: '0.045' }, { priceUsd: 0.045 }],
  ['a price of an output', { price_unit: 'output' }, { priceUsd: 0.03 }],
  ['a price of no unit', { price_unit: undefined }, { priceUsd: 0.03 }],
  ['a price a second, which is none of a picture', { price_unit: 'second' }, { priceUsd: undefined }],
  ['no price', { base_price_usd: null }, { priceUsd: undefined }],
  ['a price below nothing', { base_price_usd: -1 }, { priceUsd: undefined }],
  ['a name that is none', { display_name: ['Seedream'] }, { name: undefined, priceUsd: 0.03 }],
  ['a name over lines', { display_name: ' Seedream\n4.0\u0000 ' }, { name: 'Seedream 4.0' }],
])('%s: the rest of the page counts', (_name, change, expected) => {
  expect(parseModel({ ...PAGE, ...change }, ID)).toMatchObject(expected);
});

test('what makes no sense in a schema says nothing, and the rest of it counts', () => {
  const { properties } = parseModel(
    {
      ...PAGE,
      input_schema: {
        required: ['prompt', 'image_urls', 7],
        properties: {
          prompt: { type: 'string', maxLength: '600', minLength: -1 },
          scale: { type: 'float', default: 'much', minimum: 1 },
          seed: { type: 'integer', default: null },
          image: { type: 'image_uri', format: 'image_uri' },
          number: { type: 'string', enum: [1, 2, null] },
          size: { type: ['string', 'null'], enum: [] },
          other: 'soon',
        },
      },
    },
    ID,
  )?.schema ?? { properties: {} };
  expect(properties).toEqual({
    prompt: { type: 'string' },
    scale: { type: 'number', minimum: 1 },
    seed: { type: 'integer' },
    image: {},
    number: { enum: [1, 2] },
    size: { type: 'string' },
    other: {},
  });
});
