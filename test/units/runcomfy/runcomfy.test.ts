import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createRunComfy, createRunComfyHttp, RunComfyError } from '../../../src/services/runcomfy/runcomfy.ts';
import type { RunComfy, RunComfyErrorKind, RunComfyHttp } from '../../../src/services/runcomfy/runcomfy.ts';
import type { RunComfyTimeouts } from '../../../src/services/runcomfy/http.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { MODEL } from '../../../src/services/models/seedream.ts';

const TOKEN = 'key-that-must-stay-secret';
const ID = '7f1c9a34-0d0e-4a51-9c6b-5a1d6c3b2e10';
const INPUT = {
  text: 'Generate 2 images of a harbour, señor 🎨',
  sequential_image_generation_options: 2,
  image_size: '2304:1728 (4:3)',
  seed: 7,
  optimize_prompt_options: 'standard',
  sequential_image_generation: 'auto',
};

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

interface Received {
  head: string;
  body: string;
  socket: Socket;
}

/** A server of bare sockets: `answer` is called once a request is there whole, `accepted` at each connection. */
async function serve(
  answer: (request: Received) => void,
  accepted: (socket: Socket) => void = () => undefined,
): Promise<{ base: string; received: Received[]; sockets: Socket[] }> {
  const received: Received[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let bytes = '';
    socket.on('error', () => undefined);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      bytes += chunk;
      const end = bytes.indexOf('\r\n\r\n');
      const length = Number(/^content-length: (\d+)$/im.exec(bytes)?.[1] ?? 0);
      if (end === -1 || bytes.length < end + 4 + length) return;
      const body = Buffer.from(bytes.slice(end + 4), 'latin1').toString();
      const request = { head: bytes.slice(0, end), body, socket };
      bytes = '';
      received.push(request);
      answer(request);
    });
    accepted(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, received, sockets };
}

function client(base: string, timeouts: Partial<RunComfyTimeouts> = {}): RunComfy {
  const deadlines = { submit: 5_000, send: 5_000, ...timeouts };
  const http = createRunComfyHttp({ base, token: TOKEN, clock: systemClock, timeouts: deadlines });
  const api = createRunComfy({ http, token: TOKEN, clock: systemClock });
  open.push(() => api.close());
  return api;
}

/** An HTTP answer as bytes; objects are sent as JSON. */
function http(status: number, body: unknown = '', headers: Record<string, string> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers };
  return `HTTP/1.1 ${status} x\r\n${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${text}`;
}

/** A client of a server that gives every request the same answer. */
async function answering(bytes: string): Promise<RunComfy> {
  return client((await serve(({ socket }) => socket.write(bytes))).base);
}

async function failure(call: Promise<unknown>): Promise<RunComfyError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RunComfyError)) throw new Error(`no RunComfyError but ${inspect(error)}`);
  expect(inspect(error, { showHidden: true, depth: 9 })).not.toMatch(new RegExp(`${TOKEN}|authorization:`, 'i'));
  return error;
}

const submit = (api: RunComfy) => api.submit({ model: MODEL, body: INPUT });
const status = (api: RunComfy) => api.status(ID);
const result = (api: RunComfy) => api.result(ID);
const cancel = (api: RunComfy) => api.cancel(ID);
const looks: [string, (api: RunComfy) => Promise<unknown>][] = [
  ['status', status],
  ['result', result],
  ['cancel', cancel],
];

