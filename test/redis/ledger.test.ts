/** The ledger over Redis does what every ledger does. */
import { afterAll, beforeAll } from 'vitest';
import { pino } from 'pino';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import { createRedisClient } from '../../src/services/storage/redis/connection.ts';
import { describeLedger } from '../support/storage-suites/ledger.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await createRedisServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const log = pino({ level: 'silent' });

describeLedger('the ledger over Redis', async () => {
  const opened: { isOpen: boolean; destroy(): void }[] = [];
  async function open() {
    const client = createRedisClient({ url: server.url, log });
    opened.push(client);
    await client.connect();
    return client;
  }
  const first = await open();
  await first.flushAll();
  return {
    ledger: createRedisLedger({ client: first }),
    async reopen() {
      for (const client of opened) if (client.isOpen) client.destroy();
      return createRedisLedger({ client: await open() });
    },
    dispose() {
      for (const client of opened) if (client.isOpen) client.destroy();
      return Promise.resolve();
    },
  };
});
