/** The catalogue of the stand-in, and each model by its own page. */
import { describe, expect, it } from 'vitest';
import type { RunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';
import { about, begin, call, MODEL, submit, TEXT } from './client.ts';

const SEEDREAM = [
  'bytedance/seedream-4-0/sequential',
  'bytedance/seedream-4-0/edit-sequential',
  'bytedance/seedream-4-5/sequential',
  'bytedance/seedream-4-5/edit-sequential',
  'bytedance/seedream-5/lite/text-to-image',
  'bytedance/seedream-5/lite/edit',
  'bytedance/seedream-5.0-pro/text-to-image',
  'bytedance/seedream-5.0-pro/image-to-image',
];
const LITE = '/models/bytedance/seedream-5/lite/text-to-image';
const PRO = '/models/bytedance/seedream-5.0-pro/text-to-image';
const SETS_4_5 = '/models/bytedance/seedream-4-5/sequential';
const EDIT_4_5 = '/models/bytedance/seedream-4-5/edit-sequential';
const ADDRESS = 'https://cdn.example/picture.png';

const page = (standIn: RunComfyStandIn, id: string) => call('GET', `${standIn.url}/models/${id}`);
const list = (standIn: RunComfyStandIn, query = '') => call('GET', `${standIn.url}/models${query}`);
const idsOf = ({ body }: { body: Record<string, unknown> }) =>
  (body['models'] as { model_id: string }[]).map(({ model_id: id }) => id);

describe('the catalogue', () => {
  it.each(SEEDREAM)('has a page of %s with all that clients read', async (id) => {
    const standIn = await begin();
    const { status, body } = await page(standIn, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model_id: id,
      display_name: expect.any(String) as string,
      description: expect.any(String) as string,
      categories: [expect.stringMatching(/^(text|image)-to-image$/)],
      base_price_usd: expect.any(Number) as number,
      price_unit: expect.stringMatching(/^(image|output)$/) as string,
      pricing_note: expect.any(String) as string,
      model_url: `https://www.runcomfy.com/models/${id}`,
      input_schema: { type: 'object', properties: expect.any(Object) as object },
    });
    const { properties, required } = body['input_schema'] as { properties: object; required: string[] };
    expect(body['inputs']).toEqual(Object.keys(properties));
    expect(body['required_inputs']).toEqual(required);
    expect(standIn.violations).toEqual([]);
  });

  it('lists, searches, and gives a part of the list', async () => {
    const standIn = await begin();
    const all = await list(standIn);
    expect(idsOf(all)).toEqual(standIn.models);
    expect(idsOf(all)).toEqual(expect.arrayContaining(SEEDREAM));
    expect(all.body['total']).toBe(standIn.models.length);
    expect((all.body['models'] as object[])[0]).not.toHaveProperty('input_schema');

    const found = await list(standIn, '?search=Seedream%205.0%20Pro&limit=1&offset=1&include_schema=true');
    expect(idsOf(found)).toEqual(['bytedance/seedream-5.0-pro/image-to-image']);
    expect(found.body['total']).toBe(2);
    expect((found.body['models'] as object[])[0]).toHaveProperty('input_schema.properties.image');
    expect(idsOf(await list(standIn, '?search=seedream&category=image-to-image'))).toHaveLength(5);
    expect(idsOf(await list(standIn, '?kind=workflow'))).toEqual([]);
    expect((await list(standIn, '/categories')).body).toEqual({ categories: ['text-to-image', 'image-to-image'] });
  });

  it('is as unclean as the real one', async () => {
    const standIn = await begin();
    const schemas = await Promise.all(
      standIn.models.map(async (id) => {
        const { body } = await page(standIn, id);
        return body['input_schema'] as {
          required: string[];
          properties: Record<string, { type: string; default?: unknown; format?: string }>;
        };
      }),
    );
    const properties = schemas.flatMap((schema) => Object.values(schema.properties));
    expect(properties).toContainEqual(expect.objectContaining({ type: 'float' }));
    expect(properties).toContainEqual(expect.objectContaining({ type: 'integer', default: null }));
    expect(new Set(properties.map(({ format }) => format))).toEqual(new Set([undefined, 'image_uri', 'image_uris']));
    const requiresNothing = schemas.filter((schema) => schema.required.some((name) => !(name in schema.properties)));
    expect(requiresNothing.length).toBeGreaterThan(0);
    const { body } = await page(standIn, 'blackforestlabs/flux-1-kontext/pro/edit');
    expect(body['model_url']).not.toContain(body['model_id']);
  });

  it('asks for the token, and knows what it does not have', async () => {
    const standIn = await begin();
    const authorization = 'Bearer wrong';
    for (const path of ['', MODEL.replace('/models', '')]) {
      const refused = await call('GET', `${standIn.url}/models${path}`, undefined, { authorization });
      expect(refused).toMatchObject({ status: 401, body: { error_code: 400004 } });
    }
    expect(await page(standIn, 'bytedance/nothing')).toMatchObject({ status: 404, body: { error_code: 404001 } });
    expect((await call('POST', `${standIn.url}/models`, {})).status).toBe(405);
  });
});

