/** REST as the bot has it: the calls of one process, in the order and with the patience of discord.js's REST. */
import type { REST } from 'discord.js';
import type { SimulatedProcess } from '../../../kernel/process.ts';
import { ApiError } from '../../../../playground/discord/api-error.ts';
import { ProxyAnswer, RateLimited } from '../errors.ts';
import { aborted, thrownFor } from './answers.ts';
import type { Routes } from '../routes/route.ts';
import type { Serve } from './serve.ts';
import { readBody } from './upload.ts';

interface Options {
  body?: unknown;
  query?: URLSearchParams;
  auth?: boolean;
  signal?: AbortSignal | null;
}

/** How one process's calls by one REST go. */
interface Kind {
  process: SimulatedProcess;
  /** Whether it has the bot's token. */
  hasToken: boolean;
  /** How often it sends a call again by itself that got no answer or a 5xx. */
  retries: number;
}

/** Rejects as soon as the signal aborts; what was sent arrives all the same. */
function unlessAborted<T>(signal: AbortSignal | null | undefined, call: () => Promise<T>): Promise<T> {
  if (signal === undefined || signal === null) return call();
  if (signal.aborted) return Promise.reject(aborted());
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(aborted());
    };
    signal.addEventListener('abort', abort, { once: true });
    const over = () => {
      signal.removeEventListener('abort', abort);
    };
    call().then(resolve, reject).finally(over);
  });
}

/** Whether discord.js sends a call again that ended so. */
function isSentAgain(error: unknown): boolean {
  if (error instanceof ProxyAnswer) return error.status >= 500;
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET');
}

/** @param serve - brings a call to Discord and back. */
export function createRest(
  { process, hasToken, retries }: Kind,
  { routes, serve }: { routes: Routes; serve: Serve },
): REST {
  /** The last call of each bucket: discord.js makes one after the other. */
  const turns = new Map<string, Promise<unknown>>();

  async function inTurn<T>(bucket: string, signal: Options['signal'], call: () => Promise<T>): Promise<T> {
    const before = turns.get(bucket);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return unlessAborted(signal, call);
    })();
    turns.set(bucket, mine);
    try {
      return await (before === undefined ? mine : unlessAborted(signal, () => mine));
    } finally {
      if (turns.get(bucket) === mine) turns.delete(bucket);
    }
  }

  async function request(method: string, route: string, options: Options = {}): Promise<unknown> {
    const { auth = true, query = new URLSearchParams(), signal, body } = options;
    if (auth && !hasToken) throw new Error('Expected token to be set for this request, but none was present');
    const matched = routes.match(method, route);
    const call = { method, route, query, by: process.name, asBot: auth, matched, ...readBody(body) };

    async function send(): Promise<unknown> {
      for (let tries = 0; ;) {
        try {
          return await serve(process, call);
        } catch (error) {
          if (error instanceof RateLimited) {
            await process.clock.sleep(error.retryAfter);
          } else if (isSentAgain(error) && tries < retries) {
            tries += 1;
          } else {
            throw error instanceof ApiError || error instanceof ProxyAnswer
              ? thrownFor(error, { method, route, body })
              : error;
          }
          if (signal?.aborted === true) throw aborted();
        }
      }
    }

    // First responses wait for nothing.
    if (matched.limit === undefined) return unlessAborted(signal, send);
    return inTurn(matched.bucket, signal, send);
  }

  const method = (name: string) => (route: string, options?: Options) => request(name, route, options);
  return {
    get: method('GET'),
    post: method('POST'),
    put: method('PUT'),
    patch: method('PATCH'),
    delete: method('DELETE'),
  } as unknown as REST;
}
