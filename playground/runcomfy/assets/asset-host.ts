/** The asset host: serves the pictures of finished jobs, on an origin of its own. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { applyAssetFault } from './apply-fault.ts';
import { sendFile, sendRedirect, sendText, type Served } from './http-replies.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Events } from '../events.ts';
import type { AssetFault, Faults } from '../faults.ts';
import type { StandInJob } from '../jobs/jobs.ts';
import type { PictureSource } from '../pictures/pictures.ts';

/** A request that brought a secret to the asset host. The secret itself is not kept. */
export interface LeakedToken {
  /** Milliseconds since the epoch. */
  at: number;
  path: string;
  /** Which header it stood in, or `url`. */
  where: string;
}

/** Makes and checks the URLs of pictures. */
export interface AssetUrls {
  /** The path and query of one picture, good until `expiresAt` (milliseconds since the epoch). */
  pathOf(job: StandInJob, number: number, expiresAt: number): string;
  /** What a URL names; `undefined` when its signature is wrong. */
  read(url: URL): { requestId: string; number: number; expiresAt: number; hops: number | undefined } | undefined;
}

/** Signs URLs with `secret`. */
export function createAssetUrls(secret: string): AssetUrls {
  const sign = (path: string, expiresAt: number) =>
    createHmac('sha256', secret).update(`${path} ${expiresAt}`).digest('hex').slice(0, 32);
  return {
    pathOf({ requestId, input: { format } }, number, expiresAt) {
      const path = `/seedream/${requestId}/${number}.${format === 'png' ? 'png' : 'jpg'}`;
      return `${path}?expires=${expiresAt}&signature=${sign(path, expiresAt)}`;
    },
    read({ pathname, searchParams }) {
      const [, requestId, number] = /^\/seedream\/([^/]+)\/(\d+)\.(?:jpg|png)$/.exec(pathname) ?? [];
      const expiresAt = Number(searchParams.get('expires'));
      if (requestId === undefined || searchParams.get('signature') !== sign(pathname, expiresAt)) return undefined;
      const hops = searchParams.get('hops');
      return { requestId, number: Number(number), expiresAt, hops: hops === null ? undefined : Number(hops) };
    },
  };
}

/** Builds what answers the asset host's port. */
export function createAssetHost({
  now,
  token,
  urls,
  behaviour,
  find,
  faults,
  events,
  pictures,
  leakedTokens,
}: {
  now: () => number;
  token: string;
  urls: AssetUrls;
  behaviour: () => Behaviour;
  find: (requestId: string) => StandInJob | undefined;
  faults: Faults;
  events: Events;
  pictures: PictureSource;
  leakedTokens: LeakedToken[];
}): RequestListener {
  /** Where a request carries the token, or any Authorization at all. */
  function findSecret(request: IncomingMessage, url: URL): string | undefined {
    if (request.headers.authorization !== undefined) return 'authorization';
    if (Array.from(url.searchParams.values()).includes(token)) return 'url';
    const holds = (value: string) => value.includes(token) && value.split(/[\s,;=]+/).includes(token);
    return Object.entries(request.headers).find(([, value]) => holds(String(value)))?.[0];
  }

  function pictureOf(job: StandInJob, number: number): Promise<Buffer> {
    const { width, height, text, format, views } = job.input;
    const of = new Set(job.images).size;
    const references = job.references.map(({ thumbnail }) => thumbnail);
    return pictures({ prompt: text, seed: job.seed, number, of, width, height }, { format, views, references });
  }

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    named: ReturnType<AssetUrls['read']>,
    fault: AssetFault | undefined,
  ): Promise<Served> {
    const { assetSlowMs, assetRedirects } = behaviour();
    const where = findSecret(request, url);
    if (where !== undefined) {
      leakedTokens.push({ at: now(), path: url.pathname, where });
      return sendText(response, 400, 'Only one auth mechanism allowed');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return sendText(response, 405, 'Method not allowed', { allow: 'GET, HEAD' });
    }
    if (assetSlowMs > 0) await delay(assetSlowMs, undefined, { ref: false });
    if (!named) return sendText(response, 403, 'Signature does not match');
    const job = find(named.requestId);
    if (!job) return sendText(response, 404, 'Not found');
    if (now() >= Math.min(named.expiresAt, job.urlsExpireAt ?? Infinity)) {
      return sendText(response, 403, 'Request has expired');
    }
    const picture = () => pictureOf(job, named.number);
    const type = `image/${job.input.format}`;
    if (fault) return applyAssetFault(fault, { request, response, url, type, picture });
    const hops = named.hops ?? assetRedirects;
    if (hops > 0) return sendRedirect(response, url, hops - 1);
    return sendFile(request, response, await picture(), type);
  }

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const named = urls.read(url);
    const fault = named && faults.takeForAsset(named.requestId, named.number);
    const served = await serve(request, response, url, named, fault);
    events.emit({
      type: 'asset',
      at: now(),
      method: request.method ?? '',
      path: url.pathname,
      requestId: named?.requestId,
      number: named?.number,
      ...served,
      fault: fault?.kind,
    });
  }

  return (request, response) => {
    onRequest(request, response).catch((error: unknown) => {
      console.error('The stand-in of the asset host failed on a request:', error);
      response.destroy();
    });
  };
}
