/** How this process calls Discord: discord.js's REST over a pool of connections. */
import { Readable } from 'node:stream';
import { REST, type ResponseLike, type RESTOptions } from 'discord.js';
import { Agent, Headers, request } from 'undici';
import type { Clock } from '../clock.ts';
import type { Processes } from '../storage/storage.ts';
import { CALLS_PER_SECOND, keepGlobalLimit } from './global-limit.ts';
import { Multipart } from './multipart.ts';

/** Uploads may be slow; what must be quick has a deadline of its own (milliseconds). */
const TIMEOUT = 120_000;

/**
 * Connections to Discord at once. A flood of presses is answered sooner over these than over one made for each: making
 * one takes longer than an answer.
 */
const CONNECTIONS = 128;

/** Calls a second where Discord has no limit. */
const EXEMPT = 1_000_000;

/** How often queues of tokens no longer in use are dropped (milliseconds). */
const SWEEP_EVERY = 60_000;

/**
 * Options for discord.js's REST, under which every call of its goes out over our undici, with files as {@link Multipart} has them.
 *
 * @param api - Discord's address without version, as in `DISCORD_API_URL`.
 * @param perSecond - calls a second at most.
 * @param retries - how often it sends a call again by itself that got no answer or a 5xx.
 */
function restOptions({
  api,
  perSecond,
  retries,
}: {
  api: string;
  perSecond: number;
  retries: number;
}): Partial<RESTOptions> {
  return {
    api,
    timeout: TIMEOUT,
    agent: new Agent({ allowH2: false, connections: CONNECTIONS, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT }),
    globalRequestsPerSecond: perSecond,
    retries,
    // Done by keepSwept: discord.js does it hourly, and no more after a login that failed.
    handlerSweepInterval: 0,
    makeRequest: send,
  };
}

/** The body of a call, and the headers that belong to it. */
function sentBody(body: unknown): { body: string | Readable | null; headers: Record<string, string> } {
  if (body === null || body === undefined) return { body: null, headers: {} };
  if (typeof body === 'string') return { body, headers: {} };
  if (!(body instanceof Multipart)) throw new TypeError('A body is JSON or Multipart: files are sent by uploadBody');
  const headers = { 'content-type': body.type, 'content-length': String(body.length) };
  return { body: Readable.from(body.parts), headers };
}

/** Makes one call. An answer is read to its end at once: one that nobody read would hold its connection. */
async function send(url: string, init: Parameters<RESTOptions['makeRequest']>[1]): Promise<ResponseLike> {
  // What discord.js hands over fits undici's `request`, though it is typed for its `fetch`.
  const { headers: given, ...options } = init as Omit<NonNullable<Parameters<typeof request>[1]>, 'headers'> & {
    headers: Record<string, string>;
  };
  const { body, headers } = sentBody(init.body);
  const answer = await request(url, { ...options, body, headers: { ...given, ...headers } });
  const text = await answer.body.text();
  const status = answer.statusCode;
  return {
    body: null,
    bodyUsed: false,
    headers: new Headers(answer.headers as Record<string, string>),
    status,
    statusText: answer.statusText,
    ok: status >= 200 && status < 300,
    text: () => Promise.resolve(text),
    json: () => Promise.resolve(text).then((whole): unknown => JSON.parse(whole)),
    arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer),
  };
}

/** Drops queues of tokens no longer in use, for good. */
function keepSwept(rest: REST, clock: Pick<Clock, 'setInterval'>): void {
  clock.setInterval(() => rest.handlers.sweep(({ inactive }) => inactive), SWEEP_EVERY);
}

/** Options for the few calls that discord.js makes for the gateway. */
export function gatewayOptions(api: string): Partial<RESTOptions> {
  return restOptions({ api, perSecond: CALLS_PER_SECOND, retries: 0 });
}

/**
 * A REST for calls by an interaction's token, which stands in their routes, over connections of its own. They are exempt
 * from Discord's global limit, which discord.js does not know. Who makes them tries again: only there it is known whether
 * the first try may have been taken.
 */
export function createInteractionRest({ api, clock }: { api: string; clock: Pick<Clock, 'setInterval'> }): REST {
  const rest = new REST(restOptions({ api, perSecond: EXEMPT, retries: 0 }));
  keepSwept(rest, clock);
  return rest;
}

/**
 * A REST for calls by the bot's token, which share Discord's global limit with those of other processes. discord.js forgets the token at the first 401, which may be a fault that passes;
 * one that Discord really withdrew closes the gateway, and that ends the process.
 */
export function createBotRest({
  token,
  processes,
  clock,
  ...options
}: {
  api: string;
  retries: number;
  token: string;
  processes: Processes;
  clock: Pick<Clock, 'monotonic' | 'now' | 'setInterval'>;
}): REST {
  const rest = new REST(restOptions({ ...options, perSecond: CALLS_PER_SECOND })).setToken(token);
  rest.setToken = () => rest;
  keepGlobalLimit(rest, { processes, clock });
  keepSwept(rest, clock);
  return rest;
}
