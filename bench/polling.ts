/**
 * Looking at the right moment, by simulation: polls and lag of the bot's schedule beside the fixed loops of RunComfy's own
 * clients. Run by itself it prints a table; seeded, so it prints the same one each time.
 */
import { NO_HISTORY } from '../src/services/polling/duration-history.ts';
import { estimateFor, type DurationEstimate } from '../src/services/polling/estimate.ts';
import { learn } from '../src/services/polling/learning.ts';
import { observe, type Observation } from '../src/services/polling/observation.ts';
import { nextLook, promisedLag } from '../src/services/polling/next-look.ts';
import { formatNumber } from './format-numbers.ts';
import { fewestPolls } from './polling-floor.ts';
import { evenly, lognormal, SCENARIOS, seeded, type Scenario, type SimulatedJob } from './polling-scenarios.ts';

/** Mean polls a job, and mean milliseconds from finished to found. */
export interface Cost {
  polls: number;
  lagMs: number;
}

/** What it cost to find one job finished; and what that look taught, where something learns. */
type Way = (job: SimulatedJob) => Cost & { observation?: Observation | undefined };

const KIND = { count: 3, quality: 'fast' } as const;

/**
 * Histories are learnt from the priors on, each from jobs of its own. In each: jobs before anything is measured, jobs
 * after each of which it is measured, and how many are measured then.
 */
export interface Size {
  histories: number;
  warmUp: number;
  learning: number;
  measured: number;
}
const SIZE: Size = { histories: 4, warmUp: 60, learning: 140, measured: 10 };

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
  // The moments of the looks at any job, by when it was first seen generating: the same for all, and so kept.
  const moments = new Map<number | undefined, number[]>();
  const lookAfter = (startedAt: number | undefined, looks: number): number => {
    const known = moments.get(startedAt) ?? [startedAt ?? 0];
    moments.set(startedAt, known);
    for (let now = known.at(-1) ?? 0; known.length <= looks; known.push(now)) {
      now += nextLook({ now, submittedAt: 0, startedAt }, estimate, lagMs);
    }
    return known[looks] ?? Infinity;
  };

  return ({ queueMs, generationMs }) => {
    const finishedAt = queueMs + generationMs;
    let startedAt: number | undefined;
    let lookedAt: number | undefined;
    let polls = 0;
    for (let looks = 1; ; looks += 1) {
      const now = lookAfter(startedAt, looks);
      polls += 1;
      if (now >= finishedAt) {
        const observation = observe(KIND, { submittedAt: 0, startedAt, lookedAt, finishedAt: now });
        return { polls, lagMs: now - finishedAt, observation };
      }
      lookedAt = now;
      if (startedAt === undefined && now >= queueMs) [startedAt, looks] = [now, 0];
    }
  };
}

/** What the bot expects after each of a row of jobs that it found by its own looks; the first is what it expects unlearnt. */
export function expectations(jobs: readonly SimulatedJob[]): DurationEstimate[] {
  let estimates = NO_HISTORY;
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
export function measure(scenario: Scenario, { histories, warmUp, learning, measured }: Size = SIZE): Measured {
  const learnt = Array.from({ length: histories }, (_, history) => {
    const random = seeded(history + 1);
    const taught = Array.from({ length: warmUp + learning }, () => scenario.draw(random));
    return expectations(taught).slice(warmUp + 1);
  }).flat();
  const jobs = evenly(scenario, learnt.length * measured);
  const cost = (scale: number) => {
    const ways = learnt.map((estimate) => bot(estimate, scale * promisedLag(estimate)));
    return meanCost(jobs, (i) => ways[i % ways.length] ?? fixedLoop(2000));
  };
  const loop = (everyMs: number) => meanCost(jobs, () => fixedLoop(everyMs));
  const [two, unlearnt] = [loop(2000), bot(estimateFor(NO_HISTORY, KIND))];
  return {
    scenario,
    loops: [two, loop(3000), loop(5000)],
    share: pollsAtLag(two.lagMs, cost) / two.polls,
    shipped: cost(1),
    unlearnt: meanCost(jobs, () => unlearnt),
  };
}

/** Looks at a mean lag: between the costs of two scales that enclose it, each found by halving. */
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

/** Jobs until the expected duration is within a quarter of the new one after all durations tripled; a mean over runs. */
export function jobsToAdapt(medianMs: number, spread: number, runs = 20): number {
  let jobs = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const random = seeded(seed);
    const draw = (median: number) => ({ queueMs: 0, generationMs: lognormal(random, median, spread) });
    const before = Array.from({ length: 100 }, () => draw(medianMs));
    const after = Array.from({ length: 50 }, () => draw(3 * medianMs));
    const expected = expectations([...before, ...after]).slice(before.length);
    const settled = expected.findIndex(({ generationMs }) => Math.abs(generationMs / (3 * medianMs) - 1) < 0.25);
    jobs += (settled < 0 ? after.length : settled) / runs;
  }
  return jobs;
}

/** The table of all scenarios, as text. */
export function pollingTable(): string {
  const pair = ({ polls, lagMs }: Cost) => `${formatNumber(polls, 1)} / ${formatNumber(lagMs / 1000, 2)}`;
  const rows = SCENARIOS.map((scenario) => {
    const { loops, share, shipped, unlearnt } = measure(scenario);
    const fewest =
      scenario.spread === undefined ? '' : formatNumber(fewestPolls(scenario.medianMs, scenario.spread), 1);
    const promise = `${formatNumber(share, 3)} (${scenario.shareAtMost})`;
    return [scenario.name, ...loops.map(pair), promise, pair(shipped), fewest, pair(unlearnt)];
  });
  const head = [
    'polls / lag in s',
    '2 s loop',
    '3 s loop',
    '5 s loop',
    'share (promise)',
    'shipped',
    'fewest possible',
    'unlearnt',
  ];
  const line = (row: readonly string[]) =>
    row.map((text, i) => (i === 0 ? text.padEnd(24) : text.padStart(16))).join('');
  return [head, ...rows].map(line).join('\n');
}

if (import.meta.main) {
  console.log(pollingTable());
  for (const spread of [0.3, 0.5]) {
    const jobs = formatNumber(jobsToAdapt(45_000, spread), 1);
    console.log(`All durations triple (45 s, spread ${spread}): expected right again after ${jobs} jobs`);
  }
}
