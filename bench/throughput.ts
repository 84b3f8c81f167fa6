/** Whole jobs a second, and what one costs: from the acknowledgement to the stored gallery. */
import { spread, table } from './format-numbers.ts';
import { createSystemUnderTest, until, type SystemUnderTest } from './system-under-test.ts';
import { isDelivered } from './load-generator.ts';

/** A kind of job: what RunComfy gives for it. */
export interface Kind {
  name: string;
  /** Pictures of each job and bytes of each. Without pictures the gallery is a link to a video. */
  pictures: number;
  bytes?: number;
}

export const KINDS = [
  { name: 'no picture bytes', pictures: 0 },
  { name: '3 pictures of 50 KB', pictures: 3 },
  { name: '3 pictures of 1 MB', pictures: 3, bytes: 1_000_000 },
] as const satisfies readonly Kind[];

export interface Throughput {
  /** Jobs a second by the clock, and as many as one core's time allows. */
  perSecond: number;
  perCore: number;
  /** Milliseconds of processor a job. */
  cpuMs: number;
  /** Of which RunComfy was asked how the job stands so many times. */
  polls: number;
}

/** Sends jobs in bursts, so that many are under way and the bot is never without work. */
async function run(system: SystemUnderTest, jobs: number): Promise<Throughput> {
  const { load, bot, runcomfy } = system;
  const wave = 50;
  // Code is compiled, connections are made, durations are learnt.
  const warm = load.burst(wave, { count: 3 });
  await until('the first jobs are delivered', () => warm.every(isDelivered), 60_000);
  const polled = (await runcomfy.ask()).polls;
  const before = await bot.measure();
  const began = performance.now();
  let sent: ReturnType<typeof load.burst> = [];
  let all = 0;
  while (all < jobs) {
    const more = Math.min(wave, jobs - all);
    all += more;
    sent = [...sent, ...load.burst(more, { count: 3 })];
    await until(
      'some jobs are delivered',
      () => {
        sent = sent.filter((interaction) => !isDelivered(interaction));
        return sent.length <= 5 * wave;
      },
      120_000,
    );
  }
  await until('all jobs are delivered', () => sent.every(isDelivered), 120_000);
  const seconds = (performance.now() - began) / 1000;
  const cpuMs = ((await bot.measure()).cpuMs - before.cpuMs) / jobs;
  const polls = ((await runcomfy.ask()).polls - polled) / jobs;
  return { perSecond: jobs / seconds, perCore: 1000 / cpuMs, cpuMs, polls };
}

/** Measures one kind of job. */
export async function measureKind(
  { pictures, bytes }: Kind,
  jobs: number,
  environment: Record<string, string> = {},
): Promise<Throughput> {
  await using system = await createSystemUnderTest({
    environment,
    runcomfy: {
      // A model that takes two seconds: the bot looks a few times, and edits its reply as it would.
      durations: { baseMs: 2000, perImageMs: 0, standardFactor: 1, spread: 0 },
      ...(pictures === 0 ? { withheld: 3, videos: 1 } : {}),
      ...(bytes === undefined ? {} : { pictures: 'grainy', pictureBytes: bytes }),
    },
  });
  return await run(system, jobs);
}

/** @returns the table, over `runs` runs. */
export async function throughput({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  const rows = [['whole jobs', 'a second', 'a second and core', 'CPU ms a job', 'looks a job']];
  for (const kind of KINDS) {
    const results: Throughput[] = [];
    for (let i = 0; i < runs; i += 1) results.push(await measureKind(kind, small ? 50 : 300));
    const column = (key: keyof Throughput) =>
      spread(
        results.map((one) => one[key]),
        1,
      );
    rows.push([kind.name, column('perSecond'), column('perCore'), column('cpuMs'), column('polls')]);
  }
  return table(rows);
}
