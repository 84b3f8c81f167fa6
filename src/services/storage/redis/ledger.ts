/** The ledger in Redis: each write is one Lua script, so that it is exact over any number of processes. */
import { z } from 'zod';
import { FORGOTTEN, oldestKept, type Ledger, type PastReservation } from '../../ledger/ledger.ts';
import {
  checkLimits,
  utcDay,
  utcDaysBetween,
  utcMonth,
  type LimitName,
  type Limits,
  type Usage,
} from '../../ledger/limits.ts';
import { JOB_RECORDS } from '../records.ts';
import { StoreError } from '../storage.ts';
import type { Redis } from './connection.ts';
import { SEPARATOR } from './records.ts';
import { keys, FINISH, FORGET, LOAD, RESERVE, SWEEP, USAGE } from './lua/ledger.ts';

/** How many one script of a sweep takes at most, so that Redis is never held up. */
const SWEPT_AT_ONCE = 200;

/** The limits in the order the scripts know them. */
const ORDER: LimitName[] = [
  'userActiveJobs',
  'guildActiveJobs',
  'userDailyImages',
  'guildDailyImages',
  'guildMonthlyImages',
  'totalMonthlyImages',
];

/** What stands before a job's id in the keys of its records. */
const RECORDS = JOB_RECORDS.map((namespace) => `${namespace}${SEPARATOR}`);

const usageSchema = z.array(z.number()).length(ORDER.length);
const reserveSchema = z.union([z.literal('reserved'), z.literal('repeated'), usageSchema]);
const loadedSchema = z.array(
  z.tuple([
    z.string(),
    z.string(),
    z.string(),
    z.coerce.number(),
    z.coerce.number(),
    z.enum(['held', 'settled', 'released']),
  ]),
);
const sweptSchema = z.tuple([z.number(), z.number()]);

function toUsage(numbers: number[]): Usage {
  const of = (name: LimitName) => numbers[ORDER.indexOf(name)] ?? 0;
  return {
    userActiveJobs: of('userActiveJobs'),
    guildActiveJobs: of('guildActiveJobs'),
    userDailyImages: of('userDailyImages'),
    guildDailyImages: of('guildDailyImages'),
    guildMonthlyImages: of('guildMonthlyImages'),
    totalMonthlyImages: of('totalMonthlyImages'),
  };
}

/** @param retention - how long a member's past reservations are to be found at least, in milliseconds. */
export function createRedisLedger({ redis, retention = 0 }: { redis: Redis; retention?: number }): Ledger {
  const run = (script: string, args: string[]): Promise<unknown> =>
    redis.call((client) => client.eval(script, { keys: [], arguments: args }));

  async function load(which: 'all' | 'named', jobIds: string[]): Promise<PastReservation[]> {
    if (jobIds.length === 0) return [];
    const rows = loadedSchema.parse(await run(LOAD, [which, ...jobIds]));
    return rows.map(([jobId, guildId, userId, images, at, state]) => ({ jobId, guildId, userId, images, at, state }));
  }

  async function sweep(at: number, oldest: number): Promise<number> {
    let dropped = 0;
    for (;;) {
      const args = [utcDay(at), FORGOTTEN, String(oldest), String(SWEPT_AT_ONCE), ...RECORDS];
      const [names, now] = sweptSchema.parse(await run(SWEEP, args));
      dropped += now;
      if (names < SWEPT_AT_ONCE && now < SWEPT_AT_ONCE) return dropped;
    }
  }

  const allowed = (limits: Limits) => ORDER.map((name) => String(limits[name] ?? ''));

  return {
    async reserve({ jobId, guildId, userId, images, at }, limits) {
      const job = [jobId, guildId, userId, String(images), String(at), utcDay(at), utcMonth(at)];
      const answer = reserveSchema.parse(await run(RESERVE, [...job, ...allowed(limits)]));
      if (answer === 'reserved' || answer === 'repeated') return { outcome: answer };
      const refusal = checkLimits(images, toUsage(answer), limits, at);
      if (refusal === undefined) throw new StoreError('The ledger refused what its limits allow');
      return { outcome: 'refused', refusal };
    },

    async settle(jobId) {
      await run(FINISH, [jobId, 'settled']);
    },

    async release(jobId) {
      await run(FINISH, [jobId, 'released']);
    },

    async usage(guildId, userId, at) {
      return toUsage(usageSchema.parse(await run(USAGE, [guildId, userId, utcDay(at), utcMonth(at)])));
    },

    async held() {
      const found = await load('all', await redis.call((client) => client.zRange(keys.held, 0, -1)));
      return found.map(({ jobId, guildId, userId, images, at }) => ({ jobId, guildId, userId, images, at }));
    },

    async recent({ userId, guildId, since, before, after, limit }) {
      const jobIds = await redis.call((client) =>
        client.zRange(keys.by(userId), String(since), '+inf', { BY: 'SCORE' }),
      );
      const all = (await load('named', jobIds))
        .filter((one) => guildId === undefined || one.guildId === guildId)
        .reverse();
      const cursor = all.findIndex(({ jobId }) => jobId === (before ?? after));
      if (before !== undefined) return cursor < 0 ? [] : all.slice(cursor + 1, cursor + 1 + limit);
      if (after !== undefined) return cursor < 0 ? [] : all.slice(Math.max(0, cursor - limit), cursor);
      return all.slice(0, limit);
    },

    async daily({ guildId, from, to }) {
      const days = utcDaysBetween(from, to);
      const found = await Promise.all(
        days.map(async (day) => {
          const used = await redis.call((client) => client.hGetAll(keys.used(day)));
          return Object.entries(used)
            .flatMap(([field, images]) => {
              const [guild, user] = field.split(' ');
              if (guild !== guildId || user === undefined) return [];
              return [{ day, userId: user === FORGOTTEN ? undefined : user, images: Number(images) }];
            })
            .sort((one, other) => ((one.userId ?? '') < (other.userId ?? '') ? -1 : 1));
        }),
      );
      return found.flat();
    },

    async forget(jobIds, at) {
      if (jobIds.length > 0) await run(FORGET, [String(at), FORGOTTEN, ...jobIds]);
      await sweep(at, 0);
    },

    prune: (at) => sweep(at, oldestKept(at, retention)),
  };
}

/** When the newest reservation was made (milliseconds since the epoch). @throws StoreError */
export async function readNewestReservation(redis: Redis): Promise<number | undefined> {
  const [newest] = await redis.call((client) => client.zRangeWithScores(keys.age, 0, 0, { REV: true }));
  return newest?.score;
}
