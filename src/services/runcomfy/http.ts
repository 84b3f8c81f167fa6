/** The HTTP calls of the Model API: over which connection, for how long, and whether anything can have been sent. */
import { Agent, buildConnector, Client } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import type { HttpAnswer } from './answers.ts';

/** A call below the base address; `balance` below that of the account. */
export interface ApiCall {
  name: 'submit' | 'status' | 'result' | 'cancel' | 'model' | 'balance';
  method: 'GET' | 'POST';
  path: string;
  /** JSON. */
  body?: string;
}

/** Deadlines in milliseconds. */
export interface RunComfyTimeouts {
  /** Over a whole submit: connection, headers and body. */
  submit: number;
  /** Likewise over every other call. */
  send: number;
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

/**
 * The way to the Model API. `send` and `submit` reject with {@link NoAnswerError} alone; an answer whose body broke off is
 * an answer without a body.
 */
export interface RunComfyHttp {
  /** Sends any other call than a submit over one of the kept connections. */
  send(call: ApiCall): Promise<HttpAnswer>;
  /**
   * Sends a submit over a connection of its own: on a kept one that the other side is just closing, a request that nobody
   * took looks like one that may have been taken.
   */
  submit(call: ApiCall): Promise<HttpAnswer>;
  /** Ends every connection, and with them the calls under way. */
  close(): Promise<void>;
}

const TIMEOUTS: RunComfyTimeouts = { submit: 60_000, send: 15_000, connect: 10_000 };

/** Most connections kept for other calls than submits; further calls wait for one within their deadline. */
const CONNECTIONS = 128;

/** Longest answer read, in bytes; a result of 15 pictures takes a few thousand. */
const BODY_MAX_BYTES = 1024 * 1024;

const failureSchema = z.object({ code: z.string() });

/**
 * Calls over undici. Redirects are not followed.
 *
 * @param base - the http(s) address below which `/models` and `/requests` stand.
 * @param accountBase - likewise, below which `/balance` stands; the same where it is left out.
 * @param token - the API key, sent as bearer token to these addresses alone.
 * @param timeouts - 60 s for submit, 15 s for the rest, 10 s for a connection, unless said.
 */
export function createRunComfyHttp({
  base,
  accountBase = base,
  token,
  clock,
  timeouts = {},
}: {
  base: string;
  accountBase?: string;
  token: string;
  clock: Pick<Clock, 'monotonic' | 'setTimeout'>;
  timeouts?: Partial<RunComfyTimeouts>;
}): RunComfyHttp {
  const modelApi = partsOf(base);
  const account = partsOf(accountBase);
  const deadlines = { ...TIMEOUTS, ...timeouts };
  const connector = buildConnector({ timeout: deadlines.connect, allowH2: false });
  // HTTP/1.1 alone: over HTTP/2, undici sends a request again by itself after a GOAWAY.
  const options = { maxResponseSize: BODY_MAX_BYTES, allowH2: false };
  const kept = new Agent({ ...options, connect: connector, connections: CONNECTIONS, keepAliveTimeout: 20_000 });
  const submitting = new Set<Client>();
  let closed = false;

  function request(dispatcher: Dispatcher, { name, method, path, body }: ApiCall, signal: AbortSignal) {
    const { origin, root } = name === 'balance' ? account : modelApi;
    return dispatcher.request({
      origin,
      path: `${root}${path}`,
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'user-agent': 'seedream-bot',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body ?? null,
      signal,
    });
  }

  async function exchange(dispatcher: Dispatcher, call: ApiCall, deadline: number): Promise<HttpAnswer> {
    if (closed) throw new Error('closed');
    const endsAt = clock.monotonic() + deadline;
    // Undici follows a signal only from the moment it writes the request: the deadline ends the wait for a connection, too.
    const sent = await withDeadline(clock, deadline, (signal) => request(dispatcher, call, signal), timedOut);
    const { statusCode, headers, body } = sent;
    const left = Math.max(0, endsAt - clock.monotonic());
    const text = await withDeadline(clock, left, () => body.text(), timedOut).catch(() => {
      body.destroy();
      return '';
    });
    const retryAfter = headers['retry-after'];
    return {
      httpStatus: statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      body: parseJson(text),
    };
  }

  return {
    async send(call) {
      try {
        return await exchange(kept, call, deadlines.send);
      } catch (error) {
        throw new NoAnswerError(describe(error), true);
      }
    },

    async submit(call) {
      let connected = false;
      const client = new Client(modelApi.origin, {
        ...options,
        connect(target, callback) {
          connector(target, (...made) => {
            connected ||= made[0] === null;
            callback(...made);
          });
        },
      });
      submitting.add(client);
      try {
        return await exchange(client, call, deadlines.submit);
      } catch (error) {
        throw new NoAnswerError(describe(error), connected);
      } finally {
        submitting.delete(client);
        await client.destroy();
      }
    },

    async close() {
      closed = true;
      const reason = new Error('closed');
      await Promise.all([kept, ...submitting].map((dispatcher) => dispatcher.destroy(reason)));
    },
  };
}

/** Where a base address leads, and what stands before each path there. */
function partsOf(base: string): { origin: string; root: string } {
  const { origin, pathname } = new URL(base);
  return { origin, root: pathname.replace(/\/+$/, '') };
}

function timedOut(): Error {
  return new Error('timed out');
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
