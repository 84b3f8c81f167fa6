import type { ApiError } from '../api-error.ts';
import type { Answer } from './router.ts';

/** What goes to the socket. */
export interface HttpResponse {
  readonly status: number;
  /** The JSON error code, null when it is no error. */
  readonly code: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export function answerResponse({ status, body }: Answer, headers: Readonly<Record<string, string>>): HttpResponse {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status, code: null, text, headers: withLength(text, headers) };
}

export function errorResponse(error: ApiError, headers: Readonly<Record<string, string>>): HttpResponse {
  const { status, code, message, extra } = error;
  const text = JSON.stringify({ message, code, ...extra });
  const retryAfter = extra['retry_after'];
  const more = status === 429 && typeof retryAfter === 'number' && { 'retry-after': String(Math.ceil(retryAfter)) };
  const whole = extra['global'] === true && { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' };
  return { status, code, text, headers: withLength(text, { ...headers, ...more, ...whole }) };
}

function withLength(text: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  if (text === '') return { ...headers };
  return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers };
}

/** What a proxy before Discord answers by itself: no JSON. */
export function pageResponse(status: number): HttpResponse {
  const text = `<!doctype html><title>${status}</title><p>error code: ${status}`;
  return { status, code: null, headers: { 'content-type': 'text/html' }, text };
}

/** What Discord's proxy answers to a blocked address: no JSON. */
export function blockedResponse(milliseconds: number): HttpResponse {
  const headers = { 'content-type': 'text/html', 'retry-after': String(Math.ceil(milliseconds / 1000)) };
  return { status: 429, code: null, headers, text: '<!doctype html><title>Access denied</title><p>error code: 1015' };
}
