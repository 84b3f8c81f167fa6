/** `npm run doctor`: what it tells whoever hosts the bot, line by line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { createRunComfyStandIn, type RunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';
import { loadConfig } from '../../../src/config.ts';
import { checkClock, checkDiscord } from '../../../src/doctor/discord.ts';
import { lineOf, type Finding } from '../../../src/doctor/finding.ts';
import { checkRunComfy } from '../../../src/doctor/runcomfy.ts';
import { checkStore } from '../../../src/doctor/store.ts';
import { SCHEMA } from '../../../src/services/storage/sqlite/schema.ts';
import { spawnBot } from '../../support/bot.ts';
import { endWithTests } from '../../support/child-processes.ts';
import { COMPILED } from '../../support/compiled.ts';

const DOCTOR = new URL('../../../src/doctor.ts', import.meta.url).pathname;
const DISCORD_TOKEN = 'discord-secret-of-the-test';
const RUNCOMFY_TOKEN = 'runcomfy-secret-of-the-test';

/** Discord's permission bits. */
const [VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES] = [1n << 10n, 1n << 11n, 1n << 14n, 1n << 15n];

let discord: DiscordStandIn;
let runcomfy: RunComfyStandIn;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seedream-doctor-'));
  discord = await createDiscordStandIn({ token: DISCORD_TOKEN });
  runcomfy = await createRunComfyStandIn({ token: RUNCOMFY_TOKEN, pictures: 'plain' });
  environment = {
    DISCORD_TOKEN,
    DISCORD_API_URL: discord.apiUrl,
    RUNCOMFY_TOKEN,
    RUNCOMFY_MODEL_API_BASE: runcomfy.url,
    STORE_URL: `sqlite://${folder}/store.sqlite`,
  };
});

