/** What the doctor says of models, as RunComfy's catalogue has them or does not. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRunComfyStandIn, type RunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';
import { checkModel } from '../../../src/doctor/model.ts';
import { lineOf, type Finding } from '../../../src/doctor/finding.ts';
import { PROFILES } from '../../../src/services/models/profiles/profiles.ts';

const TOKEN = 'a-key';
const DEFAULT = 'bytedance/seedream-4-0/sequential';
let standIn: RunComfyStandIn;

beforeAll(async () => {
  standIn = await createRunComfyStandIn({ token: TOKEN, pictures: 'plain' });
});
afterAll(() => standIn.close());

function check(id: string, { base = standIn.url, token = TOKEN } = {}): Promise<Finding[]> {
  const assetHosts = { patterns: [], origins: [] };
  return checkModel({ runcomfy: { base, accountBase: base, token, models: [id], assetHosts } }, id);
}

/** A RunComfy that gives every request the same answer. */
async function checkAnswered(id: string, status: number, body: unknown): Promise<Finding[]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const server = createServer((_request, response) => response.writeHead(status).end(text)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await check(id, { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
  } finally {
    server.close();
  }
}

const lines = (findings: Finding[]) => findings.map(lineOf);

test.each(PROFILES.map(({ id }) => id))('%s: its request is one that RunComfy takes', async (id) => {
  const findings = await check(id);
  expect(findings.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
  const request = findings.find(({ subject }) => subject === 'request')?.sentence ?? '';
  const answer = await fetch(`${standIn.url}/models/${id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: request,
  });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('request_id')]);
});

test('the default model: what members can choose, what it costs, what is sent', async () => {
  const [model, price, options, , request] = lines(await check(DEFAULT));
  expect(model).toMatch(/^ok +model +Seedream 4.0/);
  expect(price).toContain('0.03 USD a picture');
  expect(options).toContain('2048:2048 (1:1), 2304:1728 (4:3), 1728:2304 (3:4), 2560:1440 (16:9) (default)');
  expect(request).toContain(
    '{"text":"Generate 1 image: a lighthouse at night","sequential_image_generation_options":1,',
  );
});

test('a model without a profile is shown by its page alone', async () => {
  const [model, price, , request] = lines(await check('google/nano-banana-2-lite/text-to-image'));
  expect(model).toMatch(/^ok +model +Nano Banana 2 Lite/);
  expect(price).toContain('0.02 USD');
  expect(request).toContain('{"prompt":"a lighthouse at night","aspect_ratio":"16:9"}');
});

test('a model that requires what nothing fills is named with the field', async () => {
  const properties = { prompt: { type: 'string' }, style_id: { type: 'string' } };
  const page = { model_id: 'a/b', input_schema: { required: ['prompt', 'style_id'], properties } };
  expect(lines(await checkAnswered('a/b', 200, page))).toEqual([
    expect.stringMatching(/^wrong +model +a\/b: .*"style_id"/),
  ]);
});

test.each<[string, number, unknown]>([
  ['in trouble', 503, 'Service unavailable'],
  ['a web page', 200, '<!doctype html>'],
  ['without such a page', 404, { detail: 'Not Found' }],
])(
  'a catalogue that is %s: the default model is shown as the bot knows it, another one is refused',
  async (_name, status, body) => {
    const known = lines(await checkAnswered(DEFAULT, status, body));
    expect(known[0]).toMatch(/^note +model +Seedream 4.0/);
    expect(known.at(-1)).toContain('"image_size":"2560:1440 (16:9)"');
    expect(lines(await checkAnswered('a/b', status, body))).toEqual([expect.stringMatching(/^wrong +model +a\/b: /)]);
  },
);

test('a model that RunComfy no longer has, and a key that it does not accept', async () => {
  expect(lines(await checkAnswered(DEFAULT, 404, { error_code: 404001 }))).toEqual([
    expect.stringMatching(/^wrong +model +RunComfy has no model /),
  ]);
  expect(lines(await check(DEFAULT, { token: 'another' }))).toEqual([expect.stringMatching(/^wrong +RunComfy /)]);
});
