/**
 * The stand-in before a client that does as the vendor's own do: it finds models in the catalogue, reads a model's page,
 * makes clean JSON Schema of what it finds there, checks its body by that, and only then submits, waits and reads the cost.
 */
import { Ajv } from 'ajv';
import sharp from 'sharp';
import { request } from 'undici';
import { expect, it } from 'vitest';
import type { RunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';
import { begin, call } from './client.ts';
import { createPictureServer, solid } from './picture-server.ts';

interface Property {
  type: string;
  default?: unknown;
  enum?: unknown[];
  format?: string;
}
interface Page {
  model_id: string;
  base_price_usd: number;
  price_unit: string;
  input_schema: { type: string; required?: string[]; properties: Record<string, Property> };
}

/** A call whose answer must be no error, be it by its status or within a 200. */
async function ask(method: 'GET' | 'POST', url: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await call(method, url, body, { accept: 'application/json', 'user-agent': 'vendor-client/1.0' });
  expect(answer.status, answer.text).toBeLessThan(400);
  expect(answer.body).not.toHaveProperty('error_code');
  return answer.body;
}

/** Every model of the catalogue, three at a time. */
async function listAll(base: string): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const { models, total } = await ask('GET', `${base}/models?limit=3&offset=${ids.length}`);
    ids.push(...(models as Page[]).map(({ model_id: id }) => id));
    if (ids.length >= Number(total)) return ids;
  }
}

/** What is left of a property: JSON Schema's own words. */
const KEYWORDS = [
  'title',
  'description',
  'enum',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
];

/** Clean JSON Schema: no `float`, no default that its type does not allow, no format of the vendor's, nothing required that is not there. */
function normalise({ input_schema: { required = [], properties } }: Page): object {
  const clean = Object.entries(properties).map(([name, property]) => {
    const { type, format, default: value } = property;
    const kept = Object.fromEntries(Object.entries(property).filter(([keyword]) => KEYWORDS.includes(keyword)));
    return [
      name,
      {
        ...kept,
        type: type === 'float' ? 'number' : type,
        ...(value !== null && value !== undefined && { default: value }),
        ...(format === 'image_uris' && { items: { type: 'string', pattern: '^https?://' } }),
      },
    ];
  });
  return {
    type: 'object',
    additionalProperties: false,
    required: required.filter((name) => name in properties),
    properties: Object.fromEntries(clean) as object,
  };
}

/** A body out of the page alone: what has a usable default gets it, prompts and pictures are filled in. */
function fill({ input_schema: { properties } }: Page, address: string): Record<string, unknown> {
  const filled = Object.entries(properties).flatMap(([name, { default: value, format, type }]): [string, unknown][] => {
    if (format === 'image_uris') return [[name, [address]]];
    if (format === 'image_uri') return [[name, address]];
    if (/prompt|text/.test(name) && type === 'string' && !name.includes('options')) {
      return [[name, 'Generate 3 images of a quiet harbour']];
    }
    return value === null || value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(filled);
}

async function poll(standIn: RunComfyStandIn, id: string): Promise<string> {
  for (;;) {
    const { status } = await ask('GET', `${standIn.url}/requests/${id}/status`);
    if (status !== 'in_queue' && status !== 'in_progress') return String(status);
  }
}

it('every model is found, read, checked, made and paid for as its page says', async () => {
  const standIn = await begin({ speed: 1e6, workers: 1 });
  const host = await createPictureServer();
  host.files['/start.jpg'] = { body: await solid('jpeg'), type: 'image/jpeg' };
  const ids = await listAll(standIn.url);
  expect(ids.length).toBeGreaterThan(8);
  let spent = 0;

  for (const id of ids) {
    const page = (await ask('GET', `${standIn.url}/models/${id}`)) as unknown as Page;
    expect([page.model_id, page.base_price_usd > 0]).toEqual([id, true]);
    const validate = new Ajv({ allErrors: true }).compile(normalise(page));
    const body = fill(page, host.at('/start.jpg'));
    expect([id, validate(body), validate.errors]).toEqual([id, true, null]);

    const { request_id: requestId } = await ask('POST', `${standIn.url}/models/${id}`, body);
    expect(await poll(standIn, String(requestId))).toBe('completed');
    const result = await ask('GET', `${standIn.url}/requests/${String(requestId)}/result?include_cost=true`);
    expect(result['status'], id).toBe('succeeded');
    const output = result['output'] as { image?: string; images?: string[] };
    const pictures = output.images ?? [output.image ?? ''];
    expect(pictures).toHaveLength(/sequential/.test(id) ? 3 : 1);
    for (const url of pictures) {
      const file = Buffer.from(await (await request(url)).body.arrayBuffer());
      expect((await sharp(file).metadata()).format).toMatch(/^(jpeg|png)$/);
    }
    expect(Number(result['cost'])).toBeGreaterThanOrEqual(page.base_price_usd * pictures.length - 1e-9);
    spent += Number(result['cost']);

    // What the client's check refuses, the service would have refused too.
    const wrong = { ...body, no_such_field: 1 };
    expect(validate(wrong)).toBe(false);
    expect((await call('POST', `${standIn.url}/models/${id}`, wrong)).status).toBe(422);
  }
  const { balance_usd: left } = await ask('GET', new URL('/prod/v2/balance', standIn.url).href);
  expect(Number(left)).toBeCloseTo(10_000 - spent, 6);
  expect(standIn.billedUsd).toBeCloseTo(spent, 6);
  expect(standIn.violations).toHaveLength(ids.length);
});
