import { connect } from 'node:net';
import sharp from 'sharp';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { createRunComfyStandIn, type FaultOrder, type StandInEvent } from '../../../playground/runcomfy/stand-in.ts';
import { checkNumberNamed } from '../../../playground/runcomfy/input/input.ts';
import { padTo } from '../../../playground/runcomfy/pictures/jpeg.ts';
import { about, begin, call, finished, MODEL, submit, submitted, TEXT, TOKEN, type Reply } from './client.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the four calls', () => {
  it('take a job from submit to its pictures in the documented shapes', async () => {
    const standIn = await begin({ held: true });
    const { status, body } = await submit(standIn);
    const id = String(body['request_id']);
    const at = `${standIn.url}/requests/${id}`;
    expect(status).toBe(200);
    expect(id).toMatch(UUID);
    expect(body).toEqual({
      request_id: id,
      status_url: `${at}/status`,
      result_url: `${at}/result`,
      cancel_url: `${at}/cancel`,
    });

    const urls = { status_url: `${at}/status`, result_url: `${at}/result` };
    const queued = await about(standIn, id, 'status');
    expect(queued.body).toEqual({ request_id: id, status: 'in_queue', queue_position: 0, ...urls });
    standIn.start(id);
    expect((await about(standIn, id, 'status')).body).toEqual({ request_id: id, status: 'in_progress', ...urls });
    const early = await about(standIn, id, 'result');
    expect(early).toMatchObject({ status: 200, body: { request_id: id, status: 'in_progress' } });
    expect(early.body).not.toHaveProperty('output');

    standIn.finish(id);
    expect((await about(standIn, id, 'status')).body).toEqual({ request_id: id, status: 'completed', ...urls });
    const job = standIn.job(id);
    expect((await about(standIn, id, 'result')).body).toEqual({
      request_id: id,
      status: 'succeeded',
      output: { images: job.images },
      created_at: new Date(job.createdAt).toISOString(),
      finished_at: new Date(job.finishedAt ?? 0).toISOString(),
    });
    expect(job.images).toHaveLength(3);
    expect(job.polls).toEqual({ status: 3, result: 2, cancel: 0 });
    expect([standIn.submits, standIn.billedImages, standIn.violations]).toEqual([1, 3, []]);
  });

  it('cancel a queued job, and move the others up', async () => {
    const standIn = await begin({ held: true });
    const [first, second, third] = [await submitted(standIn), await submitted(standIn), await submitted(standIn)];
    expect((await about(standIn, third, 'status')).body).toMatchObject({ queue_position: 2 });
    expect(await about(standIn, second, 'cancel')).toMatchObject({
      status: 202,
      body: { request_id: second, status: 'cancelled', outcome: 'cancelled' },
    });
    expect((await about(standIn, third, 'status')).body).toMatchObject({ queue_position: 1 });
    expect((await about(standIn, second, 'status')).body).toMatchObject({ status: 'cancelled' });
    expect((await about(standIn, second, 'result')).body).toMatchObject({ status: 'cancelled' });
    expect((await about(standIn, second, 'cancel')).body).toMatchObject({ outcome: 'not_cancellable' });
    expect(standIn.billedImages).toBe(6);
    expect(standIn.job(first).state).toBe('in_queue');
  });

  it('cancel no job that is generated or finished', async () => {
    const standIn = await begin({ held: true });
    const id = await submitted(standIn);
    standIn.start(id);
    expect(await about(standIn, id, 'cancel')).toMatchObject({
      status: 202,
      body: { status: 'in_progress', outcome: 'not_cancellable' },
    });
    standIn.finish(id);
    expect((await about(standIn, id, 'cancel')).body).toMatchObject({
      status: 'completed',
      outcome: 'not_cancellable',
    });
    expect(standIn.job(id).billed).toBe(true);
  });

  it('call a failed job completed in status, and failed in result', async () => {
    const standIn = await begin({ held: true });
    for (const error of ['out of memory', { type: 'internal', message: 'no' }, undefined]) {
      const id = await submitted(standIn);
      standIn.failJob(id, error);
      expect((await about(standIn, id, 'status')).body).toMatchObject({ status: 'completed' });
      const { body } = await about(standIn, id, 'result');
      expect([body['status'], body['error'], 'error' in body]).toEqual(['failed', error, error !== undefined]);
      expect(body).not.toHaveProperty('output');
    }
    expect(standIn.billedImages).toBe(0);
  });

  it('give one picture as image or as images, add the cost when asked, and echo the input when told', async () => {
    const standIn = await begin({ held: true });
    const one = { text: 'Generate 1 image of a cat', sequential_image_generation_options: 1 };
    const { id, urls } = await finished(standIn, one);
    expect((await about(standIn, id, 'result')).body['output']).toEqual({ image: urls[0] });
    await standIn.setBehaviour({ onePictureAs: 'images', echoInput: true });
    const { body } = await call('GET', `${standIn.url}/requests/${id}/result?include_cost=true`);
    expect(body).toMatchObject({ output: { images: urls }, input: one, cost: 0.03 });
  });

  it('answer a result that is not ready as 400005 where that is chosen', async () => {
    const standIn = await begin({ held: true, unfinishedAs: '400005' });
    const id = await submitted(standIn);
    expect(await about(standIn, id, 'result')).toMatchObject({ status: 400, body: { error_code: 400005 } });
  });

  it('leave pictures out, make none, and list some twice', async () => {
    const standIn = await begin({ held: true, withheld: 1 });
    expect((await finished(standIn)).urls).toHaveLength(2);
    await standIn.setBehaviour({ withheld: 15 });
    const none = await finished(standIn);
    expect((await about(standIn, none.id, 'result')).body['output']).toEqual({ images: [] });
    await standIn.setBehaviour({ withheld: 0, duplicates: 1 });
    const { urls } = await finished(standIn);
    expect(urls).toHaveLength(4);
    expect(urls[3]).toBe(urls[0]);
    expect(standIn.billedImages).toBe(9);
  });
});

