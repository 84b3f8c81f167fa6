/** One history: a world, the bot's processes in it, everything that the plan says, and the judgement. */
import { loadConfig, type Config } from '../src/config.ts';
import { createFleet, type Fleet } from './bots/fleet.ts';
import type { Worlds } from './bots/incarnation.ts';
import { makeStatement } from './bots/statement.ts';
import { createFaults } from './faults/faults.ts';
import { createInvariants } from './invariants/invariants.ts';
import { Violation } from './invariants/violation.ts';
import { createDiary, type DiaryLine } from './kernel/diary.ts';
import { createRandom } from './kernel/random.ts';
import { BEGIN, createVirtualTime, type VirtualTime } from './kernel/virtual-time.ts';
import type { Plan } from './plan.ts';
import { createStrays } from './strays.ts';
import { createDiscordWorld } from './world/discord/discord.ts';
import { createRunComfyWorld } from './world/runcomfy/runcomfy.ts';
import { createStoreWorld } from './world/store/store.ts';
import type { StatementTruth, Truth } from './world/truth.ts';

/** What a history came to, in numbers. */
export interface Statistics {
  events: number;
  jobs: number;
  requests: number;
  pictures: number;
  kills: number;
}

export interface HistoryResult {
  /** The first that was found while it went on, or all that its end shows. */
  violations: readonly Violation[];
  /** The same for the same plan, on any machine. */
  digest: string;
  /** The last lines of its diary; all of them where `trace` was asked for. */
  lines: readonly DiaryLine[];
  statistics: Statistics;
}

/** How far the calm after the plan's end is lived through at a time (milliseconds), and until when every job must have ended. */
const STRETCH = 10 * 60_000;
const REST_WITHIN = 60 * 60_000;

/** What still happens once every job has ended (milliseconds): late edits, reservations that are reclaimed. */
const AFTER_REST = 15 * 60_000;

/** @param trace - whether every line of the diary is kept. */
export async function runHistory({ plan, trace = false }: { plan: Plan; trace?: boolean }): Promise<HistoryResult> {
  const random = createRandom(plan.seed);
  const time = createVirtualTime(random.of('order'));
  const diary = createDiary({ now: () => time.now(), all: trace });
  const faults = createFaults({ plan, time, random: random.of('faults'), diary });
  const ground = { time, random, diary, plan, faults };
  const discord = createDiscordWorld(ground);
  const worlds: Worlds = {
    discord,
    runComfy: createRunComfyWorld(ground, discord.files),
    store: createStoreWorld(ground),
  };
  let statement: ReadonlyMap<string, StatementTruth> = new Map();
  const truth = { ...truthOf(worlds), statement: () => statement, endedAt: () => time.now() };
  const config = configOf(plan);
  const strays = createStrays();
  const fleet = createFleet({ ...ground, random: random.of('bots'), config, worlds, onThrown: strays.thrown });
  const invariants = createInvariants({ truth, plan, config, lives: fleet.lives, time });
  schedule({ plan, time, worlds, fleet });
  let violations: readonly Violation[];
  try {
    await live({
      plan,
      config,
      time,
      truth,
      judge() {
        invariants.afterEvent();
        const [stray] = strays.violations;
        if (stray !== undefined) throw stray;
      },
    });
    statement = await makeStatement({ ...ground, store: worlds.store, retention: config.retention });
    violations = invariants.atEnd();
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violations = [error];
  } finally {
    strays.close();
  }
  return {
    violations,
    digest: diary.digest(),
    lines: diary.lines(),
    statistics: { ...counted(truth), events: time.passed(), kills: fleet.kills() },
  };
}

function truthOf({ discord, runComfy, store }: Worlds): Omit<Truth, 'statement' | 'endedAt'> {
  return {
    interactions: discord.interactions,
    messages: discord.messages,
    told: discord.told,
    failures: discord.failures,
    requests: runComfy.requests,
    calls: runComfy.calls,
    balances: () => runComfy.balances(),
    reservations: () => store.reservations(),
    jobs: () => store.jobs(),
  };
}

function counted(
  truth: Pick<Truth, 'reservations' | 'requests' | 'messages'>,
): Pick<Statistics, 'jobs' | 'requests' | 'pictures'> {
  return {
    jobs: truth.reservations().length,
    requests: truth.requests.length,
    pictures: [...truth.messages.values()].reduce((sum, { pictures }) => sum + pictures.length, 0),
  };
}

const configs = new Map<string, Config>();

/** The bot's settings in a plan. They are read once for all histories that have the same ones. */
function configOf({ settings = {} }: Plan): Config {
  const key = JSON.stringify(settings);
  let config = configs.get(key);
  if (config === undefined) {
    config = loadConfig({ DISCORD_TOKEN: 'a-discord-token', RUNCOMFY_TOKEN: 'a-runcomfy-token', ...settings }, []);
    configs.set(key, config);
  }
  return config;
}

/** Has everything happen at its moment that the plan says. */
function schedule({
  plan,
  time,
  worlds,
  fleet,
}: {
  plan: Plan;
  time: VirtualTime;
  worlds: Worlds;
  fleet: Fleet;
}): void {
  fleet.start();
  for (const act of plan.acts) {
    time.after(act.at, () => {
      if (act.kind === 'operator') fleet.operator(act);
      else worlds.discord.act(act);
    });
  }
  for (const fault of plan.faults) {
    if (fault.kind !== 'freeze' && fault.kind !== 'clock_jump') continue;
    if (fault.kind === 'freeze' && fault.call !== undefined) continue;
    time.after(fault.at, () => {
      fleet.fault(fault);
    });
  }
}

/** Lives through the plan, then through the calm after it until everything is at rest, or should long be. */
async function live({
  plan,
  config,
  time,
  truth,
  judge,
}: {
  plan: Plan;
  config: Config;
  time: VirtualTime;
  truth: Truth;
  judge: () => void;
}): Promise<void> {
  const end = BEGIN + plan.length;
  await time.runUntil(end, judge);
  while (time.now() < end + config.jobDeadline + REST_WITHIN && truth.jobs().live.length > 0) {
    await time.runUntil(time.now() + STRETCH, judge);
  }
  await time.runUntil(time.now() + AFTER_REST, judge);
}
