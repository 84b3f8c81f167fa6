/** What a fault changes in the fetch of a picture. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { sendFile, sendRedirect, sendText, type Served } from './http-replies.ts';
import type { AssetFault } from '../faults.ts';
import { claimSize, damage } from '../pictures/files.ts';

interface Fetch {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** The picture's content type. */
  type: string;
  picture: () => Promise<Buffer>;
}

const PAGE = '<!doctype html>\n<html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';
const DRIP_MS = 100;
const HUGE_CHUNK = Buffer.alloc(64 * 1024, 0x5a);

/** Waits for the first of these events, and listens to none of them afterwards. */
async function eitherOf(response: ServerResponse, events: string[]): Promise<void> {
  const heard = new AbortController();
  try {
    await Promise.race(events.map((event) => once(response, event, { signal: heard.signal })));
  } finally {
    heard.abort();
  }
}

/** Writes one chunk and waits until there is room for the next; `false` once the client has gone. */
async function write(response: ServerResponse, chunk: Buffer): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(chunk)) await eitherOf(response, ['drain', 'close']);
  return !response.destroyed;
}

async function drip({ response, type }: Fetch, whole: Buffer, bytesPerSecond: number): Promise<Served> {
  response.writeHead(200, { 'content-type': type, 'content-length': whole.length });
  const step = Math.max(1, Math.round((bytesPerSecond * DRIP_MS) / 1000));
  let sent = 0;
  while (sent < whole.length && (await write(response, whole.subarray(sent, sent + step)))) {
    sent = Math.min(whole.length, sent + step);
    await delay(DRIP_MS, undefined, { ref: false });
  }
  response.end();
  return { status: 200, bytes: sent };
}

async function stream({ response, type }: Fetch, start: Buffer): Promise<Served> {
  response.writeHead(200, { 'content-type': type });
  let bytes = 0;
  let chunk = start;
  while (await write(response, chunk)) {
    bytes += chunk.length;
    chunk = HUGE_CHUNK;
  }
  return { status: 200, bytes };
}

/** Serves a picture as the fault has it; resolves when all that will be sent has been. */
export async function applyAssetFault(fault: AssetFault, fetch: Fetch): Promise<Served> {
  const { request, response, url, type, picture } = fetch;
  switch (fault.kind) {
    case 'http': {
      const wait = fault.retryAfterSeconds;
      const headers = wait === undefined ? {} : { 'retry-after': String(wait) };
      return sendText(response, fault.status, `HTTP ${fault.status}`, headers);
    }
    case 'reset':
      request.socket.resetAndDestroy();
      return { status: undefined, bytes: 0 };
    case 'hang':
      return { status: undefined, bytes: 0 };
    case 'slow':
      await delay(fault.ms, undefined, { ref: false });
      return sendFile(request, response, await picture(), type);
    case 'drip':
      return drip(fetch, await picture(), fault.bytesPerSecond);
    case 'truncated': {
      const whole = await picture();
      const half = whole.subarray(0, whole.length >> 1);
      response.writeHead(200, { 'content-type': type, 'content-length': whole.length });
      response.write(half, () => request.socket.destroy());
      return { status: 200, bytes: half.length };
    }
    case 'damaged':
      return sendFile(request, response, damage(await picture()), type);
    case 'fake':
      return sendFile(request, response, Buffer.from(PAGE), type);
    case 'huge':
      return stream(fetch, await picture());
    case 'bomb':
      return sendFile(
        request,
        response,
        claimSize(await picture(), fault.width ?? 65_500, fault.height ?? 65_500),
        type,
      );
    case 'redirect':
      if (fault.to !== undefined) return sendText(response, 302, 'Found', { location: fault.to });
      return sendRedirect(response, url, (fault.hops ?? 1) - 1);
    case 'content-type':
      return sendFile(request, response, await picture(), fault.type);
    case 'empty':
      return sendFile(request, response, Buffer.alloc(0), type);
  }
}