describe('what is sent', () => {
  it('is each call at its own address, with the token, and the input whole', async () => {
    const { base, received } = await serve(({ head, socket }) => {
      const answers = {
        status: { status: 'in_progress' },
        result: { status: 'in_progress' },
        cancel: { outcome: 'cancelled' },
      };
      const [, name] = /\/(status|result|cancel)\S* HTTP/.exec(head) ?? [];
      socket.write(http(200, Object.entries(answers).find(([key]) => key === name)?.[1] ?? { request_id: ID }));
    });
    const api = client(`${base}/`);
    expect(await submit(api)).toEqual({ requestId: ID });
    expect(await status(api)).toEqual({ status: 'in_progress' });
    expect(await result(api)).toEqual({ status: 'in_progress' });
    expect(await cancel(api)).toBe('cancelled');
    expect(received.map(({ head }) => head.split('\r\n')[0])).toEqual([
      `POST /v1/models/${MODEL} HTTP/1.1`,
      `GET /v1/requests/${ID}/status HTTP/1.1`,
      `GET /v1/requests/${ID}/result?include_cost=true HTTP/1.1`,
      `POST /v1/requests/${ID}/cancel HTTP/1.1`,
    ]);
    for (const { head } of received) expect(head).toMatch(new RegExp(`^authorization: Bearer ${TOKEN}$`, 'im'));
    expect(received[0]?.head).toMatch(/^content-type: application\/json$/im);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual(INPUT);
  });

  it('never follows a redirect or an address from an answer', async () => {
    const elsewhere = await serve(({ socket }) => socket.write(http(200, { request_id: ID, status: 'completed' })));
    const { base } = await serve(({ head, socket }) => {
      const urls = { status_url: elsewhere.base, result_url: elsewhere.base, cancel_url: elsewhere.base };
      socket.write(
        head.startsWith('POST') && head.includes('/models/')
          ? http(200, { request_id: ID, ...urls })
          : http(307, '', { location: elsewhere.base }),
      );
    });
    const api = client(base);
    const { requestId } = await submit(api);
    expect(requestId).toBe(ID);
    for (const [, look] of looks) expect((await failure(look(api))).kind).toBe('unavailable');
    const moved = await answering(http(302, '', { location: elsewhere.base }));
    expect((await failure(submit(moved))).kind).toBe('outcome_unknown');
    expect(elsewhere.sockets).toHaveLength(0);
  });

  it.each(['../models', 'a/b', '..', '', 'a?b', 'a b', 'x'.repeat(200)])(
    'never asks for a request id like %j',
    async (id) => {
      const { base, sockets } = await serve(({ socket }) => socket.write(http(200, { status: 'completed' })));
      expect((await failure(client(base).status(id))).kind).toBe('not_found');
      expect(sockets).toHaveLength(0);
    },
  );
});

