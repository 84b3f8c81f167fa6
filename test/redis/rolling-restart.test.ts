/** A rolling deploy: the old and the new process hold the same shards for a while. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shows } from '../support/waiting.ts';
import { createFleet, type Fleet } from './fleet.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await createFleet({ processes: [{}, {}], discord: { acknowledgeWithinMs: 30_000 } });
});
afterAll(() => fleet[Symbol.asyncDispose]());

test('what both hear of is answered once, submitted once and delivered once', async () => {
  const { stage } = fleet;
  const requests = Array.from({ length: 20 }, (_, index) => fleet.ask({ prompt: `heard twice ${index} .`, count: 2 }));
  for (const { interaction } of requests) {
    await interaction.acknowledged(30_000);
    expect(interaction.deliveredTo).toBe(2);
  }
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  for (const id of ids) stage.runcomfy.finish(id);
  await fleet.whole(requests);
  await fleet.expectDeliveredOnce(requests);
  for (const { interaction } of requests) expect(interaction.followUps).toEqual([]);
});

test('a press that both hear of cancels once', async () => {
  const request = fleet.ask({ prompt: 'pressed while two listen' });
  const message = await shows(request.interaction, 'In the queue');
  const { id, member } = request.interaction;
  if (member === null) throw new Error('It was asked for in a guild');
  fleet.stage.discord.press({ member, message, customId: `cancel:${id}` });
  await shows(request.interaction, 'Cancelled');
  await expect.poll(() => fleet.held()).toEqual([]);
});

test('the old one stops while jobs are under way, and each is delivered once', async () => {
  const { stage, bots } = fleet;
  const requests = Array.from({ length: 10 }, (_, index) => fleet.ask({ prompt: `overlap ${index} .`, count: 2 }));
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  for (const id of ids) stage.runcomfy.finish(id);
  expect(await bots[0]?.stop(), bots[0]?.output()).toBe(0);
  const after = fleet.ask({ prompt: 'asked of the new one' });
  stage.runcomfy.finish(await fleet.requestId(after));
  await fleet.whole([...requests, after]);
  await fleet.expectDeliveredOnce([...requests, after]);
});
