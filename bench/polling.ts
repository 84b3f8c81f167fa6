/**
 * Looking at the right moment, by simulation: polls and lag of the bot's schedule beside the fixed loops of RunComfy's own
 * clients. Run by itself it prints a table; seeded, so it prints the same one each time.
 */
import {
  estimateFor,
  learn,
  NOTHING_LEARNT,
  observe,
  type DurationEstimate,
  type Observation,
} from '../src/services/estimates.ts';
import { nextLook, promisedLag } from '../src/services/schedule.ts';

/** A job as it really goes, in milliseconds. */
interface SimulatedJob {
  queueMs: number;
  generationMs: number;
}

/** Numbers from 0 to 1. */
type Numbers = () => number;

export interface Scenario {
  name: string;
  /** Median of generating, in milliseconds: the promised lag goes by it. */
  medianMs: number;
  /** The promised share of the 2 s loop's polls at its lag. */
  shareAtMost: number;
  draw: (numbers: Numbers) => SimulatedJob;
}

/** Mean polls a job, and mean milliseconds from finished to found. */
export interface Cost {
  polls: number;
  lagMs: number;
}

/** What it cost to find one job finished; and what that look taught, where something learns. */
type Way = (job: SimulatedJob) => Cost & { observation?: Observation | undefined };

const KIND = { count: 3, quality: 'fast' } as const;

/** Jobs learnt from before anything is measured, jobs learnt from while measuring, and jobs measured after each of those. */
const SIZE = { warmUp: 50, learning: 150, measured: 12 };

/** Random numbers (mulberry32). */
export function seeded(seed: number): Numbers {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Jobs to measure by, spread evenly over all that a scenario can draw (Roberts' R sequence in five dimensions, more than
 * any scenario needs): a few thousand give means as exact as some hundred thousand random ones.
 */
function evenly(scenario: Scenario, number: number): SimulatedJob[] {
  const root = 1.1347241384015194; // of x^6 = x + 1
  return Array.from({ length: number }, (_, i) => {
    let dimension = 0;
    return scenario.draw(() => {
      dimension += 1;
      return (0.5 + (i + 1) / root ** dimension) % 1;
    });
  });
}

function lognormal(numbers: Numbers, medianMs: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - numbers())) * Math.cos(2 * Math.PI * numbers());
  return medianMs * Math.exp(spread * normal);
}

/** The durations of the promise: lognormal ones, a heavy tail, and a bimodal queue. */
export const SCENARIOS: readonly Scenario[] = [
  ...[20, 45, 120, 300].flatMap((seconds) =>
    [0.3, 0.4, 0.5].map((spread): Scenario => ({
      name: `${seconds} s, spread ${spread}`,
      medianMs: seconds * 1000,
      shareAtMost: spread === 0.3 ? 0.7 : 0.8,
      draw: (numbers) => ({ queueMs: 0, generationMs: lognormal(numbers, seconds * 1000, spread) }),
    })),
  ),
  {
    // One job in ten takes three times the median or more: a Pareto tail of exponent 2, cut at ten minutes.
    name: '45 s, heavy tail',
    medianMs: 45_000,
    shareAtMost: 0.8,
    draw: (numbers) => {
      const usual = numbers() >= 0.1;
      const generationMs = usual
        ? lognormal(numbers, 45_000, 0.3)
        : Math.min(135_000 / Math.sqrt(1 - numbers()), 600_000);
      return { queueMs: 0, generationMs };
    },
  },
  {
    name: '45 s, queue 2 s or 60 s',
    medianMs: 45_000,
    shareAtMost: 0.8,
    draw: (numbers) => {
      const short = numbers() < 0.5;
      const queueMs = short ? lognormal(numbers, 2000, 0.5) : lognormal(numbers, 60_000, 0.3);
      return { queueMs, generationMs: lognormal(numbers, 45_000, 0.4) };
    },
  },
];

/** Looks at once, then every `everyMs`: RunComfy's CLI does so every 2 s, its MCP server 3 s, its nodes 5 s. */
export function fixedLoop(everyMs: number): Way {
  return ({ queueMs, generationMs }) => {
    const finishedAt = queueMs + generationMs;
    const waits = Math.ceil(finishedAt / everyMs);
    return { polls: waits + 1, lagMs: waits * everyMs - finishedAt };
  };
}

/** The bot, by an estimate. It sees of a job what its looks show and nothing else. */
export function bot(estimate: DurationEstimate, lagMs = promisedLag(estimate)): Way {
  return ({ queueMs, generationMs }) => {
    const finishedAt = queueMs + generationMs;
    let polls = 0;
    let now = 0;
    let lookedAt: number | undefined;
    let startedAt: number | undefined;
    for (;;) {
      now += nextLook({ now, submittedAt: 0, startedAt }, estimate, lagMs);
      polls += 1;
      if (now >= finishedAt) break;
      lookedAt = now;
      if (now >= queueMs) startedAt ??= now;
    }
    const observation = observe(KIND, { submittedAt: 0, startedAt, lookedAt, finishedAt: now });
    return { polls, lagMs: now - finishedAt, observation };
  };
}

