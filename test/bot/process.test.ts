/** The process around the bot: how it starts, what it says of its troubles, when it ends. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createProcessStage, spawnBot } from '../support/bot.ts';
import { COMPILED } from '../support/compiled.ts';
import { gallery, PATIENCE, replyOf, shows } from '../support/waiting.ts';

const INDEX = new URL('../../src/index.ts', import.meta.url).pathname;
const TOKENS = { DISCORD_TOKEN: 'discord-secret-of-the-test', RUNCOMFY_TOKEN: 'runcomfy-secret-of-the-test' };

/** Where nothing listens: no network. Two ports, so that a refusal tells who was called. */
const NO_NETWORK = { DISCORD_API_URL: 'http://127.0.0.1:9/api', RUNCOMFY_MODEL_API_BASE: 'http://127.0.0.1:7' };

/** A folder of the test's own. */
function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-process-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The lines of a log that are at least this urgent (Pino's levels). */
function linesOf(output: string, level: number): { msg: string; level: number }[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { msg: string; level: number })
    .filter((line) => line.level >= level);
}

test.each(['auto', '1', '2'])('SHARD_COUNT=%s, written out, is how many shards the bot holds', async (count) => {
  await using stage = await createProcessStage({
    discord: { maxConcurrency: 2 },
    environment: { SHARD_COUNT: count, SHARD_IDS: 'all' },
  });
  expect(stage.discord.sessions().map(({ shard }) => shard)).toEqual(count === '2' ? [0, 1] : [0]);
});

test('wrong settings end the start with code 1 and few lines, without a stack or a value', () => {
  const folder = createFolder();
  const file = join(folder, '.env');
  const text = Object.entries(TOKENS).map(([name, value]) => `${name}=${value}\n`);
  const start = (bytes: Buffer | string, env: Record<string, string> = {}) => {
    writeFileSync(file, bytes);
    const { status, stdout, stderr } = spawnSync(process.execPath, [...COMPILED, `--env-file=${file}`, INDEX], {
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
      timeout: PATIENCE,
    });
    const said = stdout + stderr;
    expect(said).not.toMatch(/secret-of-the-test|hunter2|\n\s+at /);
    expect(said.trimEnd().split('\n').length).toBeLessThanOrEqual(12);
    expect(status).toBe(1);
    return said;
  };
  expect(start(`${text.join('')}LIMIT_USER_DALY_IMAGES=1`)).toContain('is LIMIT_USER_DAILY_IMAGES meant?');
  expect(start(`\uFEFF${text.join('')}LIMIT_X=hunter2`), 'the marked token is read').not.toContain('DISCORD_TOKEN');
  expect(start(Buffer.from(`\uFEFF${text.join('')}`, 'utf16le'))).toContain(`${file} is UTF-16`);
  expect(start(text.join(''), { STORE_URL: 'redis://:hunter2%@127.0.0.1:1' })).toContain('written as %25');
});

test('a name that is nearly a setting’s is warned of in the log', async () => {
  const bot = spawnBot({ ...TOKENS, ...NO_NETWORK, STORE_URI: 'x', LOG_LEVEL: 'warn' });
  await bot.wrote('STORE_URI is no setting of this bot: is STORE_URL meant?');
  await bot.stop();
});

test('a start without network is one sentence, however often it is tried', async () => {
  const bot = spawnBot({
    ...TOKENS,
    ...NO_NETWORK,
    STORE_URL: `sqlite://${createFolder()}/store.sqlite`,
    LOG_LEVEL: 'debug',
  });
  const tried = () => bot.output().split('ECONNREFUSED 127.0.0.1:9').length - 1;
  await expect.poll(tried, { timeout: PATIENCE }).toBeGreaterThanOrEqual(4);
  const lines = linesOf(bot.output(), 30);
  expect(lines.map(({ msg }) => msg)).toEqual(['Discord cannot be reached; the bot goes on trying (ECONNREFUSED)']);
  expect(await bot.stop()).toBe(0);
});

