/** HTTP: reading bodies, and sending replies or what a fault makes of them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** What goes to the socket. */
export type Reply =
  | { as: 'answer'; status: number; text: string; headers: Record<string, string>; body: unknown }
  /** The same, but the connection is cut in the middle of the text. */
  | { as: 'cut'; status: number; text: string; headers: Record<string, string>; body: unknown }
  | { as: 'reset' }
  | { as: 'hang' };

/** A submit's body has this much room. */
const BODY_MAX_BYTES = 1024 * 1024;

/** Reads a request's body; `undefined` when it is too large. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size <= BODY_MAX_BYTES) chunks.push(bytes);
  }
  return size > BODY_MAX_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** Parses JSON; `undefined` when it is none. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** An answer as JSON. */
export function replyWith({ status, body, headers }: Answer): Reply {
  return {
    as: 'answer',
    status,
    text: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
    body,
  };
}

/** Sends a reply, or nothing, as the reply says. */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  switch (reply.as) {
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'answer':
    case 'cut': {
      const bytes = Buffer.from(reply.text);
      response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
      if (reply.as === 'answer') response.end(bytes);
      else response.write(bytes.subarray(0, bytes.length >> 1), () => request.socket.destroy());
      return;
    }
  }
}
