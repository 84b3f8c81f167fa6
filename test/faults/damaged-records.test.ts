/** Records that are damaged, or that a newer version wrote: no limit opens, and nothing else is closed. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Guild, Member, Channel } from '../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { privateAnswer, use, words } from '../support/private-answers.ts';
import { submits, submitted } from '../support/runcomfy.ts';
import { gallery, PATIENCE, refusal } from '../support/waiting.ts';
import { ask, expectReservation, expectUnharmed, reservation, storeFile } from './scenarios.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { speed: 500 }, environment: ROOMY });
});
afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
});

/** Writes into the file of a bot that runs, as a bug or a bad disk would. */
function write(sql: string, ...values: string[]): void {
  const database = new DatabaseSync(storeFile(stage.environment), { timeout: 5000 });
  expect(database.prepare(sql).run(...values).changes, sql).toBe(1);
  database.close();
}

/** Whether a job has moved to the finished ones. */
function finished(jobId: string): boolean {
  const database = new DatabaseSync(storeFile(stage.environment), { readOnly: true, timeout: 5000 });
  try {
    const select = database.prepare(`SELECT 1 FROM records WHERE namespace = 'finished' AND key = ?`);
    return select.get(jobId) !== undefined;
  } finally {
    database.close();
  }
}

interface House {
  guild: Guild;
  channel: Channel;
  admin: Member;
  member: Member;
}

/** A server where 5 pictures a day are allowed, 2 for each member, and no dragons. */
async function house(name: string): Promise<House> {
  const { discord } = stage;
  const guild = discord.addGuild({ name });
  const channel = discord.addChannel(guild, { name: 'pictures' });
  const admin = discord.addMember(guild, { name: `${name} admin`, permissions: ['ManageGuild'] });
  const member = discord.addMember(guild, { name: `${name} member` });
  const place = { guild, channel, admin, member };
  await command(place, 'limits set', { limit: 'guildDailyImages', value: 5 });
  await command(place, 'limits set', { limit: 'userDailyImages', value: 2 });
  await command(place, 'words add', { word: 'dragon' });
  return place;
}

async function command(
  { channel, admin }: House,
  name: string,
  options: Record<string, string | number> = {},
): Promise<string> {
  return words(await privateAnswer(stage.discord.command({ member: admin, channel, name, options })));
}

function damage({ guild }: House, path: string, json: string): void {
  write(
    `UPDATE records SET value = json_set(value, ?, json(?)) WHERE namespace = 'guilds' AND key = ?`,
    path,
    json,
    guild.id,
  );
}

const UNREADABLE = 'settings cannot be read in full';

test('one number that cannot be read: nothing is made until it is set anew; the other limits and the words hold', async () => {
  const place = await house('a house of numbers');
  damage(place, '$.value.limits.guildDailyImages.value', '"five"');
  const { member, channel } = place;
  const request = (prompt: string, count = 1) => ask(stage, { member, channel, prompt, count });
  expect(await refusal(stage, request('a dragon'))).toContain('holds a word that this server does not allow');
  const said = await refusal(stage, request('a horse on the moon'));
  expect(said).toContain(UNREADABLE);
  expect(submits(stage, 'a horse on the moon')).toBe(0);
  const errors = () =>
    stage.bot
      .output()
      .split('\n')
      .filter((line) => line.includes('settings cannot be read'));
  expect(errors()).toHaveLength(1);
  expect(errors()[0]).toContain(place.guild.id);

  const shown = await command(place, 'limits show');
  expect(shown).toContain('Could not be read: ');
  expect(shown).toContain('you have used **0**');
  await command(place, 'limits set', { limit: 'guildDailyImages', value: 5 });
  expect(await command(place, 'limits show')).not.toContain('Could not be read');
  expect(await refusal(stage, request('three horses', 3))).toContain('of your 2 pictures today');
  await gallery(request('a horse on the sun', 2));
  expect(errors()).toHaveLength(1);
});

test('a record of which nothing can be read: its server is refused, after a restart too, until it is reset', async () => {
  const place = await house('a house of ruins');
  write(`UPDATE records SET value = substr(value, 1, 50) WHERE namespace = 'guilds' AND key = ?`, place.guild.id);
  const { member, channel } = place;
  const request = (prompt: string) => ask(stage, { member, channel, prompt });
  expect(await refusal(stage, request('ruins at dawn'))).toContain(UNREADABLE);
  await stage.bot.stop();
  await stage.start();
  expect(await refusal(stage, request('ruins at noon'))).toContain(UNREADABLE);
  expect(await command(place, 'words add', { word: 'dragon' })).toContain('1 of at most');
  expect(await refusal(stage, request('ruins at dusk'))).toContain(UNREADABLE);
  expect(await command(place, 'limits reset')).toContain('could not be read was dropped');
  expect(await refusal(stage, request('a dragon in the ruins'))).toContain(
    'holds a word that this server does not allow',
  );
  await gallery(request('ruins at night'));
  expect(submits(stage, 'ruins at dawn') + submits(stage, 'ruins at noon') + submits(stage, 'ruins at dusk')).toBe(0);
});

test('a finished job of a newer version closes nothing: its entry alone has no details', async () => {
  const place = await house('a house of the future');
  const mine = { member: place.member, channel: place.channel };
  const first = ask(stage, { ...mine, prompt: 'a house of glass' });
  const second = ask(stage, { ...mine, prompt: 'a house of straw' });
  await Promise.all([gallery(first), gallery(second)]);
  const history = async () => words(await use(stage, place.member, 'history', place.channel));
  // They are written as finished a moment after their galleries are posted.
  await Promise.all([first, second].map((interaction) => expectReservation(stage, interaction, 'settled')));
  await expect.poll(() => finished(first.id) && finished(second.id), { timeout: PATIENCE }).toBe(true);
  write(
    `UPDATE records SET value = json_set(value, '$.value.version', json_extract(value, '$.value.version') + 1)
      WHERE namespace = 'finished' AND key = ?`,
    first.id,
  );
  const page = await history();
  expect(page).toContain('a house of straw');
  expect(page).not.toContain('a house of glass');
  expect(page).toContain('Details no longer kept');
  // What is offered while typing is remembered for a moment.
  await stage.bot.stop();
  await stage.start();
  const typing = stage.discord.autocomplete({
    ...mine,
    name: 'seedream',
    options: { prompt: 'a house' },
    focused: 'prompt',
  });
  await typing.until(({ choices }) => choices !== null, PATIENCE);
  expect((typing.choices ?? []).map(({ name }) => name)).toContain('a house of straw');
});

test('a job whose record can neither be read nor set aside keeps its reservation, also at a start', async () => {
  stage.runcomfy.holdQueue();
  const interaction = ask(stage, { prompt: 'a page stuck to the book' });
  await submitted(stage, 'a page stuck to the book');
  await stage.bot.end();
  write(`UPDATE records SET value = substr(value, 1, 40) WHERE namespace = 'jobs' AND key = ?`, interaction.id);
  const database = new DatabaseSync(storeFile(stage.environment), { timeout: 5000 });
  database.exec(`CREATE TRIGGER stuck BEFORE INSERT ON records WHEN NEW.namespace = 'set-aside:jobs'
    BEGIN SELECT RAISE(ABORT, 'stuck'); END`);
  database.close();
  await stage.start();
  await stage.bot.wrote('cannot be read stays held');
  expect(reservation(stage, interaction)).toBe('held');
  stage.runcomfy.releaseQueue();
});
