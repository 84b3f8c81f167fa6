/** The ledger over Redis does what every ledger does. */
import { afterAll, beforeAll } from 'vitest';
import type { Redis } from '../../src/services/storage/redis/connection.ts';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import { describeLedger } from '../support/storage-suites/ledger.ts';
import { connectTo } from './connect.ts';
import { createRedisServer, type RedisServer } from './redis-server.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await createRedisServer();
});
afterAll(() => server[Symbol.asyncDispose]());

describeLedger('the ledger over Redis', async () => {
  const opened: Redis[] = [];
  async function open() {
    const redis = await connectTo(server.url);
    opened.push(redis);
    return redis;
  }
  const first = await open();
  await first.client.flushAll();
  return {
    ledger: createRedisLedger({ redis: first }),
    async reopen() {
      for (const redis of opened) redis.close();
      return createRedisLedger({ redis: await open() });
    },
    dispose() {
      for (const redis of opened) redis.close();
      return Promise.resolve();
    },
  };
});
