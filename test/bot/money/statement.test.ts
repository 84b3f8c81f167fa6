/**
 * `npm run statement` against what RunComfy has billed: over kills, cancels, failures and requests that nobody knows of, the
 * two are the same to the cent. The bot is a process of its own, over real sockets.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../../playground/discord/stand-in.ts';
import { loadConfig } from '../../../src/config.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { csvOf } from '../../../src/statement/csv.ts';
import { gatherStatement } from '../../../src/statement/gather.ts';
import { submitTaken } from '../../kill/kill-points.ts';
import { createProcessStage, ROOMY, type ProcessStage } from '../../support/bot.ts';
import { COMPILED } from '../../support/compiled.ts';
import { press, turn, use } from '../../support/private-answers.ts';
import { submitted } from '../../support/runcomfy.ts';
import { pictureEmbeds, replyOf, title } from '../../support/waiting.ts';

const STATEMENT = new URL('../../../src/statement.ts', import.meta.url).pathname;

/** How long one thing may take (milliseconds): over Redis, a submit that may be under way is waited for. */
const PATIENCE = 150_000;

let stage: ProcessStage;
beforeAll(async () => {
  stage = await createProcessStage({
    runcomfy: { held: true, balanceUsd: 20 },
    environment: {
      ...ROOMY,
      RUNCOMFY_MODELS: 'bytedance/seedream-4-0/sequential,bytedance/seedream-5.0-pro/text-to-image',
    },
  });
}, PATIENCE);
afterAll(() => stage[Symbol.asyncDispose]());

const month = new Date().toISOString().slice(0, 7);

/** The statement, made while the bot runs. */
async function statement(...options: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], ...stage.environment };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...COMPILED, STATEMENT, ...options], { env });
  expect(stderr).toBe('');
  return stdout;
}

/** A row by the names of its columns. */
type Row = Record<string, string>;

/** The same `--csv` without a process of its own, for what is waited for. */
async function csv(): Promise<string> {
  return csvOf(await gatherStatement(loadConfig(stage.environment), { month, clock: systemClock }));
}

/** All its rows, by their kind; `program`: as the command line prints them. */
async function allRows(program = false): Promise<(kind: string) => Row[]> {
  const printed = program ? await statement('--csv') : await csv();
  const [names = '', ...lines] = printed.trimEnd().split('\r\n');
  const columns = names.split(',');
  const all = lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [columns[index] ?? '', value])),
  );
  return (kind) => all.filter((row) => row['kind'] === kind);
}

/** Its rows of a kind. */
async function rows(kind: string): Promise<Row[]> {
  return (await allRows())(kind);
}

const sum = (all: readonly Record<string, string>[], column: string) =>
  Number(all.reduce((total, row) => total + Number(row[column]), 0).toFixed(6));

function ask(prompt: string, count: number, more: Record<string, string> = {}): Interaction {
  const { discord } = stage;
  const member = discord.addMember(discord.guilds.home, { name: prompt });
  return discord.command({
    member,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt, count, ...more },
  });
}

/** Waits until the reply's headline holds this text. */
async function told(interaction: Interaction, text: string): Promise<void> {
  const shows = ({ original }: Interaction) => original !== null && title(original).includes(text);
  await interaction.until(shows, PATIENCE).catch((error: unknown) => {
    const said = interaction.original === null ? 'nothing' : title(interaction.original);
    throw new Error(`${interaction.user.username}: "${said}", and not "${text}"`, { cause: error });
  });
}

/** Waits until its pictures are shown. */
async function shown(interaction: Interaction): Promise<void> {
  await interaction.until(({ original }) => original !== null && pictureEmbeds(original).length > 0, PATIENCE);
}

/** Asks, and waits for RunComfy's job of it. */
async function asked(prompt: string, count: number) {
  const interaction = ask(prompt, count);
  const { requestId } = await submitted(stage, prompt, PATIENCE);
  return { interaction, requestId };
}

async function delivered(prompt: string, count: number): Promise<void> {
  const { interaction, requestId } = await asked(prompt, count);
  stage.runcomfy.finish(requestId);
  await shown(interaction);
}

/** Waits until the statement has so many pictures, counted and freed; gives its rows. */
async function holds(pictures: number, freed: number): Promise<(kind: string) => Row[]> {
  let all: (kind: string) => Row[] = () => [];
  const found = async () => {
    all = await allRows();
    return [sum(all('usage'), 'pictures'), sum(all('usage'), 'freed')];
  };
  await expect.poll(found, { timeout: PATIENCE, interval: 1000 }).toEqual([pictures, freed]);
  return all;
}

