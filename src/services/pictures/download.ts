/** Downloads pictures from hosts that are not trusted. */
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { PictureError } from './error.ts';
import { BoundedMap } from '../bounded.ts';
import { createPictureReader, type ReadPicture } from './bounded-body.ts';
import { admitUrl, describeUrl, lookupPublic, type AllowedHosts } from './allowed-hosts.ts';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import { createSemaphore, type Semaphore } from '../semaphore.ts';
import type { Picture } from './picture.ts';

export { PictureError } from './error.ts';

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

export interface Downloads {
  /**
   * Downloads a picture, checking its structure as its bytes come.
   *
   * @throws PictureError; or the signal's reason when it aborts.
   */
  download(url: string, options?: { signal?: AbortSignal }): Promise<Picture>;
  /** Whether pictures may be fetched from where an address points. */
  allows(url: string): boolean;
  /** Ends what is under way (`unavailable`) and every connection. */
  close(): Promise<void>;
}

const MEBIBYTE = 1024 * 1024;
const TIMEOUTS: DownloadTimeouts = { connect: 10_000, headers: 15_000, idle: 10_000, total: 60_000 };

/** Downloads under way from one host. */
const DOWNLOADS_MAX = 32;

/** Hosts whose downloads are counted apart: a slow one holds up its own pictures alone. */
const HOSTS_MAX = 8;

/**
 * Downloads from allowed hosts only, each redirect judged like a first address, without token, cookie or credentials.
 *
 * Downloads under way from one host hold at most about 57 MiB together: further ones wait for their turn.
 *
 * @param allowed the hosts; those given as patterns are connected to on public addresses only.
 * @param lookup resolves names, with the system's resolver by default.
 * @param maxBytes most bytes a picture may have: 25 MiB by default, as much as Discord takes in a message.
 */
export function createDownloads({
  allowed,
  clock,
  lookup,
  timeouts: someTimeouts = {},
  maxBytes = 25 * MEBIBYTE,
  maxRedirects = 3,
}: {
  allowed: AllowedHosts;
  clock: Pick<Clock, 'setTimeout'>;
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
  const hosts = new BoundedMap<string, { turns: Semaphore; readPicture: ReadPicture }>(HOSTS_MAX);

  /** What bounds the downloads from the host of an address. */
  function boundsOf(address: string) {
    const host = URL.parse(address)?.host ?? '';
    const bounds = hosts.get(host) ?? {
      turns: createSemaphore(DOWNLOADS_MAX),
      readPicture: createPictureReader({ maxBytes }),
    };
    hosts.set(host, bounds);
    return bounds;
  }

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
        throw refusal(answer.statusCode, url);
      }
      if (redirects === maxRedirects) throw new PictureError('not_allowed', `${describeUrl(url)} redirects too often`);
      ({ url, route } = admitUrl(location, allowed, url));
    }
  }

  async function fetchPicture(address: string, readPicture: ReadPicture, signal: AbortSignal): Promise<Picture> {
    let body: Dispatcher.ResponseData['body'] | undefined;
    try {
      const { url, answer } = await open(address, signal);
      body = answer.body;
      return await readPicture(url, answer, signal);
    } finally {
      // Closes the connection, if the body was not read to its end.
      body?.destroy();
    }
  }

  return {
    async download(address, { signal: caller } = {}) {
      const { turns, readPicture } = boundsOf(address);
      const leave = await turns.take(1, caller);
      try {
        return await withDeadline(clock, timeouts.total, (late) =>
          fetchPicture(address, readPicture, caller === undefined ? late : AbortSignal.any([caller, late])),
        );
      } catch (error) {
        caller?.throwIfAborted();
        if (error instanceof PictureError) throw error;
        const where = URL.parse(address)?.host ?? 'The host';
        throw new PictureError('unavailable', `${where} could not be read`, { cause: error });
      } finally {
        leave();
      }
    },
    allows(address) {
      try {
        admitUrl(address, allowed);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await Promise.all([agents.public.destroy(), agents.named.destroy()]);
    },
  };
}

function refusal(status: number, url: URL): PictureError {
  const kind = status === 403 || status === 404 || status === 410 ? 'gone' : 'unavailable';
  return new PictureError(kind, `${describeUrl(url)} answered ${status}`);
}
