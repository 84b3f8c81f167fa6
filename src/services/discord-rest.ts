/** How this process calls Discord: discord.js's REST over one pool of connections. */
import { DefaultRestOptions, REST, type RESTOptions } from 'discord.js';
import { Agent, setGlobalDispatcher } from 'undici';

/** Uploads may be slow; what must be quick has a deadline of its own (milliseconds). */
const TIMEOUT = 120_000;

/**
 * Connections to Discord at once. A flood of presses is answered sooner over these than over one made for each: making
 * one takes longer than an answer.
 */
const CONNECTIONS = 128;

/** How often queues of tokens no longer in use are dropped (milliseconds). */
const SWEEP_EVERY = 60_000;

/**
 * Options for discord.js's REST.
 *
 * discord.js brings an older undici, which takes the process's global dispatcher; loading ours sets that to one it
 * cannot hand uploads to ("body must be a FormData created by this undici package instance"). So the global dispatcher
 * is ours on purpose, over HTTP/1.1 as discord.js knows it, and uploads go by Node's own fetch.
 *
 * @param api - Discord's address without version, as in `DISCORD_API_URL`.
 * @param perSecond - calls a second at most. Discord allows 50 by the bot's token and exempts interactions.
 * @param retries - how often it sends a call again by itself that got no answer or a 5xx.
 */
export function restOptions({
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
    globalRequestsPerSecond: perSecond,
    retries,
    // Done by keepSwept: discord.js does it hourly, and no more after a login that failed.
    handlerSweepInterval: 0,
    makeRequest: (url, init) =>
      init.body instanceof FormData
        ? fetch(url, init as unknown as RequestInit)
        : DefaultRestOptions.makeRequest(url, init),
  };
}

/** Drops queues of tokens no longer in use, for good. */
export function keepSwept(rest: REST): void {
  setInterval(() => rest.handlers.sweep(({ inactive }) => inactive), SWEEP_EVERY).unref();
}

/**
 * A REST for calls by the bot's token. discord.js forgets the token at the first 401, which may be a fault that passes;
 * one that Discord really withdrew closes the gateway, and that ends the process.
 */
export function createBotRest({
  token,
  ...options
}: {
  api: string;
  perSecond: number;
  retries: number;
  token: string;
}): REST {
  const rest = new REST(restOptions(options)).setToken(token);
  rest.setToken = () => rest;
  keepSwept(rest);
  return rest;
}

/** Makes the process's global dispatcher one that discord.js works over. Once, before its first call. */
export function prepareDispatcher(): void {
  setGlobalDispatcher(
    new Agent({ allowH2: false, connections: CONNECTIONS, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT }),
  );
}
