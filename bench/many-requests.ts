/**
 * A gallery that fills: jobs of eight requests whose pictures are finished one after another. From the look that finds the first
 * to its being seen, from the look that finds the last to the whole gallery, and how often the message is edited.
 */
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Interaction } from '../playground/discord/stand-in.ts';
import { BARE, deliverByFloor, QUIET } from './delivery.ts';
import { spread, table } from './format-numbers.ts';
import { createLoadGenerator, isDelivered, type LoadGenerator } from './load-generator.ts';
import type { JobReport } from './runcomfy.ts';
import { createSystemUnderTest, until, type SystemUnderTest } from './system-under-test.ts';

const PICTURES = 8;
const BYTES = 1_000_000;

/** Between two finishes (milliseconds). */
const APART = 2000;

/** What is promised: milliseconds, edits of a job, and the floor's times. */
const PROMISES = { first: 1500, edits: 10, whole: 1.3 };

interface Filled {
  /** From the look that found it to its being seen: the first, and with the last the whole gallery (milliseconds). */
  firstMs: number;
  wholeMs: number;
  /** Edits of the message, from its beginning on. */
  edits: number;
  urls: string[];
}

/** Resolves at the moment in which a job's reply has so many pictures at least (milliseconds since the epoch). */
async function seen(sent: Interaction, pictures: number, { discord }: LoadGenerator): Promise<number> {
  await discord.until(() => (sent.original?.attachments.length ?? 0) >= pictures, 60_000);
  return performance.timeOrigin + performance.now();
}

async function requestsOf({ runcomfy }: SystemUnderTest): Promise<JobReport[]> {
  const { jobs = [] } = await runcomfy.ask({ jobs: true });
  return jobs.slice(-PICTURES);
}

async function fill(system: SystemUnderTest): Promise<Filled> {
  const { load, runcomfy } = system;
  const { submits } = await runcomfy.ask();
  const [sent] = load.burst(1, { count: PICTURES });
  if (sent === undefined) throw new Error('No command was sent');
  await until('all are submitted', async () => (await runcomfy.ask()).submits === submits + PICTURES, 30_000);
  const ids = (await requestsOf(system)).map(({ requestId }) => requestId);
  for (const start of ids) await runcomfy.ask({ start });
  await until('it is shown as begun', () => JSON.stringify(sent.original?.components).length < 10, 30_000);
  await until('the reply is left alone', () => Date.now() - (sent.original?.editedAt ?? 0) > QUIET, 30_000);
  const first = seen(sent, 1, load);
  const whole = seen(sent, PICTURES, load);
  for (const finish of ids) {
    await runcomfy.ask({ finish });
    await sleep(APART);
  }
  const [firstAt, wholeAt] = await Promise.all([first, whole]);
  await until('its gallery is closed', () => isDelivered(sent), 30_000);
  const requests = await requestsOf(system);
  const found = requests.flatMap(({ foundAt }) => foundAt ?? []);
  return {
    firstMs: firstAt - Math.min(...found),
    wholeMs: wholeAt - Math.max(...found),
    edits: (sent.original?.versions.length ?? Number.NaN) - 1,
    urls: requests.flatMap(({ images }) => images),
  };
}

/** @returns the table, over at least three jobs. */
export async function manyRequests({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  await using system = await createSystemUnderTest({
    runcomfy: { held: true, pictures: 'grainy', pictureBytes: BYTES },
    environment: { RUNCOMFY_MODELS: 'bytedance/seedream-5/lite/text-to-image' },
  });
  await using load = await createLoadGenerator({ guilds: 1, rateLimits: false });
  const child = fork(BARE, [], { execArgv: [] });
  try {
    const jobs: Filled[] = [];
    const floors: number[] = [];
    // The first makes connections, and both run code for the first time.
    for (let job = 0; job <= Math.max(small ? 1 : 3, runs); job += 1) {
      const filled = await fill(system);
      const { urls } = filled;
      const floor = await deliverByFloor({ child, load, api: load.discord.apiUrl }, { urls, shares: [urls.length] });
      if (job === 0) continue;
      jobs.push(filled);
      floors.push(floor.tookMs);
    }
    const ratios = jobs.map(({ wholeMs }, job) => wholeMs / (floors[job] ?? Number.NaN));
    return table([
      ['jobs of 8 pictures of 1 MB, finished 2 s apart', 'promise', 'measured'],
      [
        'first picture seen after the look that found it, ms',
        `${PROMISES.first}`,
        spread(jobs.map((each) => each.firstMs)),
      ],
      ['edits of a job', `${PROMISES.edits}`, spread(jobs.map((each) => each.edits))],
      ['floor: all eight fetched and posted, ms', '', spread(floors)],
      ['whole gallery seen after the look that found the last, ms', '', spread(jobs.map((each) => each.wholeMs))],
      ['the same in times of the floor', `${PROMISES.whole}`, spread(ratios, 2)],
    ]);
  } finally {
    child.disconnect();
  }
}
