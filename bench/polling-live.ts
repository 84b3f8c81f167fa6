/**
 * Looking at the right moment, live: the real bot, and bare fixed loops beside it, find the same jobs of RunComfy's
 * stand-in finished, in real time and over real sockets. The stand-in counts the looks at each job and notes the first that
 * it answers with completed; the lag is from the moment it has the job finished to that answer. This is the counterpart of
 * the simulation in `polling.ts`, and draws its jobs from the same scenarios.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { formatNumber, spread, table } from './format-numbers.ts';
import { promisedLagMs, SCENARIOS, seeded, type Scenario, type SimulatedJob } from './polling-scenarios.ts';
import type { Cost } from './polling.ts';
import type { JobReport, Order, RunComfyProcess } from './runcomfy.ts';
import { createSystemUnderTest, until, type SystemUnderTest } from './system-under-test.ts';
import { isDelivered, TOKENS } from './load-generator.ts';

const LIVE = ['20 s, spread 0.3', '45 s, spread 0.4', '45 s, queue 2 s or 60 s'];
/** These take most of half an hour. */
const LONG = ['45 s, heavy tail', '120 s, spread 0.4', '300 s, spread 0.3'];
const LOOPS_MS = [2000, 3000, 5000];
/** Jobs are begun so far apart (milliseconds). */
const APART_MS = 400;
const PHASE_MS = 15 * 60_000;

/** Jobs the bot learns from before anything is measured, and jobs measured in each way. */
interface Size {
  warmUp: number;
  measured: number;
}

const headers = { authorization: `Bearer ${TOKENS.runcomfy}`, 'content-type': 'application/json' };
const submittedSchema = z.object({ request_id: z.string() });
const statusSchema = z.object({ status: z.string() });

/** Submits a job as a client of its own. @returns its request id. */
async function submit({ url }: RunComfyProcess): Promise<string> {
  const body = JSON.stringify({ text: 'Generate 3 images of a beautiful sunset over a calm ocean.' });
  const answer = await request(`${url}/models/bytedance/seedream-4-0/sequential`, { method: 'POST', headers, body });
  return submittedSchema.parse(await answer.body.json()).request_id;
}

/** The fixed loop: looks at once, and then so long after each answer, until the job is completed. */
async function loop({ url }: RunComfyProcess, requestId: string, everyMs: number): Promise<void> {
  for (;;) {
    const answer = await request(`${url}/requests/${requestId}/status`, { headers });
    if (statusSchema.parse(await answer.body.json()).status === 'completed') return;
    await wait(everyMs);
  }
}

/** One job that is being looked at. */
interface Attempt {
  requestId: string;
  submittedAt: number;
  /** @throws when its way of looking failed. */
  isFound: () => boolean;
}

async function throughLoop(runcomfy: RunComfyProcess, everyMs: number): Promise<Attempt> {
  const requestId = await submit(runcomfy);
  const submittedAt = Date.now();
  let isOver = false;
  let failure: Error | undefined;
  loop(runcomfy, requestId, everyMs).then(
    () => (isOver = true),
    (cause: unknown) => (failure = new Error('A fixed loop failed', { cause })),
  );
  const isFound = () => {
    if (failure !== undefined) throw failure;
    return isOver;
  };
  return { requestId, submittedAt, isFound };
}

/** Has a member ask the bot for pictures, and waits until the bot has submitted the job. */
async function throughBot({ load, runcomfy }: SystemUnderTest): Promise<Attempt> {
  let state = await runcomfy.ask();
  const before = state.submits;
  const [interaction] = load.burst(1, { count: 3 });
  const isSubmitted = async () => (state = await runcomfy.ask()).submits > before;
  await until('the bot has submitted a job', isSubmitted, 30_000);
  if (interaction === undefined || state.newest === undefined) throw new Error('A submit without a job');
  const { requestId, createdAt } = state.newest;
  // Not before it is delivered: only then has the bot surely learnt from it.
  return { requestId, submittedAt: createdAt, isFound: () => isDelivered(interaction) };
}

/** Has a held job start and finish when it was drawn to, counted from its submit. @returns what calls that off. */
function play(runcomfy: RunComfyProcess, { requestId, submittedAt }: Attempt, job: SimulatedJob): () => void {
  const after = (milliseconds: number, order: Order) =>
    setTimeout(() => void runcomfy.ask(order), Math.max(0, submittedAt + milliseconds - Date.now()));
  const timers = [
    after(job.queueMs, { start: requestId }),
    after(job.queueMs + job.generationMs, { finish: requestId }),
  ];
  return () => {
    timers.forEach(clearTimeout);
  };
}

