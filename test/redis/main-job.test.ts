/** The main job goes over Redis as it does over SQLite: the same tests once more. */
import { afterAll } from 'vitest';
import { createRedisServer } from './redis-server.ts';

const server = await createRedisServer();
process.env['TEST_STORE_URL'] = server.url;
await import('../bot/main-job.test.ts');
afterAll(() => server[Symbol.asyncDispose]());
