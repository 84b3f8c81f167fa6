/**
 * From finished to seen: from the moment the bot has read the pictures' addresses to the whole gallery in the channel,
 * beside a floor that fetches the same pictures from the same stand-in and posts them, in as many messages, to the same
 * kind of stand-in. Over a shaped network, and over bare loopback, where a processor has nothing to hide behind.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Interaction } from '../playground/discord/stand-in.ts';
import { deliveryMemory } from './delivery-memory.ts';
import { spread, table } from './format-numbers.ts';
import { createLoadGenerator, type LoadGenerator } from './load-generator.ts';
import { SHAPE, startShapedNetwork } from './shaped-network.ts';
import { createSystemUnderTest, until, type SystemUnderTest } from './system-under-test.ts';

/** The floor's process. */
export const BARE = new URL('bare-delivery.mjs', import.meta.url).pathname;

/** Pictures a job, and bytes of each. */
const SHAPES: readonly Shape[] = [
  [1, 1_000_000],
  [1, 4_000_000],
  [4, 1_000_000],
  [4, 4_000_000],
  [15, 1_000_000],
  [15, 4_000_000],
];

/** What either may take, in the floor's time and in its processor time. */
const PROMISES = { shaped: { time: 1.1 }, loopback: { time: 1.4, cpu: 1.7 } };

/** A reply is edited at most every two seconds: a gallery that follows an edit waits so long. It is not what is measured. */
export const QUIET = 2100;

/** Until Discord's answer about a gallery that is seen has been read at the latest (milliseconds). */
const ANSWERED = 200;

/** A job is looked at so often at least, with what its edit takes (milliseconds): what was learnt before says when. */
const LOOKED_AT = 60_000;

type Network = keyof typeof PROMISES;
type Shape = readonly [pictures: number, bytes: number];

const floorSchema = z.object({ beganAt: z.number(), cpuMs: z.number() });

/** Milliseconds from finished to seen, and of processor until the answer that the last message is posted. */
interface Delivered {
  tookMs: number;
  cpuMs: number;
}

/** The bot's delivery and the floor's of the same pictures. */
interface Pair {
  bot: Delivered;
  floor: Delivered;
}

/** The floor: its process, the Discord that it posts to, and how it reaches that. */
interface Floor {
  child: ChildProcess;
  load: LoadGenerator;
  api: string;
}

/** Whether a job's reply offers to cancel it: not once the bot has seen it begin. */
function isCancellable({ original }: Interaction): boolean {
  return JSON.stringify(original?.components).includes('cancel:');
}

