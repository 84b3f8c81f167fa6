/**
 * Run once before all tests (`globalSetup`): the bot is started without settings, says what it lacks and ends, and has kept what
 * it compiled. Else the ten that a fresh clone's tests begin with would each compile all of it.
 */
import { spawnSync } from 'node:child_process';

const INDEX = new URL('../../src/index.ts', import.meta.url).pathname;
const COMPILE_CACHE = new URL('../../src/compile-cache.mjs', import.meta.url).href;

export function setup(): void {
  spawnSync(process.execPath, ['--import', COMPILE_CACHE, INDEX], { env: {}, stdio: 'ignore' });
}
