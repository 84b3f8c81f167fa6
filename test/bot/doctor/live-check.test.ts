/** `npm run doctor -- --live` as its own process, between both stand-ins. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { createRunComfyStandIn, type RunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';
import { CTRL_C, ENTER, openTerminal } from '../../setup/terminal.ts';
import { endWithTests } from '../../support/child-processes.ts';
import { COMPILED } from '../../support/compiled.ts';
import { PATIENCE } from '../../support/waiting.ts';

const DOCTOR = new URL('../../../src/doctor.ts', import.meta.url).pathname;
const DISCORD_TOKEN = 'discord-secret-of-the-test';
const RUNCOMFY_TOKEN = 'runcomfy-secret-of-the-test';

let discord: DiscordStandIn;
let runcomfy: RunComfyStandIn;
let environment: Record<string, string>;
let submitsBefore: number;

beforeAll(async () => {
  discord = await createDiscordStandIn({ token: DISCORD_TOKEN });
  runcomfy = await createRunComfyStandIn({ token: RUNCOMFY_TOKEN, pictures: 'plain', speed: 20 });
  environment = {
    DISCORD_TOKEN,
    DISCORD_API_URL: discord.apiUrl,
    RUNCOMFY_TOKEN,
    RUNCOMFY_MODEL_API_BASE: runcomfy.url,
    RUNCOMFY_ASSET_HOSTS: runcomfy.assetOrigin,
  };
});

afterAll(async () => {
  await Promise.all([discord.close(), runcomfy.close()]);
});

beforeEach(() => {
  submitsBefore = runcomfy.submits;
});

const submits = () => runcomfy.submits - submitsBefore;
const left = () => discord.messages(discord.channels.general).map(({ content }) => content);

interface Run {
  child: ChildProcess;
  /** Resolves with what it wrote and its exit code. */
  ended: Promise<{ code: number | null; report: string; told: string }>;
}

function start(...options: string[]): Run {
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(process.execPath, [...COMPILED, DOCTOR, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithTests(child);
  const written = { report: '', told: '' };
  child.stdout.on('data', (chunk: Buffer) => (written.report += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (written.told += chunk.toString()));
  const ended = (once(child, 'close') as Promise<[number | null]>).then(([code]) => {
    for (const token of [DISCORD_TOKEN, RUNCOMFY_TOKEN]) {
      expect(written.report + written.told).not.toContain(token);
    }
    return { code, ...written };
  });
  return { child, ended };
}

const live = () => ['--live', '--channel', discord.channels.general.id];

test('a report that says that all is as assumed, and nothing that is left behind', async () => {
  const { code, report, told } = await start(...live(), '--yes').ended;
  expect(report).toMatch(/^# Live check of seedream-bot \d/);
  expect(report).toContain('different 0, otherwise and handled 0');
  expect(report).not.toMatch(/\?(exp|ex|sig|X-Amz)/);
  expect(told).toContain('RunComfy says completed');
  expect(code).toBe(0);
  expect(left()).toEqual([]);
  expect(submits()).toBe(1);
  expect(runcomfy.violations).toEqual([]);
  expect(runcomfy.leakedTokens).toEqual([]);
});

test('where nobody can be asked, nothing is paid without --yes', async () => {
  const { code, report, told } = await start(...live()).ended;
  expect([code, report, submits()]).toEqual([1, '', 0]);
  expect(told).toContain('add --yes');
});

test('on a terminal the cost is named before anything is paid; Enter alone means no', async () => {
  const terminal = openTerminal([process.execPath, ...COMPILED, DOCTOR, ...live()].join(' '), {
    cwd: '/',
    env: { PATH: process.env['PATH'], ...environment },
  });
  await terminal.reads('0.03 USD');
  await terminal.reads('Go on?');
  terminal.types(ENTER);
  expect(await terminal.ended()).toBe(1);
  const another = openTerminal([process.execPath, ...COMPILED, DOCTOR, ...live()].join(' '), {
    cwd: '/',
    env: { PATH: process.env['PATH'], ...environment },
  });
  await another.reads('Go on?');
  another.types(CTRL_C);
  expect(await another.ended()).toBe(1);
  expect(submits()).toBe(0);
});

test('ended while the request waits, it cancels it and posts nothing', async () => {
  runcomfy.holdQueue();
  const { child, ended } = start(...live(), '--yes');
  await expect.poll(submits, { timeout: PATIENCE }).toBe(1);
  child.kill('SIGINT');
  const { code, report } = await ended;
  runcomfy.releaseQueue();
  expect(code).toBe(1);
  expect(report).toContain('was cancelled');
  expect(runcomfy.jobs.at(-1)?.state).toBe('cancelled');
  expect(left()).toEqual([]);
});

test('ended while its messages stand, it takes them away', async () => {
  discord.failNext({ method: 'PATCH', path: /\/messages\/\d+$/, delayMs: 1500 });
  const { child, ended } = start(...live(), '--yes');
  await expect.poll(() => left().length, { timeout: PATIENCE }).toBeGreaterThan(0);
  child.kill('SIGTERM');
  const { code, report } = await ended;
  expect(code).toBe(1);
  expect(report).toContain('The check was ended early');
  expect(left()).toEqual([]);
});

test.each([
  [['--live']],
  [['--live', '--channel', 'general']],
  [['--channel', '123456789012345678']],
  [['--yes']],
  [['--live', '--channel', '123456789012345678', '--model', 'a/b', '--model', 'c/d']],
])('a command line that makes no sense is answered with one that does: %s', async (options) => {
  const { code, told } = await start(...options).ended;
  expect([code, told]).toEqual([1, expect.stringContaining('npm run doctor -- --live --channel <id>')]);
});
