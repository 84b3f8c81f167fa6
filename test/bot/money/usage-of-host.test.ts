/** `/usage` for whoever hosts the bot: all servers, wherever they ask; nobody else learns of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage, type Stage } from '../../support/bot.ts';
import { privateAnswer, use, words } from '../../support/private-answers.ts';
import { expectCleanConduct, gallery } from '../../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { speed: 500, balanceUsd: 7 },
    environment: { LIMIT_TOTAL_MONTHLY_IMAGES: '60', PRICE_PER_IMAGE_USD: '0.05', BALANCE_WARNING_USD: '6.9' },
  });
  const { discord } = stage;
  const { ana, stranger } = discord.members;
  const ask = { name: 'seedream', options: { prompt: 'a kite', count: 4 } };
  await gallery(discord.command({ ...ask, member: ana, channel: discord.channels.general }));
  await gallery(discord.command({ ...ask, member: stranger, channel: discord.channels.elsewhere }));
  await gallery(discord.command({ ...ask, member: ana, channel: discord.channels.general }));
});
afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

/** What `/usage` says to the host, once it has all that was delivered. */
async function hostReads(ask: () => ReturnType<typeof privateAnswer>): Promise<string> {
  let said = '';
  await expect.poll(async () => (said = words(await ask())), { timeout: 30_000 }).toContain('$0.36');
  return said;
}

test('the host sees what all servers used, was billed and estimated, the ceiling, the balance and the top servers', async () => {
  const { discord } = stage;
  const host = discord.addMember(discord.guilds.home, { user: discord.host });
  const said = await hostReads(() => use(stage, host, 'usage'));
  expect(said, 'with what every member of the server sees').toContain('of 100 today');
  expect(said).toContain('Only those who host this bot see this.');
  expect(said).toMatch(/▰▰▱▱▱▱▱▱▱▱ 12 of 60 this month/);
  expect(said).toContain('Billed by RunComfy: $0.36\nEstimated: $0.60');
  expect(said).toMatch(/RunComfy balance\n\$6\.64 · <t:\d+:R>/);
  expect(said).toMatch(/1\. .+ · 8 pictures · \$0\.24 \(\$0\.40\)\n2\. .+ · 4 pictures · \$0\.12 \(\$0\.20\)/);
});

test('the host is told by direct message that the balance is low: once, a restart does not repeat it', async () => {
  const { discord } = stage;
  const told = () => discord.directMessages(discord.host).map(({ content }) => content);
  await expect.poll(told, { timeout: 30_000 }).toEqual([expect.stringContaining('less than **$6.90**')]);
  await stage.bot.stop();
  await stage.start();
  await hostReads(() => use(stage, discord.addMember(discord.guilds.home, { user: discord.host }), 'usage'));
  expect(told()).toHaveLength(1);
});

test('in direct messages, too', async () => {
  const { discord } = stage;
  const [told] = discord.directMessages(discord.host);
  if (told === undefined) throw new Error('There is no direct message');
  const { channel } = told;
  const said = await hostReads(() => privateAnswer(discord.command({ member: discord.host, channel, name: 'usage' })));
  expect(said).toContain('12 of 60');
  expect(said).not.toContain('This server');
});

test('a server’s admin sees nothing of other servers’ cost', async () => {
  const said = words(await use(stage, stage.discord.members.admin, 'usage'));
  expect(said).toContain('Last 30 days');
  expect(said).not.toMatch(/balance|Billed|Servers with most/);
});