/** Pictures in each message that a channel has. */
function sharesIn(channel: Interaction['channel'], { discord }: LoadGenerator): number[] {
  const shares = discord.messages(channel).map(({ attachments }) => attachments.length);
  return shares.filter((share) => share > 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Milliseconds since the epoch, exactly. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Resolves at the moment in which a channel has so many pictures more. */
async function untilSeen(channel: Interaction['channel'], load: LoadGenerator, pictures: number): Promise<number> {
  const before = sum(sharesIn(channel, load));
  await load.discord.until(() => sum(sharesIn(channel, load)) === before + pictures, 60_000);
  return now();
}

/** The bot's delivery of one job; also the addresses of its pictures, and how many each message got. */
async function deliverByBot(
  { load, runcomfy, bot }: SystemUnderTest,
  pictures: number,
): Promise<Delivered & { urls: string[]; shares: number[] }> {
  const { submits } = await runcomfy.ask();
  const [sent] = load.burst(1, { count: pictures });
  if (sent === undefined) throw new Error('No command was sent');
  const messages = sharesIn(sent.channel, load).length;
  await until('it is submitted', async () => (await runcomfy.ask()).submits > submits, 20_000);
  const requestId = (await runcomfy.ask()).newest?.requestId ?? '';
  await runcomfy.ask({ start: requestId });
  // Until the bot has seen it begin, and its last edit is old enough.
  const edits = () => sent.original?.editedAt ?? 0;
  await until('it is shown as begun', () => !isCancellable(sent), LOOKED_AT);
  await until('the reply is left alone', () => Date.now() - edits() > QUIET, 20_000);
  await bot.measure({ follow: true });
  const seen = untilSeen(sent.channel, load, pictures);
  await runcomfy.ask({ finish: requestId });
  const seenAt = await seen;
  const { newest } = await runcomfy.ask();
  await sleep(ANSWERED);
  const { calls } = await bot.measure();
  const { resultAt, resultCpuMs, postedCpuMs } = calls ?? {};
  if (resultAt === undefined || resultCpuMs === undefined || postedCpuMs === undefined) {
    throw new Error("The bot's calls for a result and for its gallery were not followed: nothing was measured");
  }
  return {
    tookMs: seenAt - resultAt,
    cpuMs: postedCpuMs - resultCpuMs,
    urls: newest?.images ?? [],
    shares: sharesIn(sent.channel, load).slice(messages),
  };
}

/** What the floor takes for these pictures, in so many a message. */
export async function deliverByFloor(
  { child, load, api }: Floor,
  { urls, shares }: { urls: string[]; shares: number[] },
): Promise<Delivered> {
  const [channel] = load.discord.channels.general.guild?.channels.values() ?? [];
  if (channel === undefined) throw new Error('The floor has no channel');
  const seen = untilSeen(channel, load, urls.length);
  child.send({ urls, shares, route: `${api}/v10/channels/${channel.id}/messages`, token: load.discord.token });
  const [answer] = (await once(child, 'message')) as [unknown];
  const { beganAt, cpuMs } = floorSchema.parse(answer);
  return { tookMs: (await seen) - beganAt, cpuMs };
}

async function measurePairs(network: Network, [pictures, bytes]: Shape, repeats: number): Promise<Pair[]> {
  await using shaped = network === 'shaped' ? await startShapedNetwork() : undefined;
  await using system = await createSystemUnderTest({
    runcomfy: { held: true, pictures: 'grainy', pictureBytes: bytes },
    network: shaped,
  });
  await using load = await createLoadGenerator({ guilds: 1, rateLimits: false });
  const api = (await (await shaped?.open())?.leadTo(load.discord.apiUrl)) ?? load.discord.apiUrl;
  const child = fork(BARE, [], { execArgv: [] });
  try {
    const pairs: Pair[] = [];
    // The first makes connections, and both run code for the first time.
    for (let i = 0; i <= repeats; i += 1) {
      const { urls, shares, ...bot } = await deliverByBot(system, pictures);
      const floor = await deliverByFloor({ child, load, api }, { urls, shares });
      if (i > 0) pairs.push({ bot, floor });
    }
    return pairs;
  } finally {
    child.disconnect();
  }
}

async function compare(network: Network, shapes: readonly Shape[], repeats: number): Promise<string> {
  const { time, cpu }: { time: number; cpu?: number } = PROMISES[network];
  const promised = cpu === undefined ? '' : ` (promise: ${cpu})`;
  const times = ['floor ms', 'bot ms', `ratio (promise: ${time})`];
  const rows = [['pictures', ...times, 'floor CPU ms', 'bot CPU ms', `ratio${promised}`]];
  for (const shape of shapes) {
    const pairs = await measurePairs(network, shape, repeats);
    const columns = (['tookMs', 'cpuMs'] as const).flatMap((key) => [
      spread(pairs.map(({ floor }) => floor[key])),
      spread(pairs.map(({ bot }) => bot[key])),
      spread(
        pairs.map(({ bot, floor }) => bot[key] / floor[key]),
        2,
      ),
    ]);
    rows.push([`${shape[0]} x ${shape[1] / 1e6} MB`, ...columns]);
  }
  return table(rows);
}

/** @returns the tables, over `runs` runs of each shape, and the memory. */
export async function delivery({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  const shapes = small ? SHAPES.slice(2, 3) : SHAPES;
  const repeats = Math.max(small ? 2 : 3, runs);
  const shaped = `${SHAPE.roundTripMs} ms there and back, ${SHAPE.megabits} Mbit/s each way`;
  return [
    `Over a network (${shaped}):\n${await compare('shaped', shapes, repeats)}`,
    `Over loopback:\n${await compare('loopback', shapes, repeats)}`,
    await deliveryMemory(small ? 10 : 50),
  ].join('\n\n');
}
