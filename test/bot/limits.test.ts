/** Limits under forty commands at once: exactly what is allowed is sent, and every other member hears why not. */
import { expect, test } from 'vitest';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { expectCleanConduct, PATIENCE, refusal, title, toldAlone } from '../support/waiting.ts';

const AT_ONCE = 40;

/** What no case is about. */
const AMPLE = {
  LIMIT_GUILD_DAILY_IMAGES: '10000',
  LIMIT_GUILD_MONTHLY_IMAGES: '10000',
  LIMIT_USER_DAILY_IMAGES: '10000',
  LIMIT_GUILD_ACTIVE_JOBS: '1000',
  LIMIT_USER_ACTIVE_JOBS: '1000',
};

const DAY_END = () => Math.floor(Date.now() / 86_400_000 + 1) * 86_400;
const MONTH_END = () => Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1, 1) / 1000;

interface Case {
  /** The variable and its value. */
  limit: [string, number];
  /** Whether all commands are one member's; in two guilds; the pictures of each. */
  oneMember?: boolean;
  twoGuilds?: boolean;
  count: number;
  /** Commands of the forty that fit. */
  granted: number;
  /** What a refused member reads, and when it resets (seconds since the epoch). */
  said: RegExp;
  resets?: () => number;
}

const CASES: Case[] = [
  {
    limit: ['LIMIT_USER_ACTIVE_JOBS', 3],
    oneMember: true,
    count: 1,
    granted: 3,
    said: /^You have 3 of 3 jobs running\. Try again when one of them is finished\.$/,
  },
  { limit: ['LIMIT_GUILD_ACTIVE_JOBS', 7], count: 1, granted: 7, said: /^This server has 7 of 7 jobs running\./ },
  {
    limit: ['LIMIT_USER_DAILY_IMAGES', 14],
    oneMember: true,
    count: 3,
    granted: 4,
    said: /^You have used 12 of your 14 pictures today, and this asks for 3\. It resets/,
    resets: DAY_END,
  },
  {
    limit: ['LIMIT_GUILD_DAILY_IMAGES', 20],
    count: 3,
    granted: 6,
    said: /^This server has used 18 of its 20 pictures today, and this asks for 3\./,
    resets: DAY_END,
  },
  {
    limit: ['LIMIT_GUILD_MONTHLY_IMAGES', 15],
    count: 15,
    granted: 1,
    said: /^This server has used 15 of its 15 pictures this month, and this asks for 15\./,
    resets: MONTH_END,
  },
  {
    limit: ['LIMIT_TOTAL_MONTHLY_IMAGES', 25],
    twoGuilds: true,
    count: 2,
    granted: 12,
    said: /^This bot has used 24 of its 25 pictures this month over all servers, and this asks for 2\./,
    resets: MONTH_END,
  },
];

/** Forty commands, sent together. */
function flood({ discord }: Stage, { oneMember = false, twoGuilds = false, count }: Case): Interaction[] {
  const { home, other } = discord.guilds;
  const orders = Array.from({ length: AT_ONCE }, (_, index) => {
    const guild = twoGuilds && index % 2 === 1 ? other : home;
    return {
      member: oneMember ? discord.members.ana : discord.addMember(guild, { name: `Member ${index}` }),
      channel: guild === home ? discord.channels.general : discord.channels.elsewhere,
      name: 'seedream',
      options: { prompt: `wish ${index}`, count },
    };
  });
  return orders.map((order) => discord.command(order));
}

test.each(CASES)('$limit.0 of $limit.1 lets $granted of forty through', async (limited) => {
  const [name, allowed] = limited.limit;
  await using stage = await createStage({
    runcomfy: { held: true },
    environment: { ...AMPLE, [name]: String(allowed) },
  });
  const { discord, runcomfy } = stage;
  const interactions = flood(stage, limited);
  // One of the two guilds speaks Spanish.
  const isGranted = ({ original }: Interaction) => original !== null && /In the queue|En la cola/.test(title(original));
  const isRefused = (interaction: Interaction) => toldAlone(interaction).length > 0;
  const settled = () => interactions.every((interaction) => isGranted(interaction) || isRefused(interaction));
  await discord.until(settled, PATIENCE);

  expect(interactions.filter(isGranted)).toHaveLength(limited.granted);
  expect(runcomfy.submits).toBe(limited.granted);
  expect(runcomfy.billedImages).toBe(limited.granted * limited.count);
  expect(Math.max(...interactions.map(({ acknowledgement }) => acknowledgement?.afterMs ?? 0))).toBeLessThan(3000);
  for (const interaction of interactions.filter(isRefused)) {
    const said = await refusal(stage, interaction);
    expect(said).toMatch(limited.said);
    const resets = /<t:(\d+):R>/.exec(said)?.[1];
    expect(resets === undefined ? undefined : Number(resets)).toBe(limited.resets?.());
    expect(toldAlone(interaction)).toHaveLength(1);
  }
  const channels = [discord.channels.general, discord.channels.elsewhere];
  expect(channels.flatMap((channel) => discord.messages(channel))).toHaveLength(limited.granted);
  expectCleanConduct(stage);
});

test('a job that is over makes room for the next one at once', async () => {
  await using stage = await createStage({
    runcomfy: { held: true },
    environment: { ...AMPLE, LIMIT_USER_ACTIVE_JOBS: '1', LIMIT_USER_DAILY_IMAGES: '3' },
  });
  const { discord, runcomfy } = stage;
  const ask = (prompt: string) =>
    discord.command({
      member: discord.members.ana,
      channel: discord.channels.general,
      name: 'seedream',
      options: { prompt, count: 2 },
    });
  const first = ask('a job that fails');
  const { requestId } = await submitted(stage, 'a job that fails');
  expect(await refusal(stage, ask('too early'))).toContain('1 of 1 jobs running');
  runcomfy.failJob(requestId, 'out of paint');
  await first.until(({ original }) => original !== null && title(original).includes('No pictures'), PATIENCE);
  expect(first.original?.embeds[0]?.description).toContain('RunComfy says: out of paint');
  // What failed is given back: two of three are free again, and no longer two when this one is taken.
  ask('a job after it');
  const { requestId: second } = await submitted(stage, 'a job after it');
  runcomfy.finish(second);
  await discord.until(() => discord.messages(discord.channels.general).some((m) => m.attachments.length > 0), PATIENCE);
  // The gallery stands a moment before the job is written down as delivered.
  const answer = () => refusal(stage, ask('one too many'));
  await expect.poll(answer, { timeout: PATIENCE }).toContain('You have used 2 of your 3 pictures today');
  expectCleanConduct(stage);
});

test("without a count a job asks for no more than the host's limit for one", async () => {
  await using stage = await createStage({
    runcomfy: { held: true },
    environment: { LIMIT_IMAGES_PER_JOB: '2' },
  });
  const { discord } = stage;
  const { ana: member } = discord.members;
  const order = { member, channel: discord.channels.general, name: 'seedream' };
  discord.command({ ...order, options: { prompt: 'no number here' } });
  expect((await submitted(stage, 'no number here')).input.images).toBe(2);
  const refused = discord.command({ ...order, options: { prompt: 'three please', count: 3 } });
  expect(await refusal(stage, refused)).toContain('at most 2 here');
  expect(stage.runcomfy.submits).toBe(1);
});