describe('each model', () => {
  const valid: [string, object, { images: number; width: number; height: number; cost: number }][] = [
    [
      SETS_4_5,
      { prompt: 'Generate 2 images of a cat', sequential_image_generation_options: 2 },
      { images: 2, width: 2048, height: 2048, cost: 0.08 },
    ],
    [
      LITE,
      { prompt: 'a cat', resolution: '2848x1600 (16:9)', seed: 4 },
      { images: 1, width: 2848, height: 1600, cost: 0.028 },
    ],
    [
      PRO,
      { prompt: 'a cat', aspect_ratio: '16:9', resolution: '1K' },
      { images: 1, width: 1360, height: 768, cost: 0.04 },
    ],
    [PRO, { prompt: 'a cat' }, { images: 1, width: 2048, height: 2048, cost: 0.08 }],
    [
      PRO,
      { prompt: 'Generate 5 images of cats', output_format: 'jpeg' },
      { images: 1, width: 2048, height: 2048, cost: 0.08 },
    ],
  ];
  it.each(valid)('%s takes %o', async (model, body, { cost, ...input }) => {
    const standIn = await begin({ held: true });
    const { status, body: answer } = await submit(standIn, body, model);
    expect(status).toBe(200);
    const id = String(answer['request_id']);
    expect(standIn.job(id).input).toMatchObject(input);
    expect(standIn.job(id).model.id).toBe(model.replace('/models/', ''));
    expect([standIn.billedImages, standIn.billedUsd]).toEqual([input.images, cost]);
    standIn.finish(id);
    const result = await call('GET', `${standIn.url}/requests/${id}/result?include_cost=true`);
    expect(result.body).toMatchObject({ status: 'succeeded', cost });
    expect(standIn.job(id).images).toHaveLength(input.images);
    expect(standIn.violations).toEqual([]);
  });

  it.each([
    ['the prompt by another model’s name', LITE, { text: 'a cat' }],
    ['a number where one picture is made', LITE, { prompt: 'a cat', sequential_image_generation_options: 2 }],
    ['sets from 5.0 Pro', PRO, { prompt: 'a cat', sequential_image_generation: 'auto' }],
    ['a seed where there is none', PRO, { prompt: 'a cat', seed: 3 }],
    ['another model’s size', PRO, { prompt: 'a cat', image_size: '2048:2048 (1:1)' }],
    ['a class that is not offered', PRO, { prompt: 'a cat', resolution: '4K' }],
    ['its default where that is no integer', LITE, { prompt: 'a cat', seed: null }],
    ['no number where one is required', SETS_4_5, { prompt: 'Generate 3 images of a cat' }],
    ['a number that the prompt does not name', SETS_4_5, { prompt: 'a cat', sequential_image_generation_options: 2 }],
    [
      '600 characters where fewer are wanted',
      SETS_4_5,
      { prompt: 'Generate 2 images'.padEnd(600, '.'), sequential_image_generation_options: 2 },
    ],
    ['no references', EDIT_4_5, { images: [], prompt: '2 images of it', sequential_image_generation_options: 2 }],
    [
      '15 references',
      EDIT_4_5,
      { images: Array<string>(15).fill(ADDRESS), prompt: 'a cat', sequential_image_generation_options: 1 },
    ],
    [
      'references and pictures above 15',
      EDIT_4_5,
      { images: Array<string>(6).fill(ADDRESS), prompt: 'a cat', sequential_image_generation_options: 10 },
    ],
    [
      'one reference that is no list',
      EDIT_4_5,
      { images: ADDRESS, prompt: 'a cat', sequential_image_generation_options: 1 },
    ],
    ...[
      'http://cdn.example/a.png',
      'data:image/png;base64,AA==',
      'ftp://127.0.0.1/a.png',
      'https://me@cdn.example/a.png',
      'a.png',
      3,
    ].map((address): [string, string, object] => [
      'such an address',
      EDIT_4_5,
      { images: [address], prompt: 'a cat', sequential_image_generation_options: 1 },
    ]),
  ])('is not given %s', async (_, model, body) => {
    const standIn = await begin();
    expect((await submit(standIn, body, model)).status).toBe(422);
    expect(standIn.violations).toHaveLength(1);
    expect(standIn.submits).toBe(0);
  });

  it('asks for nothing by a required name that it does not have', async () => {
    const standIn = await begin({ held: true });
    const { body } = await page(standIn, EDIT_4_5.replace('/models/', ''));
    expect(body['required_inputs']).toContain('image_urls');
    const sent = { images: [ADDRESS], prompt: 'a cat', sequential_image_generation_options: 1 };
    expect((await submit(standIn, sent, EDIT_4_5)).status).toBe(200);
  });

  it('is paid for by its own price', async () => {
    const standIn = await begin({ held: true, balanceUsd: 0.1 });
    expect((await submit(standIn, { prompt: 'a cat' }, PRO)).status).toBe(200);
    expect(await submit(standIn, { prompt: 'a cat' }, LITE)).toMatchObject({
      status: 402,
      body: { error_code: 400002 },
    });
    const balance = await call('GET', new URL('/prod/v2/balance', standIn.url).href);
    expect(balance.body).toEqual({ balance_usd: 0.02, balance_microdollars: 20_000, currency: 'USD' });
  });
});