test('a gateway that is lost and found again is logged, once each', async () => {
  await using stage = await createProcessStage();
  await stage.discord.goDown();
  await stage.bot.wrote('a gateway shard has no connection; it connects again');
  await stage.discord.comeUp();
  await stage.bot.wrote('a gateway shard is connected again');
  const about = linesOf(stage.bot.output(), 40).filter(({ msg }) => msg.includes('gateway shard'));
  expect(about.filter(({ msg }) => msg.includes('has no connection'))).toHaveLength(1);
});

test('an exception that nobody caught ends the process with code 1, and the next one goes on', async () => {
  const thrown = "process.once('SIGUSR2', () => { throw new Error('torn'); })";
  await using stage = await createProcessStage({
    // As Discord has it: the next one is refused its first try, and waits for its turn.
    discord: { identifyWindowMs: 5000 },
    runcomfy: { held: true, speed: 200 },
    preloads: [`data:text/javascript,${encodeURIComponent(thrown)}`],
  });
  const { discord, runcomfy, bot } = stage;
  const { ana } = discord.members;
  const options = { prompt: 'a kite', count: 1 };
  const interaction = discord.command({ member: ana, channel: discord.channels.general, name: 'seedream', options });
  await shows(interaction, 'In the queue');
  bot.process.kill('SIGUSR2');
  expect(await bot.exited).toBe(1);
  const [last] = linesOf(bot.output(), 60);
  expect(last).toMatchObject({ level: 60, err: { message: 'torn' } });
  await runcomfy.setBehaviour({ held: false });
  await stage.start();
  await gallery(interaction);
  expect(runcomfy.submits).toBe(1);
});

test('a bot whose application is older than its user knows its own messages', async () => {
  await using stage = await createProcessStage({
    discord: { botUserId: '159985870458322944' },
    runcomfy: { speed: 200 },
  });
  const { discord } = stage;
  const { ana, ben } = discord.members;
  const options = { prompt: 'a lighthouse', count: 1 };
  const first = discord.command({ member: ana, channel: discord.channels.general, name: 'seedream', options });
  await gallery(first);
  await stage.bot.stop();
  // Nothing but the message itself tells what it shows.
  await stage.start({ STORE_URL: `sqlite://${createFolder()}/store.sqlite` });
  const again = discord.press({ member: ben, message: replyOf(first), customId: `again:${first.id}` });
  await gallery(again);
  expect(stage.runcomfy.jobs.at(-1)?.input).toMatchObject({ text: 'Generate 1 image: a lighthouse' });
});

test('edits that hang keep nobody waiting for an acknowledgement', async () => {
  await using stage = await createProcessStage({
    discord: { rateLimits: false },
    runcomfy: { held: true },
    environment: {
      LIMIT_USER_ACTIVE_JOBS: '1000',
      LIMIT_GUILD_ACTIVE_JOBS: '1000',
      LIMIT_USER_DAILY_IMAGES: '1000',
      LIMIT_GUILD_DAILY_IMAGES: '1000',
    },
  });
  const { discord } = stage;
  discord.failNext({ method: 'PATCH', path: /^\/webhooks\//, delayMs: 60_000, times: 1000 });
  const ask = (index: number) =>
    discord.command({
      member: discord.members.ana,
      channel: discord.channels.general,
      name: 'seedream',
      options: { prompt: `kite ${String.fromCodePoint(97 + (index % 26))}`, count: 1 },
    });
  let edits = 0;
  discord.on((event) => {
    if (event.type === 'request' && event.method === 'PATCH') edits += 1;
  });
  const hanging = Array.from({ length: 130 }, (_, index) => ask(index));
  await Promise.all(hanging.map((interaction) => interaction.acknowledged(PATIENCE)));
  // As many as discord.js has connections for, where all calls go over the same.
  await expect.poll(() => edits, { timeout: PATIENCE }).toBeGreaterThanOrEqual(128);
  const more = Array.from({ length: 20 }, (_, index) => ask(index));
  await Promise.all(more.map((interaction) => interaction.acknowledged(3000)));
  await stage.bot.stop('SIGKILL');
});
