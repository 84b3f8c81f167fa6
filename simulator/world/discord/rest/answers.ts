/** What discord.js makes of Discord's answers. */
import { DiscordAPIError, HTTPError } from 'discord.js';
import type { ProxyAnswer } from '../errors.ts';
import { ApiError } from '../../../../playground/discord/api-error.ts';

interface Made {
  method: string;
  route: string;
  body: unknown;
}

/** The error that discord.js's REST throws for an answer of Discord's, or of what stands before it. */
export function thrownFor(answer: ApiError | ProxyAnswer, { method, route, body }: Made): Error {
  const url = `https://discord.com/api/v10${route}`;
  const data = { files: undefined, body } as const;
  if (answer instanceof ApiError) {
    const { status, code, message, extra } = answer;
    const raw = { code, message, ...extra };
    return new DiscordAPIError(raw, code, status, method, url, data);
  }
  if (answer.status >= 500) return new HTTPError(answer.status, answer.message, method, url, data);
  // A page has no code: discord.js reads its bytes as if they were an error of Discord's.
  return new DiscordAPIError({} as never, undefined as never, answer.status, method, url, data);
}

/** A connection that ended before the answer came. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

/** What an aborted call throws. */
export function aborted(): Error {
  return new DOMException('This operation was aborted', 'AbortError');
}
