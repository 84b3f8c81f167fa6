/** One HTTP call of the Model API: over which connection, for how long, and whether anything can have been sent. */
import { Agent, buildConnector, Client } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Answer } from './answers.ts';

/** A call below the base address. */
export interface Call {
  name: 'submit' | 'status' | 'result' | 'cancel';
  method: 'GET' | 'POST';
  path: string;
  /** JSON. */
  body?: string;
}

/** Deadlines in milliseconds. */
export interface RunComfyTimeouts {
  /** Over a whole submit: connection, headers and body. */
  submit: number;
  /** Likewise over status, result and cancel. */
  look: number;
  /** How long a connection may take to be made, within the deadline of its call. */
  connect: number;
}

/** A call that got no answer. */
export class NoAnswerError extends Error {
  /** Whether a connection was made. Without one nothing was sent: undici writes a request only once it holds one. */
  readonly connected: boolean;

  constructor(message: string, connected: boolean) {
    super(message);
    this.connected = connected;
  }
}

/** Both reject with {@link NoAnswerError}. An answer whose body broke off is an answer without a body. */
export interface Calls {
  /** Over the kept connections. */
  look(call: Call): Promise<Answer>;
  /**
   * Over a connection of its own: on a kept one that the other side is just closing, a request that nobody took looks
   * like one that may have been taken.
   */
  submit(call: Call): Promise<Answer>;
  /** Ends every connection, and with them the calls under way. */
  close(): Promise<void>;
}

const TIMEOUTS: RunComfyTimeouts = { submit: 60_000, look: 15_000, connect: 10_000 };

/** Most connections kept for status, result and cancel; further calls wait for one within their deadline. */
const CONNECTIONS = 128;

/** Longest answer read, in bytes; a result of 15 pictures takes a few thousand. */
const BODY_MAX_BYTES = 1024 * 1024;

const failureSchema = z.object({ code: z.string() });

/**
 * Calls below `base`, with `token` as bearer token. Redirects are not followed.
 *
 * @param timeouts for tests; 60 s for submit, 15 s for the rest, 10 s for a connection.
 */
export function createCalls({
  base,
  token,
  timeouts,
}: {
  base: string;
  token: string;
  timeouts: Partial<RunComfyTimeouts>;
}): Calls {
  const { origin, pathname } = new URL(base);
  const root = pathname.replace(/\/+$/, '');
  const limits = { ...TIMEOUTS, ...timeouts };
  const connector = buildConnector({ timeout: limits.connect, allowH2: false });
  // HTTP/1.1 alone: over HTTP/2, undici sends a request again by itself after a GOAWAY.
  const options = { maxResponseSize: BODY_MAX_BYTES, allowH2: false };
  const kept = new Agent({ ...options, connect: connector, connections: CONNECTIONS, keepAliveTimeout: 20_000 });
  const running = new Set<AbortController>();
  let closed = false;

  async function send(dispatcher: Dispatcher, call: Call, timeout: number): Promise<Answer> {
    if (closed) throw new Error('closed');
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      controller.abort(new Error('timed out'));
    }, timeout);
    running.add(controller);
    // Undici heeds a signal only from the moment it writes the request: the wait for a connection needs its own end.
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason instanceof Error ? signal.reason : new Error('ended'));
      });
    });
    try {
      const sent = dispatcher.request({
        origin,
        path: `${root}${call.path}`,
        method: call.method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'user-agent': 'seedream-bot',
          ...(call.body !== undefined && { 'content-type': 'application/json' }),
        },
        body: call.body ?? null,
        signal,
      });
      const { statusCode, headers, body } = await Promise.race([sent, ended]);
      const retryAfter = headers['retry-after'];
      return {
        httpStatus: statusCode,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        body: await body.text().then(parseJson, () => undefined),
      };
    } finally {
      clearTimeout(timer);
      running.delete(controller);
    }
  }

  return {
    async look(call) {
      try {
        return await send(kept, call, limits.look);
      } catch (error) {
        throw new NoAnswerError(describe(error), true);
      }
    },

    async submit(call) {
      let connected = false;
      const client = new Client(origin, {
        ...options,
        connect(target, callback) {
          connector(target, (...made) => {
            connected ||= made[0] === null;
            callback(...made);
          });
        },
      });
      try {
        return await send(client, call, limits.submit);
      } catch (error) {
        throw new NoAnswerError(describe(error), connected);
      } finally {
        await client.destroy();
      }
    },

    async close() {
      closed = true;
      for (const controller of running) controller.abort(new Error('closed'));
      await kept.destroy();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An error's code, such as `ECONNREFUSED`; its message only where it is this file's own. */
function describe(error: unknown): string {
  const failure = failureSchema.safeParse(error);
  if (failure.success) return failure.data.code;
  return error instanceof Error && ['timed out', 'closed'].includes(error.message) ? error.message : 'unknown error';
}
