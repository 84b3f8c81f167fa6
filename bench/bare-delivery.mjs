/**
 * The floor for bringing pictures to Discord: undici alone fetches all of them at once and posts them in as few multiparts
 * as Discord takes, at once too. Told over the IPC channel which; answers how long it took.
 */
import { Blob, Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import { Agent, FormData, request, setGlobalDispatcher } from 'undici';

/** Discord takes 10 files and 25 MiB a message. */
const FILES = 10;
const BYTES = 24 * 1024 * 1024;

setGlobalDispatcher(new Agent({ allowH2: false }));

/** @param {Buffer[]} pictures */
function shareOut(pictures) {
  const most = Math.max(...pictures.map(({ length }) => length));
  const messages = Math.ceil(pictures.length / Math.min(FILES, Math.floor(BYTES / most)));
  const share = Math.ceil(pictures.length / messages);
  return Array.from({ length: messages }, (_, i) => pictures.slice(i * share, (i + 1) * share));
}

async function deliver({ urls, route, token }) {
  const began = performance.now();
  const pictures = await Promise.all(
    urls.map(async (url) => Buffer.from(await (await request(url)).body.arrayBuffer())),
  );
  const fetchedMs = performance.now() - began;
  const posts = shareOut(pictures).map(async (share) => {
    const body = new FormData();
    const attachments = share.map((_, id) => ({ id, filename: `${id}.jpg` }));
    body.append('payload_json', JSON.stringify({ attachments }));
    share.forEach((picture, id) => body.append(`files[${id}]`, new Blob([picture]), `${id}.jpg`));
    const headers = { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (floor, 1)' };
    const answer = await request(route, { method: 'POST', headers, body });
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${await answer.body.text()}`);
    await answer.body.dump();
  });
  await Promise.all(posts);
  return { tookMs: performance.now() - began, fetchedMs };
}

process.on('message', (order) => {
  const before = process.cpuUsage();
  deliver(order).then(
    (took) => {
      const { user, system } = process.cpuUsage(before);
      process.send?.({ ...took, cpuMs: (user + system) / 1000 });
    },
    (error) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