describe('submit', () => {
  const answers: [string, string, RunComfyErrorKind][] = [
    ['429', http(429, ''), 'rate'],
    ['401', http(401, { detail: 'no' }), 'authentication'],
    ['403', http(403, '<html>'), 'authentication'],
    ['400 with 400004', http(400, { error_code: 400004 }), 'authentication'],
    ['200 with 400004', http(200, { error_code: 400004, error_message: 'bad token' }), 'authentication'],
    ['200 with 403001', http(200, { error_code: '403001' }), 'authentication'],
    ['402', http(402, ''), 'balance'],
    ['400 with 400002', http(400, { error_code: 400002 }), 'balance'],
    ['200 with 400002', http(200, { error_code: 400002, request_id: 'trace-1' }), 'balance'],
    ['400', http(400, { message: 'no' }), 'input'],
    ['422', http(422, { detail: [] }), 'input'],
    ['413 as HTML', http(413, '<html>'), 'input'],
    ['200 with an error code nobody documents', http(200, { error_code: 499123 }), 'input'],
    ['404 of the model', http(404, { error_code: 404001 }), 'not_found'],
    ['500', http(500, { message: 'broke' }), 'outcome_unknown'],
    ['500 with 400004', http(500, { error_code: 400004 }), 'authentication'],
    ['503 with Retry-After', http(503, '', { 'retry-after': '1' }), 'outcome_unknown'],
    ['504 as HTML', http(504, '<html>'), 'outcome_unknown'],
    ['302', http(302, ''), 'outcome_unknown'],
    ['200 as HTML', http(200, '<html>'), 'outcome_unknown'],
    ['200 with broken JSON', http(200, '{"request_id":'), 'outcome_unknown'],
    ['200 without a body', http(200), 'outcome_unknown'],
    ['200 without request_id', http(200, { status: 'in_queue' }), 'outcome_unknown'],
    ['200 with a list', http(200, [ID]), 'outcome_unknown'],
    ['200 with a request_id that is a path', http(200, { request_id: '../x' }), 'outcome_unknown'],
    ['200 with a body too long', http(200, { request_id: ID, pad: 'x'.repeat(1_100_000) }), 'outcome_unknown'],
    ['bytes that are no HTTP', 'hello\r\n\r\n', 'outcome_unknown'],
  ];
  it.each(answers)('reads %s', async (_, bytes, kind) => {
    expect((await failure(submit(await answering(bytes)))).kind).toBe(kind);
  });

  it.each([
    ['0, null', { request_id: ID, error_code: 0, error: null }],
    ['null', { request_id: ID, error_code: null, more: { a: 1 } }],
  ])('takes an error_code of %s as no error', async (_, body) => {
    expect(await submit(await answering(http(200, body)))).toEqual({ requestId: ID });
  });

  it('takes 202 for an answer like 200', async () => {
    expect(await submit(await answering(http(202, { request_id: ID })))).toEqual({ requestId: ID });
  });

  it('proves that nothing was taken when the port is closed', async () => {
    const { base } = await serve(() => undefined);
    await open.pop()?.();
    const error = await failure(submit(client(base)));
    expect(error).toMatchObject({ kind: 'unavailable', httpStatus: undefined });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('proves that nothing was taken when TLS fails', async () => {
    const { base } = await serve(
      () => undefined,
      (socket) => socket.end(http(400)),
    );
    expect((await failure(submit(client(base.replace('http:', 'https:'))))).kind).toBe('unavailable');
  });

  it.each([
    ['connection', { connect: 200 }],
    ['whole call', { submit: 200 }],
  ])('proves that nothing was taken when TLS is never answered, by the deadline of the %s', async (_, timeouts) => {
    const began = performance.now();
    let hello = 0;
    const { base } = await serve(
      () => undefined,
      (socket) => socket.on('data', () => (hello += 1)),
    );
    expect((await failure(submit(client(base.replace('http:', 'https:'), timeouts)))).kind).toBe('unavailable');
    expect(hello).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('says that nothing was taken of a connection reset on arrival only if not a byte was sent', async () => {
    const { base, sockets } = await serve(
      () => undefined,
      (socket) => socket.resetAndDestroy(),
    );
    const { kind } = await failure(submit(client(base)));
    // Whether the reset overtakes the news of the connection is the system's to decide.
    expect(['unavailable', 'outcome_unknown']).toContain(kind);
    if (kind === 'unavailable') expect(sockets[0]?.bytesRead).toBe(0);
    expect(sockets).toHaveLength(1);
  });

  it('knows nothing when the connection is reset at the first byte', async () => {
    const { base, sockets } = await serve(
      () => undefined,
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
    );
    expect((await failure(submit(client(base)))).kind).toBe('outcome_unknown');
    expect(sockets).toHaveLength(1);
  });

  it('knows nothing when the connection is reset after the request, and sends it once', async () => {
    const { base, received } = await serve(({ socket }) => socket.resetAndDestroy());
    expect((await failure(submit(client(base)))).kind).toBe('outcome_unknown');
    expect(received).toHaveLength(1);
  });

  it('knows nothing when the connection is closed without an answer', async () => {
    const { base, received } = await serve(({ socket }) => socket.end());
    expect((await failure(submit(client(base)))).kind).toBe('outcome_unknown');
    expect(received).toHaveLength(1);
  });

  it.each([
    ['no answer', ''],
    ['half a head', 'HTTP/1.1 200 x\r\ncontent-le'],
    ['half a body', http(200, `{"request_id":"${ID}"`, { 'content-length': '90' })],
  ])('knows nothing when %s comes before the deadline', async (_, bytes) => {
    const { base } = await serve(({ socket }) => socket.write(bytes));
    expect((await failure(submit(client(base, { submit: 200 })))).kind).toBe('outcome_unknown');
  });

  it('knows nothing when an answer breaks off', async () => {
    const { base } = await serve(({ socket }) =>
      socket.end(http(200, `{"request_id":"${ID}"`, { 'content-length': '90' })),
    );
    expect((await failure(submit(client(base)))).kind).toBe('outcome_unknown');
  });

  it.each([
    [429, 'rate'],
    [400, 'input'],
  ])('takes HTTP %i at its word though the body never ends', async (code, kind) => {
    const { base } = await serve(({ socket }) => socket.write(http(code, '{"mess', { 'content-length': '90' })));
    expect((await failure(submit(client(base, { submit: 200 })))).kind).toBe(kind);
  });

  it('ends a body that trickles at the deadline of the whole call', async () => {
    const { base } = await serve(({ socket }) => {
      socket.write(http(200, '', { 'content-length': '100000' }));
      const drip = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    const began = performance.now();
    expect((await failure(submit(client(base, { submit: 300 })))).kind).toBe('outcome_unknown');
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('uses a connection of its own each time, so that one closed while idle harms no later submit', async () => {
    const { base, sockets } = await serve(({ socket }) => {
      socket.write(http(200, { request_id: ID, status: 'in_progress' }, { connection: 'keep-alive' }));
      // What a server does that gives up on an idle connection at the worst moment.
      socket.once('data', () => socket.resetAndDestroy());
    });
    const api = client(base);
    await status(api);
    for (let n = 0; n < 5; n += 1) expect(await submit(api)).toEqual({ requestId: ID });
    expect(sockets).toHaveLength(6);
    await expect.poll(() => sockets.slice(1).every((socket) => socket.destroyed)).toBe(true);
  });
});

describe('status, result and cancel', () => {
  const troubles: [string, string, RunComfyErrorKind][] = [
    ['404', http(404), 'unavailable'],
    ['404 as HTML', http(404, '<html>'), 'unavailable'],
    ['404 with 404001', http(404, { error_code: 404001 }), 'not_found'],
    ['400 with 404001', http(400, { error_code: 404001 }), 'not_found'],
    ['200 with 404001', http(200, { error_code: 404001, error_message: 'expired' }), 'not_found'],
    ['429', http(429), 'rate'],
    ['401', http(401), 'authentication'],
    ['200 with 400004', http(200, { error_code: 400004, status: 'failed' }), 'authentication'],
    ['402', http(402), 'balance'],
    ['400', http(400, { message: 'no' }), 'unavailable'],
    [
      '200 with an error code nobody documents',
      http(200, { error_code: 1, status: 'completed', outcome: 'cancelled' }),
      'unavailable',
    ],
    ['500', http(500, { status: 'failed', outcome: 'cancelled' }), 'unavailable'],
    ['500 with 404001', http(500, { status: 'failed', error_code: 404001 }), 'not_found'],
    ['HTML', http(200, '<html>'), 'unavailable'],
    ['an unknown word', http(200, { status: 'exploded', outcome: 'exploded' }), 'unavailable'],
    ['no word', http(200, {}), 'unavailable'],
    ['a word that is a number', http(200, { status: 1, outcome: 1 }), 'unavailable'],
    [
      'an answer too long',
      http(200, { status: 'in_progress', outcome: 'cancelled', pad: 'x'.repeat(1_100_000) }),
      'unavailable',
    ],
  ];
  it.each(looks.flatMap(([name, look]) => troubles.map((row) => [name, ...row, look] as const)))(
    '%s reads %s',
    async (_name, _trouble, bytes, kind, look) => {
      expect((await failure(look(await answering(bytes)))).kind).toBe(kind);
    },
  );

  it.each(looks)('%s is unavailable behind a reset, a hanging, and a closed connection', async (_, look) => {
    const reset = await serve(({ socket }) => socket.resetAndDestroy());
    expect((await failure(look(client(reset.base)))).kind).toBe('unavailable');
    const hanging = await serve(() => undefined);
    expect((await failure(look(client(hanging.base, { send: 100 })))).kind).toBe('unavailable');
    const silent = client(hanging.base.replace('http:', 'https:'), { send: 100 });
    expect((await failure(look(silent))).kind).toBe('unavailable');
    await open.shift()?.();
    expect((await failure(look(client(reset.base)))).kind).toBe('unavailable');
  });

  it('share their connections', async () => {
    const { base, sockets } = await serve(({ socket }) =>
      socket.write(http(200, { status: 'in_progress', outcome: 'cancelled' })),
    );
    const api = client(base);
    for (const [, look] of [...looks, ...looks, ...looks, ...looks]) await look(api);
    // A second one is opened when a call comes in the same instant as the answer before it.
    expect(sockets.length).toBeLessThanOrEqual(2);
  });

  it.each([
    [
      { status: 'in_queue', queue_position: 3 },
      { status: 'in_queue', position: 3 },
    ],
    [
      { status: 'in_queue', queue_position: 0 },
      { status: 'in_queue', position: 0 },
    ],
    [{ status: 'in_queue' }, { status: 'in_queue', position: undefined }],
    [
      { status: 'in_queue', queue_position: -1 },
      { status: 'in_queue', position: undefined },
    ],
    [
      { status: 'in_queue', queue_position: 1.5 },
      { status: 'in_queue', position: undefined },
    ],
    [
      { status: 'in_queue', queue_position: 'soon' },
      { status: 'in_queue', position: undefined },
    ],
    [{ status: 'in_progress', queue_position: 3 }, { status: 'in_progress' }],
    [{ status: 'completed', request_id: ID, error_code: null }, { status: 'completed' }],
    [{ status: 'succeeded' }, { status: 'completed' }],
    [{ status: 'cancelled' }, { status: 'cancelled' }],
    [{ status: 'canceled' }, { status: 'cancelled' }],
    [{ status: 'failed' }, { status: 'failed' }],
  ])('status reads %j', async (body, expected) => {
    expect(await status(await answering(http(200, body)))).toStrictEqual(expected);
  });

  const [one, two, film] = [
    'https://a.runcomfy.net/1.jpg?x=a%2Fb',
    'https://a.runcomfy.net/2.jpg',
    'https://a.runcomfy.net/f.mp4',
  ];
  const made = (images: string[], videos: string[] = []) => ({ status: 'succeeded', images, videos });
  it.each([
    [{ status: 'succeeded', output: { images: [one, two] } }, made([one, two])],
    [{ status: 'completed', output: { image: one } }, made([one])],
    [{ status: 'succeeded', output: { image: one, images: [two, one, two] } }, made([two, one])],
    [{ status: 'succeeded', output: { videos: [film], video: film, image: [one] } }, made([one], [film])],
    [
      { status: 'succeeded', output: { images: [one, 7, null, 'x', 'ftp://a/b', 'data:,x', ['x']], image: '' } },
      made([one]),
    ],
    [{ status: 'succeeded', image: one, input: { image: two }, output: { images: [] } }, made([])],
    [
      { status: 'failed', error: 'refused by moderation' },
      { status: 'failed', reason: 'refused by moderation' },
    ],
    [
      { status: 'failed', error: { type: 'x', message: 'too\nodd' } },
      { status: 'failed', reason: 'too odd' },
    ],
    [
      { status: 'failed', error_code: 500123, detail: 'broke' },
      { status: 'failed', reason: 'broke' },
    ],
    [
      { status: 'failed', error: null, output: { images: [one] } },
      { status: 'failed', reason: undefined },
    ],
    [{ status: 'in_queue', output: null }, { status: 'in_queue' }],
    [{ status: 'in_progress' }, { status: 'in_progress' }],
    [{ status: 'canceled' }, { status: 'cancelled' }],
    [{ error_code: 400005, error_message: 'not ready' }, { status: 'in_progress' }],
  ])('result reads %j', async (body, expected) => {
    expect(await result(await answering(http(200, body)))).toStrictEqual(expected);
  });

  it('result reads HTTP 400 with 400005 as not ready', async () => {
    expect(await result(await answering(http(400, { error_code: 400005 })))).toEqual({ status: 'in_progress' });
  });

  it('result looks again when the output has no form that is known', async () => {
    for (const output of ['soon', null, undefined, {}]) {
      const api = await answering(http(200, { status: 'succeeded', output }));
      expect((await failure(result(api))).kind).toBe('unreadable');
    }
  });

  it.each([
    [{ outcome: 'cancelled', status: 'in_queue' }, 'cancelled'],
    [{ outcome: 'canceled' }, 'cancelled'],
    [{ outcome: 'not_cancellable', status: 'cancelled' }, 'not_cancellable'],
  ])('cancel trusts the outcome of %j', async (body, expected) => {
    expect(await cancel(await answering(http(202, body)))).toBe(expected);
  });

  it('cancel takes no status for an outcome', async () => {
    expect((await failure(cancel(await answering(http(202, { status: 'cancelled' }))))).kind).toBe('unavailable');
  });
});

describe('what an error tells', () => {
  it.each([
    ['3', 3_000],
    ['0.5', 500],
    ['0', 0],
    ['86400', 600_000],
    ['-1', undefined],
    ['soon', undefined],
    [new Date(Date.now() + 3_600_000).toUTCString(), 600_000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ])('Retry-After: %s', async (header, expected) => {
    const bytes = http(429, '', { 'retry-after': header });
    for (const call of [submit, status]) {
      const error = await failure(call(await answering(bytes)));
      expect(error).toMatchObject({ kind: 'rate', retryAfter: expected });
    }
  });

  it('reads a Retry-After date as the time until then', async () => {
    const bytes = http(429, '', { 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
    const { retryAfter } = await failure(status(await answering(bytes)));
    expect(retryAfter).toBeGreaterThan(30_000);
    expect(retryAfter).toBeLessThanOrEqual(60_000);
  });

  it('counts a Retry-After date from the moment that its clock tells', async () => {
    const retryAfter = 'Wed, 21 Oct 2015 07:28:30 GMT';
    const answer = () => Promise.resolve({ httpStatus: 429, retryAfter, body: undefined });
    const http: RunComfyHttp = { send: answer, submit: answer, close: () => Promise.resolve() };
    const api = createRunComfy({ http, token: TOKEN, clock: { now: () => Date.parse('2015-10-21T07:28:00Z') } });
    for (const call of [submit, status]) {
      expect(await failure(call(api))).toMatchObject({ kind: 'rate', retryAfter: 30_000 });
    }
  });

  it('has no Retry-After where none was sent', async () => {
    expect((await failure(submit(await answering(http(429))))).retryAfter).toBeUndefined();
  });

  it.each([
    [{ error_message: 'a', message: 'b' }, 'a'],
    [{ error_message: '', message: 'b' }, 'b'],
    [{ error: 'c' }, 'c'],
    [{ error: { message: 'd' } }, 'd'],
    [{ detail: 'e' }, 'e'],
    [{ detail: [{ msg: 'f' }] }, undefined],
    [{ message: '🎨'.repeat(400) }, `${'🎨'.repeat(299)}…`],
  ])('gives the reason in %j', async (body, reason) => {
    const error = await failure(submit(await answering(http(400, { error_code: 400001, ...body }))));
    expect(error).toMatchObject({ kind: 'input', httpStatus: 400, code: 400001, reason });
  });

  it.each([
    `invalid key ${TOKEN}!`,
    `${'x'.repeat(290)}${TOKEN}`,
    `headers: Authorization: Bearer ${TOKEN}`,
    `got "Bearer ${TOKEN.slice(0, 12)}..."`,
  ])('never tells the token that an answer echoes: %s', async (message) => {
    const bytes = http(401, { error_code: 400004, message });
    for (const call of [submit, status, result]) {
      const error = await failure(call(await answering(bytes)));
      expect(error.reason).toContain('[hidden]');
      expect(error.reason).not.toContain(TOKEN.slice(0, 8));
    }
    const failed = await result(await answering(http(200, { status: 'failed', error: { message } })));
    expect(JSON.stringify(failed)).not.toContain(TOKEN.slice(0, 8));
  });
});

describe('close', () => {
  it('ends calls under way at once, and calls after it', async () => {
    const { base, received, sockets } = await serve(() => undefined);
    const api = client(base, { submit: 60_000, send: 60_000 });
    const calls = [failure(submit(api)), failure(status(api))];
    await expect.poll(() => received.length).toBe(2);
    await api.close();
    expect((await Promise.all(calls)).map(({ kind }) => kind)).toEqual(['outcome_unknown', 'unavailable']);
    expect((await failure(submit(api))).kind).toBe('unavailable');
    expect((await failure(status(api))).kind).toBe('unavailable');
    await expect.poll(() => sockets.every((socket) => socket.destroyed)).toBe(true);
    expect(sockets).toHaveLength(2);
  });
});
