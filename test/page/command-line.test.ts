/** `npm run playground` as somebody runs it: in a terminal's place, without one, with the page. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { readOptions } from '../../playground/app/command-line.ts';
import { MODELS } from '../../playground/app/playground.ts';
import { wrapText } from '../../playground/app/terminal/columns.ts';
import { COMPILED } from '../support/compiled.ts';

const INDEX = new URL('../../playground/index.ts', import.meta.url).pathname;
const HOUSE = new URL('../..', import.meta.url).pathname;
const LITE = 'bytedance/seedream-5/lite/text-to-image';

/** A temporary folder of a test's own, to see what is left there. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Starts the playground; `line` resolves with the first line that fits. */
function run(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...COMPILED, INDEX, ...args], {
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

/** What is said of what cannot be asked for. */
function problemOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('It can be asked for');
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
  const folder = temporaryFolder();
  const { ended, lines, errors } = run(
    ['--once', '--prompt', 'a small boat', '--count', '2', '--size', '1:1', '--speed', '50'],
    { TMPDIR: folder },
  );
  expect(await ended, errors.join('\n')).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
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

test.each([
  { args: ['--size', '5:5'], says: ['--size', '"5:5"', '1:1, 4:3, 3:4, 16:9, 9:16, 3:2, 2:3, 21:9'] },
  { args: ['--quality', 'best'], says: ['--quality', '"best"', 'fast, standard'] },
  { args: ['--model', 'dreamer'], says: ['--model', '"dreamer"', 'bytedance/seedream-5/lite/text-to-image'] },
  { args: ['--count', '16'], says: ['--count', '"16"', 'from 1 to 15'] },
  { args: ['--count', '2.5'], says: ['--count', '"2.5"', 'from 1 to 15'] },
  { args: ['--seed', '-3'], says: ['--seed', '"-3"', 'from 0 to 2147483647'] },
  { args: ['--speed', '0'], says: ['--speed', '"0"', 'above 0'] },
  { args: ['--prompt', ' '], says: ['--prompt', 'empty'] },
  { args: ['--prompt', 'x'.repeat(6001)], says: ['--prompt', '6001 characters', 'at most'] },
  { args: ['--prompt', '--once'], says: ['--prompt', 'lacks its value'] },
  { args: ['--prompt', 'a', 'fox'], says: ['"fox"', 'quote'] },
  { args: ['--private=no'], says: ['--private', 'no value'] },
  { args: ['--colour', 'red'], says: ['--colour', '--prompt, --count, --size'] },
  // Choices are those of the models that are set.
  { args: ['--quality', 'fast'], models: LITE, says: ['nothing, with these models'] },
])('what can not be asked for is said with its choices: $args', ({ args, says, models = MODELS }) => {
  const problem = problemOf(() => readOptions(args, models.split(',')));
  for (const part of says) expect(problem).toContain(part);
  for (const line of wrapText(problem, 80)) expect(line.length).toBeLessThanOrEqual(80);
});

test.each([
  { args: ['--prompt', 'x'.repeat(6001)], says: ['--prompt', '6001 characters', '--help'] },
  { args: ['--quality', 'fast'], models: LITE, says: ['nothing, with these models'] },
  { args: ['--once'], models: 'acme/dreamer', says: ['RUNCOMFY_MODELS', 'bytedance/seedream-4-0/sequential'] },
])('what can not be asked for is said before anything starts: $args, $models', async ({ args, says, models }) => {
  const folder = temporaryFolder();
  const { ended, errors, lines } = run(args, { TMPDIR: folder, ...(models && { RUNCOMFY_MODELS: models }) });
  expect(await ended).toBe(1);
  const text = errors.join(' ');
  for (const part of says) expect(text).toContain(part);
  for (const line of errors) expect(line.length).toBeLessThanOrEqual(80);
  expect(lines).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
  { signal: 'SIGHUP', code: 129 },
] as const)('a request that $signal ends leaves nothing', async ({ signal, code }) => {
  const folder = temporaryFolder();
  const { child, ended, line } = run(['--once', '--speed', '1'], { TMPDIR: folder });
  await line(/\[ Cancel \]/);
  expect(readdirSync(folder)).toHaveLength(1);
  const bots = childrenOf(child.pid ?? 0);
  child.kill(signal);
  // As npm does, which passes on what the terminal has sent already.
  child.kill(signal);
  expect(await ended).toBe(code);
  // A process that has ended is there until the system's first one has heard of it.
  await expect.poll(() => bots.filter(runs)).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a start that fails, and one that is ended, leave nothing', async () => {
  const folder = temporaryFolder();
  const begun = performance.now();
  const failed = run(['--once'], { TMPDIR: folder, LIMIT_USER_DAILY_IMAGES: 'many' });
  expect(await failed.ended).toBe(1);
  // It ends as soon as it has said so, not when the bot would have been given up.
  expect(performance.now() - begun).toBeLessThan(25_000);
  expect(failed.errors.join(' ')).toContain('LIMIT_USER_DAILY_IMAGES');
  const early = run(['--once'], { TMPDIR: folder });
  await early.line(/^Starting/);
  early.child.kill('SIGINT');
  expect(await early.ended).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
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
  // A process that has ended is there until the system's first one has heard of it.
  await expect.poll(() => bots.filter(runs)).toEqual([]);
  taken.close();
});
