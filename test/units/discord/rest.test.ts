/** Calls to Discord over the bot's own connections, with files and without, against a server that answers what a test says. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { DiscordAPIError, HTTPError } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { Multipart, uploadBody } from '../../../src/services/discord/multipart.ts';
import { createBotRest } from '../../../src/services/discord/rest.ts';
import { soleProcess } from '../../../src/services/storage/sqlite/processes.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

interface Call {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A REST whose calls this answers, and the calls as they came. */
async function restTo(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      calls.push({ headers: request.headers, body });
      answer(response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const rest = createBotRest({ api, retries: 0, token: 'the.token', processes: soleProcess, clock: systemClock });
  return { rest, calls };
}

const json = (status: number, value: unknown) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

test('files go out as one form that any reader of forms takes apart, names and bytes as they are', async () => {
  const { rest, calls } = await restTo(json(200, { id: '1' }));
  const picture = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const files = [
    { name: 'a "fox".jpg', data: picture },
    { name: 'words.txt', data: 'naïve\n' },
  ];
  const body = { content: 'two files', attachments: [{ id: 0 }, { id: 1 }] };
  expect(await rest.patch('/webhooks/1/t/messages/@original', { ...uploadBody(body, files), auth: false })).toEqual({
    id: '1',
  });
  const [{ headers, body: sent }] = calls as [Call];
  expect(headers['content-length']).toBe(String(sent.length));
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- large forms of strangers are what it is not for
  const form = await new Response(sent, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
  const first = form.get('files[0]') as File;
  const second = form.get('files[1]') as File;
  expect([first.name, first.type]).toEqual(['a "fox".jpg', 'image/jpeg']);
  expect(Buffer.from(await first.arrayBuffer()).equals(picture)).toBe(true);
  expect([second.name, second.type, await second.text()]).toEqual([
    'words.txt',
    'text/plain; charset=utf-8',
    'naïve\n',
  ]);
  expect(JSON.parse(form.get('payload_json') as string)).toEqual(body);
});

test('without files a body is JSON', async () => {
  const { rest, calls } = await restTo(json(200, {}));
  await rest.post('/channels/1/messages', uploadBody({ content: 'a line' }));
  const [{ headers, body }] = calls as [Call];
  expect([headers['content-type'], headers.authorization]).toEqual(['application/json', 'Bot the.token']);
  expect(JSON.parse(body.toString())).toEqual({ content: 'a line' });
});

test('an answer without content is taken, and its connection used again', async () => {
  const { rest } = await restTo((response) => response.writeHead(204).end());
  await rest.delete('/channels/1/messages/2');
  await rest.delete('/channels/1/messages/3');
});

test.each([
  ['a body', uploadBody({ content: 'x' })],
  ['files', uploadBody({ content: 'x' }, [{ name: 'a.png', data: Buffer.alloc(100_000) }])],
])('what goes wrong with %s shows as discord.js shows it', async (_name, upload) => {
  const refused = await restTo(json(400, { code: 50_035, message: 'Invalid Form Body' }));
  const refusal: unknown = await refused.rest.post('/channels/1/messages', upload).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DiscordAPIError);
  expect(refusal).toMatchObject({ status: 400, code: 50_035 });

  const broken = await restTo((response) => response.writeHead(503).end('<html>'));
  const trouble: unknown = await broken.rest.post('/channels/1/messages', upload).catch((error: unknown) => error);
  expect(trouble).toBeInstanceOf(HTTPError);
  expect(trouble).toMatchObject({ status: 503, message: 'Service Unavailable' });

  const cut = await restTo((_response, request) => request.socket.destroy());
  await expect(cut.rest.post('/channels/1/messages', upload)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
});

test('there is one way to send files: a form of discord.js goes nowhere', async () => {
  const { rest, calls } = await restTo(json(200, {}));
  const files = [{ name: 'a.png', data: Buffer.alloc(10) }];
  await expect(rest.post('/channels/1/messages', { body: {}, files })).rejects.toThrow('uploadBody');
  expect(calls).toEqual([]);
});

test('a log shows what a form says, and not the bytes of its files', () => {
  const form = new Multipart({ content: 'x' }, [{ name: 'a.png', data: Buffer.alloc(1000) }]);
  expect(JSON.stringify(form)).toBe('{"content":"x"}');
});
