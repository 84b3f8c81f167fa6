/** Many histories, one after another: what they came to, and the smallest that show what was broken. */
import { runHistory, type Statistics } from './history.ts';
import type { Violation } from './invariants/violation.ts';
import type { DiaryLine } from './kernel/diary.ts';
import { commandFor, type Drawing } from './options.ts';
import type { Plan } from './plan.ts';
import { drawPlan } from './people/people.ts';
import { idsOf, shrink } from './shrink.ts';

/** A history that broke something, made small. */
export interface Failure {
  seed: number;
  violations: readonly Violation[];
  /** The last lines of the diary of the smaller plan. */
  lines: readonly DiaryLine[];
  plan: Plan;
  smaller: Plan;
  /** Runs the smaller plan. */
  command: string;
  /** All seeds that broke the same invariant first. */
  seeds: readonly number[];
}

export interface Campaign {
  histories: number;
  failed: number;
  totals: Statistics;
  /** That the processor worked. */
  seconds: number;
  /** MiB that the process had at most while it ran. */
  memory: number;
  /** One of each kind, the first first. */
  failures: readonly Failure[];
}

/** How often a history is run again to make it smaller, and for how many kinds of failure that is done. */
const SHRINKING_RUNS = 300;
const SHRUNK_KINDS = 5;

/** The invariant that a plan breaks first, if it breaks one. */
async function brokenBy(plan: Plan): Promise<string | undefined> {
  const { violations } = await runHistory({ plan });
  return violations[0]?.invariant;
}

async function describeFailure(drawing: Drawing, seeds: readonly number[]): Promise<Failure> {
  const [seed = 0] = seeds;
  const plan = drawPlan({ seed, ...drawing });
  const invariant = await brokenBy(plan);
  const fails = async (smaller: Plan) => (await brokenBy(smaller)) === invariant;
  const smaller = await shrink({ plan, fails, runs: SHRINKING_RUNS });
  const { violations, lines } = await runHistory({ plan: smaller });
  return { seed, violations, lines, plan, smaller, command: commandFor(drawing, seed, idsOf(smaller)), seeds };
}

/** @param progress - called after each history with how many are done, and how many of them broke something. */
export async function runCampaign({
  drawing,
  seeds,
  progress = () => undefined,
}: {
  drawing: Drawing;
  seeds: readonly number[];
  progress?: (done: number, failed: number) => void;
}): Promise<Campaign> {
  const began = process.cpuUsage();
  const totals: Statistics = { events: 0, jobs: 0, requests: 0, pictures: 0, kills: 0 };
  const kinds = new Map<string, number[]>();
  let failed = 0;
  let memory = 0;
  for (const [index, seed] of seeds.entries()) {
    const { violations, statistics } = await runHistory({ plan: drawPlan({ seed, ...drawing }) });
    for (const name of Object.keys(totals) as (keyof Statistics)[]) totals[name] += statistics[name];
    memory = Math.max(memory, process.memoryUsage.rss() / 2 ** 20);
    const kind = violations[0]?.invariant;
    if (kind !== undefined) {
      failed += 1;
      kinds.set(kind, [...(kinds.get(kind) ?? []), seed]);
    }
    progress(index + 1, failed);
  }
  const used = process.cpuUsage(began);
  const seconds = (used.user + used.system) / 1e6;
  const failures: Failure[] = [];
  for (const each of [...kinds.values()].slice(0, SHRUNK_KINDS)) failures.push(await describeFailure(drawing, each));
  return { histories: seeds.length, failed, totals, seconds, memory, failures };
}
