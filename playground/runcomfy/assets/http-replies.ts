/** What the asset host sends. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a request to the asset host came to. */
export interface Served {
  /** `undefined` where no answer was sent. */
  status: number | undefined;
  bytes: number;
}

/** Sends a short text. */
export function sendText(response: ServerResponse, status: number, text: string, headers = {}): Served {
  const bytes = Buffer.from(text);
  response.writeHead(status, { 'content-type': 'text/plain', 'content-length': bytes.length, ...headers });
  response.end(bytes);
  return { status, bytes: bytes.length };
}

/** Sends a file; to HEAD, all but its bytes. */
export function sendFile(request: IncomingMessage, response: ServerResponse, bytes: Buffer, type: string): Served {
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
  return { status: 200, bytes: request.method === 'HEAD' ? 0 : bytes.length };
}

/** Redirects to the same picture, which will redirect `hops` times more. */
export function sendRedirect(response: ServerResponse, url: URL, hops: number): Served {
  const next = new URL(url);
  next.searchParams.set('hops', String(hops));
  return sendText(response, 302, 'Found', { location: `${next.pathname}${next.search}` });
}
