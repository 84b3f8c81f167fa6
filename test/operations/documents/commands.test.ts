/** The documents are true: each block of commands in them is run here, or stands in a list with the reason why it is not. */
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { createRunComfyStandIn, type RunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';
import { createRedisServer } from '../../redis/redis-server.ts';
import { CTRL_C } from '../../setup/terminal.ts';
import { spawnBot } from '../../support/bot.ts';
import { endWithTests } from '../../support/child-processes.ts';
import { blocksIn, createStranger, runWell, type Stranger } from './stranger.ts';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/*.md'];
const ROOT = new URL('../../../', import.meta.url).pathname;

let discord: DiscordStandIn;
let runcomfy: RunComfyStandIn;
let environment: Record<string, string>;

beforeAll(async () => {
  discord = await createDiscordStandIn({ token: 'discord-test-token' });
  runcomfy = await createRunComfyStandIn({ token: 'runcomfy-test-token', pictures: 'plain', speed: 50 });
  environment = {
    DISCORD_TOKEN: 'discord-test-token',
    DISCORD_API_URL: discord.apiUrl,
    RUNCOMFY_TOKEN: 'runcomfy-test-token',
    RUNCOMFY_MODEL_API_BASE: runcomfy.url,
    RUNCOMFY_ASSET_HOSTS: runcomfy.assetOrigin,
  };
});

afterAll(async () => {
  await Promise.all([discord.close(), runcomfy.close()]);
});

/** The playground by a block's own words, on a terminal and a port that is free, until it shows this. */
async function openPlayground(
  text: string,
  { cloned, shows }: { cloned: boolean; shows: string | RegExp },
): Promise<void> {
  const terminal = createStranger({ environment: { PLAYGROUND_PORT: '0' }, cloned }).sitDown(text);
  await terminal.reads(/The page is at http:\/\/127\.0\.0\.1:\d+/);
  await terminal.reads(shows);
  terminal.types(CTRL_C);
  await terminal.reads('Ending');
  await terminal.ended();
}

/** What is written down here by its first line is run, and that it did what it is for. */
const RUN: Record<string, (text: string) => Promise<void>> = {
  'git clone REPOSITORY seedream-bot\ncd seedream-bot\nnpm ci\nnpm run playground': (text) =>
    openPlayground(text, { cloned: false, shows: 'Open the playground' }),

  'RUNCOMFY_MODELS=bytedance/seedream-5/lite/text-to-image,bytedance/seedream-4-0/sequential npm run playground': (
    text,
  ) => openPlayground(text, { cloned: true, shows: '/seedream' }),

  async 'npm run setup'(text) {
    const { DISCORD_API_URL = '', RUNCOMFY_MODEL_API_BASE = '' } = environment;
    const stranger = createStranger({ environment: { DISCORD_API_URL, RUNCOMFY_MODEL_API_BASE }, cloned: true });
    const terminal = stranger.sitDown(text);
    await terminal.reads("The bot's token");
    terminal.types(CTRL_C);
    await terminal.reads('Nothing was written');
  },

  async 'npm run doctor -- --live --channel 123456789012345678'(text) {
    const terminal = createStranger({ environment, cloned: true }).sitDown(
      text.replace('123456789012345678', discord.channels.general.id),
    );
    await terminal.reads('Go on?');
    terminal.types('y');
    await terminal.reads('# Live check of seedream-bot');
    await terminal.reads('different 0,');
    expect(await terminal.ended()).toBe(0);
  },

  async 'umask 077'(text) {
    const stranger = createStranger({ environment, cloned: true });
    await withBot(stranger, async () => {
      await runWell(stranger, text);
    });
    const file = join(stranger.folder, 'backup.sqlite');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const backup = new DatabaseSync(file, { readOnly: true });
    expect(backup.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    backup.close();
  },

  async 'redis-cli -u redis://127.0.0.1:6379 --rdb backup.rdb'(text) {
    await using redis = await createRedisServer();
    const stranger = createStranger({ environment, cloned: false });
    await runWell(stranger, text.replaceAll('6379', String(redis.port)));
    expect(readFileSync(join(stranger.folder, 'backup.rdb')).subarray(0, 5).toString()).toBe('REDIS');
  },

  async "curl -H 'content-type: application/json' -d"(text) {
    const page = await servePlayground();
    const stranger = createStranger({ environment, cloned: false });
    const output = await runWell(stranger, text.replace('http://127.0.0.1:8080', page));
    expect(output).not.toMatch(/error/i);
  },
};

/** What cannot be run here, by a program in the block. */
const NOT_RUN: [program: RegExp, why: string][] = [
  [/^npm ci && npm test$/m, '.ci/run runs it, word for word: this test is a part of it'],
  [/^docker compose /m, 'it needs an engine; what is in the image is run by image.test.ts and built-image.test.ts'],
  [/^systemctl /m, 'it needs systemd and root; the unit is read by test/units/release-files.test.ts'],
];

/** Has the bot run on a stranger's store meanwhile. */
async function withBot({ folder }: Stranger, act: () => Promise<void>): Promise<void> {
  const bot = spawnBot({ ...environment, STORE_URL: `sqlite://${folder}/data/seedream.sqlite` });
  try {
    await bot.wrote('"msg":"ready"');
    await act();
  } finally {
    await bot.stop();
  }
}

/** The playground's page, whose address it gives. */
async function servePlayground(): Promise<string> {
  const child = spawn(process.execPath, ['playground/index.ts', '--serve', '--count', '1', '--speed', '50'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PLAYGROUND_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithTests(child);
  onTestFinished(() => void child.kill('SIGTERM'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const address = () => /The page is at (http:\S+?);/.exec(output)?.[1] ?? '';
  await expect.poll(address, { timeout: 45_000 }).not.toBe('');
  return address();
}

const blocks = blocksIn(DOCUMENTS);
const commands = blocks.filter(({ language }) => language === 'sh');
const runOf = (text: string) => Object.entries(RUN).find(([begin]) => text.startsWith(begin));
const reasonFor = (text: string) => NOT_RUN.find(([program]) => program.test(text))?.[1];

describe('Blocks of commands', () => {
  test('each block says what it is, and each of commands is run here or has a reason why not', () => {
    expect(commands.length).toBeGreaterThan(8);
    const unlabelled = blocks.filter(({ language, text }) => language === '' && !/^src\/ /m.test(text));
    expect(unlabelled, 'blocks without a language').toEqual([]);
    const loose = commands.filter(({ text }) => runOf(text) === undefined && reasonFor(text) === undefined);
    expect(loose, 'commands that are neither run here nor in the list of those that cannot be').toEqual([]);
  });

  test('nothing is written down here that no document has', () => {
    const unused = Object.keys(RUN).filter((begin) => !commands.some(({ text }) => text.startsWith(begin)));
    expect(unused).toEqual([]);
    expect(NOT_RUN.filter(([program]) => !commands.some(({ text }) => program.test(text)))).toEqual([]);
  });

  const runnable = commands.filter(({ text }) => runOf(text) !== undefined);
  test.each(runnable.map((block) => [`${block.file}:${block.line}`, block.text] as const))(
    'runs: %s',
    async (_where, text) => {
      await runOf(text)?.[1](text);
    },
  );
});

test('every script that a document names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const named = DOCUMENTS.flatMap((pattern) => blocksIn([pattern]).map(({ file }) => file));
  const missing = [...new Set(named)].flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/npm run ([\w:]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !Object.hasOwn(scripts, name))
      .map((name) => `${file}: npm run ${name}`),
  );
  expect(missing).toEqual([]);
});
