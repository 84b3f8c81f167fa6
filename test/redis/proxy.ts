/** A way to a Redis that can be cut: at once, or as soon as something has gone to Redis, whose answer is then lost. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface RedisProxy extends AsyncDisposable {
  url: string;
  /** Cuts every connection, and refuses new ones. */
  cut(): void;
  /** Resolves when something of which this is part has gone to Redis; everything is cut then, before it can answer. */
  cutAfter(...parts: string[]): Promise<void>;
  /** Closes nothing, and lets nothing through: what is connected now is so for ever, new connections until it is healed. */
  swallow(): void;
  /** Lets connections through again. */
  heal(): void;
}

export async function createRedisProxy(port: number): Promise<RedisProxy> {
  const clients = new Set<Socket>();
  const swallowed = new Set<Socket>();
  let isCut = false;
  let isSwallowing = false;
  let waiting: { parts: string[]; resolve: () => void } | undefined;

  function cut(): void {
    isCut = true;
    for (const client of clients) client.destroy();
  }

  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(port, '127.0.0.1');
    clients.add(client);
    if (isSwallowing) swallowed.add(client);
    upstream.on('data', (chunk) => {
      if (!swallowed.has(client)) client.write(chunk);
    });
    client.on('data', (chunk) => {
      if (swallowed.has(client)) return;
      upstream.write(chunk);
      const text = chunk.toString();
      if (waiting?.parts.every((part) => text.includes(part)) !== true) return;
      cut();
      waiting.resolve();
      waiting = undefined;
    });
    client.on('close', () => {
      clients.delete(client);
      swallowed.delete(client);
      // What was written before still goes to Redis.
      upstream.end();
    });
    upstream.on('close', () => client.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}/0`,
    cut,
    cutAfter: (...parts) => new Promise((resolve) => (waiting = { parts, resolve })),
    swallow() {
      isSwallowing = true;
      for (const client of clients) swallowed.add(client);
    },
    heal() {
      isCut = false;
      isSwallowing = false;
    },
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
