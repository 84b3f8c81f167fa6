/** A stop ends the process in time, whatever becomes of what it writes, and whatever hangs in it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../playground/discord/stand-in.ts';
import { createStreamOutput } from '../../src/bot/log-output.ts';
import { endWithTests } from '../support/child-processes.ts';
import { COMPILED } from '../support/compiled.ts';
import { PATIENCE } from '../support/waiting.ts';

const INDEX = new URL('../../src/index.ts', import.meta.url).pathname;
const EXIT = new URL('../../src/bot/exit.ts', import.meta.url).href;

/** What DESIGN promises of a stop (milliseconds). */
const STOPS_WITHIN = 10_000;

interface House {
  folder: string;
  discord: DiscordStandIn;
  environment: Record<string, string | undefined>;
}

async function createHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-unread-'));
  const discord = await createDiscordStandIn({ token: 'discord-test-token' });
  onTestFinished(async () => {
    await discord.close();
    rmSync(folder, { recursive: true, force: true });
  });
  // The bot, which writes its process id first.
  writeFileSync(join(folder, 'bot.sh'), `echo $$ > pid; exec "${process.execPath}" ${COMPILED.join(' ')} "${INDEX}"`);
  const environment = {
    PATH: process.env['PATH'],
    DISCORD_TOKEN: 'discord-test-token',
    DISCORD_API_URL: discord.apiUrl,
    RUNCOMFY_TOKEN: 'runcomfy-test-token',
    STORE_URL: `sqlite://${folder}/store.sqlite`,
    LOG_LEVEL: 'trace',
  };
  return { folder, discord, environment };
}

/** Runs a line of the shell. */
function run({ folder, environment }: House, line: string): ChildProcess {
  const child = spawn('sh', ['-c', line], { env: environment, cwd: folder, stdio: 'ignore' });
  endWithTests(child);
  return child;
}

async function botIn({ folder, discord }: House): Promise<number> {
  await discord.until(() => discord.commands().length > 0, PATIENCE);
  return Number(readFileSync(join(folder, 'pid'), 'utf8'));
}

const isGone = (pid: number) =>
  !existsSync(`/proc/${pid}`) || /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

/** Fills the pipe that a shell's output goes to, and goes on filling it. */
const FULL = 'head -c 10000000 /dev/zero & sleep 0.3;';

test(
  'a pipe that is full and that nobody reads holds up neither the bot nor its stop',
  { timeout: 60_000 },
  async () => {
    const house = await createHouse();
    const child = run(house, `(${FULL} sh bot.sh; echo $? > code) | exec sleep 1000`);
    const pid = await botIn(house);
    const began = performance.now();
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => isGone(pid), { timeout: PATIENCE }).toBe(true);
    expect(performance.now() - began).toBeLessThan(STOPS_WITHIN);
    await expect.poll(() => readFileSync(join(house.folder, 'code'), 'utf8')).toBe('0\n');
    child.kill('SIGKILL');
  },
);

test('a terminal that stands still holds up neither the bot nor its stop', { timeout: 60_000 }, async () => {
  const house = await createHouse();
  // script has a terminal of its own, and writes what it reads of it to a pipe that is full.
  const child = run(house, `(${FULL} exec script -qefc 'sh bot.sh' /dev/null < /dev/null) | exec sleep 1000`);
  const pid = await botIn(house);
  const began = performance.now();
  process.kill(pid, 'SIGTERM');
  await expect.poll(() => isGone(pid), { timeout: PATIENCE }).toBe(true);
  expect(performance.now() - began).toBeLessThan(STOPS_WITHIN);
  child.kill('SIGKILL');
});

test('lines that nobody reads are dropped beyond a mebibyte, and counted once they are read again', async () => {
  const stream = new PassThrough({ highWaterMark: 1024 });
  const output = createStreamOutput(stream, { format: (line) => line, clock: { now: () => 7 } });
  const line = `${'x'.repeat(1023)}\n`;
  for (let written = 0; written < 3000; written += 1) output.write(line);
  let read = '';
  stream.on('data', (chunk: Buffer) => (read += chunk.toString()));
  const flushed = new Promise<void>((resolve) => {
    output.flush(resolve);
  });
  await flushed;
  await expect.poll(() => read).toContain('"msg":"lines of this log were dropped, as nothing read them"');
  const whole = read.split('\n').filter((each) => each === line.trimEnd()).length;
  const { dropped } = JSON.parse(read.split('\n').find((each) => each.startsWith('{')) ?? '') as { dropped: number };
  expect(whole + dropped).toBe(3000);
  expect(whole).toBeLessThan(1100);
});

test('a reader that has gone is no reason to end', () => {
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const output = createStreamOutput(stream, { format: (line) => line, clock: { now: () => 7 } });
  for (let written = 0; written < 10; written += 1) output.write('a line\n');
  return new Promise<void>((resolve) => {
    output.flush(resolve);
  });
});

/** Runs a program with what ends a process. */
async function end(program: string): Promise<{ code: unknown; signal: unknown; took: number }> {
  const began = performance.now();
  const source = `import { exitNow, killAfter, threadsWork } from ${JSON.stringify(EXIT)}; ${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'ignore' });
  endWithTests(child);
  const [code, signal] = (await once(child, 'exit')) as unknown[];
  return { code, signal, took: performance.now() - began };
}

test('a main thread that hangs is killed from another one', async () => {
  const hangs = 'killAfter(300); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';
  const { signal, took } = await end(hangs);
  expect(signal).toBe('SIGKILL');
  expect(took).toBeLessThan(STOPS_WITHIN);
});

test('a thread that hangs, as one that looks up a name does, is not waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-exit-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const fifo = join(folder, 'fifo');
  spawnSync('mkfifo', [fifo]);
  const opens = `import { open } from 'node:fs'; open(${JSON.stringify(fifo)}, 'r', () => undefined);`;
  expect(await end(`${opens} setTimeout(() => exitNow(0), 100);`)).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(await end('setTimeout(() => exitNow(0), 100);')).toMatchObject({ code: 0, signal: null });
});