/**
 * Begins each of the jobs once in every fixed loop and once through the bot, and waits until all are found. Only one is
 * submitted at a time: so the newest job, when the bot has submitted, is the bot's.
 *
 * @returns the request ids of each loop's jobs, and last those of the bot's.
 */
async function phase(
  system: SystemUnderTest,
  jobs: readonly SimulatedJob[],
  loopsMs: readonly number[],
): Promise<string[][]> {
  const ways = [...loopsMs.map((everyMs) => () => throughLoop(system.runcomfy, everyMs)), () => throughBot(system)];
  const attempts = ways.map((): Attempt[] => []);
  // Where something fails, nothing may be ordered of a stand-in that has ended.
  using orders = new DisposableStack();
  for (const job of jobs) {
    const next = wait(APART_MS);
    for (const [way, begin] of ways.entries()) {
      const attempt = await begin();
      attempts[way]?.push(attempt);
      orders.defer(play(system.runcomfy, attempt, job));
    }
    await next;
  }
  await until('all jobs are found', () => attempts.flat().every(({ isFound }) => isFound()), PHASE_MS);
  return attempts.map((ofWay) => ofWay.map(({ requestId }) => requestId));
}

/** The mean cost of finding these jobs finished, as the stand-in saw it. */
function meanCost(requestIds: readonly string[], reports: ReadonlyMap<string, JobReport>): Cost {
  let [polls, lagMs] = [0, 0];
  for (const requestId of requestIds) {
    const report = reports.get(requestId);
    // A job nobody found makes the mean no number, which ends the part.
    polls += (report?.statusPolls ?? Number.NaN) / requestIds.length;
    lagMs += ((report?.foundAt ?? Number.NaN) - (report?.finishedAt ?? Number.NaN)) / requestIds.length;
  }
  return { polls, lagMs };
}

/** Measures one scenario between stand-ins of its own. @returns the costs of the loops, and last the bot's. */
async function measure(scenario: Scenario, { warmUp, measured }: Size, run: number): Promise<Cost[]> {
  const draw = (seed: number, length: number) => {
    const numbers = seeded(seed);
    return Array.from({ length }, () => scenario.draw(numbers));
  };
  await using system = await createSystemUnderTest({ runcomfy: { held: true } });
  await phase(system, draw(2 * run + 1, warmUp), []);
  const requestIds = await phase(system, draw(2 * run + 2, measured), LOOPS_MS);
  const { jobs = [] } = await system.runcomfy.ask({ jobs: true });
  const reports = new Map(jobs.map((report) => [report.requestId, report]));
  return requestIds.map((ids) => meanCost(ids, reports));
}

/** Measures the scenarios, all at the same time, `runs` times over. @returns the table. */
export async function pollingLive({
  runs,
  small,
  long,
}: {
  runs: number;
  small: boolean;
  long: boolean;
}): Promise<string> {
  const size: Size = small ? { warmUp: 10, measured: 10 } : { warmUp: 60, measured: 100 };
  const names = small ? LIVE.slice(0, 1) : [...LIVE, ...(long ? LONG : [])];
  const scenarios = SCENARIOS.filter(({ name }) => names.includes(name));
  // By run, scenario and way of looking.
  const costs: Cost[][][] = [];
  for (let run = 0; run < runs; run += 1) {
    costs.push(await Promise.all(scenarios.map((scenario) => measure(scenario, size, run))));
  }
  const loops = LOOPS_MS.map((everyMs) => `${everyMs / 1000} s loop`);
  const rows = scenarios.map(({ name, medianMs }, place) => {
    const cells = [...loops, 'bot'].map((_, way) => {
      const ofWay = costs.flatMap((run) => run[place]?.[way] ?? []);
      const polls = ofWay.map((cost) => cost.polls);
      const lags = ofWay.map(({ lagMs }) => lagMs / 1000);
      return `${spread(polls, 1)} / ${spread(lags, 2)}`;
    });
    return [name, ...cells, formatNumber(promisedLagMs(medianMs) / 1000, 2)];
  });
  return table([[`polls / lag s, ${size.measured} jobs each`, ...loops, 'bot', 'promise'], ...rows]);
}