/** What the bot expects after each of a row of jobs that it found by its own looks; the first is what it expects unlearnt. */
export function expectations(jobs: readonly SimulatedJob[], before = NOTHING_LEARNT): DurationEstimate[] {
  let estimates = before;
  const expected = [estimateFor(estimates, KIND)];
  let latest = expected[0];
  for (const job of jobs) {
    if (latest === undefined) break;
    const { observation } = bot(latest)(job);
    if (observation !== undefined) estimates = learn(estimates, observation);
    latest = estimateFor(estimates, KIND);
    expected.push(latest);
  }
  return expected;
}

/** The mean cost over jobs, each found by its own way. */
export function meanCost(jobs: readonly SimulatedJob[], wayOf: (index: number) => Way): Cost {
  let [polls, lagMs] = [0, 0];
  for (const [index, job] of jobs.entries()) {
    const cost = wayOf(index)(job);
    polls += cost.polls / jobs.length;
    lagMs += cost.lagMs / jobs.length;
  }
  return { polls, lagMs };
}

export interface Measured {
  scenario: Scenario;
  /** The fixed loops of 2 s, 3 s and 5 s. */
  loops: readonly [Cost, Cost, Cost];
  /** The bot's polls at the mean lag of the 2 s loop, as a share of the loop's. */
  share: number;
  shipped: Cost;
  /** The first job ever: by the priors alone. */
  unlearnt: Cost;
}

/** Measures one scenario. */
export function measure(scenario: Scenario, { warmUp, learning, measured } = SIZE, seed = 1): Measured {
  const random = seeded(seed);
  const taught = Array.from({ length: warmUp + learning }, () => scenario.draw(random));
  const expected = expectations(taught).slice(0, -1);
  const learnt = expected.slice(warmUp);
  const jobs = evenly(scenario, learning * measured);
  const cost = (scale: number) => {
    const ways = learnt.map((estimate) => bot(estimate, scale * promisedLag(estimate)));
    return meanCost(jobs, (i) => ways[i % ways.length] ?? fixedLoop(2000));
  };
  const loop = (everyMs: number) => meanCost(jobs, () => fixedLoop(everyMs));
  const [two, unlearnt] = [loop(2000), bot(estimateFor(NOTHING_LEARNT, KIND))];
  return {
    scenario,
    loops: [two, loop(3000), loop(5000)],
    share: pollsAtLag(two.lagMs, cost) / two.polls,
    shipped: cost(1),
    unlearnt: meanCost(jobs, () => unlearnt),
  };
}

/** Polls at a mean lag: between the costs of two scales that enclose it, each found by halving. */
function pollsAtLag(lagMs: number, cost: (scale: number) => Cost): number {
  let low = { scale: 0, cost: { polls: Infinity, lagMs: 0 } };
  let high = { scale: Infinity, cost: { polls: 0, lagMs: Infinity } };
  let scale = 0.9;
  for (let round = 0; round < 8; round += 1) {
    const here = { scale, cost: cost(scale) };
    if (here.cost.lagMs < lagMs) low = here;
    else high = here;
    if (Math.abs(here.cost.lagMs / lagMs - 1) < 0.002) return here.cost.polls;
    const guess = (scale * lagMs) / here.cost.lagMs;
    scale = guess > low.scale && guess < high.scale ? guess : (low.scale + Math.min(high.scale, 4 * low.scale)) / 2;
  }
  const between = (lagMs - low.cost.lagMs) / (high.cost.lagMs - low.cost.lagMs);
  return low.cost.polls + between * (high.cost.polls - low.cost.polls);
}

/** Jobs until the expected duration is within a quarter of the new one after all durations tripled; mean of 20 runs. */
export function jobsToAdapt(medianMs: number, spread: number): number {
  let jobs = 0;
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = seeded(seed);
    const draw = (median: number) => ({ queueMs: 0, generationMs: lognormal(random, median, spread) });
    const before = Array.from({ length: 100 }, () => draw(medianMs));
    const after = Array.from({ length: 100 }, () => draw(3 * medianMs));
    const expected = expectations([...before, ...after]).slice(before.length);
    const settled = expected.findIndex(({ generationMs }) => Math.abs(generationMs / (3 * medianMs) - 1) < 0.25);
    jobs += (settled < 0 ? after.length : settled) / 20;
  }
  return jobs;
}

/** The table of all scenarios, as text. */
export function pollingTable(): string {
  const pair = ({ polls, lagMs }: Cost) => `${polls.toFixed(1)} / ${(lagMs / 1000).toFixed(2)}`;
  const rows = SCENARIOS.map((scenario) => {
    const { loops, share, shipped, unlearnt } = measure(scenario);
    const promise = `${share.toFixed(3)} (${scenario.shareAtMost})`;
    return [scenario.name, ...loops.map(pair), promise, pair(shipped), pair(unlearnt)];
  });
  const head = ['polls / lag in s', '2 s loop', '3 s loop', '5 s loop', 'share (promise)', 'shipped', 'unlearnt'];
  const line = (row: readonly string[]) =>
    row.map((text, i) => (i === 0 ? text.padEnd(24) : text.padStart(16))).join('');
  return [head, ...rows].map(line).join('\n');
}

if (import.meta.main) {
  console.log(pollingTable());
  for (const spread of [0.3, 0.5]) {
    const jobs = jobsToAdapt(45_000, spread).toFixed(1);
    console.log(`All durations triple (45 s, spread ${spread}): expected right again after ${jobs} jobs`);
  }
}
