import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type LookupFunction, type Socket } from 'node:net';
import sharp from 'sharp';
import { Agent, request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress, lookupPublic } from '../../../src/services/pictures/allowed-hosts.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { createDownloads } from '../../../src/services/pictures/download.ts';

const MEBIBYTE = 1024 * 1024;
const picture = await sharp({ create: { width: 320, height: 180, channels: 3, background: '#3af' } })
  .jpeg()
  .toBuffer();

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on loopback, closed after the test. */
async function serve(answer: Answer) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** A server that speaks what it likes once it has read a request. */
async function serveRaw(speak: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .once('data', () => {
        speak(socket);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, sockets };
}

function assetsFor(origins: string[], options: Partial<Parameters<typeof createDownloads>[0]> = {}) {
  const assets = createDownloads({ allowed: { patterns: [], origins }, clock: systemClock, ...options });
  cleanups.push(() => assets.close());
  return assets;
}

const resolvesTo =
  (...addresses: string[]): LookupFunction =>
  (_hostname, _options, callback) => {
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

describe('a picture from an allowed host', () => {
  test.each(['with a length', 'without a length'])('is downloaded whole, %s', async (way) => {
    const { origin } = await serve((_request, response) => {
      if (way === 'with a length') response.setHeader('content-length', picture.length);
      response.write(picture.subarray(0, 1000));
      response.end(picture.subarray(1000));
    });
    const downloaded = await assetsFor([origin]).download(`${origin}/a.jpg?signature=s`);
    expect(downloaded).toMatchObject({ format: 'jpeg', width: 320, height: 180 });
    expect(Buffer.concat(downloaded.chunks).equals(picture)).toBe(true);
  });

  test('a heavy one whose length is not told is downloaded whole', async () => {
    const heavy = await sharp({ create: { width: 2000, height: 1700, channels: 3, background: '#888' } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect(heavy.length).toBeGreaterThan(8 * MEBIBYTE);
    const { origin } = await serve((_request, response) => {
      response.write(heavy.subarray(0, 1000));
      response.end(heavy.subarray(1000));
    });
    const downloaded = await assetsFor([origin]).download(origin);
    expect(downloaded.size).toBe(heavy.length);
    expect(Buffer.concat(downloaded.chunks).equals(heavy)).toBe(true);
  });

  test('is asked for without token, cookie or credentials, also after a redirect that sets a cookie', async () => {
    const { origin, requests } = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/a.jpg?x=1#f', 'set-cookie': 'a=b' }).end();
      else response.end(picture);
    });
    await assetsFor([origin]).download(origin);
    expect(requests.map(({ url }) => url)).toEqual(['/', '/a.jpg?x=1']);
    for (const { headers } of requests) {
      expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
      expect(headers['accept-encoding']).toBe('identity');
    }
  });
});

describe('who may not be fetched', () => {
  const assets = createDownloads({
    allowed: { patterns: ['*.runcomfy.net', 'pictures.example'], origins: ['http://127.0.0.1:1'] },
    clock: systemClock,
    lookup: () => {
      throw new Error('was looked up');
    },
  });

  test.each([
    'http://a.runcomfy.net/x',
    'https://runcomfy.net/x',
    'https://a.runcomfy.net:8443/x',
    'https://user@a.runcomfy.net/x',
    'https://user:secret@a.runcomfy.net/x',
    'https://a.runcomfy.net.evil.example/x',
    'https://evilruncomfy.net/x',
    'https://a.runcomfy.net@evil.example/x',
    'https://evil.example/a.runcomfy.net',
    'https://sub.pictures.example/x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://localhost/x',
    'https://127.0.0.1:1/x',
    'http://127.0.0.1:2/x',
    'http://localhost:1/x',
    'http://user@127.0.0.1:1/x',
    'ftp://a.runcomfy.net/x',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'nonsense',
  ])('%s', async (url) => {
    await expect(assets.download(url)).rejects.toMatchObject({ name: 'PictureError', kind: 'not_allowed' });
  });

  test.each([
    ['127.0.0.1'],
    ['10.1.2.3', '192.168.0.1', '::1'],
    ['169.254.169.254'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['fe80::1%eth0'],
  ])('a name that resolves to %s', async (...addresses) => {
    for (const host of ['a.b.runcomfy.net', 'pictures.example']) {
      const assets = assetsFor([], {
        allowed: { patterns: ['*.runcomfy.net', 'pictures.example'], origins: [] },
        lookup: resolvesTo(...addresses),
      });
      await expect(assets.download(`https://${host}/a.jpg`)).rejects.toMatchObject({
        kind: 'not_allowed',
        message: `${host} has no public address`,
      });
    }
  });

  test('a private address is refused before a connection is made, also when the name was public before', async () => {
    const { port, sockets } = await serveRaw((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    const url = `http://pictures.example:${port}/`;
    const careless = new Agent({ connect: { lookup: resolvesTo('127.0.0.1') } });
    const careful = new Agent({ connect: { lookup: lookupPublic(resolvesTo('127.0.0.1')) } });
    cleanups.push(
      () => careless.close(),
      () => careful.close(),
    );
    await expect(request(url, { dispatcher: careful })).rejects.toMatchObject({ kind: 'not_allowed' });
    expect(sockets.size).toBe(0);
    // The same without the check gets there: it is the check that stood in the way.
    expect((await request(url, { dispatcher: careless })).statusCode).toBe(204);
    expect(sockets.size).toBe(1);
  });

  test('of several addresses only the public ones are connected to', async () => {
    const lookup = lookupPublic(resolvesTo('127.0.0.1', '1.1.1.1', '::1', '2606:4700:4700::1111', '10.0.0.1'));
    const { promise, resolve } = Promise.withResolvers<unknown>();
    lookup('pictures.example', { all: true }, (_error, addresses) => {
      resolve(addresses);
    });
    expect(await promise).toEqual([
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700:4700::1111', family: 6 },
    ]);
  });

  test.each([
    ...['0.0.0.0', '10.255.0.1', '100.64.0.1', '127.9.9.9', '169.254.1.1', '172.31.0.1', '192.0.0.8', '192.168.1.1'],
    ...['198.18.0.1', '224.0.0.1', '239.1.1.1', '255.255.255.255', '::', '::1', '::127.0.0.1', '::ffff:8.8.8.8'],
    ...['64:ff9b::808:808', '64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '5f00::1'],
    ...['fc00::1', 'fd12::1', 'fe80::1', 'fec0::1', 'ff02::1', 'not an address', ''],
  ])('%s is no public address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['1.1.1.1', '100.63.0.1', '172.32.0.1', '192.0.1.1', '223.255.255.1', '2606:4700::1', '2a00:1450::1'])(
    '%s is a public address',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('redirects', () => {
  test('three are followed, a fourth is not', async () => {
    const { origin, requests } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(picture);
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const assets = assetsFor([origin]);
    expect(await assets.download(`${origin}/3`)).toMatchObject({ format: 'jpeg' });
    requests.length = 0;
    await expect(assets.download(`${origin}/4`)).rejects.toMatchObject({ kind: 'not_allowed' });
    expect(requests).toHaveLength(4);
  });

  test('each target is judged like a first address', async () => {
    const other = await serve((_request, response) => response.end(picture));
    const targets = [other.origin, 'http://169.254.169.254/latest', '//127.0.0.1:9', 'file:///etc/passwd', 'https://['];
    const { origin } = await serve((request, response) => {
      response.writeHead(307, { location: targets[Number(request.url?.slice(1))] }).end();
    });
    const assets = assetsFor([origin]);
    for (const index of targets.keys()) {
      await expect(assets.download(`${origin}/${index}`)).rejects.toMatchObject({ kind: 'not_allowed' });
    }
    expect(other.requests).toHaveLength(0);
    expect(await assetsFor([origin, other.origin]).download(`${origin}/0`)).toMatchObject({ format: 'jpeg' });
  });
});

describe('answers that are no picture', () => {
  test.each([
    [404, {}, { kind: 'gone' }],
    [410, {}, { kind: 'gone' }],
    [403, {}, { kind: 'gone' }],
    [500, {}, { kind: 'unavailable' }],
    [206, {}, { kind: 'unavailable' }],
    [302, {}, { kind: 'unavailable' }],
    [503, { 'retry-after': '7' }, { kind: 'unavailable' }],
    [429, {}, { kind: 'unavailable' }],
    [200, { 'content-encoding': 'gzip' }, { kind: 'not_a_picture' }],
  ])('%i %o', async (status, headers, error) => {
    const { origin } = await serve((_request, response) => response.writeHead(status, headers).end(picture));
    await expect(assetsFor([origin]).download(origin)).rejects.toMatchObject(error);
  });

  test('a web page sent as a JPEG', async () => {
    const { origin } = await serve((_request, response) => {
      response.setHeader('content-type', 'image/jpeg').end('<!doctype html><title>Denied</title>');
    });
    await expect(assetsFor([origin]).download(origin)).rejects.toMatchObject({ kind: 'not_a_picture' });
  });

  test('what is none is not read to its end', async () => {
    const { origin, sockets } = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000000\r\n\r\n<!doctype html><title>Denied</title>');
    });
    await expect(assetsFor([origin]).download(origin)).rejects.toMatchObject({ kind: 'not_a_picture' });
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  });

  test('an error names host and path, and never the signature', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(302, { location: 'https://elsewhere.example/a?signature=secret' }).end();
    });
    const assets = assetsFor([origin]);
    for (const url of [`${origin}/a?signature=secret`, 'http://127.0.0.1:1/?signature=secret', 'x?signature=secret']) {
      const error: unknown = await assets.download(url).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      const { message, stack, cause } = error as Error;
      expect([message, stack, String(cause), JSON.stringify(cause)].join()).not.toContain('secret');
    }
  });
});

describe('answers that are cut, slow or endless', () => {
  test.each(['closed', 'reset'])('a body with fewer bytes than told, then %s', async (end) => {
    const { origin } = await serveRaw((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${picture.length}\r\n\r\n`);
      socket.write(picture.subarray(0, -100), () => (end === 'closed' ? socket.end() : socket.resetAndDestroy()));
    });
    await expect(assetsFor([origin]).download(origin)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('a body cut without a length', async () => {
    const { origin } = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n');
      socket.end(picture.subarray(0, -100));
    });
    await expect(assetsFor([origin]).download(origin)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test.each([
    ['a host that never answers', 'unavailable', () => undefined],
    [
      'headers without end',
      'unavailable',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const more = setInterval(() => socket.write(`x: ${'y'.repeat(1000)}\r\n`), 1);
        socket.on('close', () => {
          clearInterval(more);
        });
      },
    ],
    ['what is no HTTP', 'unavailable', (socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n')],
    [
      'a body that stops',
      'unavailable',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\nabc');
      },
    ],
    [
      'a body that drips',
      'unavailable',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n');
        let sent = 0;
        const drip = setInterval(() => socket.write(picture.subarray(sent, (sent += 1))), 20);
        socket.on('close', () => {
          clearInterval(drip);
        });
      },
    ],
  ])('%s', async (_name, kind, speak) => {
    const { origin, sockets } = await serveRaw(speak);
    const assets = assetsFor([origin], { timeouts: { headers: 300, idle: 300, total: 900 } });
    await expect(assets.download(origin)).rejects.toMatchObject({ kind });
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  });

  test('a length above the cap is refused without reading the body', async () => {
    const { origin, sockets } = await serveRaw((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 33554433\r\n\r\n'),
    );
    await expect(assetsFor([origin]).download(origin)).rejects.toMatchObject({ kind: 'too_large' });
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  });

  test('a body without length is cut off at the cap', async () => {
    const { origin, sockets } = await serveRaw(pourForEver);
    await expect(assetsFor([origin], { maxBytes: 100_000 }).download(origin)).rejects.toMatchObject({
      kind: 'too_large',
    });
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
    expect([...sockets][0]?.bytesWritten).toBeLessThan(10 * MEBIBYTE);
  });

  test('a body that is cut while it waits for its turn', async () => {
    const filling = await serveRaw((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${8 * MEBIBYTE}\r\n\r\nabc`);
    });
    const cut = await serveRaw((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${picture.length}\r\n\r\nabc`, () => socket.resetAndDestroy());
    });
    const assets = assetsFor([filling.origin, cut.origin], { timeouts: { total: 1000 } });
    const fillers = Promise.allSettled(Array.from({ length: 4 }, () => assets.download(filling.origin)));
    await expect.poll(() => [...filling.sockets].filter((socket) => socket.bytesWritten > 0)).toHaveLength(4);
    await expect(assets.download(cut.origin)).rejects.toMatchObject({ kind: 'unavailable' });
    await fillers;
  });

  test('a heavy one that is cut while it waits for its turn takes no turn with it', async () => {
    const heavy = Buffer.concat([picture.subarray(0, -2), Buffer.alloc(8 * MEBIBYTE, 0x55)]);
    const opened: Socket[] = [];
    const write = (socket: Socket, bytes: Buffer) => {
      socket.write(`${bytes.length.toString(16)}\r\n`);
      socket.write(bytes);
      socket.write('\r\n');
    };
    const { origin } = await serveRaw((socket) => {
      opened.push(socket);
      // The second must not be taken for one that ends where its connection does.
      const connection = opened.length === 2 ? 'keep-alive' : 'close';
      socket.write(`HTTP/1.1 200 OK\r\nconnection: ${connection}\r\ntransfer-encoding: chunked\r\n\r\n`);
      write(socket, heavy);
    });
    const isSent = (index: number) => opened[index]?.writableLength === 0;
    const finish = (index: number) => {
      const [socket] = opened.slice(index);
      if (socket !== undefined) write(socket, picture.subarray(-2));
      socket?.end('0\r\n\r\n');
    };
    const assets = assetsFor([origin], { timeouts: { total: 5000 } });
    const first = assets.download(origin);
    await expect.poll(() => isSent(0)).toBe(true);
    const second = assets.download(origin);
    const cut = expect(second).rejects.toMatchObject({ kind: 'unavailable' });
    await expect.poll(() => isSent(1)).toBe(true);
    opened[1]?.resetAndDestroy();
    await cut;
    finish(0);
    expect(await first).toMatchObject({ size: heavy.length + 2 });
    const third = assets.download(origin);
    await expect.poll(() => isSent(2)).toBe(true);
    finish(2);
    expect(await third).toMatchObject({ size: heavy.length + 2 });
  });

  test('a download is given up when its caller says so, or at close', async () => {
    const { origin, sockets } = await serveRaw((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nabc'));
    const assets = assetsFor([origin]);
    const caller = new AbortController();
    const aborted = assets.download(origin, { signal: caller.signal });
    const closed = assets.download(origin);
    const outcomes = Promise.allSettled([aborted, closed]);
    await expect.poll(() => sockets.size).toBe(2);
    caller.abort(new Error('stop'));
    await expect(aborted).rejects.toThrow('stop');
    await assets.close();
    await outcomes;
    await expect(closed).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

/** A picture without a length or an end, as fast as it is taken. */
function pourForEver(socket: Socket): void {
  const block = Buffer.alloc(64 * 1024, 0x55);
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  socket.write(picture.subarray(0, -2));
  const pour = () => {
    while (socket.writable && socket.write(block));
  };
  socket.on('drain', pour);
  pour();
}

test('hosts that never finish hold up their own pictures alone', async () => {
  const slow = await Promise.all(
    [1, 2].map(() =>
      serveRaw((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${8 * MEBIBYTE}\r\n\r\nabc`);
      }),
    ),
  );
  const honest = await serve((_request, response) => response.end(picture));
  const assets = assetsFor([...slow.map(({ origin }) => origin), honest.origin]);
  const hanging = slow.flatMap(({ origin }) => Array.from({ length: 40 }, () => assets.download(origin)));
  const ended = Promise.allSettled(hanging);
  expect(await assets.download(honest.origin)).toMatchObject({ format: 'jpeg' });
  await assets.close();
  await ended;
});

test('forty hostile downloads at once stay within 200 MB, and an honest one still comes through', async () => {
  const endless = await serveRaw(pourForEver);
  const lying = await serveRaw((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${32 * MEBIBYTE}\r\n\r\nabc`);
  });
  const dripping = await serveRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    let sent = 0;
    const drip = setInterval(() => socket.write(picture.subarray(sent, (sent += 1))), 10);
    socket.on('close', () => {
      clearInterval(drip);
    });
  });
  const bomb = await sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: '#fff' } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const bombing = await serve((_request, response) => response.end(bomb));
  const honest = await serve((_request, response) => response.end(picture));
  const hostile = [endless.origin, lying.origin, dripping.origin, bombing.origin];
  const assets = assetsFor([...hostile, honest.origin], { timeouts: { idle: 500, total: 2000 } });

  const before = process.memoryUsage();
  let rss = 0;
  let arrayBuffers = 0;
  const watch = setInterval(() => {
    const now = process.memoryUsage();
    rss = Math.max(rss, now.rss - before.rss);
    arrayBuffers = Math.max(arrayBuffers, now.arrayBuffers - before.arrayBuffers);
  }, 5);
  const attacks = Promise.allSettled(
    Array.from({ length: 10 }, () => hostile)
      .flat()
      .map((url) => assets.download(url)),
  );
  const [outcomes, fetched] = await Promise.all([attacks, assets.download(honest.origin)]);
  clearInterval(watch);

  expect(fetched).toMatchObject({ format: 'jpeg' });
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  expect(rss / MEBIBYTE).toBeLessThan(200);
  expect(arrayBuffers / MEBIBYTE).toBeLessThan(200);
});
