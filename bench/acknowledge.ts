/**
 * Acknowledging: a burst of `/seedream` at once, the bot's first answers beside those of a bare bot that only defers. Both
 * answer the same strict stand-in, which takes its own time over each call: the bot's further calls (its replies' edits)
 * stand in the same line as its acknowledgements. "Calm" is one command every 50 ms, before the burst.
 */
import type { Interaction } from '../playground/discord/stand-in.ts';
import { percentile, spread, table } from './format-numbers.ts';
import { startBareBot, type MeasuredProcess } from './measured-process.ts';
import { createSystemUnderTest, until } from './system-under-test.ts';
import { createLoadGenerator, TOKENS, type LoadGenerator } from './load-generator.ts';

const BURST = 1000;
const GUILDS = 50;
/** Commands before the burst, which find their code compiled. */
const WARM_UP = 20;

/** On a calm evening: so many commands, one every so many milliseconds. */
const CALM = 200;
const CALM_EVERY = 50;

interface Round {
  /** Milliseconds from the interaction to its acknowledgement. */
  p50: number;
  p99: number;
  max: number;
  missed: number;
  /** Milliseconds of processor until all were acknowledged, a command. */
  cpuMs: number;
  /** Milliseconds to an acknowledgement where commands come one at a time. */
  calmP50: number;
  calmP95: number;
}

async function calmly(load: LoadGenerator, commands: number): Promise<number[]> {
  const sent: Interaction[] = [];
  for (let i = 0; i < commands; i += 1) {
    sent.push(...load.burst(1));
    await new Promise((resolve) => setTimeout(resolve, CALM_EVERY));
  }
  await until('the calm commands are acknowledged', () => sent.every(isAcknowledged), 10_000);
  return timesOf(sent);
}

async function round(load: LoadGenerator, bot: MeasuredProcess, size: number, calm: number): Promise<Round> {
  const warm = load.burst(WARM_UP);
  await until('the first commands are acknowledged', () => warm.every(isAcknowledged), 10_000);
  const calmTimes = await calmly(load, calm);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const before = await bot.measure();
  const sent = load.burst(size);
  await until('all commands are acknowledged', () => sent.every(isAcknowledged), 10_000);
  const after = await bot.measure();
  const times = timesOf(sent);
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: Math.max(...times),
    // An answer to the person alone is a refusal.
    missed: sent.filter(({ acknowledgement }) => acknowledgement?.type !== 5).length,
    cpuMs: (after.cpuMs - before.cpuMs) / size,
    calmP50: percentile(calmTimes, 0.5),
    calmP95: percentile(calmTimes, 0.95),
  };
}

/** Milliseconds from each interaction to its acknowledgement. */
function timesOf(sent: readonly Interaction[]): number[] {
  return sent.flatMap(({ acknowledgement }) => acknowledgement?.afterMs ?? []);
}

function isAcknowledged({ acknowledgement }: Interaction): boolean {
  return acknowledgement !== null;
}

async function ours(size: number, calm: number): Promise<Round & { begun: number }> {
  await using system = await createSystemUnderTest({ guilds: GUILDS });
  const results = await round(system.load, system.bot, size, calm);
  const before = WARM_UP + calm;
  const all = before + size;
  const end = performance.now() + 60_000;
  const begun = async () => (await system.runcomfy.ask()).submits;
  await until('all are submitted', async () => (await begun()) === all || performance.now() > end, 70_000);
  return { ...results, begun: (await begun()) - before };
}

async function bare(size: number, calm: number): Promise<Round> {
  await using load = await createLoadGenerator({ guilds: GUILDS });
  await using bot = await startBareBot({ DISCORD_TOKEN: TOKENS.discord, DISCORD_API_URL: load.discord.apiUrl });
  await load.discord.until(() => load.discord.commands().length > 0, 30_000);
  return await round(load, bot, size, calm);
}

/** @returns the table, over `runs` runs. */
export async function acknowledge({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  const [size, calm] = small ? [200, 20] : [BURST, CALM];
  const [own, floor]: [(Round & { begun: number })[], Round[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    floor.push(await bare(size, calm));
    own.push(await ours(size, calm));
  }
  const columns = (rounds: Round[]) => [
    ...(['p50', 'p99', 'max'] as const).map((key) => spread(rounds.map((round) => round[key]))),
    spread(rounds.map(({ missed }) => missed)),
    spread(
      rounds.map(({ cpuMs }) => cpuMs),
      2,
    ),
    ...(['calmP50', 'calmP95'] as const).map((key) =>
      spread(
        rounds.map((round) => round[key]),
        1,
      ),
    ),
  ];
  const ratio = (key: 'p50' | 'p99' | 'max' | 'cpuMs' | 'calmP50' | 'calmP95') =>
    spread(
      own.map((round, i) => round[key] / (floor[i]?.[key] ?? Number.NaN)),
      2,
    );
  return [
    table([
      [
        `${size} /seedream at once`,
        'p50 ms',
        'p99 ms',
        'max ms',
        'not deferred',
        'CPU ms each',
        'calm p50',
        'calm p95',
      ],
      ['bare bot', ...columns(floor)],
      ['bot', ...columns(own)],
      [
        'ratio (promise: p99 1.5)',
        ...(['p50', 'p99', 'max'] as const).map(ratio),
        '',
        ...(['cpuMs', 'calmP50', 'calmP95'] as const).map(ratio),
      ],
    ]),
    `begun after it: ${own.map(({ begun }) => begun).join(', ')} of ${size}`,
  ].join('\n');
}