describe('models that come, go and change', () => {
  const DEFAULT = SEEDREAM[0] ?? '';

  it('one that is gone is unknown to page, list and submit, until it is back; its jobs go on', async () => {
    const standIn = await begin({ held: true });
    const { body } = await submit(standIn);
    const id = String(body['request_id']);
    standIn.removeModel(DEFAULT);
    const gone = { status: 404, body: { error_code: 404001 } };
    expect([await page(standIn, DEFAULT), await submit(standIn)]).toMatchObject([gone, gone]);
    expect(idsOf(await list(standIn))).not.toContain(DEFAULT);
    standIn.finish(id);
    expect((await about(standIn, id, 'result')).body).toMatchObject({ status: 'succeeded' });
    expect([standIn.submits, standIn.violations]).toEqual([1, []]);

    standIn.restoreModel(DEFAULT);
    expect((await submit(standIn)).status).toBe(200);
    expect(idsOf(await list(standIn))[0]).toBe(DEFAULT);
    expect(() => {
      standIn.removeModel('bytedance/nothing');
    }).toThrow('No model');
    standIn.removeModel(DEFAULT);
    expect(() => {
      standIn.changeModel(DEFAULT, { priceUsd: 1 });
    }).toThrow('not offered');
  });

  it('the catalogue can be arranged before anybody sees it', async () => {
    const standIn = await begin({
      arrangeModels(models) {
        models.removeModel(DEFAULT);
        models.changeModel(SEEDREAM[2] ?? '', { priceUsd: 0.5 });
      },
    });
    expect((await page(standIn, DEFAULT)).status).toBe(404);
    expect((await page(standIn, SEEDREAM[2] ?? '')).body).toMatchObject({ base_price_usd: 0.5 });
  });

  it('a renamed field is the only one that is taken, and is drawn from', async () => {
    const standIn = await begin({ held: true });
    standIn.changeModel(DEFAULT, { rename: { text: 'prompt_text' } });
    expect((await submit(standIn)).status).toBe(422);
    const { body } = await submit(standIn, { prompt_text: TEXT });
    expect(standIn.job(String(body['request_id'])).input.text).toBe(TEXT);
    expect((await page(standIn, DEFAULT)).body).toMatchObject({ required_inputs: ['prompt_text'] });
    standIn.restoreModel(DEFAULT);
    expect((await submit(standIn)).status).toBe(200);
  });

  it('choices become fewer, a field becomes required, another is gone, the price is another', async () => {
    const standIn = await begin({ held: true });
    standIn.changeModel(DEFAULT, { choices: { image_size: ['2048:2048 (1:1)'] }, priceUsd: 0.06 });
    expect((await submit(standIn, { text: TEXT, image_size: '2560:1440 (16:9)' })).status).toBe(422);
    const { body } = await submit(standIn);
    expect(standIn.job(String(body['request_id'])).input).toMatchObject({ width: 2048, height: 2048 });
    expect(standIn.billedUsd).toBe(0.18);

    const style = { type: 'string', enum: ['photo', 'paint'] };
    standIn.changeModel(DEFAULT, { properties: { style }, require: ['style'], drop: ['seed'] });
    expect((await submit(standIn)).status).toBe(422);
    expect((await submit(standIn, { text: TEXT, style: 'photo', seed: 1 })).status).toBe(422);
    expect((await submit(standIn, { text: TEXT, style: 'photo' })).status).toBe(200);
    const { body: changed } = await page(standIn, DEFAULT);
    expect(changed).toMatchObject({
      base_price_usd: 0.06,
      input_schema: { required: ['text', 'style'], properties: { image_size: { default: '2048:2048 (1:1)' }, style } },
    });
    expect(() => {
      standIn.changeModel(DEFAULT, { drop: ['seed'] });
    }).toThrow('no property seed');
  });

  it('a fault can be aimed at the page or the submits of one model', async () => {
    const standIn = await begin({ held: true });
    standIn.failNext({ call: 'submit', kind: 'http', status: 500, model: DEFAULT, times: 2 });
    standIn.failNext({ call: 'model', kind: 'http', status: 404, body: { detail: 'Not Found' }, model: DEFAULT });
    expect((await submit(standIn, { prompt: 'a cat' }, LITE)).status).toBe(200);
    expect((await page(standIn, LITE.replace('/models/', ''))).status).toBe(200);
    const statuses = [
      await submit(standIn),
      await submit(standIn),
      await submit(standIn),
      await page(standIn, DEFAULT),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([500, 500, 200, 404]);
    expect((await page(standIn, DEFAULT)).status).toBe(200);
  });

  it('a change of one stand-in is none of another', async () => {
    const [one, other] = [await begin(), await begin()];
    one.changeModel(DEFAULT, { rename: { text: 'words' } });
    one.removeModel(SEEDREAM[1] ?? '');
    expect((await submit(other)).status).toBe(200);
    expect(other.models).toContain(SEEDREAM[1]);
  });

  it('a made-up model has its own page, fields, sizes and price', async () => {
    const standIn = await begin({ held: true });
    standIn.addModel({
      id: 'acme/dreamer-9/text-to-image',
      priceUsd: 0.5,
      inputSchema: {
        type: 'object',
        required: ['prompt'],
        properties: {
          prompt: { type: 'string', maxLength: 20 },
          num_images: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
          size: { type: 'string', enum: ['1024x1024', '1280x720'], default: '1024x1024' },
          strength: { type: 'float', minimum: 0, maximum: 1 },
        },
      },
    });
    const model = '/models/acme/dreamer-9/text-to-image';
    const { body } = await submit(standIn, { prompt: 'cats', num_images: 3, size: '1280x720', strength: 0.5 }, model);
    expect(standIn.job(String(body['request_id'])).input).toMatchObject({
      text: 'cats',
      images: 3,
      width: 1280,
      height: 720,
    });
    expect(standIn.billedUsd).toBe(1.5);
    for (const wrong of [
      { num_images: 5 },
      { strength: 2 },
      { strength: '1' },
      { prompt: 'x'.repeat(21) },
      { size: '1x1' },
    ]) {
      expect((await submit(standIn, { prompt: 'cats', ...wrong }, model)).status).toBe(422);
    }
    expect((await page(standIn, 'acme/dreamer-9/text-to-image')).body).toMatchObject({ base_price_usd: 0.5 });
  });

  it.each([
    ['down', 503],
    ['html', 200],
    ['absent', 404],
    ['nonsense', 200],
  ] as const)('a catalogue that is %s leaves submits alone', async (catalogue, status) => {
    const standIn = await begin({ held: true, catalogue });
    const answers = [await page(standIn, DEFAULT), await list(standIn)];
    for (const answer of answers) {
      expect(answer.status).toBe(status);
      expect(answer.body).not.toHaveProperty('error_code');
      expect(answer.body['input_schema'] ?? 'none').toBeTypeOf('string');
    }
    expect((await submit(standIn)).status).toBe(200);
    await standIn.setBehaviour({ catalogue: 'up' });
    expect((await page(standIn, DEFAULT)).body).toHaveProperty('input_schema.properties.text');
  });

  it('a slow catalogue answers as it should, late', async () => {
    const standIn = await begin({ held: true, catalogue: 'slow', catalogueSlowMs: 80 });
    const began = performance.now();
    expect((await page(standIn, DEFAULT)).body).toHaveProperty('input_schema.properties.text');
    expect(performance.now() - began).toBeGreaterThan(75);
  });
});