afterAll(async () => {
  await Promise.all([discord.close(), runcomfy.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the doctor to its end. Whatever it says, it says no token. */
async function examine(
  more: Record<string, string> = {},
  options: string[] = [],
): Promise<{ code: unknown; lines: string[] }> {
  const env: Record<string, string | undefined> = { PATH: process.env['PATH'], ...environment, ...more };
  const child = spawn(process.execPath, [...COMPILED, DOCTOR, ...options], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithTests(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as unknown[];
  for (const secret of [env['DISCORD_TOKEN'], env['RUNCOMFY_TOKEN'], DISCORD_TOKEN, RUNCOMFY_TOKEN]) {
    if (secret !== undefined && secret !== '') expect(output).not.toContain(secret);
  }
  return { code, lines: output.trimEnd().split('\n') };
}

/** What one of its checks finds, line by line: a part of what the program says. */
async function check(
  part: (config: ReturnType<typeof loadConfig>) => Promise<Finding[]>,
  more: Record<string, string> = {},
): Promise<string[]> {
  return (await part(loadConfig({ ...environment, ...more }))).map(lineOf);
}

/** The lines about one thing. */
const about = (lines: string[], subject: string): string[] => lines.filter((line) => line.slice(7).startsWith(subject));

test('where all is well every line says ok and the exit code is 0', async () => {
  const bot = spawnBot(environment);
  await bot.wrote('"msg":"commands registered"');
  await bot.stop();
  const { code, lines } = await examine();
  expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
  expect(lines.map((line) => line.slice(7, 18).trim())).toEqual([
    'environment',
    'store',
    'Discord',
    'permissions',
    'commands',
    'gateway',
    'clock',
    'RunComfy',
  ]);
  expect(about(lines, 'commands')[0]).toContain('/seedream');
  expect(about(lines, 'RunComfy')[0]).toContain('10000.00 USD');
  expect(code).toBe(0);
  expect(runcomfy.violations).toEqual([]);
});

test('each wrong setting is a line, and the exit code is 1', async () => {
  const { code, lines } = await examine({ DISCORD_TOKEN: '', LIMIT_IMAGES_PER_JOB: '99' });
  expect(code).toBe(1);
  expect(lines[0]).toMatch(/^wrong {2}environment {2}DISCORD_TOKEN is missing/);
  expect(lines[1]).toMatch(/^wrong {2}environment {2}LIMIT_IMAGES_PER_JOB must be/);
});

test('a name that is nearly a setting’s, and a proxy, are worth a note; a misspelt limit is wrong', async () => {
  const noted = await examine({ STORE_URI: 'x', HTTPS_PROXY: 'http://me:hunter2@127.0.0.1:9' });
  expect(noted.code).toBe(0);
  expect(about(noted.lines, 'environment')).toEqual([
    expect.stringMatching(/^note .*STORE_URI is no setting of this bot: is STORE_URL meant/),
    expect.stringMatching(/^note .*HTTPS_PROXY: the bot uses no proxy/),
    expect.stringMatching(/^ok /),
  ]);
  expect(noted.lines.join()).not.toContain('hunter2');
  const misspelt = await examine({ LIMIT_USER_DALY_IMAGES: '1' });
  expect(misspelt.code).toBe(1);
  expect(misspelt.lines).toEqual([
    expect.stringMatching(/^wrong {2}environment {2}LIMIT_USER_DALY_IMAGES .*is LIMIT_USER_DAILY_IMAGES meant/),
  ]);
});

test('tokens that are not accepted are told apart, with where to get new ones', async () => {
  const { code, lines } = await examine({ DISCORD_TOKEN: 'an-old-token', RUNCOMFY_TOKEN: 'an-old-key' });
  expect(code).toBe(1);
  expect(about(lines, 'Discord')).toEqual([
    expect.stringMatching(/^wrong .*does not accept DISCORD_TOKEN.*discord\.com\/developers/),
  ]);
  expect(about(lines, 'RunComfy')).toEqual([
    expect.stringMatching(/^wrong .*does not accept RUNCOMFY_TOKEN.*runcomfy\.com/),
  ]);
});

test('an empty balance is wrong, a low one worth a note', async () => {
  await runcomfy.setBehaviour({ balanceUsd: 0 });
  const empty = await examine();
  expect(empty.code).toBe(1);
  expect(about(empty.lines, 'RunComfy')).toEqual([expect.stringMatching(/^wrong .*0\.00 USD.*top it up/)]);
  await runcomfy.setBehaviour({ balanceUsd: 0.4 });
  expect(about(await check(checkRunComfy), 'RunComfy')).toEqual([expect.stringMatching(/^note .*0\.40 USD/)]);
  await runcomfy.setBehaviour({ balanceUsd: 10_000 });
});

test('services that cannot be reached are named with their setting', async () => {
  const discordLines = await check(checkDiscord, { DISCORD_API_URL: 'http://127.0.0.1:9/api' });
  expect(about(discordLines, 'Discord')).toEqual([expect.stringMatching(/^wrong .*DISCORD_API_URL/)]);
  const runcomfyLines = await check(checkRunComfy, { RUNCOMFY_MODEL_API_BASE: 'http://127.0.0.1:9/v1' });
  expect(about(runcomfyLines, 'RunComfy')).toEqual([expect.stringMatching(/^wrong .*RUNCOMFY_MODEL_API_BASE/)]);
});

test('a server where the bot lacks permissions is named with what is missing', async () => {
  const guild = discord.addGuild({ name: 'A\nplace of its own' });
  const permit = (bits: bigint) => {
    for (const role of guild.roles.values()) role.permissions = bits;
  };
  permit(VIEW_CHANNEL | SEND_MESSAGES);
  const lacking = await examine();
  expect(lacking.code).toBe(1);
  expect(about(lacking.lines, 'permissions')).toEqual([
    `wrong  permissions  In "A place of its own" (${guild.id}) the bot's roles lack Embed Links, Attach Files, Read Message ` +
      "History, Send Messages in Threads: Server Settings > Roles > the bot's role.",
  ]);
  permit(VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES);
  expect(about(await check(checkDiscord), 'permissions')).toEqual([
    expect.stringMatching(/^note .*Read Message History/),
  ]);
  discord.removeBot(guild);
});

describe('the store is only looked at', () => {
  /** Every file below a folder with what it holds and whose it is. */
  const snapshot = (below: string) =>
    readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        const { uid, mode, mtimeMs } = statSync(path);
        return { path, uid, mode, mtimeMs, bytes: readFileSync(path).toString('base64') };
      });
  const place = (name: string) => {
    const own = join(folder, name);
    mkdirSync(own);
    return { own, file: join(own, 'store.sqlite') };
  };
  async function look(file: string): Promise<string[]> {
    const { lines } = await examine({ STORE_URL: `sqlite://${file}` });
    return about(lines, 'store');
  }

  test('one that is missing is made at the first start, and not by the doctor', async () => {
    const { own } = place('missing');
    expect(await check(checkStore, { STORE_URL: `sqlite://${join(own, 'data', 'store.sqlite')}` })).toEqual([
      expect.stringMatching(/^ok .*is made at the first start/),
    ]);
    expect(readdirSync(own)).toEqual([]);
  });

  test('one of an older version is migrated at the next start, and not by the doctor', async () => {
    const { own, file } = place('older');
    const older = new DatabaseSync(file);
    older.exec('PRAGMA journal_mode = WAL');
    older.exec(SCHEMA[0] ?? '');
    older.exec('PRAGMA application_id = 0x7364726d; PRAGMA user_version = 1');
    older.close();
    const before = snapshot(own);
    expect(await look(file)).toEqual([
      expect.stringMatching(/^note .*older version, and is migrated at the next start/),
    ]);
    expect(snapshot(own)).toEqual(before);
    expect(before).toHaveLength(1);
  });

  test.each(['stopped', 'killed', 'at work'])('one whose bot is %s is as it was', async (how) => {
    const { own, file } = place(how.replace(' ', '-'));
    const bot = spawnBot({ ...environment, STORE_URL: `sqlite://${file}` });
    await bot.wrote('"msg":"ready"');
    if (how !== 'at work') await bot.stop(how === 'killed' ? 'SIGKILL' : 'SIGTERM');
    const before = snapshot(own).filter(({ path }) => how !== 'at work' || !path.endsWith('-shm'));
    expect(await look(file)).toEqual([expect.stringMatching(/^ok .*can be read and written/)]);
    const after = snapshot(own);
    // The index of the write-ahead log may note who has read; a bot at work writes now and then.
    const lasting = (files: typeof after) => files.map(({ path, uid, mode }) => ({ path, uid, mode }));
    expect(lasting(after).filter(({ path }) => !path.endsWith('-shm'))).toEqual(
      lasting(before).filter(({ path }) => !path.endsWith('-shm')),
    );
    if (how !== 'at work') {
      const bytes = (files: typeof after) =>
        files.filter(({ path }) => !path.endsWith('-shm')).map((each) => each.bytes);
      expect(bytes(after)).toEqual(bytes(before));
    }
    await bot.stop('SIGKILL');
  });

  test('a folder that cannot be made is named', async () => {
    const { file } = place('blocked');
    writeFileSync(file, '');
    expect(await check(checkStore, { STORE_URL: `sqlite://${join(file, 'store.sqlite')}` })).toEqual([
      expect.stringMatching(/^wrong /),
    ]);
  });
});

test('a store that cannot be used is told with what to do', async () => {
  const file = join(folder, 'other.sqlite');
  writeFileSync(file, 'this is no database, and it is long enough to be looked at as one'.repeat(20));
  expect(await check(checkStore, { STORE_URL: `sqlite://${file}` })).toEqual([
    expect.stringMatching(/^wrong .*restore a backup/),
  ]);
});

test('a clock that is off is told by how much', () => {
  const date = Date.UTC(2026, 10, 23, 12, 0, 0);
  expect(checkClock({ date, at: date + 700 })).toEqual([expect.objectContaining({ verdict: 'ok' })]);
  expect(checkClock({ date, at: date + 90_500 })).toEqual([
    expect.objectContaining({ verdict: 'wrong', sentence: expect.stringContaining('90 s ahead') as string }),
  ]);
  expect(checkClock({ date, at: date - 3_599_500 })).toEqual([
    expect.objectContaining({ verdict: 'wrong', sentence: expect.stringContaining('3600 s behind') as string }),
  ]);
});

test('a model is shown with its options, a request and its price', async () => {
  const { code, lines } = await examine({}, ['--model', 'bytedance/seedream-4-0/sequential']);
  expect(code).toBe(0);
  expect(lines.map((line) => line.slice(0, 18).trim())).toEqual([
    'ok     model',
    'ok     price',
    'ok     options',
    'ok     references',
    'ok     request',
  ]);
});

test('a model that is set and that RunComfy does not have is told among all else', async () => {
  const { code, lines } = await examine({ RUNCOMFY_MODELS: 'bytedance/seedream-4-0/sequential,nobody/nothing' });
  expect(code).toBe(1);
  expect(about(lines, 'model')).toEqual([expect.stringMatching(/^wrong .*no model nobody\/nothing/)]);
});

test('a model that the bot cannot ask makes the exit code 1', async () => {
  const { code, lines } = await examine({}, ['--model', 'nobody/nothing']);
  expect(code).toBe(1);
  expect(lines).toEqual([expect.stringMatching(/^wrong {2}model .*no model nobody\/nothing/)]);
});

test.each([['--model'], ['--model', 'https://www.runcomfy.com/models/a/b'], ['--models', 'a/b'], ['a/b']])(
  'a command line that makes no sense is answered with one that does: %s %s',
  async (...options) => {
    const { code, lines } = await examine({}, options);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('npm run doctor -- --model')]);
  },
);
