/** `/usage`, as a member, an admin and somebody of another server see it. `/help` too. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usageBar } from '../../src/commands/usage/bar.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { fieldNames, use, words } from '../support/private-answers.ts';
import { expectCleanConduct, gallery } from '../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { speed: 500 },
    environment: { LIMIT_USER_DAILY_IMAGES: '9', PRICE_PER_IMAGE_USD: '0.05', LIMIT_TOTAL_MONTHLY_IMAGES: '2000' },
  });
  const { discord } = stage;
  const { ana, ben } = discord.members;
  const order = { channel: discord.channels.general, name: 'seedream' };
  const asked = [
    discord.command({ ...order, member: ana, options: { prompt: 'a kite', count: 4 } }),
    discord.command({ ...order, member: ben, options: { prompt: 'a boat', count: 2 } }),
  ];
  await Promise.all(asked.map(gallery));
});
afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

test('a member sees what they and the server have used, of how much, and when it resets', async () => {
  const answer = await use(stage, stage.discord.members.ana, 'usage');
  const said = words(answer);
  expect(said).toMatch(/^▰▰▰▰▰▱▱▱▱▱ 4 of 9 today$/m);
  expect(said).toMatch(/^▰▱+ 6 of 100 today$/m);
  expect(said).toMatch(/^▰▱+ 6 of 1000 this month$/m);
  expect(said).toMatch(/^Resets\ntoday's: <t:\d+:R>\nthis month's: <t:\d+:R>$/m);
  expect(said).toMatch(/\d of 2 jobs running/);
  expect(said).toContain('up to 15 pictures');
  const midnight = Number(/today's: <t:(\d+):R>/.exec(said)?.[1]);
  expect(midnight % 86_400).toBe(0);
  expect(midnight * 1000).toBeGreaterThan(Date.now());
  expect(said, 'what it costs is for those who run the server').not.toContain('$');
  expect(said, "and other servers' use for nobody, while it is no limit here").not.toContain('All servers');
  expect(answer.attachments).toEqual([]);
});

test('an admin also sees who used how much, what it cost, and a chart that can be read aloud', async () => {
  const { admin, ana, ben } = stage.discord.members;
  const answer = await use(stage, admin, 'usage');
  const said = words(answer);
  expect(said).toContain('0 of 9 today\n');
  expect(said).toContain('Cost, at $0.05 a picture');
  expect(said).toContain('Today: 6 pictures · $0.30');
  expect(said).toContain('Last 30 days: 6 pictures · $0.30');
  expect(said).toContain(`1. <@${ana.user.id}> · 4 pictures · $0.20\n2. <@${ben.user.id}> · 2 pictures · $0.10`);
  const [version] = answer.versions.slice(-1);
  expect(version?.pings).toMatchObject({ users: [] });
  expect(answer.attachments.map(({ filename }) => filename)).toEqual(['usage.png']);
  expect(answer.attachments[0]?.description).toMatch(
    /^Bar chart .* 30 days.*: 6 in all, most on \w+ \d+ \(6\)\. Ana 4, Ben 2$/,
  );
  expect(answer.embeds[0]?.image?.url).toContain('usage.png');
});

test('where Discord does not tell the names in time the chart numbers the members', async () => {
  const { discord } = stage;
  discord.failNext({ method: 'GET', path: /\/members\//, delayMs: 5000, times: 2 });
  const answer = await use(stage, discord.members.admin, 'usage');
  expect(answer.attachments[0]?.description).toContain('#1 4, #2 2');
});

test('another server starts from nothing and hears nothing of this one', async () => {
  const { discord } = stage;
  discord.setLocale(discord.members.stranger, 'en-US');
  const said = words(await use(stage, discord.members.stranger, 'usage', discord.channels.elsewhere));
  expect(said).toContain('0 of 9 today');
  expect(said).toContain('0 of 100 today');
  expect(said).not.toContain('Resets');
});

test('the bar shows the first picture and the last one that is left', () => {
  expect(usageBar(0, 100)).toBe('▱▱▱▱▱▱▱▱▱▱');
  expect(usageBar(1, 100)).toBe('▰▱▱▱▱▱▱▱▱▱');
  expect(usageBar(99, 100)).toBe('▰▰▰▰▰▰▰▰▰▱');
  expect(usageBar(100, 100)).toBe('▰▰▰▰▰▰▰▰▰▰');
  expect(usageBar(12, 5)).toBe('▰▰▰▰▰▰▰▰▰▰');
  expect(usageBar(0, 0)).toBe('▰▰▰▰▰▰▰▰▰▰');
});

test('/help fits one screen and names every command and option there is', async () => {
  const answer = await use(stage, stage.discord.members.ben, 'help');
  const said = words(answer);
  expect(fieldNames(answer).length).toBeLessThanOrEqual(6);
  expect(said.length).toBeLessThan(2000);
  const seedream = stage.discord.commands().find(({ name }) => name === 'seedream');
  const clickable = `</seedream:${String(seedream?.id)}>`;
  expect(said.split(clickable), 'three examples to click').toHaveLength(4);
  expect(said, 'what is for admins is for admins').not.toContain('/limits');
  expect(words(await use(stage, stage.discord.members.admin, 'help'))).toContain('**/limits**');
  const commands = stage.discord.commands();
  for (const name of ['history', 'usage', 'privacy']) expect(said).toContain(`**/${name}**`);
  const options = commands.find(({ name }) => name === 'seedream')?.options ?? [];
  for (const { name } of options) {
    if (name !== 'prompt') expect(said).toMatch(new RegExp(/\d$/.test(name) ? name : `\\*\\*${name}\\*\\*`));
  }
});
