/**
 * What the bot costs its Redis: commands, bytes over the network, processor time and bytes written to its disk, for each
 * part of a job and for a process that has nothing to do; and the memory that is left behind. Counted by Redis itself
 * (`INFO`), between two moments, less what an idle process asks in that time.
 */
import { systemClock as clock } from '../src/services/clock.ts';
import { createRedisLedger } from '../src/services/storage/redis/ledger.ts';
import { connectTo } from '../test/redis/connect.ts';
import { createRedisServer } from '../test/redis/redis-server.ts';
import { NOON, reservation, UNLIMITED } from '../test/support/sample-reservation.ts';
import { formatNumber, table } from './format-numbers.ts';
import { isDelivered } from './load-generator.ts';
import { createSystemUnderTest, until } from './system-under-test.ts';

type Client = Awaited<ReturnType<typeof connectTo>>['client'];

/** What is counted, by name. `commands` are those that Redis ran, also inside of scripts. */
interface Counted {
  seconds: number;
  commands: number;
  bytes: number;
  /** Microseconds. */
  processor: number;
  /** Bytes appended to its file. */
  written: number;
  /** Bytes of data in memory. */
  memory: number;
}
const KEYS = ['seconds', 'commands', 'bytes', 'processor', 'written', 'memory'] as const;

/** Each count of the first less `times` that of the other, by `divisor`. */
function combine(one: Counted, other: Counted, { times = 1, divisor = 1 } = {}): Counted {
  return Object.fromEntries(KEYS.map((key) => [key, (one[key] - times * other[key]) / divisor])) as unknown as Counted;
}

/** Reads the counts; what reading itself costs is taken out of them. */
function createCounter(client: Client) {
  let own = 0;
  return async (): Promise<Counted> => {
    const info = await client.info('everything');
    const number = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? Number.NaN);
    const ran = [...info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].filter(([, name]) => name !== 'info');
    const before = own;
    own += Buffer.byteLength(info);
    return {
      seconds: performance.now() / 1000,
      commands: ran.reduce((sum, [, , calls]) => sum + Number(calls), 0),
      bytes: number('total_net_input_bytes') + number('total_net_output_bytes') - before,
      processor: (number('used_cpu_user') + number('used_cpu_sys')) * 1e6,
      written: number('aof_current_size'),
      memory: number('used_memory_dataset'),
    };
  };
}

const IDLE = 20_000;
const WATCHED = 30_000;
const WARM = 50;

interface JobCost {
  start: Counted;
  look: Counted;
  end: Counted;
  idle: Counted;
  /** Bytes that a job has left behind. */
  left: number;
}

/** Jobs that start at once, are looked at for a while and end at once, over one process. */
async function measureJobs(jobs: number): Promise<JobCost> {
  await using server = await createRedisServer();
  await using system = await createSystemUnderTest({
    environment: { STORE_URL: server.url },
    runcomfy: { durations: { baseMs: 2000, perImageMs: 0, standardFactor: 1, spread: 0 }, withheld: 3, videos: 1 },
  });
  const { load, runcomfy } = system;
  const redis = await connectTo(server.url);
  await using ends = new AsyncDisposableStack();
  ends.defer(() => {
    redis.close();
  });
  const count = createCounter(redis.client);
  const warm = load.burst(WARM, { count: 3 });
  await until('the first jobs are delivered', () => warm.every(isDelivered), 60_000);

  /** What happens meanwhile, less what an idle process asks, and the looks. */
  async function during(act: () => Promise<unknown>, idle?: Counted): Promise<{ cost: Counted; looks: number }> {
    const [before, polls] = [await count(), (await runcomfy.ask()).polls];
    await act();
    const [after, then] = [await count(), (await runcomfy.ask()).polls];
    const cost = combine(after, before);
    return { cost: idle ? combine(cost, idle, { times: cost.seconds }) : cost, looks: then - polls };
  }

  await clock.sleep(2000);
  const quiet = (await during(() => clock.sleep(IDLE))).cost;
  const idle = combine(quiet, quiet, { times: 0, divisor: quiet.seconds });
  await runcomfy.ask({ conditions: { held: true } });
  const { memory } = await count();
  let sent: ReturnType<typeof load.burst> = [];
  const started = await during(async () => {
    sent = load.burst(jobs, { count: 3 });
    await until('all are submitted', async () => (await runcomfy.ask()).submits >= WARM + jobs, 120_000);
  }, idle);
  const watched = await during(() => clock.sleep(WATCHED), idle);
  const look = combine(watched.cost, watched.cost, { times: 0, divisor: watched.looks });
  const ended = await during(async () => {
    await runcomfy.ask({ conditions: { held: false } });
    await until('all are delivered', () => sent.every(isDelivered), 180_000);
    // The records are closed behind the last message.
    await clock.sleep(3000);
  }, idle);
  return {
    left: ((await count()).memory - memory) / jobs,
    idle,
    look,
    start: combine(started.cost, look, { times: started.looks, divisor: jobs }),
    end: combine(ended.cost, look, { times: ended.looks - jobs, divisor: jobs }),
  };
}

/** Members of servers of fifty, each with so many settled jobs on one day. @returns bytes of memory. */
async function measureLedger(members: number, jobsEach: number): Promise<number> {
  await using server = await createRedisServer();
  const redis = await connectTo(server.url);
  await using ends = new AsyncDisposableStack();
  ends.defer(() => {
    redis.close();
  });
  const count = createCounter(redis.client);
  const ledger = createRedisLedger({ redis, retention: 30 * 24 * 60 * 60_000 });
  await ledger.reserve(reservation('first'), UNLIMITED);
  const before = await count();
  for (let member = 0; member < members; member += 1) {
    const ids = Array.from({ length: jobsEach }, (_, job) =>
      String(1_563_446_109_798_400_000n + BigInt(member * 50 + job)),
    );
    const guildId = String(1_574_318_983_924_940_000n + BigInt(Math.floor(member / 50)));
    const userId = String(1_474_318_983_924_940_000n + BigInt(member));
    await Promise.all(
      ids.map(async (jobId) => {
        await ledger.reserve(reservation(jobId, { guildId, userId, at: NOON }), UNLIMITED);
        await ledger.settle(jobId);
      }),
    );
  }
  return (await count()).memory - before.memory;
}

/** @returns the tables. */
export async function redisCost({ small }: { small: boolean }): Promise<string> {
  const { start, look, end, idle, left } = await measureJobs(small ? 50 : 500);
  const row = (name: string, cost: Counted) => [
    name,
    formatNumber(cost.commands, 1),
    formatNumber(cost.bytes),
    formatNumber(cost.processor),
    formatNumber(cost.written),
  ];
  const members = small ? 200 : 5000;
  const [one, five] = [await measureLedger(members, 1), await measureLedger(members, 5)];
  const eachJob = (five - one) / (4 * members);
  return [
    table([
      ['cost to Redis', 'commands', 'bytes sent', 'processor us', 'bytes written'],
      row('a job, from the command to its submit', start),
      row('a look at it', look),
      row('its end: last look, delivery, settled', end),
      row('a process that does nothing, a second', idle),
    ]),
    table([
      ['memory of Redis', 'bytes'],
      ['a finished job, while it is kept', formatNumber(left)],
      ['of which its reservation', formatNumber(eachJob)],
      ["a member's day beside it", formatNumber(one / members - eachJob)],
    ]),
  ].join('\n\n');
}
