/** Limits for roles, servers and all of them hold exactly: 40 commands at once, killed bots, midnight and month's end. */
import { afterEach, expect, test } from 'vitest';
import type { Channel, Interaction, Member } from '../../playground/discord/stand-in.ts';
import { createProcessStage, createStage, type Stage, type StageOptions } from '../support/bot.ts';
import { expectCleanConduct, PATIENCE } from '../support/waiting.ts';

const AT_ONCE = 40;
const EPHEMERAL = 1 << 6;
const MINUTE = 60_000;
/** Milliseconds: 400 commands, and Discord takes so many answers a second. */
const TIMEOUT = 4 * MINUTE;

/** Nothing but the limit under test stands in the way. */
const WIDE = {
  LIMIT_USER_ACTIVE_JOBS: '500',
  LIMIT_GUILD_ACTIVE_JOBS: '500',
  LIMIT_USER_DAILY_IMAGES: '500',
  LIMIT_GUILD_DAILY_IMAGES: '500',
  LIMIT_GUILD_MONTHLY_IMAGES: '500',
};

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.[Symbol.asyncDispose]();
  stage = undefined;
});

async function open(
  environment: Record<string, string> = {},
  create: (options: StageOptions) => Promise<Stage> = createStage,
): Promise<Stage> {
  stage = await create({
    discord: { identifyWindowMs: 1 },
    runcomfy: { held: true },
    environment: { ...WIDE, ...environment },
  });
  const { discord } = stage;
  await discord.until(() => discord.commands().some(({ name }) => name === 'limits'), PATIENCE);
  return stage;
}

interface Place {
  member: Member;
  channel: Channel;
}

/** Sends so many commands at once, in turn from each place. */
function fire({ discord }: Stage, places: Place[], count = AT_ONCE): Interaction[] {
  return Array.from({ length: count }, (_, index) => {
    const { member, channel } = places[index % places.length] ?? places[0] ?? { member: null, channel: null };
    if (member === null) throw new Error('Nobody to ask');
    return discord.command({ member, channel, name: 'seedream', options: { prompt: `cat number ${index}`, count: 1 } });
  });
}

const wasRefused = ({ followUps }: Interaction) => followUps.some(({ flags }) => (flags & EPHEMERAL) !== 0);
const wasStarted = ({ original }: Interaction) => (original?.embeds.length ?? 0) > 0;

/** How many commands were granted, once each has been granted or refused. */
async function granted(interactions: Interaction[]): Promise<number> {
  await Promise.all(interactions.map((one) => one.until(() => wasRefused(one) || wasStarted(one), 2 * PATIENCE)));
  return interactions.filter(wasStarted).length;
}

async function set({ discord }: Stage, place: Place, name: string, options: Record<string, string | number>) {
  const interaction = discord.command({ ...place, name: `limits ${name}`, options });
  await interaction.until(({ original }) => (original?.content ?? '') !== '', PATIENCE);
  expect(interaction.original?.content).toContain('from now on');
}

/** A server with an admin and three members, who have a role. */
function houseOf({ discord }: Stage, name: string) {
  const guild = discord.addGuild({ name });
  const channel = discord.addChannel(guild, { name: 'pictures' });
  const admin = discord.addMember(guild, { name: `${name} admin`, permissions: ['ManageGuild'] });
  const members = [1, 2, 3].map((number) => discord.addMember(guild, { name: `${name} ${number}` }));
  const roleId = discord.addRole(guild, { name: 'painters' });
  const role = guild.roles.get(roleId);
  for (const member of members) if (role !== undefined) member.roles.push(role);
  return { admin: { member: admin, channel }, places: members.map((member) => ({ member, channel })), roleId };
}

test(
  '40 commands at once get exactly what each limit of a server allows; a restarted bot gives nothing more',
  { timeout: TIMEOUT },
  async () => {
    const here = await open();
    const limits = ['guildDailyImages', 'guildMonthlyImages', 'guildActiveJobs', 'userDailyImages', 'userActiveJobs'];
    const houses = limits.map((limit) => ({ limit, ...houseOf(here, limit) }));
    const askers = ({ limit, places }: (typeof houses)[number]) =>
      limit.startsWith('user') ? places.slice(0, 1) : places;
    for (const house of houses) {
      await set(here, house.admin, 'set', { limit: house.limit, value: 10 });
      expect(await granted(fire(here, askers(house))), house.limit).toBe(10);
    }
    await expect.poll(() => here.runcomfy.submits, { timeout: PATIENCE }).toBe(50);
    await here.bot.end();
    await here.start();
    for (const house of houses) expect(await granted(fire(here, askers(house))), house.limit).toBe(0);
    expect(here.runcomfy.submits).toBe(50);
    expectCleanConduct(here);
  },
);

test('a role’s number holds exactly for each member, beside a server’s', async () => {
  const here = await open();
  const { admin, places, roleId } = houseOf(here, 'one');
  await set(here, admin, 'role', { role: roleId, images: 7 });
  await set(here, admin, 'set', { limit: 'guildDailyImages', value: 20 });
  const [first, second, third] = places;
  if (first === undefined || second === undefined || third === undefined) throw new Error('Three members are needed');
  expect(await granted(fire(here, [first]))).toBe(7);
  expect(await granted(fire(here, [second]))).toBe(7);
  expect(await granted(fire(here, [third])), 'the server’s own limit').toBe(6);
  expect(here.runcomfy.violations).toEqual([]);
});