describe('who and what is let in', () => {
  it('refuses a missing, wrong or expired token, by 401 or within a 200', async () => {
    const standIn = await begin();
    const url = standIn.url + MODEL;
    for (const authorization of ['', 'Bearer wrong', TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN} more`]) {
      const answer = await call('POST', url, { text: TEXT }, { authorization });
      expect(answer).toMatchObject({ status: 401, body: { error_code: 400004 } });
    }
    await standIn.setBehaviour({ tokenRejected: true, refusalsAs: 'http-200' });
    expect(await submit(standIn)).toMatchObject({ status: 200, body: { error_code: 400004 } });
    expect(standIn.submits).toBe(0);
  });

  it('refuses a submit that the balance does not cover', async () => {
    const standIn = await begin({ held: true, balanceUsd: 0.1 });
    await submitted(standIn);
    expect(await submit(standIn)).toMatchObject({ status: 402, body: { error_code: 400002 } });
    await standIn.setBehaviour({ refusalsAs: 'http-200' });
    expect(await submit(standIn)).toMatchObject({ status: 200, body: { error_code: 400002 } });
    const balance = await call('GET', new URL('/prod/v2/balance', standIn.url).href);
    expect(balance.body['balance_usd']).toBeCloseTo(0.01);
    expect(standIn.submits).toBe(1);
  });

  it.each([
    ['no text', {}],
    ['text that is no string', { text: 3 }],
    ['601 characters', { text: TEXT.padEnd(601, '.') }],
    ['16 images', { text: 'Generate 16 images of cats', sequential_image_generation_options: 16 }],
    ['a number as a string', { text: TEXT, sequential_image_generation_options: '3' }],
    ['no number as null', { text: TEXT, sequential_image_generation_options: null }],
    ['a size of its own', { text: TEXT, image_size: '2560:1440' }],
    ['a seed with a fraction', { text: TEXT, seed: 1.5 }],
    ['a quality of its own', { text: TEXT, optimize_prompt_options: 'best' }],
    ['sequential_image_generation that is no string', { text: TEXT, sequential_image_generation: true }],
    ['a property of its own', { text: TEXT, prompt: TEXT }],
    ['a list', [TEXT]],
    ['a number that the text does not name', { text: 'A beautiful sunset' }],
    ['another number than the text names', { text: TEXT, sequential_image_generation_options: 4 }],
  ])('answers 422 to %s and remembers it', async (_, body) => {
    const standIn = await begin();
    const answer = await submit(standIn, body);
    expect(answer.status).toBe(422);
    expect(answer.body['error_code']).toBeTypeOf('number');
    expect(standIn.violations).toMatchObject([{ call: 'submit', body: JSON.stringify(body) }]);
    expect(standIn.submits).toBe(0);
  });

  it('takes everything the schema allows, at its edges', async () => {
    const standIn = await begin({ held: true });
    const body = {
      text: `Generate 15 images of ${'😀'.repeat(578)}`,
      sequential_image_generation_options: 15,
      image_size: '3024:1296 (21:9)',
      seed: -5,
      optimize_prompt_options: 'standard',
      sequential_image_generation: 'auto',
    };
    const id = await submitted(standIn, body);
    expect(Array.from(body.text)).toHaveLength(600);
    expect(standIn.job(id)).toMatchObject({ body, seed: -5, input: { images: 15, width: 3024, height: 1296 } });
    expect(standIn.violations).toEqual([]);
  });

  it.each([
    ['Generate 3 images of cats', 3, true],
    ['three pictures of two cats', 3, true],
    ['Genera 5 imágenes de un gato', 5, true],
    ['Gere quinze imagens de gatos', 15, true],
    ['Génère une image de chat', 1, true],
    ['Erzeuge fünf Bilder von Katzen', 5, true],
    ['Genera due immagini di gatti', 2, true],
    ['猫の画像を３枚生成して', 3, true],
    ['十二枚の画像', 12, true],
    ['猫画像3枚', 3, true],
    ['猫の画像を13枚', 3, false],
    ['Generate 3 images of: una foto de un gato', 3, true],
    ['Generate 3 images of a wall with 5 photos', 3, true],
    ['3 cats', 3, false],
    ['an image of a cat', 1, false],
    ['8k images', 8, false],
    ['Generate 13 images', 3, false],
    ['1.3 images', 3, false],
    ['Generate 4 images of cats', 3, false],
    ['Génère une image de chat', 3, false],
    ['6 black and white photos of a bridge', 6, true],
    ['6 black and white photos of a bridge', 5, false],
    ['one quick sketch', 1, true],
    ['4 16:9 images', 4, true],
    ['images=4 of a cat', 4, true],
    ['cat photos x4', 4, true],
    ['4x images of cats', 4, true],
    ['images=4 of a cat', 3, false],
    ['a pixel 8 photo', 3, false],
    ['3 cats on a wall', 3, false],
  ])('judges whether "%s" names %i images', (text, images, named) => {
    expect(checkNumberNamed(text, images) === undefined).toBe(named);
  });

  it('wants JSON, called JSON', async () => {
    const standIn = await begin({ held: true });
    const url = standIn.url + MODEL;
    const plain = { 'content-type': 'text/plain' };
    expect((await call('POST', url, { text: TEXT }, plain)).status).toBe(415);
    expect((await call('POST', url, '{"text": ')).status).toBe(400);
    expect((await call('POST', url, { text: 'x'.repeat(2 * 1024 * 1024) })).status).toBe(413);
    const charset = { 'content-type': 'application/json; charset=utf-8' };
    expect((await call('POST', url, { text: TEXT }, charset)).status).toBe(200);
    expect(standIn.violations).toHaveLength(2);
  });

  it('knows its paths, methods, models and ids', async () => {
    const standIn = await begin({ held: true });
    const id = await submitted(standIn);
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await about(standIn, unknown, 'status')).toMatchObject({ status: 404, body: { error_code: 404001 } });
    expect(await about(standIn, unknown, 'cancel')).toMatchObject({ status: 404, body: { error_code: 404001 } });
    expect((await call('POST', `${standIn.url}/requests/${id}/status`)).status).toBe(405);
    expect((await call('GET', `${standIn.url}/requests/${id}/cancel`)).headers['allow']).toBe('POST');
    expect((await call('POST', `${standIn.url}/models/bytedance/seedream-5`, { text: TEXT })).status).toBe(404);
    expect((await call('GET', `${standIn.url}/requests/${id}`)).status).toBe(404);
    const model = await call('GET', standIn.url + MODEL);
    expect(model.body).toMatchObject({ base_price_usd: 0.03, input_schema: { required: ['text'] } });
    expect(standIn.violations).toHaveLength(4);
  });
});

describe('time', () => {
  const durations = { baseMs: 0, perImageMs: 1_000, standardFactor: 2, spread: 0 };

  it('gives each worker one job at a time, in order', async () => {
    let time = 1_000_000;
    const standIn = await begin({ now: () => time, workers: 2, durations });
    const ids = [await submitted(standIn), await submitted(standIn), await submitted(standIn)];
    const states = () => standIn.jobs.map(({ state }) => state);
    expect(states()).toEqual(['in_progress', 'in_progress', 'in_queue']);
    time += 2_999;
    expect(states()).toEqual(['in_progress', 'in_progress', 'in_queue']);
    time += 1;
    expect(states()).toEqual(['succeeded', 'succeeded', 'in_progress']);
    time += 60_000;
    expect(standIn.job(ids[2] ?? '')).toMatchObject({ startedAt: 1_003_000, finishedAt: 1_006_000 });
  });

  it('runs faster by speed, and follows a change of it', async () => {
    let time = 0;
    const standIn = await begin({ now: () => time, speed: 10, durations });
    const fast = await submitted(standIn);
    const standard = await submitted(standIn, { text: TEXT, optimize_prompt_options: 'standard' });
    time = 150;
    await standIn.setBehaviour({ speed: 1 });
    time = 150 + 1_500;
    expect([standIn.job(fast).finishedAt, standIn.job(standard).state]).toEqual([1_650, 'in_progress']);
  });

  it('spreads durations, the same for the same seed', async () => {
    const draw = async (seed: number) => {
      const standIn = await begin({ seed, held: true });
      for (let count = 0; count < 20; count += 1) await submitted(standIn);
      return standIn.jobs.map(({ durationMs }) => durationMs);
    };
    const [one, again, other] = [await draw(1), await draw(1), await draw(2)];
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    expect(new Set(one).size).toBe(20);
    expect(Math.min(...one)).toBeGreaterThan(8_000);
    expect(Math.max(...one)).toBeLessThan(180_000);
  });

  it('tells its listeners of jobs that move by themselves, without a token in any event', async () => {
    const standIn = await begin({ speed: 100, durations });
    const seen: StandInEvent[] = [];
    standIn.on((event) => seen.push(event));
    const id = await submitted(standIn);
    await expect.poll(() => seen.filter(({ type }) => type === 'job')).toHaveLength(3);
    expect(seen.map((event) => (event.type === 'job' ? event.state : event.type))).toEqual([
      'request',
      'in_queue',
      'in_progress',
      'response',
      'succeeded',
    ]);
    expect(seen[0]).toMatchObject({ call: 'submit', token: 'valid' });
    expect(seen[3]).toMatchObject({ id: 1, status: 200, body: { request_id: id } });
    const written = JSON.stringify(seen);
    expect(JSON.parse(written)).toEqual(seen);
    expect(written).not.toContain(TOKEN);
  });

  it('lets a held queue go on when it is released', async () => {
    let time = 0;
    const standIn = await begin({ now: () => time, durations });
    standIn.holdQueue();
    const id = await submitted(standIn);
    time = 50_000;
    expect(standIn.job(id).state).toBe('in_queue');
    standIn.releaseQueue();
    time = 53_000;
    expect(standIn.job(id)).toMatchObject({ state: 'succeeded', startedAt: 50_000 });
  });
});

describe('faults of the Model API', () => {
  const answered: [FaultOrder, Partial<Reply>, number][] = [
    [{ call: 'submit', kind: 'http', status: 503 }, { status: 503 }, 0],
    [{ call: 'submit', kind: 'http', status: 500, taken: true }, { status: 500 }, 1],
    [
      { call: 'submit', kind: 'http', status: 400, errorCode: 400001 },
      { status: 400, body: { error_code: 400001 } },
      0,
    ],
    [{ call: 'submit', kind: 'http', status: 418, body: { detail: 'x' } }, { status: 418, text: '{"detail":"x"}' }, 0],
    [{ call: 'submit', kind: 'error-in-200', errorCode: 403001 }, { status: 200, body: { error_code: 403001 } }, 0],
    [
      { call: 'submit', kind: 'rate-limited', retryAfterSeconds: 7 },
      { status: 429, headers: { 'retry-after': '7' } },
      0,
    ],
    [{ call: 'submit', kind: 'empty' }, { status: 200, text: '' }, 1],
    [{ call: 'submit', kind: 'html', status: 502, taken: false }, { status: 502 }, 0],
    [{ call: 'submit', kind: 'slow', ms: 20 }, { status: 200 }, 1],
  ];
  it.each(answered)('answers as ordered: %o', async (order, expected, made) => {
    const standIn = await begin({ held: true });
    standIn.failNext(order);
    expect(await submit(standIn)).toMatchObject(expected);
    expect([standIn.submits, standIn.billedImages]).toEqual([made, made * 3]);
    expect((await submit(standIn)).status).toBe(200);
  });

  it('sends Retry-After as a date, or not at all', async () => {
    const standIn = await begin({ now: () => Date.UTC(2026, 10, 23, 12) });
    standIn.failNext({ call: 'submit', kind: 'rate-limited', retryAfterSeconds: 30, as: 'date' });
    expect((await submit(standIn)).headers['retry-after']).toBe('Mon, 23 Nov 2026 12:00:30 GMT');
    standIn.failNext({ call: 'submit', kind: 'rate-limited' });
    expect((await submit(standIn)).headers).not.toHaveProperty('retry-after');
  });

  it('breaks answers: half a JSON, a page, no request_id', async () => {
    const standIn = await begin({ held: true });
    standIn.failNext({ call: 'submit', kind: 'broken-json' });
    const broken = await submit(standIn);
    expect(() => JSON.parse(broken.text) as unknown).toThrow();
    standIn.failNext({ call: 'submit', kind: 'html' });
    expect((await submit(standIn)).headers['content-type']).toBe('text/html');
    standIn.failNext({ call: 'submit', kind: 'no-request-id' });
    expect(Object.keys((await submit(standIn)).body)).toEqual(['status_url', 'result_url', 'cancel_url']);
    expect(standIn.submits).toBe(3);
  });

  it.each([
    ['reset', false, 0],
    ['reset', true, 1],
    ['cut', true, 1],
  ] as const)('loses the connection by %s (taken: %s)', async (kind, taken, made) => {
    const standIn = await begin({ held: true });
    standIn.failNext({ call: 'submit', kind, taken });
    await expect(submit(standIn)).rejects.toThrow();
    expect([standIn.submits, standIn.billedImages]).toEqual([made, made * 3]);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('hangs (taken: %s)', async (taken, made) => {
    const standIn = await begin({ held: true });
    const fault = standIn.failNext({ call: 'submit', kind: 'hang', taken });
    const body = JSON.stringify({ text: TEXT });
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(300);
    await expect(request(standIn.url + MODEL, { method: 'POST', headers, body, signal })).rejects.toThrow(/aborted/);
    expect([fault.applied, standIn.submits]).toEqual([1, made]);
  });

  it('refuses connections while down, and listens again on the same port', async () => {
    const standIn = await begin({ held: true });
    const id = await submitted(standIn);
    await standIn.goDown();
    await expect(about(standIn, id, 'status')).rejects.toThrow('ECONNREFUSED');
    await standIn.comeUp();
    expect((await about(standIn, id, 'status')).status).toBe(200);
  });

  it('says other words in status: failed, canceled, one nobody knows', async () => {
    const standIn = await begin({ held: true });
    const id = await submitted(standIn);
    for (const word of ['failed', 'canceled', 'warming_up']) {
      standIn.failNext({ call: 'status', kind: 'status-word', word });
      expect((await about(standIn, id, 'status')).body).toMatchObject({ request_id: id, status: word });
    }
    expect((await about(standIn, id, 'status')).body).toMatchObject({ status: 'in_queue' });
  });

  it('fails jobs: at their result, from their submit, by moderation', async () => {
    const standIn = await begin({ held: true });
    standIn.failNext({ call: 'result', kind: 'failed', error: 'out of memory' });
    const id = await submitted(standIn);
    standIn.start(id);
    expect((await about(standIn, id, 'result')).body).toMatchObject({ status: 'failed', error: 'out of memory' });
    expect((await about(standIn, id, 'result')).body).toMatchObject({ status: 'failed' });

    standIn.failNext({ call: 'submit', kind: 'moderation' });
    const refused = await submitted(standIn);
    standIn.failNext({ call: 'submit', kind: 'failed', error: 'late' });
    const late = await submitted(standIn);
    standIn.finish(late);
    expect(standIn.job(late)).toMatchObject({ state: 'failed', error: 'late', billed: false });
    await standIn.setBehaviour({ held: false, speed: 1e9 });
    await expect.poll(() => standIn.job(refused).state).toBe('failed');
    const { body } = await about(standIn, refused, 'result');
    expect(body).toMatchObject({ status: 'failed', error: { type: 'content_policy_violation' } });
    expect(standIn.billedImages).toBe(0);
  });

  it('loses a job for one call or for good, and is not ready when told', async () => {
    const standIn = await begin({ held: true });
    const { id } = await finished(standIn);
    standIn.failNext({ call: 'status', kind: 'lost' });
    expect(await about(standIn, id, 'status')).toMatchObject({ status: 404, body: { error_code: 404001 } });
    expect((await about(standIn, id, 'status')).status).toBe(200);
    standIn.failNext({ call: 'result', kind: 'not-ready' });
    expect(await about(standIn, id, 'result')).toMatchObject({ status: 400, body: { error_code: 400005 } });
    standIn.loseJob(id);
    expect((await about(standIn, id, 'result')).status).toBe(404);
    expect((await about(standIn, id, 'cancel')).status).toBe(404);
  });

  it('strikes only what it is aimed at, as often as told', async () => {
    const standIn = await begin({ held: true });
    const [one, other] = [await submitted(standIn), await submitted(standIn)];
    const fault = standIn.failNext({ call: 'status', kind: 'http', status: 500, request: one, times: 2 });
    const statuses = async (id: string) => (await about(standIn, id, 'status')).status;
    expect([await statuses(other), await statuses(one), await statuses(one), await statuses(one)]).toEqual([
      200, 500, 500, 200,
    ]);
    expect(fault.applied).toBe(2);
    standIn.failNext({ call: 'status', kind: 'http', status: 500, times: Infinity });
    expect(await statuses(other)).toBe(500);
    standIn.clearFaults();
    expect(await statuses(other)).toBe(200);
  });

  it('is rate limited and slow for as long as that is set', async () => {
    const standIn = await begin({ rateLimited: true, retryAfterSeconds: 2 });
    expect(await submit(standIn)).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
    await standIn.setBehaviour({ rateLimited: false, slowMs: 80 });
    const began = performance.now();
    expect((await submit(standIn)).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(75);
  });

  it('takes so many requests at once, and one more when one of them is over', async () => {
    const standIn = await begin({ held: true, takenAtOnce: 2, retryAfterSeconds: 2 });
    const one = await submitted(standIn);
    await submitted(standIn);
    expect(await submit(standIn)).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
    standIn.finish(one);
    expect((await submit(standIn)).status).toBe(200);
    expect((await submit(standIn)).status).toBe(429);
  });
});

describe('the asset host', () => {
  const fetchBytes = async (url: string, method: 'GET' | 'HEAD' = 'GET') => {
    const answer = await request(url, { method });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      bytes: Buffer.from(await answer.body.arrayBuffer()),
    };
  };

  it('serves JPEGs of the size asked for, each its own, the same each time', async () => {
    const standIn = await begin({ held: true });
    const { urls } = await finished(standIn, { text: TEXT, seed: 7, image_size: '1440:2560 (9:16)' });
    const again = await finished(standIn, { text: TEXT, seed: 7, image_size: '1440:2560 (9:16)' });
    const pictures = await Promise.all(urls.map((url) => fetchBytes(url)));
    for (const { status, headers, bytes } of pictures) {
      expect([status, headers['content-type'], headers['content-length']]).toEqual([
        200,
        'image/jpeg',
        String(bytes.length),
      ]);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1440, height: 2560 });
    }
    expect(new Set(pictures.map(({ bytes }) => bytes.toString('base64'))).size).toBe(3);
    expect((await fetchBytes(again.urls[1] ?? '')).bytes).toEqual(pictures[1]?.bytes);
    const head = await fetchBytes(urls[0] ?? '', 'HEAD');
    expect([head.bytes.length, head.headers['content-length']]).toEqual([0, String(pictures[0]?.bytes.length)]);
  });

  it.each([100_000, 100_003, 65_533 + 40_000, 12_000_000])('pads a picture to exactly %i bytes', async (size) => {
    const standIn = await begin({ held: true, pictureBytes: size });
    const { urls } = await finished(standIn);
    const { bytes } = await fetchBytes(urls[0] ?? '');
    expect(bytes.length).toBe(size);
    expect((await sharp(bytes, { failOn: 'warning' }).stats()).isOpaque).toBe(true);
  });

  it('pads to any size, also where a further comment would not fit', async () => {
    const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } })
      .jpeg()
      .toBuffer();
    const full = 0xffff + 2;
    for (const more of [4, 5, full - 1, full, full + 1, full + 2, full + 3, full + 4, 3 * full + 2]) {
      const padded = padTo(jpeg, jpeg.length + more);
      expect(padded.length).toBe(jpeg.length + more);
      expect(await sharp(padded, { failOn: 'warning' }).raw().toBuffer()).toHaveLength(64 * 64 * 3);
    }
    expect(padTo(jpeg, 10)).toEqual(jpeg);
  });

  it('draws the prompt and the number, the same for the same seed', async () => {
    const standIn = await begin({ held: true, pictures: 'drawn', cacheBytes: 0 });
    const body = { text: TEXT, seed: 3, image_size: '2304:1728 (4:3)' };
    const [one, two] = [await finished(standIn, body), await finished(standIn, body)];
    const [first, second, repeated] = await Promise.all(
      [one.urls[0], one.urls[1], two.urls[0]].map(async (url = '') => (await fetchBytes(url)).bytes),
    );
    expect(first).toEqual(repeated);
    expect(first).not.toEqual(second);
    expect(await sharp(first).metadata()).toMatchObject({ format: 'jpeg', width: 2304, height: 1728 });
    // White letters on the shade below the middle, where nothing else is as bright: the font was found.
    const shade = { left: 900, top: 1100, width: 500, height: 400 };
    const letters = await sharp(await sharp(first).extract(shade).png().toBuffer()).stats();
    expect(Math.min(...letters.channels.slice(0, 3).map(({ max }) => max))).toBeGreaterThan(240);
  });

  it('refuses and remembers a request that brings the token', async () => {
    const standIn = await begin({ held: true });
    const { urls } = await finished(standIn);
    const url = urls[0] ?? '';
    const leaks = [
      await request(url, { headers: { authorization: `Bearer ${TOKEN}` } }),
      await request(url, { headers: { authorization: 'Bearer other' } }),
      await request(url, { headers: { 'x-api-key': TOKEN } }),
      await request(`${url}&token=${TOKEN}`),
    ];
    expect(leaks.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400]);
    expect(standIn.leakedTokens.map(({ where }) => where)).toEqual([
      'authorization',
      'authorization',
      'x-api-key',
      'url',
    ]);
    expect(JSON.stringify(standIn.leakedTokens)).not.toContain(TOKEN);
    expect((await fetchBytes(url)).status).toBe(200);
  });

  it('answers 403 to URLs that are expired or not its own', async () => {
    let time = 0;
    const standIn = await begin({ now: () => time, held: true, urlLifeMs: 1_000 });
    const { id, urls } = await finished(standIn);
    const [url = '', second = ''] = urls;
    expect((await fetchBytes(url.replace('/1.jpg', '/2.jpg'))).status).toBe(403);
    time = 999;
    expect((await fetchBytes(url)).status).toBe(200);
    time = 1_000;
    expect((await fetchBytes(url)).status).toBe(403);
    time = 0;
    standIn.expireUrls(id);
    expect((await fetchBytes(second)).status).toBe(403);
  });

  it('redirects as often as told, or elsewhere', async () => {
    const standIn = await begin({ held: true, assetRedirects: 2 });
    const { urls } = await finished(standIn);
    const url = urls[0] ?? '';
    const follow = async (from: string, limit: number): Promise<number> => {
      const { status, headers } = await fetchBytes(from);
      if (status !== 302 || limit === 0) return limit;
      return follow(new URL(String(headers['location']), from).href, limit - 1);
    };
    expect(await follow(url, 10)).toBe(8);
    standIn.failNext({ call: 'asset', kind: 'redirect', hops: 5 });
    expect(await follow(url, 10)).toBe(5);
    standIn.failNext({ call: 'asset', kind: 'redirect', hops: Infinity });
    expect(await follow(url, 10)).toBe(0);
    standIn.failNext({ call: 'asset', kind: 'redirect', to: 'http://10.0.0.1/x.jpg' });
    expect((await fetchBytes(url)).headers['location']).toBe('http://10.0.0.1/x.jpg');
  });

  it('serves what is no picture: an error, a page, nothing, another type, a bomb', async () => {
    const standIn = await begin({ held: true });
    const { urls } = await finished(standIn);
    const url = urls[0] ?? '';
    standIn.failNext({ call: 'asset', kind: 'http', status: 503, retryAfterSeconds: 3 });
    expect(await fetchBytes(url)).toMatchObject({ status: 503, headers: { 'retry-after': '3' } });
    standIn.failNext({ call: 'asset', kind: 'fake' });
    const fake = await fetchBytes(url);
    expect([fake.headers['content-type'], fake.bytes.toString().slice(0, 9)]).toEqual(['image/jpeg', '<!doctype']);
    standIn.failNext({ call: 'asset', kind: 'empty' });
    expect((await fetchBytes(url)).bytes).toHaveLength(0);
    standIn.failNext({ call: 'asset', kind: 'content-type', type: 'text/html' });
    expect((await fetchBytes(url)).headers['content-type']).toBe('text/html');
    standIn.failNext({ call: 'asset', kind: 'bomb' });
    const bomb = await fetchBytes(url);
    expect(bomb.bytes.length).toBeLessThan(100_000);
    const claimed = await sharp(bomb.bytes, { limitInputPixels: false }).metadata();
    expect(claimed).toMatchObject({ width: 65_500, height: 65_500 });
  });

  it('cuts, resets, hangs, drips and never ends', async () => {
    const standIn = await begin({ held: true });
    const { id, urls } = await finished(standIn);
    const [url = '', other = ''] = urls;
    standIn.failNext({ call: 'asset', kind: 'truncated' });
    await expect(fetchBytes(url)).rejects.toThrow();
    standIn.failNext({ call: 'asset', kind: 'reset' });
    await expect(fetchBytes(url)).rejects.toThrow();
    standIn.failNext({ call: 'asset', kind: 'hang', request: id, number: 1 });
    expect((await fetchBytes(other)).status).toBe(200);
    await expect(request(url, { signal: AbortSignal.timeout(200) })).rejects.toThrow();

    standIn.failNext({ call: 'asset', kind: 'drip', bytesPerSecond: 100 });
    const drip = await request(url, { signal: AbortSignal.timeout(450) });
    await expect(drip.body.arrayBuffer()).rejects.toThrow();

    const seen: StandInEvent[] = [];
    standIn.on((event) => seen.push(event));
    standIn.failNext({ call: 'asset', kind: 'huge' });
    const huge = await request(url);
    expect(huge.headers).not.toHaveProperty('content-length');
    let got = 0;
    for await (const chunk of huge.body) {
      got += (chunk as Buffer).length;
      if (got > 20 * 1024 * 1024) break;
    }
    expect(got).toBeGreaterThan(20 * 1024 * 1024);
    await expect
      .poll(() => seen)
      .toContainEqual(expect.objectContaining({ type: 'asset', requestId: id, number: 1, fault: 'huge' }));
  });

  it('refuses connections while it is down, apart from the Model API', async () => {
    const standIn = await begin({ held: true });
    const { id, urls } = await finished(standIn);
    await standIn.setBehaviour({ assetsDown: true });
    await expect(fetchBytes(urls[0] ?? '')).rejects.toThrow('ECONNREFUSED');
    expect((await about(standIn, id, 'result')).status).toBe(200);
    await standIn.setBehaviour({ assetsDown: false });
    expect((await fetchBytes(urls[0] ?? '')).status).toBe(200);
  });
});

describe('the stand-in itself', () => {
  it('takes the ports it is given, and frees them when closed in the middle of a call', async () => {
    const first = await begin({ held: true });
    const { port } = new URL(first.url);
    await expect(createRunComfyStandIn({ token: TOKEN, port: Number(port) })).rejects.toThrow('EADDRINUSE');
    first.failNext({ call: 'submit', kind: 'hang' });
    const waiting = expect(submit(first)).rejects.toThrow();
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const cut = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    await first.close();
    await Promise.all([waiting, cut]);
    const second = await begin({ port: Number(port), answerBase: 'https://elsewhere.invalid/v1', held: true });
    expect((await submit(second)).body['status_url']).toMatch(/^https:\/\/elsewhere\.invalid\/v1\/requests\//);
  });
});
