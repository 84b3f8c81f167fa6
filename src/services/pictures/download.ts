/** Downloads pictures from hosts that are not trusted. */
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { PictureError } from './error.ts';
import { createBodyReader } from './bounded-body.ts';
import { admitUrl, describeUrl, lookupPublic, type AllowedHosts } from './allowed-hosts.ts';
import { createSemaphore } from '../semaphore.ts';
import { provePicture, readPicture, type Picture } from './picture.ts';

/** All in milliseconds. */
export interface DownloadTimeouts {
  /** Until a connection stands. */
  connect: number;
  /** From the request to the whole of the answer's head. */
  headers: number;
  /** Without a byte. */
  idle: number;
  /** A whole download with its redirects; waiting for its turn does not count. */
  total: number;
}

export interface Download extends Picture {
  /** Resolves once the picture is decoded to its last row; rejects with PictureError where it is damaged inside. */
  proof: Promise<void>;
}

export interface Downloads {
  /**
   * Downloads a picture and checks its structure; whether it is whole, its `proof` says a little later.
   *
   * @throws PictureError; or the signal's reason when it aborts.
   */
  download(url: string, options?: { signal?: AbortSignal }): Promise<Download>;
  /** Ends what is under way (`unavailable`) and every connection. */
  close(): Promise<void>;
}

const MEBIBYTE = 1024 * 1024;
const TIMEOUTS: DownloadTimeouts = { connect: 10_000, headers: 15_000, idle: 10_000, total: 60_000 };

const DOWNLOADS_MAX = 32;

/**
 * Downloads from allowed hosts only, each redirect judged like a first address, without token, cookie or credentials.
 *
 * Downloads under way and decodes hold at most about 64 MiB together: further ones wait for their turn.
 *
 * @param allowed the hosts; those given as patterns are connected to on public addresses only.
 * @param lookup resolves names, with the system's resolver by default.
 * @param maxBytes most bytes a picture may have: 32 MiB by default, where the model's largest takes 12 MiB uncompressed.
 */
export function createDownloads({
  allowed,
  lookup,
  timeouts: someTimeouts = {},
  maxBytes = 32 * MEBIBYTE,
  maxRedirects = 3,
}: {
  allowed: AllowedHosts;
  lookup?: LookupFunction;
  timeouts?: Partial<DownloadTimeouts>;
  maxBytes?: number;
  maxRedirects?: number;
}): Downloads {
  const timeouts = { ...TIMEOUTS, ...someTimeouts };
  const common = { allowH2: false, headersTimeout: timeouts.headers, bodyTimeout: timeouts.idle };
  const agents = {
    public: new Agent({ ...common, connect: { timeout: timeouts.connect, lookup: lookupPublic(lookup) } }),
    named: new Agent({ ...common, connect: { timeout: timeouts.connect, ...(lookup && { lookup }) } }),
  };
  const downloads = createSemaphore(DOWNLOADS_MAX);
  const readBody = createBodyReader({ maxBytes });

  /** Follows redirects to an answer with a body. */
  async function open(address: string, signal: AbortSignal): Promise<{ url: URL; answer: Dispatcher.ResponseData }> {
    let { url, route } = admitUrl(address, allowed);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await agents[route].request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers: {
          accept: 'image/jpeg, image/png, image/webp',
          'accept-encoding': 'identity',
          'user-agent': 'seedream-bot',
        },
        signal,
      });
      // It may fail while it waits for room, with nobody reading yet.
      answer.body.on('error', () => undefined);
      if (answer.statusCode === 200) return { url, answer };
      answer.body.destroy();
      const { location } = answer.headers;
      if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string') {
        throw refusal(answer.statusCode, answer.headers, url);
      }
      if (redirects === maxRedirects) throw new PictureError('not_allowed', `${describeUrl(url)} redirects too often`);
      ({ url, route } = admitUrl(location, allowed, url));
    }
  }

  async function fetchBytes(address: string, rooms: (() => void)[], caller?: AbortSignal): Promise<Buffer> {
    const timeout = AbortSignal.timeout(timeouts.total);
    const signal = caller === undefined ? timeout : AbortSignal.any([caller, timeout]);
    let body: Dispatcher.ResponseData['body'] | undefined;
    try {
      const { url, answer } = await open(address, signal);
      body = answer.body;
      return await readBody(url, answer, rooms, signal);
    } catch (error) {
      caller?.throwIfAborted();
      if (error instanceof PictureError) throw error;
      const where = URL.parse(address)?.host ?? 'The host';
      throw new PictureError('unavailable', `${where} could not be read`, { cause: error });
    } finally {
      // Closes the connection, if the body was not read to its end.
      body?.destroy();
    }
  }

  return {
    async download(address, { signal } = {}) {
      const rooms = [await downloads.take(1, signal)];
      const leave = () => {
        for (const leaveRoom of rooms) leaveRoom();
      };
      try {
        const picture = readPicture(await fetchBytes(address, rooms, signal));
        const proof = provePicture(picture).finally(leave);
        // Whoever wants to know awaits it; a picture that is not used may be damaged.
        proof.catch(() => undefined);
        return { ...picture, proof };
      } catch (error) {
        leave();
        throw error;
      }
    },
    async close() {
      await Promise.all([agents.public.destroy(), agents.named.destroy()]);
    },
  };
}

function refusal(status: number, headers: IncomingHttpHeaders, url: URL): PictureError {
  const kind = status === 403 || status === 404 || status === 410 ? 'gone' : 'unavailable';
  return new PictureError(kind, `${describeUrl(url)} answered ${status}`, {
    retryAfterMs: retryAfter(headers['retry-after']),
  });
}

/** RFC 9110, 10.2.3: seconds or a date. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
