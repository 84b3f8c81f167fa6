/** `npm run playground` as somebody runs it: in a terminal's place, without one, with the page. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

const INDEX = new URL('../../playground/index.ts', import.meta.url).pathname;
const HOUSE = new URL('../..', import.meta.url).pathname;

/** Starts the playground; `line` resolves with the first line that fits. */
function run(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [INDEX, ...args], {
    cwd: HOUSE,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGTERM'));
  const lines: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    lines,
    errors,
    ended,
    line: (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`It ended before ${String(pattern)}:\n${[...lines, ...errors].join('\n')}`));
        });
      }),
  };
}

/** The processes that a process has started, where the system tells. */
function childrenOf(id: number): number[] {
  if (process.platform !== 'linux') return [];
  return readFileSync(`/proc/${id}/task/${id}/children`, 'utf8').trim().split(' ').map(Number);
}

/** Whether a process of this id is there. */
function runs(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

test('one request in the terminal shows every state and leaves the pictures', async () => {
  const { ended, lines, errors } = run([
    '--once',
    '--prompt',
    'a small boat',
    '--count',
    '2',
    '--size',
    '1:1',
    '--speed',
    '50',
  ]);
  expect(await ended, errors.join('\n')).toBe(0);
  const text = lines.join('\n');
  expect(text).toContain('/seedream prompt:a small boat count:2 size:2048:2048 (1:1)');
  expect(text).toMatch(/queue|Sending/);
  expect(text).toContain('2 of 2');
  const paths = lines.flatMap((line) => /^\s+(playground\/pictures\/\S+)$/.exec(line)?.[1] ?? []);
  expect(paths).toHaveLength(2);
  for (const path of paths) {
    expect(readFileSync(`${HOUSE}/${path}`).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    rmSync(`${HOUSE}/${path}`);
  }
});

test('what can not be asked for is said, and counts as failed', async () => {
  const refused = run(['--count', '16', '--speed', '50']);
  expect(await refused.ended).toBe(1);
  expect(refused.errors.join('\n')).toContain('count');
  const unknown = run(['--colour', 'red']);
  expect(await unknown.ended).toBe(2);
  expect(unknown.errors.join('\n')).toContain('--help');
});

test('the page is served on the next free port, its address is the last line, and nothing is left behind', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { child, lines, ended, line } = run(['--serve', '--count', '1', '--speed', '50'], {
    PLAYGROUND_PORT: String(port),
  });
  const last = await line(/^Open the playground/);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(last)?.[0] ?? '';
  expect(Number(new URL(url).port)).toBeGreaterThan(port);
  expect(lines.at(-1)).toBe(last);
  expect(await (await fetch(url)).text()).toContain('Seedream playground');
  const bots = childrenOf(child.pid ?? 0);
  if (process.platform === 'linux') expect(bots).toHaveLength(1);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(bots.filter(runs)).toEqual([]);
  taken.close();
});
