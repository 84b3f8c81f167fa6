/**
 * The Dockerfile's steps by hand, in a clean folder: what it copies and installs is enough to run the bot, its health check
 * tells, and its stop signal ends it well. An engine to build it with is not needed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createDiscordStandIn, type DiscordStandIn } from '../../playground/discord/stand-in.ts';
import { createRunComfyStandIn, type RunComfyStandIn } from '../../playground/runcomfy/stand-in.ts';
import { endWithTests } from '../support/child-processes.ts';
import { freePort } from '../support/free-port.ts';
import { gallery } from '../support/waiting.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** The Dockerfile's instructions, with lines that go on joined. */
const instructions = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

function instruction(name: string): string {
  const found = instructions.findLast((line) => line.startsWith(`${name} `));
  if (found === undefined) throw new Error(`The Dockerfile has no ${name}`);
  return found.slice(name.length + 1).trim();
}

/** The words of a CMD in its JSON form. */
function words(text: string): string[] {
  return z.array(z.string()).parse(JSON.parse(text.slice(text.indexOf('['))));
}

const settings = Object.fromEntries(
  instruction('ENV')
    .split(/\s+/)
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
);

/** Where the bot keeps compiled code, by its working directory. */
const COMPILED = 'node_modules/.cache/seedream-bot';

let folder: string;
/** The same, where this image has it. */
let compiled: string;
let discord: DiscordStandIn;
let runcomfy: RunComfyStandIn;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seedream-image-'));
  mkdirSync(join(folder, 'app'));
  for (const line of instructions.filter((line) => /^COPY (?!--from)/.test(line))) {
    const [, ...paths] = line.split(/\s+/);
    for (const path of paths.slice(0, -1)) cpSync(join(ROOT, path), join(folder, 'app', path), { recursive: true });
  }
  const install = instructions.find((line) => line.startsWith('RUN npm'))?.slice('RUN '.length) ?? '';
  const { status, stderr } = spawnSync(install, { cwd: join(folder, 'app'), shell: true, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  compiled = join(folder, 'app', COMPILED);
  const compile = instructions.find((line) => line.startsWith('RUN node'))?.slice('RUN '.length) ?? '';
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  expect(spawnSync(compile, { cwd: join(folder, 'app'), env, shell: true, stdio: 'inherit' }).status).toBe(0);
  discord = await createDiscordStandIn({ token: 'discord-test-token' });
  runcomfy = await createRunComfyStandIn({ token: 'runcomfy-test-token', pictures: 'plain', speed: 1000 });
}, 300_000);

afterAll(async () => {
  await Promise.all([discord.close(), runcomfy.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test('production dependencies are enough for a job, a chart and the pages; the health check tells; the signal stops', async () => {
  expect(existsSync(join(folder, 'app/node_modules/vitest')), 'no development dependencies').toBe(false);
  expect(instruction('FROM')).toBe('node:24-slim');
  expect(
    instructions.some((line) => line.includes(`mkdir -m 700 ${COMPILED}`)),
    'a folder of its own',
  ).toBe(true);
  expect(readdirSync(compiled, { recursive: true }).length, 'discord.js, zod, the bot').toBeGreaterThan(500);
  expect(instruction('USER')).not.toMatch(/^(root|0)$/);
  const env = {
    PATH: process.env['PATH'],
    ...settings,
    HTTP_PORT: String(await freePort()),
    STORE_URL: `sqlite://${folder}/data/seedream.sqlite`,
    DISCORD_TOKEN: 'discord-test-token',
    DISCORD_API_URL: discord.apiUrl,
    RUNCOMFY_TOKEN: 'runcomfy-test-token',
    RUNCOMFY_MODEL_API_BASE: runcomfy.url,
    RUNCOMFY_ASSET_HOSTS: runcomfy.assetOrigin,
  };
  const healthy = () => {
    const [, ...rest] = words(instruction('HEALTHCHECK'));
    return spawnSync(process.execPath, rest, { env }).status === 0;
  };
  expect(healthy(), 'before it runs').toBe(false);
  const [program, ...rest] = words(instruction('CMD'));
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const started = scripts.start.split(' ').filter((word) => !word.startsWith('--env-file'));
  expect([program, ...rest], 'as npm start does').toEqual(started);
  const bot = spawn(process.execPath, rest, { cwd: join(folder, 'app'), env, stdio: ['ignore', 'pipe', 'inherit'] });
  endWithTests(bot);
  let output = '';
  bot.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  try {
    await expect.poll(() => output, { timeout: 30_000 }).toContain('"msg":"commands registered"');
    // Run beside the stand-ins' process: they are not asked for anything meanwhile.
    expect(healthy()).toBe(true);
    const metrics = await fetch(`http://127.0.0.1:${env.HTTP_PORT}/metrics`);
    expect(await metrics.text()).toContain('seedream_ready 1');
    const { channels, members } = discord;
    const interaction = discord.command({
      member: members.ana,
      channel: channels.general,
      name: 'seedream',
      options: { prompt: 'a harbour', count: 2 },
    });
    await gallery(interaction);
    const usage = discord.command({ member: members.admin, channel: channels.general, name: 'usage', options: {} });
    await usage.until(({ original }) => (original?.attachments.length ?? 0) > 0, 30_000);
    const exited = once(bot, 'exit');
    bot.kill(constants.signals[instruction('STOPSIGNAL') as NodeJS.Signals]);
    expect(await exited).toEqual([0, null]);
  } finally {
    bot.kill('SIGKILL');
  }
});
