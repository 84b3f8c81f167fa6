/** How this process calls Discord: discord.js's REST over a pool of connections. */
import { Readable } from 'node:stream';
import { DefaultRestOptions, REST, type RESTOptions } from 'discord.js';
import { Agent, FormData as UndiciForm, request, Response } from 'undici';
import { Multipart } from './multipart.ts';

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
 * Options for discord.js's REST, which share one undici with it (`overrides` in package.json). The
 * galleries' files go out as they are, without a copy.
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
    agent: new Agent({ allowH2: false, connections: CONNECTIONS, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT }),
    globalRequestsPerSecond: perSecond,
    retries,
    // Done by keepSwept: discord.js does it hourly, and no more after a login that failed.
    handlerSweepInterval: 0,
    makeRequest: (url, init) => {
      const body: unknown = init.body;
      if (body instanceof Multipart) {
        const { type, length } = body;
        const headers = { 'content-type': type, 'content-length': String(length) };
        return upload(url, init, { headers, body: Readable.from(body.stream()) });
      }
      if (body instanceof FormData) return upload(url, init, { body: undiciForm(body) });
      return DefaultRestOptions.makeRequest(url, init);
    },
  };
}

type MakeRequest = RESTOptions['makeRequest'];

/** Sends what discord.js's own way to send does not take as it is. */
async function upload(
  url: string,
  init: Parameters<MakeRequest>[1],
  { headers, body }: { headers?: Record<string, string>; body: Readable | UndiciForm },
): ReturnType<MakeRequest> {
  const options = init as NonNullable<Parameters<typeof request>[1]>;
  const answer = await request(url, {
    ...options,
    headers: { ...(options.headers as Record<string, string>), ...headers },
    body,
  });
  const text = await answer.body.text();
  const answered = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new Response(answer.statusCode === 204 ? null : text, { status: answer.statusCode, headers: answered });
}

/** discord.js makes forms of Node's own class, which undici does not know for a form. */
function undiciForm(form: FormData): UndiciForm {
  const own = new UndiciForm();
  for (const [name, value] of form) {
    if (typeof value === 'string') own.append(name, value);
    else own.append(name, value, value.name);
  }
  return own;
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
