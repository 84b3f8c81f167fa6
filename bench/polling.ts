/**
 * Looking at the right moment, by simulation: polls and lag of the bot's schedule beside the fixed loops of the vendor's
 * own clients. Run by itself it prints a table; seeded, so that it prints the same one each time.
 */
import { estimateFor, learn, NOTHING_LEARNT, observe, type Estimates } from '../src/services/estimates.ts';
import { promisedLag, nextLook } from '../src/services/schedule.ts';

/** Milliseconds. */
interface SimulatedJob {
  queueMs: number;
  generationMs: number;
}

export interface Scenario {
  name: string;
  /** Median of generating, in milliseconds; the promised lag is measured by it. */
  medianMs: number;
  /** The promised share of the 2 s loop's polls at its lag. */
  shareAtMost: number;
  draw: (random: () => number) => SimulatedJob;
}

/** What a way of looking costs: polls a job and mean milliseconds from finished to found. */
export interface Cost {
  polls: number;
  lagMs: number;
}

type Looker = (job: SimulatedJob) => Cost;

const JOB = { count: 3, quality: 'fast' } as const;

/** Uniform numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function lognormal(random: () => number, medianMs: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return medianMs * Math.exp(spread * normal);
}

/** The durations of the promise, and two that a lognormal does not fit. */
export const SCENARIOS: readonly Scenario[] = [
  ...[20, 45, 120, 300].flatMap((seconds) =>
    [0.3, 0.4, 0.5].map((spread): Scenario => ({
      name: `median ${seconds} s, spread ${spread}`,
      medianMs: seconds * 1000,
      shareAtMost: spread === 0.3 ? 0.7 : 0.8,
      draw: (random) => ({ queueMs: 0, generationMs: lognormal(random, seconds * 1000, spread) }),
    })),
  ),
  {
    name: 'heavy tail: one in ten takes 3 times as long and more',
    medianMs: 45_000,
    shareAtMost: 0.8,
    // A Pareto tail of exponent 2, cut at ten minutes.
    draw: (random) => ({
      queueMs: 0,
      generationMs:
        random() < 0.1 ? Math.min(135_000 / Math.sqrt(1 - random()), 600_000) : lognormal(random, 45_000, 0.3),
    }),
  },
  {
    name: 'bimodal queue: 2 s or 60 s',
    medianMs: 45_000,
    shareAtMost: 0.8,
    draw: (random) => ({
      queueMs: random() < 0.5 ? lognormal(random, 2000, 0.5) : lognormal(random, 60_000, 0.3),
      generationMs: lognormal(random, 45_000, 0.4),
    }),
  },
];

/** Looks at once, then every `everyMs`: RunComfy's CLI (2 s), its MCP server (3 s) and its nodes (5 s). */
export function fixedLoop(everyMs: number): Looker {
  return ({ queueMs, generationMs }) => {
    const finishedAt = queueMs + generationMs;
    const polls = Math.ceil(finishedAt / everyMs) + 1;
    return { polls, lagMs: (polls - 1) * everyMs - finishedAt };
  };
}

/**
 * The bot: it learns from each job what its own looks showed, and nothing else.
 *
 * @param lagScale multiplies the lag that the schedule aims at; 1 is what is shipped.
 */
export function learningBot(lagScale = 1, learnt: Estimates = NOTHING_LEARNT): Looker {
  let estimates = learnt;
  return ({ queueMs, generationMs }) => {
    const finishedAt = queueMs + generationMs;
    const estimate = estimateFor(estimates, JOB);
    const lagMs = promisedLag(estimate) * lagScale;
    let polls = 0;
    let [now, lookedAt, startedAt]: [number, number | undefined, number | undefined] = [0, undefined, undefined];
    for (;;) {
      now += nextLook({ now, submittedAt: 0, startedAt }, estimate, lagMs);
      polls += 1;
      if (now >= finishedAt) break;
      lookedAt = now;
      if (now >= queueMs) startedAt ??= now;
    }
    const observation = observe(JOB, { submittedAt: 0, startedAt, lookedAt, finishedAt: now });
    if (observation !== undefined) estimates = learn(estimates, observation);
    return { polls, lagMs: now - finishedAt };
  };
}

/** The mean cost of a way of looking over jobs of a scenario, after `warmUp` jobs that are not counted. */
export function simulate(scenario: Scenario, looker: Looker, size: { jobs: number; warmUp: number; seed: number }): Cost {
  const random = seeded(size.seed);
  for (let i = 0; i < size.warmUp; i += 1) looker(scenario.draw(random));
  let [polls, lagMs] = [0, 0];
  for (let i = 0; i < size.jobs; i += 1) {
    const cost = looker(scenario.draw(random));
    polls += cost.polls;
    lagMs += cost.lagMs;
  }
  return { polls: polls / size.jobs, lagMs: lagMs / size.jobs };
}

/** The bot's polls at a mean lag (milliseconds), on the line through the costs of aiming a little below and above it. */
export function pollsAtLag(scenario: Scenario, lagMs: number, size: { jobs: number; warmUp: number; seed: number }): Cost {
  let scale = lagMs / Math.max(1000, 0.015 * scenario.medianMs);
  let cost = simulate(scenario, learningBot(scale), size);
  for (let round = 0; round < 6 && Math.abs(cost.lagMs / lagMs - 1) > 0.003; round += 1) {
    scale *= lagMs / cost.lagMs;
    cost = simulate(scenario, learningBot(scale), size);
  }
  return cost;
}

if (import.meta.main) {
  const size = { jobs: 1500, warmUp: 50, seed: 1 };
  for (const s of SCENARIOS) {
    const two = simulate(s, fixedLoop(2000), size), three = simulate(s, fixedLoop(3000), size), five = simulate(s, fixedLoop(5000), size);
    const same = pollsAtLag(s, two.lagMs, size);
    const ship = simulate(s, learningBot(), size);
    const cold = simulate(s, learningBot(), { jobs: 1, warmUp: 0, seed: 1 });
    const f = (c: Cost) => `${c.polls.toFixed(1)}/${(c.lagMs / 1000).toFixed(2)}`;
    console.log(s.name.padEnd(30), f(two), f(three), f(five), '|', f(same), (same.polls / two.polls).toFixed(3), '|', f(ship), '|', f(cold));
  }
}
