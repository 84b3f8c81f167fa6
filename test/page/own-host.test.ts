/** The playground's server answers to its own name only: another site's name can be made to point at this machine. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlayground, type Playground } from '../../playground/app/playground.ts';
import { createPageServer, type PageServer } from '../../playground/app/server/server.ts';
import { createBotInTest } from './bot-in-test.ts';

let playground: Playground;
let server: PageServer;

beforeAll(async () => {
  playground = await createPlayground({ pictures: 'plain', createBot: createBotInTest });
  server = await createPageServer({ playground, port: 0 });
});

afterAll(async () => {
  await server.close();
  await playground.close();
});

interface Asked {
  method?: string;
  path: string;
  host: string;
  body?: string;
}

/** Asks under a name, as a browser does that was told that the name is this machine's. */
async function ask({ method = 'GET', path, host, body = '' }: Asked): Promise<{ status: number; text: string }> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const headers = { host: host.replace('PORT', port), 'content-type': 'application/json' };
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const { statusCode: status = 0 } = response;
      text(response).then((all) => {
        resolve({ status, text: all });
      }, reject);
    });
    asked.on('error', reject).end(body);
  });
}

const STRANGERS = [
  'evil.example:PORT',
  'evil.example',
  '127.0.0.1.evil.example:PORT',
  'localhost',
  '127.0.0.1:1',
  '0.0.0.0:PORT',
];

test.each(STRANGERS)('what is asked under the name %s is refused, and does nothing', async (host) => {
  const held = JSON.stringify({ control: 'held', value: true });
  for (const path of ['/', '/events', '/page/main.js', '/cdn/attachments/1/2/x.png']) {
    expect(await ask({ path, host })).toEqual({ status: 421, text: 'This server answers to its own name only\n' });
  }
  expect((await ask({ method: 'POST', path: '/control', host, body: held })).status).toBe(421);
  expect((await ask({ method: 'POST', path: '/action', host, body: '{}' })).status).toBe(421);
  expect((await ask({ method: 'POST', path: '/upload?name=a.png', host, body: 'a file' })).status).toBe(421);
  expect(playground.runcomfy.behaviour.held).toBe(false);
});

test.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT'])('it answers as %s', async (host) => {
  expect((await ask({ path: '/', host })).status).toBe(200);
  const body = JSON.stringify({ control: 'held', value: false });
  expect(JSON.parse((await ask({ method: 'POST', path: '/control', host, body })).text)).toHaveProperty('said');
});

test('a file comes with a type that another site’s page cannot send unasked, is no larger than people may send, and is used once', async () => {
  const { discord } = playground;
  const upload = (body: Uint8Array<ArrayBuffer>, type = 'application/octet-stream') =>
    fetch(`${server.url}/upload?name=a.png`, { method: 'POST', headers: { 'content-type': type }, body });
  for (const type of ['text/plain', 'multipart/form-data', 'application/json'])
    expect((await upload(new Uint8Array(4), type)).status, type).toBe(415);
  const large = await upload(new Uint8Array(discord.attachmentSizeLimit + 1));
  expect(await large.json()).toEqual({ error: 'That is too much.' });

  const { upload: id } = (await (await upload(new Uint8Array(4))).json()) as { upload: string };
  const say = async () => {
    const { id: userId } = discord.members.ana.user;
    const message = {
      action: 'say',
      userId,
      channelId: discord.channels.general.id,
      content: '',
      files: [{ upload: id }],
    };
    return ask({ method: 'POST', path: '/action', host: '127.0.0.1:PORT', body: JSON.stringify(message) });
  };
  expect(JSON.parse((await say()).text)).toEqual({});
  expect(discord.messages(discord.channels.general).at(-1)?.attachments).toMatchObject([
    { filename: 'a.png', size: 4 },
  ]);
  expect(JSON.parse((await say()).text)).toEqual({ error: 'That file is gone. Choose it again.' });
});
