/** A host of pictures for tests: what references point to. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';

interface Served {
  status?: number;
  body?: Buffer;
  type?: string;
}

export interface PictureServer {
  /** What is answered by path; a path that is not here is answered 404. */
  files: Record<string, Served>;
  /** The headers of each request, in order. */
  seen: IncomingHttpHeaders[];
  /** The address of a path. */
  at(path: string): string;
}

/** A picture of one colour. */
export function solid(
  format: 'png' | 'jpeg' | 'webp' | 'avif',
  { width = 200, height = 100, background = '#ff0000' }: { width?: number; height?: number; background?: string } = {},
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

/** Starts one that ends with the test. */
export async function createPictureServer(): Promise<PictureServer> {
  const files: PictureServer['files'] = {};
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    const { status = 200, body = Buffer.alloc(0), type = 'image/png' } = files[request.url ?? ''] ?? { status: 404 };
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { files, seen, at: (path) => `http://127.0.0.1:${port}${path}` };
}
