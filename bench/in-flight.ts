/** Thousands of jobs in flight: memory a job, how late the event loop comes, how evenly the looks are spread. */
import { percentile, spread, table } from './format-numbers.ts';
import { createSystemUnderTest, until } from './system-under-test.ts';

const JOBS = 5000;
const WAVE = 250;
/** How long all are in flight before anything is measured, and while it is (milliseconds). */
const SETTLE = 70_000;
const WATCHED = 30_000;

interface InFlight {
  jobs: number;
  /** Bytes a job, after a collection: of the heap and its buffers, and of the whole process. */
  heap: number;
  rss: number;
  delayP50Ms: number;
  delayP99Ms: number;
  delayMaxMs: number;
  looksPerSecond: number;
  /** Looks in the busiest second and in the calmest, as a share of the mean. */
  busiest: number;
  calmest: number;
  cpuShare: number;
}

async function measureInFlight(jobs: number, settle: number): Promise<InFlight> {
  // A model that takes an hour: no job ends meanwhile.
  const durations = { baseMs: 3_600_000, perImageMs: 0, standardFactor: 1, spread: 0 };
  await using system = await createSystemUnderTest({ runcomfy: { durations } });
  const { load, bot, runcomfy } = system;
  const warm = load.burst(WAVE);
  const begun = async (number: number) => {
    await until(`${number} jobs are submitted`, async () => (await runcomfy.ask()).submits >= number, 120_000);
  };
  await begun(warm.length);
  const empty = await bot.measure({ collect: true });
  for (let sent = 0; sent < jobs; sent += WAVE) {
    load.burst(Math.min(WAVE, jobs - sent));
    await begun(warm.length + Math.min(sent + WAVE, jobs));
  }
  await new Promise((resolve) => setTimeout(resolve, settle));
  const full = await bot.measure({ collect: true });
  await runcomfy.ask({ forget: true });
  const from = Math.ceil(Date.now() / 1000);
  const watched = await bot.measure({ watch: true });
  await new Promise((resolve) => setTimeout(resolve, WATCHED));
  const { delayP50Ms, delayP99Ms, delayMaxMs, cpuMs } = await bot.measure();
  const seconds = new Map<number, number>();
  for (const [tenth, looks] of (await runcomfy.ask()).looks) {
    const second = Math.floor(tenth / 10) - from;
    if (second >= 0 && second < WATCHED / 1000 - 1) seconds.set(second, (seconds.get(second) ?? 0) + looks);
  }
  const counts = Array.from({ length: WATCHED / 1000 - 1 }, (_, second) => seconds.get(second) ?? 0);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const held = (one: typeof full) => one.heapUsed + one.external;
  return {
    jobs,
    heap: (held(full) - held(empty)) / jobs,
    rss: (full.rss - empty.rss) / jobs,
    delayP50Ms,
    delayP99Ms,
    delayMaxMs,
    looksPerSecond: mean,
    busiest: percentile(counts, 1) / mean,
    calmest: percentile(counts, 0) / mean,
    cpuShare: (cpuMs - watched.cpuMs) / WATCHED,
  };
}

/** @returns the table: a quarter of the jobs and all of them show how cost grows. */
export async function inFlight({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  const rows = [
    [
      'jobs in flight',
      'KB a job (12)',
      'RSS KB a job',
      'loop p50 ms',
      'p99 ms (20)',
      'max ms',
      'looks/s',
      'busiest',
      'calmest',
      'core used',
    ],
  ];
  for (const jobs of small ? [250] : [JOBS / 4, JOBS]) {
    const results: InFlight[] = [];
    for (let i = 0; i < runs; i += 1) results.push(await measureInFlight(jobs, small ? 5000 : SETTLE));
    const column = (key: keyof InFlight, digits: number, unit = 1) =>
      spread(
        results.map((one) => one[key] / unit),
        digits,
      );
    rows.push([
      String(jobs),
      column('heap', 1, 1000),
      column('rss', 1, 1000),
      column('delayP50Ms', 1),
      column('delayP99Ms', 1),
      column('delayMaxMs', 0),
      column('looksPerSecond', 0),
      column('busiest', 2),
      column('calmest', 2),
      column('cpuShare', 2),
    ]);
  }
  return table(rows);
}
