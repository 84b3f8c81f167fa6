/**
 * Run once before all tests (`globalSetup`): the bot is started without settings, says what it lacks and ends, and has kept what
 * it compiled. Else the ten that a fresh clone's tests begin with would each compile all of it.
 */
import { spawnSync } from 'node:child_process';
import { COMPILED } from './compiled.ts';

const INDEX = new URL('../../src/index.ts', import.meta.url).pathname;

export function setup(): void {
  spawnSync(process.execPath, [...COMPILED, INDEX], { env: {}, stdio: 'ignore' });
}
