/** Two processes with half of the shards each: their jobs, their limits, and the stop of one of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFleet, HALVES, PATIENCE, type Fleet, type Request } from './fleet.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await createFleet({
    processes: HALVES,
    discord: { shards: 2, acknowledgeWithinMs: 30_000 },
    environment: { LIMIT_TOTAL_MONTHLY_IMAGES: '60' },
  });
});
afterAll(() => fleet[Symbol.asyncDispose]());

async function deliver(requests: Request[]): Promise<void> {
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  for (const id of ids) fleet.stage.runcomfy.finish(id);
  await fleet.whole(requests);
}

test('each hears of its own guilds, and any of them brings the pictures', async () => {
  const requests = ([0, 1, 0, 1] as const).map((shard, index) =>
    fleet.ask({ prompt: `half ${index} of it`, shard, count: 2 }),
  );
  for (const { interaction } of requests) {
    await interaction.acknowledged();
    expect(interaction.deliveredTo).toBe(1);
  }
  await deliver(requests);
  await fleet.expectDeliveredOnce(requests);
  for (const { interaction } of requests) {
    const { versions = [] } = interaction.original ?? {};
    expect(versions.length - 1, 'edits of the reply').toBeLessThan(10);
  }
});

test('one that is stopped exits 0 within 10 s, and the other goes on with its jobs', async () => {
  const extra = await fleet.launch({ SHARD_COUNT: '2', SHARD_IDS: '0' });
  const requests = Array.from({ length: 2 }, (_, index) => fleet.ask({ prompt: `left behind ${index}`, shard: 1 }));
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  const asked = performance.now();
  expect(await extra.stop(), extra.output()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  for (const id of ids) fleet.stage.runcomfy.finish(id);
  await fleet.whole(requests);
  await fleet.expectDeliveredOnce(requests);
});

test('200 commands at once over both, where 50 pictures are left, get exactly 50', async () => {
  const requests = Array.from({ length: 200 }, (_, index) =>
    fleet.ask({ prompt: `number ${index} of many`, shard: index % 2 === 0 ? 0 : 1 }),
  );
  const refused = () => requests.filter(({ interaction }) => interaction.followUps.length > 0);
  await fleet.stage.discord.until(() => refused().length === 150, PATIENCE);
  const granted = requests.filter((request) => !refused().includes(request));
  await deliver(granted);
  await fleet.expectDeliveredOnce(granted);
  expect(fleet.stage.runcomfy.submits).toBe(56);
  expect((await fleet.usage(fleet.stage.discord.guilds.home)).totalMonthlyImages).toBe(60);
  expect(fleet.stage.runcomfy.violations).toEqual([]);
});
