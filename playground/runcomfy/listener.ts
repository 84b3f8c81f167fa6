/** A local port that can be taken away and brought back. */
import { createServer, type RequestListener } from 'node:http';

export interface LocalPort {
  readonly port: number;
  /** Cuts every connection and refuses new ones. */
  goDown(): Promise<void>;
  /** Listens again, on the same port. */
  comeUp(): Promise<void>;
}

/** Listens on 127.0.0.1; `port` 0 takes any that is free. Rejects when the port is taken. */
export async function listen(port: number, onRequest: RequestListener): Promise<LocalPort> {
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0, headersTimeout: 0 }, onRequest);

  function open(on: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(on, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  await open(port);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    port: bound,
    goDown: () =>
      new Promise((resolve) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
    comeUp: () => (server.listening ? Promise.resolve() : open(bound)),
  };
}
