/** Looking after a bot on Redis: the ready page, the doctor, and the backup and restore that docs/operations.md describes. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createProcessStage } from '../support/bot.ts';
import { endWithTests } from '../support/child-processes.ts';
import { freePort } from '../support/free-port.ts';
import { submitted } from '../support/runcomfy.ts';
import { gallery, PATIENCE, pictureNumbers, refusal, shows } from '../support/waiting.ts';
import { createRedisServer } from './redis-server.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

test('a Redis that hangs makes the bot not ready within 2 s, and ready again when it is back', async () => {
  await using redis = await createRedisServer();
  const port = await freePort();
  await using stage = await createProcessStage({ environment: { STORE_URL: redis.url, HTTP_PORT: String(port) } });
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  expect(await ready()).toBe(200);
  const pid = Number(/process_id:(\d+)/.exec(cli(redis.port, 'info', 'server'))?.[1]);
  process.kill(pid, 'SIGSTOP');
  const asked = performance.now();
  expect(await ready()).toBe(503);
  expect(performance.now() - asked).toBeLessThan(2000);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status, 'the metrics are there all the same').toBe(200);
  process.kill(pid, 'SIGCONT');
  await expect.poll(ready, { timeout: PATIENCE }).toBe(200);
  expect(await stage.bot.stop()).toBe(0);
});

test('the doctor finds a Redis that keeps its data, and one that would drop it', async () => {
  await using redis = await createRedisServer();
  const examine = () => {
    const env = {
      PATH: process.env['PATH'],
      STORE_URL: redis.url,
      DISCORD_TOKEN: 'none',
      RUNCOMFY_TOKEN: 'none',
      DISCORD_API_URL: 'http://127.0.0.1:1/api',
      RUNCOMFY_MODEL_API_BASE: 'http://127.0.0.1:1/v1',
    };
    const { stdout } = spawnSync(process.execPath, [join(ROOT, 'src/doctor.ts')], {
      env,
      encoding: 'utf8',
      timeout: PATIENCE,
    });
    return stdout.split('\n').filter((line) => line.slice(7).startsWith('store'));
  };
  expect(examine()).toEqual([expect.stringMatching(/^ok /)]);
  cli(redis.port, 'config', 'set', 'maxmemory-policy', 'allkeys-lru');
  cli(redis.port, 'config', 'set', 'appendonly', 'no');
  expect(examine()).toEqual([
    expect.stringMatching(/^ok /),
    expect.stringMatching(/^wrong .*noeviction/),
    expect.stringMatching(/^wrong .*appendonly yes/),
  ]);
});

test('a backup of Redis, restored into an empty server, has the usage and ends the job', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-backup-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const redis = await createRedisServer();
  await using stage = await createProcessStage({
    runcomfy: { held: true },
    environment: { STORE_URL: redis.url, LIMIT_USER_DAILY_IMAGES: '4' },
  });
  const { discord, runcomfy } = stage;
  const order = { member: discord.members.ana, channel: discord.channels.general, name: 'seedream' };
  const interaction = discord.command({ ...order, options: { prompt: 'a mill by the river', count: 3 } });
  const { requestId } = await submitted(stage, 'a mill by the river');
  await shows(interaction, 'In the queue');

  const manual = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
  const command = /<!-- tested: backup redis -->\s+```sh\n([^`]+)```/.exec(manual)?.[1] ?? '';
  execFileSync('sh', ['-c', command.replace('redis://127.0.0.1:6379', redis.url)], { cwd: folder, stdio: 'pipe' });
  await stage.bot.stop('SIGKILL');
  await redis[Symbol.asyncDispose]();

  // The manual's steps, in order.
  execFileSync('mv', ['backup.rdb', 'dump.rdb'], { cwd: folder });
  const port = await freePort();
  const first = await serve(port, folder, 'no');
  cli(port, 'config', 'set', 'appendonly', 'yes');
  await expect
    .poll(() => cli(port, 'info', 'persistence'), { timeout: PATIENCE })
    .toContain('aof_rewrite_in_progress:0');
  expect(cli(port, 'info', 'persistence')).toContain('aof_last_bgrewrite_status:ok');
  const ended = once(first, 'exit');
  cli(port, 'shutdown');
  await ended;
  const second = await serve(port, folder, 'yes');
  onTestFinished(() => {
    second.kill('SIGKILL');
  });

  await stage.start({ STORE_URL: `redis://127.0.0.1:${port}/0` });
  const next = discord.command({ ...order, options: { prompt: 'two more', count: 2 } });
  expect(await refusal(stage, next)).toContain('You have used 3 of your 4 pictures today');
  runcomfy.start(requestId);
  runcomfy.finish(requestId);
  expect(pictureNumbers(await gallery(interaction))).toEqual([1, 2, 3]);
  expect(runcomfy.submits).toBe(1);
});

function cli(port: number, ...words: string[]): string {
  return execFileSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8', timeout: PATIENCE });
}

/** A Redis on this folder's data; resolves when it takes connections. */
async function serve(port: number, folder: string, appendOnly: 'yes' | 'no'): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', appendOnly];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  endWithTests(server);
  await new Promise<void>((resolve, reject) => {
    server.once('exit', reject);
    server.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve();
    });
  });
  return server;
}
