/** What a small HTTP server of this machine alone needs: a free port, and bodies that are not too large. */
import type { IncomingMessage, Server } from 'node:http';

/** Ports that are tried after the one asked for. */
const PORTS_TRIED = 20;

/** Listens on this port of 127.0.0.1, or the next free one; returns it. @throws Error when none is free */
export async function listenFrom(server: Server, first: number): Promise<number> {
  for (let port = first; ; port += 1) {
    try {
      return await listenOn(server, port);
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || port - first >= PORTS_TRIED) throw error;
    }
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * Whether a request was meant for this server: a page of another site whose name was made to point at this machine (DNS
 * rebinding) is of the same origin to a browser, but sends that name.
 */
export function isForThisServer({ headers, socket }: IncomingMessage): boolean {
  const { host = '' } = headers;
  return ['127.0.0.1', 'localhost'].some((name) => host.toLowerCase() === `${name}:${socket.localPort}`);
}

/** The body of a request. @throws Error when it has more than `maxBytes` */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) throw new Error('That is too much.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
