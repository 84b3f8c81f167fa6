/** One HTTP call with a token: an answer of any kind, or why none came. */
import { systemClock as clock } from '../services/clock.ts';
import { withDeadline } from '../services/deadline.ts';

/** How long an answer may take (milliseconds). */
const ANSWER_WITHIN = 10_000;

export interface HttpAnswer {
  status: number;
  /** `undefined` when it was no JSON. */
  body: unknown;
  /** The time by the server's clock, and by ours half way through the call (milliseconds since the epoch). */
  date: number | undefined;
  at: number;
}

/**
 * The answer to a GET, or a word that says why none came. Redirects are not followed: the token goes to this address alone.
 *
 * @param authorization - the header's whole value, token included.
 */
export async function getWithToken(url: string, authorization: string): Promise<HttpAnswer | string> {
  try {
    return await withDeadline(clock, ANSWER_WITHIN, (signal) => get(url, authorization, signal), timedOut);
  } catch (error) {
    return reasonOf(error);
  }
}

async function get(url: string, authorization: string, signal: AbortSignal): Promise<HttpAnswer> {
  const begunAt = clock.now();
  const response = await fetch(url, {
    headers: { authorization, accept: 'application/json', 'user-agent': 'DiscordBot (seedream-bot, doctor)' },
    redirect: 'error',
    signal,
  });
  const at = (begunAt + clock.now()) / 2;
  const text = await response.text();
  const date = Date.parse(response.headers.get('date') ?? '');
  return { status: response.status, body: parse(text), date: Number.isNaN(date) ? undefined : date, at };
}

function timedOut(): Error {
  return new DOMException(`No answer within ${ANSWER_WITHIN} ms`, 'TimeoutError');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An error's code, such as `ECONNREFUSED`, else its name: never a text that could repeat what was sent. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string') {
    return cause.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
