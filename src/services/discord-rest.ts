/** How this process calls Discord: discord.js's REST over one pool of connections. */
import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import { Agent, setGlobalDispatcher } from 'undici';

/** Uploads may be slow; what must be quick has a deadline of its own (milliseconds). */
const TIMEOUT = 120_000;

/** How often queues of tokens no longer in use are dropped (milliseconds); discord.js does it hourly. */
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
 */
export function restOptions({ api, perSecond }: { api: string; perSecond: number }): Partial<RESTOptions> {
  return {
    api,
    timeout: TIMEOUT,
    globalRequestsPerSecond: perSecond,
    handlerSweepInterval: SWEEP_EVERY,
    makeRequest: (url, init) =>
      init.body instanceof FormData
        ? fetch(url, init as unknown as RequestInit)
        : DefaultRestOptions.makeRequest(url, init),
  };
}

/** Makes the process's global dispatcher one that discord.js works over. Once, before its first call. */
export function prepareDispatcher(): void {
  setGlobalDispatcher(new Agent({ allowH2: false, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT }));
}
