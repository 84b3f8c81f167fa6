/** Discord's global limit is the bot's, however many processes call: they share it, and what refuses one holds up all. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { title } from '../support/waiting.ts';
import { createFleet, PATIENCE, type Fleet, type Request } from './fleet.ts';

/** Jobs that end at once, each in a channel of its own: a channel has a limit of its own. */
const JOBS = 150;

/** For how long Discord refuses the bot (milliseconds). */
const PAUSE = 10_000;

/** After which a process hears at the latest that another one was refused (milliseconds). */
const HEARD_WITHIN = 1500;

let fleet: Fleet;

beforeAll(async () => {
  fleet = await createFleet({
    processes: ['0', '1', '2'].map((shard) => ({ SHARD_COUNT: '3', SHARD_IDS: shard })),
    discord: { shards: 3, acknowledgeWithinMs: 30_000 },
  });
  // Until each has its whole share.
  await new Promise((resolve) => setTimeout(resolve, 6000));
});
afterAll(() => fleet[Symbol.asyncDispose]());

const isQueued = ({ interaction: { original } }: Request) =>
  original !== null && title(original).includes('In the queue');

/** Jobs whose replies can be edited by the bot's token alone, and which end now. */
async function endMany(name: string): Promise<Request[]> {
  const { discord, runcomfy } = fleet.stage;
  const requests = Array.from({ length: JOBS }, (_, index) => {
    const prompt = `${name} ${index} of them`;
    const interaction = discord.command({
      member: discord.addMember(discord.guilds.home, { name: prompt }),
      channel: discord.addChannel(discord.guilds.home, { name: `${name}-${index}` }),
      name: 'seedream',
      options: { prompt, count: 1 },
    });
    return { interaction, prompt, count: 1 };
  });
  const ids = await Promise.all(requests.map((request) => fleet.requestId(request)));
  await discord.until(() => requests.every(isQueued), PATIENCE);
  discord.expireTokens();
  for (const id of ids) runcomfy.finish(id);
  return requests;
}

/** When calls by the bot's token came, the first first, and how they were answered. */
function botCalls(since: number) {
  const calls = fleet.stage.discord.requests.filter(({ at, authorized }) => authorized && at >= since);
  return calls.toSorted((one, other) => one.at - other.at);
}

test('many edits at once over three processes: never more than 50 in any second, and none is refused', async () => {
  const began = Date.now();
  const requests = await endMany('flood');
  await fleet.whole(requests);
  const calls = botCalls(began);
  expect(calls.length).toBeGreaterThanOrEqual(JOBS);
  const most = Math.max(...calls.map(({ at }) => calls.filter((one) => one.at >= at && one.at < at + 1000).length));
  expect(most).toBeLessThanOrEqual(50);
  // A process alone may make 15.
  expect(most).toBeGreaterThan(15);
  expect(calls.filter(({ status }) => status === 429)).toEqual([]);
  await fleet.expectDeliveredOnce(requests);
});

test('a refusal of the whole bot that one process meets holds up all, and no call by an interaction token', async () => {
  const { discord } = fleet.stage;
  const began = Date.now();
  discord.failNext({ method: 'PATCH', path: /^\/channels\//, status: 429, retryAfter: PAUSE / 1000, global: true });
  const requests = await endMany('pause');
  const refused = () => botCalls(began).find(({ status }) => status === 429);
  await discord.until(() => refused() !== undefined, PATIENCE);
  const at = refused()?.at ?? 0;
  await new Promise((resolve) => setTimeout(resolve, HEARD_WITHIN));
  const meanwhile = fleet.ask({ prompt: 'while the bot is held up' });
  await discord.until(() => isQueued(meanwhile), PAUSE - HEARD_WITHIN);
  expect(Date.now()).toBeLessThan(at + PAUSE);
  fleet.stage.runcomfy.finish(await fleet.requestId(meanwhile));
  await fleet.whole([...requests, meanwhile]);
  const held = botCalls(began).filter((call) => call.at > at + HEARD_WITHIN);
  expect(held.length, 'calls that were held up').toBeGreaterThan(20);
  expect(held[0]?.at).toBeGreaterThanOrEqual(at + PAUSE);
  await fleet.expectDeliveredOnce([...requests, meanwhile]);
});
