/**
 * From finished to seen: from RunComfy's answer that holds the pictures' addresses to the whole gallery in the channel,
 * beside a floor that fetches the same pictures from the same stand-in and posts them to the same kind of stand-in.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { Interaction } from '../playground/discord/stand-in.ts';
import { mebibytes, spread, table } from './format-numbers.ts';
import { createSystemUnderTest, until, type SystemUnderTest } from './system-under-test.ts';
import { createLoadGenerator, isDelivered, type LoadGenerator } from './load-generator.ts';

const BARE = new URL('bare-delivery.mjs', import.meta.url).pathname;

/** Pictures a job, and bytes of each. */
const SHAPES = [
  [1, 1_000_000],
  [1, 4_000_000],
  [4, 1_000_000],
  [4, 4_000_000],
  [15, 1_000_000],
  [15, 4_000_000],
] as const;

/** A reply is edited at most every two seconds: a gallery that follows an edit waits so long. It is not what is measured. */
const QUIET = 2100;

/** How many pictures' jobs finish at once where memory is measured. */
const AT_ONCE = 50;

const tookSchema = z.object({ tookMs: z.number(), fetchedMs: z.number(), cpuMs: z.number() });

interface Pair {
  ours: number;
  floor: number;
  /** Processor milliseconds. */
  oursCpu: number;
  floorCpu: number;
}

/** Pictures that a job has in Discord. */
function picturesOf({ channel }: Interaction, load: LoadGenerator): number {
  return load.discord.messages(channel).reduce((sum, { attachments }) => sum + attachments.length, 0);
}

async function deliverOne(
  system: SystemUnderTest,
  floorLoad: LoadGenerator,
  bare: ChildProcess,
  pictures: number,
): Promise<Pair> {
  const { load, runcomfy, bot } = system;
  const [sent] = load.burst(1, { count: pictures });
  if (sent === undefined) throw new Error('No command was sent');
  const before = picturesOf(sent, load);
  const { submits } = await runcomfy.ask();
  await until('it is submitted', async () => (await runcomfy.ask()).submits > submits, 20_000);
  const requestId = (await runcomfy.ask()).newest?.requestId ?? '';
  await runcomfy.ask({ start: requestId });
  // Until the bot has seen it begin, and its last edit is old enough.
  const edits = () => sent.original?.editedAt ?? 0;
  await until('it is shown as begun', () => JSON.stringify(sent.original?.components).length < 10, 20_000);
  await until('the reply is left alone', () => Date.now() - edits() > QUIET, 20_000);
  const cpu = (await bot.measure()).cpuMs;
  const seen = load.discord.until(() => picturesOf(sent, load) === before + pictures, 60_000).then(now);
  await runcomfy.ask({ finish: requestId });
  const seenAt = await seen;
  const { newest } = await runcomfy.ask();
  const oursCpu = (await bot.measure()).cpuMs - cpu;
  const channel = [...(floorLoad.discord.channels.general.guild?.channels.values() ?? [])][0];
  const route = `${floorLoad.discord.apiUrl}/v10/channels/${channel?.id ?? ''}/messages`;
  bare.send({ urls: newest?.images, route, token: floorLoad.discord.token });
  const [answer] = (await once(bare, 'message')) as [unknown];
  const { tookMs, cpuMs } = tookSchema.parse(answer);
  return { ours: seenAt - (newest?.resultAt ?? Number.NaN), floor: tookMs, oursCpu, floorCpu: cpuMs };
}

/** Milliseconds since the epoch, exactly. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

async function shape(pictures: number, bytes: number, repeats: number): Promise<Pair[]> {
  await using system = await createSystemUnderTest({
    runcomfy: { held: true, pictures: 'grainy', pictureBytes: bytes },
  });
  await using floorLoad = await createLoadGenerator({ guilds: 1, rateLimits: false });
  const bare = fork(BARE, [], { execArgv: [] });
  try {
    // The first loads what decodes pictures, and makes connections.
    await deliverOne(system, floorLoad, bare, pictures);
    const pairs: Pair[] = [];
    for (let i = 0; i < repeats; i += 1) pairs.push(await deliverOne(system, floorLoad, bare, pictures));
    return pairs;
  } finally {
    bare.disconnect();
  }
}

/** 50 galleries of 4 pictures of 4 MB finish in the same moment. */
async function memory(galleries: number): Promise<string> {
  await using system = await createSystemUnderTest({
    runcomfy: {
      pictures: 'grainy',
      pictureBytes: 4_000_000,
      durations: { baseMs: 3000, perImageMs: 0, standardFactor: 1, spread: 0 },
    },
  });
  const first = system.load.burst(1, { count: 1 });
  await until('a first picture is delivered', () => first.every(isDelivered), 60_000);
  const idle = await system.bot.measure({ collect: true });
  const began = performance.now();
  const sent = system.load.burst(galleries, { count: 4 });
  await until('all galleries are delivered', () => sent.every(isDelivered), 180_000);
  const seconds = (performance.now() - began) / 1000;
  const { peakRss } = await system.bot.measure();
  const { rss } = await system.bot.measure({ collect: true });
  return (
    `${galleries} galleries of 4 x 4 MB at once: ${seconds.toFixed(1)} s; ` +
    `MiB idle ${mebibytes(idle.rss).toFixed(0)}, peak ${mebibytes(peakRss).toFixed(0)} ` +
    `(+${mebibytes(peakRss - idle.rss).toFixed(0)}), afterwards ${mebibytes(rss).toFixed(0)}`
  );
}

/** @returns the table, over `runs` runs of each shape, and the memory. */
export async function delivery({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  const rows = [['pictures', 'floor ms', 'ours ms', 'ratio (promise: 1.3)', 'floor CPU ms', 'ours CPU ms']];
  for (const [pictures, bytes] of small ? SHAPES.slice(2, 3) : SHAPES) {
    const pairs = await shape(pictures, bytes, Math.max(small ? 2 : 3, runs));
    rows.push([
      `${pictures} x ${bytes / 1e6} MB`,
      spread(pairs.map(({ floor }) => floor)),
      spread(pairs.map(({ ours }) => ours)),
      spread(
        pairs.map(({ ours, floor }) => ours / floor),
        2,
      ),
      spread(pairs.map(({ floorCpu }) => floorCpu)),
      spread(pairs.map(({ oursCpu }) => oursCpu)),
    ]);
  }
  return `${table(rows)}\n${await memory(small ? 10 : AT_ONCE)}`;
}
