/** A process is cut off from Redis, or stands still, in the midst of a start or a submit, and another one has its job meanwhile. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { submits } from '../support/runcomfy.ts';
import { PATIENCE } from '../support/waiting.ts';
import type { BotProcess } from '../support/bot.ts';
import { createFleet, HALVES, type Fleet, type Request } from './fleet.ts';
import { createRedisProxy, type RedisProxy } from './proxy.ts';

/** How long it takes until another process has begun a start that was cut short (milliseconds). */
const TAKEN_OVER = 60_000;

let fleet: Fleet;
let proxy: RedisProxy;
/** The one whose way to Redis is cut: it hears of the guilds of shard 0 alone. */
let cutOff: BotProcess;

beforeAll(async () => {
  fleet = await createFleet({
    processes: [{ SHARD_COUNT: '2', SHARD_IDS: '1' }],
    discord: { shards: 2, acknowledgeWithinMs: 30_000 },
  });
  proxy = await createRedisProxy(fleet.redis.port);
  cutOff = await fleet.launch({ ...HALVES[0], STORE_URL: proxy.url });
});
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
});

/** Asks for pictures of a process whose way to Redis is cut once the job's record has gone there. */
async function askUnheard(prompt: string): Promise<Request> {
  const written = proxy.cutAfter('jobs::', '"name":"reserved"');
  const request = fleet.ask({ prompt, count: 3 });
  await written;
  return request;
}

/** Pictures that are counted today in the guild of a request. */
async function counted({ interaction: { guild } }: Pick<Request, 'interaction'>): Promise<number> {
  if (guild === null) throw new Error('It was asked for in no guild');
  return (await fleet.usage(guild)).guildDailyImages;
}

const contents = ({ interaction }: Request) => (interaction.original?.versions ?? []).map(({ content }) => content);

test('a start whose answer was lost, and that another process has begun, is left to it, counted and delivered', async () => {
  const { stage } = fleet;
  const request = await askUnheard('begun by another');
  await request.interaction.until(() => contents(request).some((text) => text.includes('does not know yet')), PATIENCE);
  stage.runcomfy.finish(await fleet.requestId(request));
  proxy.heal();
  await fleet.whole([request], TAKEN_OVER);
  // Longer than a start is tried to be taken back again.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await fleet.expectDeliveredOnce([request]);
  expect(await counted(request)).toBe(3);
  expect(request.interaction.followUps, 'nobody was told that nothing was charged').toEqual([]);
  expect(cutOff.process.exitCode, cutOff.output()).toBeNull();
});

test('a start whose answer was lost is taken back where the way to Redis is there again in time, and that is told', async () => {
  const { interaction, prompt } = await askUnheard('taken back in time');
  proxy.heal();
  await interaction.until(() => interaction.followUps.length > 0, PATIENCE);
  expect(interaction.followUps[0]?.content).toContain('Nothing was charged');
  await expect.poll(() => fleet.held(), { timeout: PATIENCE }).toEqual([]);
  expect(await counted({ interaction }), 'of the one before').toBe(3);
  // Longer than the look that was scheduled.
  await new Promise((resolve) => setTimeout(resolve, 25_000));
  expect(submits(fleet.stage, prompt)).toBe(0);
});

test('a start whose process is killed before it can take it back goes on, in the reply that said so', async () => {
  const { stage } = fleet;
  const request = await askUnheard('killed before it could');
  await request.interaction.until(() => contents(request).some((text) => text.includes('does not know yet')), PATIENCE);
  await cutOff.stop('SIGKILL');
  stage.runcomfy.finish(await fleet.requestId(request));
  await fleet.whole([request], TAKEN_OVER);
  await fleet.expectDeliveredOnce([request]);
  expect(request.interaction.followUps).toEqual([]);
});
