/** The ledger over Redis does what every ledger does. */
import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../../src/services/clock.ts';
import type { Redis } from '../../src/services/storage/redis/connection.ts';
import { createRedisLedger } from '../../src/services/storage/redis/ledger.ts';
import { createRedisAdapter } from '../../src/services/storage/redis/records.ts';
import { createStore } from '../../src/services/storage/store.ts';
import { createSilentLog } from '../support/silent-log.ts';
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
    store: createStore({
      adapterFor: (namespace) => createRedisAdapter({ redis: first, namespace }),
      clock: systemClock,
      log: createSilentLog(),
    }),
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