test('a limit that is lowered while 40 commands arrive is not passed by any that comes after', async () => {
  const here = await open();
  const { admin, places } = houseOf(here, 'one');
  const first = fire(here, places, 20);
  await set(here, admin, 'set', { limit: 'guildDailyImages', value: 3 });
  const before = await granted(first);
  const after = await granted(fire(here, places));
  expect(after).toBe(Math.max(0, 3 - before));
});

test('all servers together get exactly the total, and the host hears of it once at 80 % and once at 100 %', async () => {
  const here = await open({ LIMIT_TOTAL_MONTHLY_IMAGES: '10' });
  const places = [...houseOf(here, 'one').places, ...houseOf(here, 'two').places];
  expect(await granted(fire(here, places))).toBe(10);
  const told = () => here.discord.directMessages(here.discord.host).map(({ content }) => content);
  await here.discord.until(() => told().length === 2, PATIENCE);
  await here.bot.end();
  await here.start();
  expect(await granted(fire(here, places))).toBe(0);
  expect(here.runcomfy.submits).toBe(10);
  expect(told()).toHaveLength(2);
  expect(told()[0]).toContain('80 %');
  expect(told()[1]).toContain('100 %');
  expectCleanConduct(here);
});

test('a bot killed amid 40 commands has given away no more than the limit, and gives the rest', async () => {
  // As a process: it ends wherever it is.
  const here = await open({}, createProcessStage);
  const { admin, places } = houseOf(here, 'one');
  await set(here, admin, 'set', { limit: 'guildDailyImages', value: 10 });
  fire(here, places);
  await expect.poll(() => here.runcomfy.submits, { timeout: PATIENCE, interval: 1 }).toBeGreaterThan(0);
  await here.bot.end();
  await here.start();
  const again = fire(here, places);
  await granted(again);
  const show = here.discord.command({ ...admin, name: 'limits show' });
  await show.until(({ original }) => (original?.embeds.length ?? 0) > 0, PATIENCE);
  expect(show.original?.embeds[0]?.fields?.[0]?.value).toContain('**10** of **10** used');
  expect(here.runcomfy.submits).toBeLessThanOrEqual(10);
});

/** The first moment, in UTC, of a day of next year's January; day 32 is the first of February. */
function nextJanuary(day: number): number {
  return Date.UTC(new Date().getUTCFullYear() + 1, 0, day);
}

/** Gives what has a stage's time pass until a moment (milliseconds since the epoch). */
function calendarOf(here: Stage): (moment: number) => Promise<void> {
  let ahead = 0;
  return async (moment) => {
    const ms = moment - Date.now() - ahead;
    ahead += ms;
    await here.pass(ms);
  };
}

test('at midnight UTC a day’s number begins afresh, exactly, and the month’s goes on; after a restart too', async () => {
  const here = await open();
  const passUntil = calendarOf(here);
  await passUntil(nextJanuary(31) - 5 * MINUTE);
  const { admin, places, roleId } = houseOf(here, 'one');
  await set(here, admin, 'set', { limit: 'guildMonthlyImages', value: 15 });
  await set(here, admin, 'role', { role: roleId, images: 10 });
  const askers = places.slice(0, 1);
  expect(await granted(fire(here, askers))).toBe(10);
  await passUntil(nextJanuary(31) - 1 * MINUTE);
  expect(await granted(fire(here, askers, 10)), 'a minute before midnight').toBe(0);
  await passUntil(nextJanuary(31) + 1 * MINUTE);
  expect(await granted(fire(here, askers)), 'what the month leaves').toBe(5);
  await here.bot.end();
  await here.start();
  expect(await granted(fire(here, places))).toBe(0);
});

test('at the month’s end in UTC the total and a server’s month begin afresh, exactly', async () => {
  const here = await open({ LIMIT_TOTAL_MONTHLY_IMAGES: '12' });
  const passUntil = calendarOf(here);
  await passUntil(nextJanuary(32) - 5 * MINUTE);
  const one = houseOf(here, 'one');
  const two = houseOf(here, 'two');
  await set(here, one.admin, 'set', { limit: 'guildMonthlyImages', value: 8 });
  expect(await granted(fire(here, one.places))).toBe(8);
  expect(await granted(fire(here, two.places))).toBe(4);
  await passUntil(nextJanuary(32) + 1 * MINUTE);
  expect(await granted(fire(here, one.places))).toBe(8);
  expect(await granted(fire(here, two.places))).toBe(4);
  const told = () =>
    here.discord.directMessages(here.discord.host).map(({ content }) => /\((\S+), UTC.*\*\*(\d+) %/s.exec(content));
  await here.discord.until(() => told().length === 4, PATIENCE);
  const year = new Date().getUTCFullYear() + 1;
  expect(told().map((found) => found?.slice(1))).toEqual([
    [`${year}-01`, '80'],
    [`${year}-01`, '100'],
    [`${year}-02`, '80'],
    [`${year}-02`, '100'],
  ]);
});
