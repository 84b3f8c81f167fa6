/** What a result holds: addresses wherever they stand, reasons that people can read, and the raw answer for the log. */
import { expect, test } from 'vitest';
import { createRunComfy, RunComfyError, type ResultAnswer } from '../../../src/services/runcomfy/runcomfy.ts';

const TOKEN = 'key-that-must-stay-secret';
const [ONE, TWO, THREE] = [1, 2, 3].map((number) => `https://a.runcomfy.net/${number}.jpg?sig=a%2Fb`) as [
  string,
  string,
  string,
];
const FILM = 'https://a.runcomfy.net/film.mp4?sig=c';

function api(httpStatus: number, body: unknown) {
  const answer = () => Promise.resolve({ httpStatus, retryAfter: undefined, body });
  const http = { send: answer, submit: answer, close: () => Promise.resolve() };
  return createRunComfy({ http, token: TOKEN, clock: { now: () => 0 } });
}

const result = (body: unknown): Promise<ResultAnswer> => api(200, body).result('request-1');

async function failure(call: Promise<unknown>): Promise<RunComfyError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RunComfyError) return error;
  throw new Error('No RunComfyError');
}

test.each<[string, unknown, string[], string[]?]>([
  ['objects with url', { images: [{ url: ONE }, { url: TWO }] }, [ONE, TWO]],
  ['objects with uri, href, src', { images: [{ uri: ONE }, { href: TWO }, { src: THREE }] }, [ONE, TWO, THREE]],
  ['one object', { image: { url: ONE, width: 2048, content_type: 'image/jpeg' } }, [ONE]],
  ['lists in lists', { images: [[ONE], [[TWO]]] }, [ONE, TWO]],
  ['a list that is the output', [ONE, { url: TWO }], [ONE, TWO]],
  ['an address that is the output', ONE, [ONE]],
  ['another name', { results: [{ file: { url: ONE } }] }, [ONE]],
  [
    'nodes of a workflow',
    { 9: { images: [{ filename: '1.png', url: ONE }] }, 12: { images: [{ url: TWO }] } },
    [ONE, TWO],
  ],
  ['image_urls', { image_urls: [ONE, TWO] }, [ONE, TWO]],
  ['a thumbnail beside each', { images: [{ url: ONE, thumbnail_url: TWO, preview: { url: THREE } }] }, [ONE]],
  ['previews alone', { preview: ONE }, [ONE]],
  ['a page beside the pictures', { images: [ONE], page: 'https://runcomfy.com/models/seedream' }, [ONE]],
  ['an echo of the input', { input: { images: [TWO] }, data: [ONE] }, [ONE]],
  ['a video by its key', { videos: [{ url: ONE }], images: [TWO] }, [TWO], [ONE]],
  ['a video by its file', { files: [{ url: FILM }, { url: ONE }] }, [ONE], [FILM]],
  ['an unknown file', { files: ['https://a.runcomfy.net/no-extension'] }, ['https://a.runcomfy.net/no-extension']],
  ['the same twice', { images: [{ url: ONE }, ONE, { uri: ONE }] }, [ONE]],
  ['null beside', { images: [null, { url: null }, { url: ONE }], error: null }, [ONE]],
])('addresses in %s', async (_, output, images, videos = []) => {
  expect(await result({ status: 'succeeded', output })).toEqual({ status: 'succeeded', images, videos });
});

test.each([{ images: [] }, { images: [], image: null }, { images: [], videos: [], seed: 5 }, []])(
  'that nothing was made is said by %j alone',
  async (output) => {
    expect(await result({ status: 'succeeded', output })).toEqual({ status: 'succeeded', images: [], videos: [] });
  },
);

test.each([
  [undefined],
  [null],
  ['soon'],
  [7],
  [{}],
  [{ images: null }],
  [{ images: 'pending' }],
  [{ images: [{ id: 'file-1' }] }],
  [{ images: [], videos: [{ id: 'file-1' }] }],
  [{ images: ['data:image/png;base64,AAAA'] }],
  [{ image: { url: 'ftp://a/b.jpg' } }],
])('what cannot be read is looked at again, never taken for none: %j', async (output) => {
  const error = await failure(result({ status: 'succeeded', output }));
  expect(error.kind).toBe('unreadable');
  expect(error.answer).toContain('succeeded');
});

test('an output that nests without end is looked at again like any other', async () => {
  const text = `{"status":"succeeded","output":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  expect((await failure(result(JSON.parse(text)))).kind).toBe('unreadable');
});

test('the raw answer is kept for the log: cut, without the key, signatures and what was asked for', async () => {
  const output = {
    images: [{ id: 'file-1', note: `made with ${TOKEN}`, page: 'x https://u:p@a.net/b?sig=SECRET#c y' }],
    access_token: 'SECRET',
    much: 'x'.repeat(5000),
  };
  const body = { status: 'succeeded', output, input: { text: 'SECRET wish' }, header: 'Authorization: Bearer SECRET' };
  const { answer = '' } = await failure(result(body));
  expect(answer).toContain('"id":"file-1"');
  expect(answer).toContain('https://a.net/b?…');
  expect(answer).not.toMatch(new RegExp(`SECRET|${TOKEN}|u:p`));
  expect(answer.length).toBeLessThanOrEqual(2000);
  const taken = await failure(api(200, { status: 'in_queue', trace: 'abc' }).submit({ model: 'a/model', body: {} }));
  expect(taken.answer).toContain('"trace":"abc"');
});

test.each([
  'undefined',
  'null',
  'None',
  '[object Object]',
  'Error: [object Object]',
  'Error: undefined',
  'error: null.',
  '',
  '  ',
  '-',
  '500',
  {},
  { type: 'x' },
  { message: null },
  { message: { text: 'nested' } },
  ['a', 'b'],
  7,
  true,
  '{"code":7}',
  '[{"msg":"f"}]',
  "{'code': 'x'}",
  '<html><body>Bad gateway</body></html>',
  'Upstream said {"code":7}',
])('a reason that is no sentence is not passed on: %j', async (reason) => {
  expect(await result({ status: 'failed', error: reason })).toEqual({ status: 'failed', reason: undefined });
  expect(
    (await failure(api(400, { error_message: reason }).submit({ model: 'a/model', body: {} }))).reason,
  ).toBeUndefined();
});

test.each([
  ['Model run failed', 'Model run failed'],
  [{ message: 'undefined', error: 'Too many people' }, 'Too many people'],
  [{ error: { message: 'The picture was refused.' } }, 'The picture was refused.'],
  ['{"error":{"code":"Sensitive","message":"May contain sensitive content."}}', 'May contain sensitive content.'],
  ['内容が拒否されました', '内容が拒否されました'],
])('a reason that is one is found: %j', async (error, reason) => {
  expect(await result({ status: 'failed', error })).toEqual({ status: 'failed', reason });
});
