/** A Redis of the tests' own: on a free port, with an append-only file, stopped with them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithTests } from '../support/child-processes.ts';
import { freePort } from '../support/free-port.ts';

export interface RedisServer extends AsyncDisposable {
  url: string;
  port: number;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /** Stops it, or kills it. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Lets it stand still, connected and silent, and go on. */
  pause(): void;
  resume(): void;
}

/** Starts `redis-server`, which `.ci/run` installs from the distribution's packages. */
export async function createRedisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const started = spawn('redis-server', [...options, '--appendonly', 'yes', '--appendfsync', 'always'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    endWithTests(started);
    await new Promise<void>((resolve, reject) => {
      started.once('error', reject);
      started.once('exit', (code) => {
        reject(new Error(`redis-server ended with ${String(code)}`));
      });
      started.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Ready to accept connections')) resolve();
      });
    });
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    port,
    start,
    stop,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
