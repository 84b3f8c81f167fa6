/** `npm run setup` on a terminal, as somebody who sits before it for the first time meets it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../playground/discord/stand-in.ts';
import { createRunComfyStandIn, type RunComfyStandIn } from '../../playground/runcomfy/stand-in.ts';
import { COMPILED } from '../support/compiled.ts';
import { BACKSPACE, CTRL_C, DOWN, ENTER, openTerminal, type Terminal } from './terminal.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const DISCORD_TOKEN = 'discord-secret#of-the-test';
const RUNCOMFY_TOKEN = 'runcomfy-secret-of-the-test';
const APPLICATION = '1563454498406400000';
const SETUP = [process.execPath, ...COMPILED, '--env-file-if-exists=.env', 'src/setup.ts'].join(' ');

let discord: DiscordStandIn;
let runcomfy: RunComfyStandIn;

beforeAll(async () => {
  discord = await createDiscordStandIn({ token: DISCORD_TOKEN, applicationId: APPLICATION });
  runcomfy = await createRunComfyStandIn({ token: RUNCOMFY_TOKEN, pictures: 'plain' });
});

afterAll(async () => {
  await Promise.all([discord.close(), runcomfy.close()]);
});

/** A house of its own with this one's code, and the setup on a terminal in it. */
function sitDown({ env = '' }: { env?: string } = {}): { terminal: Terminal; file: string } {
  const house = mkdtempSync(join(tmpdir(), 'seedream-setup-'));
  onTestFinished(() => {
    rmSync(house, { recursive: true, force: true });
  });
  for (const name of ['src', 'node_modules', 'package.json']) symlinkSync(join(ROOT, name), join(house, name));
  const file = join(house, '.env');
  if (env !== '') writeFileSync(file, env);
  const addresses = { DISCORD_API_URL: discord.apiUrl, RUNCOMFY_MODEL_API_BASE: runcomfy.url };
  const terminal = openTerminal(SETUP, { cwd: house, env: { PATH: process.env['PATH'], ...addresses } });
  return { terminal, file };
}

/** Types an answer to a question once it is asked. */
async function answer(terminal: Terminal, question: string | RegExp, keys: string): Promise<void> {
  await terminal.reads(question);
  terminal.types(keys);
}

test('two tokens make a bot that runs: each is checked at once, the file is for its owner alone, nothing shows a token', async () => {
  const { terminal, file } = sitDown();
  await answer(terminal, "The bot's token", `no-such-token${ENTER}`);
  await terminal.reads('does not accept DISCORD_TOKEN');
  await answer(terminal, 'What now?', ENTER);
  await answer(terminal, "The bot's token", `${DISCORD_TOKEN}${ENTER}`);
  await terminal.reads('accepts the token of');
  await terminal.reads(
    `https://discord.com/oauth2/authorize?client_id=${APPLICATION}&scope=bot+applications.commands&permissions=274878024704`,
  );
  await terminal.reads('"Public Bot" is on');
  await answer(terminal, "RunComfy's API key", `no-such-key${ENTER}`);
  await terminal.reads('does not accept RUNCOMFY_TOKEN');
  await answer(terminal, 'What now?', ENTER);
  await answer(terminal, "RunComfy's API key", `${RUNCOMFY_TOKEN}${ENTER}`);
  await terminal.reads('its balance is 10000.00 USD');
  await terminal.reads('A server can spend at most $30.00 a month');
  await terminal.reads('Ten servers can spend $300.00 a month');
  await answer(terminal, 'Are they right?', `${DOWN}${ENTER}`);
  await answer(terminal, 'Pictures per server and month', `${BACKSPACE.repeat(4)}200${ENTER}`);
  await answer(terminal, 'Pictures per server and day', ENTER);
  await answer(terminal, 'Pictures per member', ENTER);
  await answer(terminal, 'over all servers', `500${ENTER}`);
  await terminal.reads('A server can spend at most $6.00 a month');
  await terminal.reads('All servers together: at most $15.00 a month, 500 pictures');
  await answer(terminal, 'Are they right?', ENTER);
  await terminal.reads(/ok +RunComfy +accepts the key/);
  await answer(terminal, 'Start the bot now?', ENTER);
  await discord.until(() => discord.commands().some(({ name }) => name === 'seedream'));
  expect(readFileSync(file, 'utf8').split('\n').slice(1)).toEqual([
    `DISCORD_TOKEN='${DISCORD_TOKEN}'`,
    `RUNCOMFY_TOKEN=${RUNCOMFY_TOKEN}`,
    'LIMIT_GUILD_MONTHLY_IMAGES=200',
    'LIMIT_TOTAL_MONTHLY_IMAGES=500',
    '',
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  terminal.types(CTRL_C);
  expect(await terminal.ended()).toBe(0);
  expect(terminal.screen()).toMatch(/stopped\s*$/);
  for (const typed of [DISCORD_TOKEN, RUNCOMFY_TOKEN, 'no-such']) expect(terminal.screen()).not.toContain(typed);
});

const PRESENT = `# mine\nDISCORD_TOKEN=an-old-one\nRUNCOMFY_TOKEN=${RUNCOMFY_TOKEN}\nRETENTION_DAYS=7\n`;

test('a file that is there stays as it is unless its owner says otherwise', async () => {
  const { terminal, file } = sitDown({ env: PRESENT });
  await answer(terminal, 'There is a .env already', ENTER);
  expect(await terminal.ended()).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(PRESENT);
});

test('of a file that is changed the other lines stay, and a token that is right need not be typed again', async () => {
  const { terminal, file } = sitDown({ env: PRESENT });
  await answer(terminal, 'There is a .env already', `${DOWN}${ENTER}`);
  await answer(terminal, "The bot's token", `${DISCORD_TOKEN}${ENTER}`);
  await answer(terminal, "RunComfy's API key (leave it empty to keep", ENTER);
  await answer(terminal, 'Are they right?', ENTER);
  await answer(terminal, 'Start the bot now?', `${DOWN}${ENTER}`);
  expect(await terminal.ended()).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(PRESENT.replace('an-old-one', `'${DISCORD_TOKEN}'`));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('whoever leaves in the middle has nothing written', async () => {
  const { terminal, file } = sitDown();
  await answer(terminal, "The bot's token", `${DISCORD_TOKEN}${ENTER}`);
  await answer(terminal, "RunComfy's API key", CTRL_C);
  await terminal.reads('Nothing was written');
  expect(await terminal.ended()).toBe(1);
  expect(existsSync(file)).toBe(false);
});

test('without a terminal it says what to set', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'src/setup.ts')], { encoding: 'utf8', input: '' });
  expect(status).toBe(1);
  for (const name of ['DISCORD_TOKEN', 'RUNCOMFY_TOKEN', 'LIMIT_TOTAL_MONTHLY_IMAGES', 'npm run doctor']) {
    expect(stderr).toContain(name);
  }
});
