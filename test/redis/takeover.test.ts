/** A process is killed, and another one takes its jobs over: within 45 s, and once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { submits } from '../support/runcomfy.ts';
import { title } from '../support/waiting.ts';
import { withRedis } from './connect.ts';
import { createFleet, type Fleet } from './fleet.ts';

/** How long a take-over may take (milliseconds). */
const TAKE_OVER = 45_000;

/** How long a submit may be under way: until then a process that was taken for dead may still write what came of it (milliseconds). */
const SUBMIT_MOST = 65_000;

let fleet: Fleet;

beforeAll(async () => {
  fleet = await createFleet({ processes: [{}, {}], discord: { acknowledgeWithinMs: 30_000 } });
});
afterAll(() => fleet[Symbol.asyncDispose]());

test('jobs of a process that is killed in their midst are delivered by the other, once', async () => {
  const { stage } = fleet;
  const victim = await fleet.launch();
  const requests = Array.from({ length: 24 }, (_, index) =>
    fleet.ask({ prompt: `orphan ${index} of them`, count: index % 8 === 0 ? 15 : 2, private: index % 5 === 0 }),
  );
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  for (const id of ids.slice(0, 12)) stage.runcomfy.start(id);
  for (const id of ids.slice(12)) stage.runcomfy.finish(id);
  // In the middle of the first galleries.
  await stage.discord.until(
    () => requests.some(({ interaction }) => (interaction.original?.attachments.length ?? 0) > 0),
    TAKE_OVER,
  );
  const killed = performance.now();
  await victim.stop('SIGKILL');
  for (const id of ids.slice(0, 12)) stage.runcomfy.finish(id);
  await fleet.whole(requests, TAKE_OVER);
  expect(performance.now() - killed).toBeLessThan(TAKE_OVER);
  await fleet.expectDeliveredOnce(requests);
});

test('a process that stood still changes nothing of what another has done meanwhile', async () => {
  const { stage } = fleet;
  const frozen = await fleet.launch();
  const requests = Array.from({ length: 12 }, (_, index) => fleet.ask({ prompt: `outlived ${index} .`, count: 2 }));
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  const { promise: fetching, resolve } = Promise.withResolvers<undefined>();
  const stopListening = stage.runcomfy.on(({ type }) => {
    if (type === 'asset') resolve(undefined);
  });
  for (const id of ids) stage.runcomfy.finish(id);
  await fetching;
  stopListening();
  frozen.process.kill('SIGSTOP');
  await fleet.whole(requests, TAKE_OVER);
  frozen.process.kill('SIGCONT');
  const after = fleet.ask({ prompt: 'once it moves again' });
  stage.runcomfy.finish(await fleet.requestId(after));
  await fleet.whole([after]);
  expect(await frozen.stop(), frozen.output()).toBe(0);
  await fleet.expectDeliveredOnce([...requests, after]);
});

test(
  'a process that stood still in the middle of a submit still writes what came of it',
  { timeout: 120_000 },
  async () => {
    const { stage, redis, bots } = fleet;
    const running = bots.filter((bot) => bot.process.exitCode === null && bot.process.signalCode === null);
    const [frozen, ...others] = running;
    if (frozen === undefined) throw new Error('There is none left');
    for (const other of others) await other.stop();
    stage.runcomfy.failNext({ call: 'submit', kind: 'slow', ms: 5000 });
    const request = fleet.ask({ prompt: 'submitted and frozen', count: 2 });
    const read = (key: string) => withRedis(redis.url, ({ client }) => client.get(`${key}${request.interaction.id}`));
    await expect.poll(() => read('jobs::'), { timeout: TAKE_OVER, interval: 20 }).toContain('"submitting"');
    const claim = await read('seedream:claim:');
    frozen.process.kill('SIGSTOP');
    const extra = await fleet.launch();
    await expect.poll(() => read('seedream:claim:'), { timeout: TAKE_OVER, interval: 20 }).not.toBe(claim);
    const requestId = await fleet.requestId(request);
    frozen.process.kill('SIGCONT');
    stage.runcomfy.finish(requestId);
    await fleet.whole([request], TAKE_OVER);
    await fleet.expectDeliveredOnce([request]);
    expect(request.interaction.original?.versions.map((version) => title(version)).join()).not.toContain('unknown');
    expect(await extra.stop(), extra.output()).toBe(0);
  },
);

test(
  'a submit that was under way in a killed process is never sent again, and the member is told',
  { timeout: 150_000 },
  async () => {
    const { stage, bots } = fleet;
    stage.runcomfy.failNext({ call: 'submit', kind: 'hang' });
    const request = fleet.ask({ prompt: 'cut off on its way', count: 3 });
    const hanging = () => bots.filter((bot) => bot.process.exitCode === null && bot.process.signalCode === null);
    await expect.poll(async () => (await fleet.held()).length, { timeout: TAKE_OVER }).toBe(1);
    const extra = await fleet.launch();
    // Whichever has it: both that may are killed, and the one that was started after takes it over.
    const killed = performance.now();
    for (const bot of hanging()) if (bot !== extra) await bot.stop('SIGKILL');
    const isTold = () => title(request.interaction.original ?? { embeds: [] }).includes('Outcome unknown');
    await request.interaction.until(isTold, SUBMIT_MOST + TAKE_OVER);
    expect(performance.now() - killed).toBeLessThan(SUBMIT_MOST + 15_000);
    expect(submits(stage, request.prompt)).toBeLessThanOrEqual(1);
    await expect.poll(() => fleet.held(), { timeout: TAKE_OVER }).toEqual([]);
  },
);
