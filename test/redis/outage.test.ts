/** Redis goes away during jobs and comes back with what it had written. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { submits } from '../support/runcomfy.ts';
import { refusal, title } from '../support/waiting.ts';
import { createFleet, PATIENCE, type Fleet, type Request } from './fleet.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await createFleet({ processes: [{}, {}], discord: { acknowledgeWithinMs: 10_000 } });
});
afterAll(() => fleet[Symbol.asyncDispose]());

/** Gives a command; what is said to it must be said within 3 s. */
async function refusedInTime(prompt: string): Promise<Request> {
  const request = fleet.ask({ prompt });
  const asked = performance.now();
  expect(await refusal(fleet.stage, request.interaction)).toContain('not');
  expect(performance.now() - asked).toBeLessThan(3000);
  return request;
}

test('jobs under way go on, nothing is lost or done twice, and commands meanwhile are refused at once', async () => {
  const { stage, redis } = fleet;
  const requests = Array.from({ length: 12 }, (_, index) => fleet.ask({ prompt: `during it ${index} .`, count: 2 }));
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  for (const id of ids.slice(0, 6)) stage.runcomfy.finish(id);
  // Some are being submitted, and others asked for, in the moment it goes.
  stage.runcomfy.failNext({ call: 'submit', kind: 'slow', ms: 4000 });
  const late = fleet.ask({ prompt: 'submitted while it goes' });
  await fleet.requestId(late);
  const rush = Array.from({ length: 20 }, (_, index) => fleet.ask({ prompt: `in the rush ${index} .` }));
  await Promise.race(rush.map(({ interaction }) => interaction.acknowledged()));
  await redis.stop('SIGKILL');
  const refused = await refusedInTime('while it is away');
  for (const id of ids.slice(6)) stage.runcomfy.finish(id);
  await refusedInTime('a while after');
  // Longer than a lock and a sign of life last.
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  await redis.start();

  const taken = (request: Request) => submits(stage, request.prompt) > 0;
  const told = (request: Request) => request.interaction.followUps.length > 0;
  await stage.discord.until(() => rush.every((request) => taken(request) || told(request)), PATIENCE);
  const begun = rush.filter(taken);
  for (const request of begun) expect(told(request), `${request.prompt} was refused and begun`).toBe(false);
  for (const request of [...begun, late]) stage.runcomfy.finish(await fleet.requestId(request));
  await fleet.whole([...requests, ...begun, late]);
  await fleet.expectDeliveredOnce([...requests, ...begun, late]);
  expect(taken(refused)).toBe(false);
  for (const { interaction } of requests)
    expect(title(interaction.original ?? { embeds: [] })).not.toContain('unknown');

  const after = fleet.ask({ prompt: 'when it is back' });
  stage.runcomfy.finish(await fleet.requestId(after));
  await fleet.whole([after]);
  for (const bot of fleet.bots) expect(bot.process.exitCode, bot.output()).toBeNull();
});

test('a Redis that stands still refuses commands in time, and the bot can be stopped beside one that is away', async () => {
  const { stage, redis, bots } = fleet;
  redis.pause();
  await refusedInTime('while it stands still');
  redis.resume();
  const request = fleet.ask({ prompt: 'when it moves again' });
  stage.runcomfy.finish(await fleet.requestId(request));
  await fleet.whole([request]);
  await redis.stop();
  for (const bot of bots) {
    const asked = performance.now();
    expect(await bot.stop(), bot.output()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
  }
});
