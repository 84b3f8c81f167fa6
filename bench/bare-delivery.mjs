/**
 * The floor for bringing pictures to Discord, and no more than that takes: undici alone fetches all of them at once and
 * posts each message as soon as its own are there, all at once too. A body is its parts' buffers, as they are. Told over
 * the IPC channel which pictures and how many a message; answers when it began and what it used.
 */
import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { Agent, request, setGlobalDispatcher } from 'undici';

const BOUNDARY = 'floor-2b1c6f0e';

setGlobalDispatcher(new Agent({ allowH2: false }));

async function fetchPicture(url) {
  const { statusCode, body } = await request(url);
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
  return Buffer.from(await body.arrayBuffer());
}

function partsOf(pictures) {
  const head = (name, more) =>
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`);
  const attachments = pictures.map((_, id) => ({ id, filename: `${id}.jpg` }));
  return [
    ...pictures.flatMap((picture, id) => [
      head(`files[${id}]`, `; filename="${id}.jpg"\r\ncontent-type: image/jpeg`),
      picture,
      Buffer.from('\r\n'),
    ]),
    head('payload_json', '\r\ncontent-type: application/json'),
    Buffer.from(`${JSON.stringify({ attachments })}\r\n--${BOUNDARY}--\r\n`),
  ];
}

async function postMessage(pictures, { route, token }) {
  const parts = partsOf(pictures);
  const headers = {
    authorization: `Bot ${token}`,
    'user-agent': 'DiscordBot (floor, 1)',
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': String(parts.reduce((sum, { length }) => sum + length, 0)),
  };
  const answer = await request(route, { method: 'POST', headers, body: Readable.from(parts) });
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${await answer.body.text()}`);
  await answer.body.dump();
}

/** @param {{ urls: string[], shares: number[], route: string, token: string }} order */
async function deliver({ urls, shares, ...to }) {
  const pictures = urls.map(fetchPicture);
  let taken = 0;
  const posts = shares.map(async (share) => {
    const own = pictures.slice(taken, (taken += share));
    await postMessage(await Promise.all(own), to);
  });
  await Promise.all(posts);
}

process.on('message', (order) => {
  const beganAt = performance.timeOrigin + performance.now();
  const before = process.cpuUsage();
  deliver(order).then(
    () => {
      const { user, system } = process.cpuUsage(before);
      process.send?.({ beganAt, cpuMs: (user + system) / 1000 });
    },
    (error) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
