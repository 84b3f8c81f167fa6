/** Redis is emptied under the whole bot: whoever hosts it and the members hear of it, and it waits for the host. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { spawnBot, type Bot } from '../support/bot.ts';
import { freePort } from '../support/free-port.ts';
import { press } from '../support/private-answers.ts';
import { submits } from '../support/runcomfy.ts';
import { buttons, refusal, replyOf, shows, title } from '../support/waiting.ts';
import { createFleet, PATIENCE, type Fleet, type Request } from './fleet.ts';

function cli({ redis }: Fleet, ...words: string[]): string {
  return execFileSync('redis-cli', ['-p', String(redis.port), ...words], { encoding: 'utf8' });
}

/** What a process logged as an error. */
function errorsOf(bot: Bot): string[] {
  return bot
    .output()
    .split('\n')
    .filter((line) => line.includes('"level":50'));
}

const description = ({ interaction }: Request) => interaction.original?.embeds[0]?.description ?? '';

async function expectTold(request: Request): Promise<void> {
  const message = await shows(request.interaction, 'lost its records');
  expect(description(request)).toContain('may still be made and charged (up to');
  expect(buttons(message)).toEqual(['Again', 'Edit']);
}

async function deliver(fleet: Fleet, requests: Request[]): Promise<void> {
  for (const request of requests) fleet.stage.runcomfy.finish(await fleet.requestId(request));
  await fleet.whole(requests);
  await fleet.expectDeliveredOnce(requests);
}

test('Redis is emptied while jobs are under way: it is said, nothing new is taken, and a restart goes on', async () => {
  const port = await freePort();
  await using fleet = await createFleet({ processes: [{ HTTP_PORT: String(port) }] });
  const { stage } = fleet;
  const before = fleet.ask({ prompt: 'delivered before' });
  await deliver(fleet, [before]);
  const queued = fleet.ask({ prompt: 'in the queue' });
  const hidden = fleet.ask({ prompt: 'in private', private: true });
  const started = fleet.ask({ prompt: 'being made' });
  for (const request of [queued, hidden]) await shows(request.interaction, 'In the queue');
  stage.runcomfy.start(await fleet.requestId(started));
  await shows(started.interaction, 'Generating');

  cli(fleet, 'flushall');
  const refused = fleet.ask({ prompt: 'asked of an empty one' });
  expect(await refusal(stage, refused.interaction)).toContain('who hosts the bot: they have to look into it first');
  for (const request of [queued, hidden, started]) await expectTold(request);
  const { member, channel } = before.interaction;
  if (member === null) throw new Error('It was asked for in a guild');
  const history = stage.discord.command({ member, channel, name: 'history' });
  const remove = press(stage, member, replyOf(before.interaction), 'remove:');
  for (const asked of [history, remove]) expect(await refusal(stage, asked)).toContain('lost its records');
  expect(title(before.interaction.original ?? { embeds: [] }), 'a gallery stays').not.toContain('lost');
  const page = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('are gone from Redis');

  const [bot] = fleet.bots;
  if (bot === undefined) throw new Error('There is no bot');
  expect(await bot.stop(), bot.output()).toBe(0);
  expect(errorsOf(bot), 'logged once').toEqual([expect.stringContaining('are gone from Redis')]);
  await fleet.launch();
  const after = fleet.ask({ prompt: 'once it was started again' });
  await deliver(fleet, [after]);
  expect(submits(stage, refused.prompt)).toBe(0);
});

test('two processes: each says it once, one started anew alone is refused, and all started anew go on', async () => {
  await using fleet = await createFleet({ processes: [{}, {}], discord: { acknowledgeWithinMs: 30_000 } });
  const { stage, bots } = fleet;
  const [one, other] = bots;
  if (one === undefined || other === undefined) throw new Error('There are no two');
  const requests = Array.from({ length: 8 }, (_, index) => fleet.ask({ prompt: `lost by two ${index} .` }));
  for (const { interaction } of requests) await shows(interaction, 'In the queue');

  cli(fleet, 'flushall');
  for (const request of requests) await expectTold(request);
  for (const bot of [one, other]) await bot.wrote('are gone from Redis');
  expect(await other.stop(), other.output()).toBe(0);
  const alone = spawnBot(stage.environment);
  bots.push(alone);
  expect(await alone.exited, alone.output()).toBe(1);
  expect(alone.output()).toContain('Stop every process first');
  const refused = fleet.ask({ prompt: 'while one still runs' });
  expect(await refusal(stage, refused.interaction)).toContain('lost its records');
  expect(await one.stop(), one.output()).toBe(0);
  for (const bot of [one, other]) expect(errorsOf(bot)).toHaveLength(1);

  await Promise.all([fleet.launch(), fleet.launch()]);
  await deliver(fleet, [fleet.ask({ prompt: 'after both' })]);
  for (const request of requests) expect(submits(stage, request.prompt)).toBe(1);
  expect(submits(stage, refused.prompt)).toBe(0);
});

test("a job's record is dropped: its member is told, it stays counted, and no new job is taken", async () => {
  await using fleet = await createFleet({ processes: [{}] });
  const { stage, bots } = fleet;
  const [dropped, kept] = [fleet.ask({ prompt: 'dropped' }), fleet.ask({ prompt: 'kept' })];
  for (const { interaction } of [dropped, kept]) await shows(interaction, 'In the queue');
  cli(fleet, 'del', `jobs::${dropped.interaction.id}`);
  await expectTold(dropped);
  const refused = fleet.ask({ prompt: 'after that' });
  expect(await refusal(stage, refused.interaction)).toContain('lost its records');
  stage.runcomfy.finish(await fleet.requestId(kept));
  await fleet.whole([kept], PATIENCE);
  await expect.poll(() => fleet.held(), { timeout: PATIENCE }).toEqual([]);
  const { guild } = dropped.interaction;
  if (guild === null) throw new Error('It was asked for in a guild');
  expect((await fleet.usage(guild)).guildDailyImages).toBe(2);
  for (const bot of bots) expect(errorsOf(bot)).toEqual([expect.stringContaining(dropped.interaction.id)]);
});
