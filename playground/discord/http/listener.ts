import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Lets a server listen on the loopback address, stop with every connection cut, and listen again. */
export function createListener(server: Server) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  return {
    /**
     * @param port 0 for any that is free
     * @returns the port
     * @throws Error (rejects) when the port is taken
     */
    start: (port: number): Promise<number> =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),

    /** Resolves once no connection is left. */
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
