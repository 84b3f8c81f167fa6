/** Jobs of many requests go over Redis as they do over SQLite: the same tests once more. */
import { afterAll, beforeAll } from 'vitest';
import { createRedisServer, type RedisServer } from './redis-server.ts';

let server: RedisServer;
// Before the hooks of the tests themselves, in which their bot is started.
beforeAll(async () => {
  server = await createRedisServer();
  process.env['TEST_STORE_URL'] = server.url;
});
await import('../bot/sets/gallery.test.ts');
afterAll(() => server[Symbol.asyncDispose]());