test(
  'the statement is what RunComfy billed, over kills, cancels, failures and requests that nobody knows of',
  { timeout: 600_000 },
  async () => {
    const { runcomfy } = stage;
    await delivered('a kite', 4);
    await holds(4, 0);
    expect(await statement()).toContain('The statement says the same.');

    const queued = await asked('a change of mind', 3);
    await told(queued.interaction, 'In the queue');
    press(stage, stage.discord.members.moderator, replyOf(queued.interaction), 'cancel:');
    await told(queued.interaction, 'Cancelled');

    const moderated = await asked('something forbidden', 2);
    runcomfy.failJob(moderated.requestId, { message: 'refused by moderation' });
    await told(moderated.interaction, 'No pictures');

    runcomfy.failNext({ call: 'submit', kind: 'http', status: 422, errorCode: 422001, message: 'no such thing' });
    await told(ask('refused at once', 2), 'No pictures');
    await holds(4, 7);

    // Nobody knows: taken and billed, and the other one not.
    submitTaken.arm(stage);
    const killed = ask('killed as it was taken', 5);
    await stage.bot.exited;
    await stage.start();
    await told(killed, 'Outcome unknown');
    runcomfy.failNext({ call: 'submit', kind: 'reset', taken: false });
    await told(ask('cut off before it was taken', 6), 'Outcome unknown');

    // A kill while one is made changes nothing.
    const { interaction, requestId } = await asked('killed while it was made', 1);
    runcomfy.start(requestId);
    await told(interaction, 'Generating');
    await stage.bot.stop('SIGKILL');
    await stage.start();
    runcomfy.finish(requestId);
    await shown(interaction);
    const before = await holds(16, 7);

    const usage = before('usage');
    expect(sum(usage, 'billed_usd')).toBeCloseTo(0.15, 6);
    expect(sum(usage, 'unknown_usd')).toBeCloseTo(0.33, 6);
    expect(runcomfy.billedUsd).toBeCloseTo(0.3, 6);
    const claims = before('unknown');
    expect(claims.map(({ pictures, job, request }) => [pictures, job, request])).toEqual([
      ['5', killed.id, ''],
      ['6', expect.any(String), ''],
    ]);
    const said = await statement('--month', month);
    expect(said).toContain('$0.15 to $0.48');
    expect(said, 'to the cent').toContain('$0.30 were spent.\nSo $0.15 of the $0.33 of unknown fate were billed.');

    // Given up by the bot, and made by RunComfy later: it is asked of until that is known.
    await stage.bot.stop();
    await stage.start({ JOB_DEADLINE_MINUTES: '0.2' });
    const late = await asked('given up', 2);
    runcomfy.start(late.requestId);
    await told(late.interaction, 'No pictures');
    const given = await holds(18, 7);
    expect(given('unknown').map(({ request }) => request)).toEqual(['', '', late.requestId]);
    runcomfy.finish(late.requestId);
    await stage.bot.stop();
    await stage.start();
    await expect.poll(async () => (await rows('unknown')).length, { timeout: PATIENCE, interval: 1000 }).toBe(2);

    const after = await allRows(true);
    const spent = after('balance').map(({ balance_usd: balance }) => Number(balance));
    expect((spent[0] ?? 0) - (spent[1] ?? 0)).toBeCloseTo(runcomfy.billedUsd, 6);
    expect(sum(after('usage'), 'billed_usd') + 0.15).toBeCloseTo(runcomfy.billedUsd, 6);
    expect(runcomfy.violations).toEqual([]);
  },
);

test(
  'a member who has their data deleted is in its sums, and is not named any more; it can be read without the bot, too',
  { timeout: 600_000 },
  async () => {
    const { members, channels } = stage.discord;
    const before = sum(await rows('usage'), 'pictures');
    const interaction = stage.discord.command({
      member: members.ana,
      channel: channels.general,
      name: 'seedream',
      options: { prompt: 'soon forgotten', count: 2 },
    });
    stage.runcomfy.finish((await submitted(stage, 'soon forgotten', PATIENCE)).requestId);
    await shown(interaction);
    const named = async () => (await rows('usage')).filter(({ member }) => member === members.ana.user.id);
    await expect.poll(async () => sum(await named(), 'pictures'), { timeout: PATIENCE, interval: 1000 }).toBe(2);

    const answer = await use(stage, members.ana, 'privacy');
    await turn(stage, members.ana, answer, 'erase:');
    await turn(stage, members.ana, answer, 'erasenow:');
    const usage = (await allRows(true))('usage');
    expect(usage.filter(({ member }) => member === members.ana.user.id)).toEqual([]);
    expect(sum(usage, 'pictures')).toBe(before + 2);

    await stage.bot.stop();
    expect((await allRows(true))('usage')).toEqual(usage);
    await stage.start();
  },
);

test('a month without anything, a month that is none, and a store that is not there', async () => {
  expect(await statement('--month', '2020-01')).toMatch(/Nothing was asked for.*RunComfy did not tell it/s);
  const run = (env: Record<string, string>, ...options: string[]) =>
    promisify(execFile)(process.execPath, [...COMPILED, STATEMENT, ...options], {
      env: { PATH: process.env['PATH'], ...stage.environment, ...env },
    }).catch((error: unknown) => error);
  expect(await run({}, '--month', 'november')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--month 2026-11') as string,
  });
  expect(await run({ STORE_URL: 'sqlite:///nowhere/store.sqlite' })).toMatchObject({
    code: 1,
    stderr: 'There is no database /nowhere/store.sqlite: the bot makes it at its first start.\n',
  });
});
