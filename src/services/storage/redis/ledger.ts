/** The ledger in Redis: each write is one Lua script, so that it is exact over any number of processes. */
import { z } from 'zod';
import { FORGOTTEN, oldestKept, type DailyImages, type Ledger, type PastReservation } from '../../ledger/ledger.ts';
import {
  checkLimits,
  utcDay,
  utcDaysBetween,
  utcMonth,
  type LimitName,
  type Limits,
  type Usage,
} from '../../ledger/limits.ts';
import { SingleFlight } from '../../single-flight.ts';
import { JOB_RECORDS } from '../records.ts';
import { StoreError } from '../storage.ts';
import type { Redis } from './connection.ts';
import type { RedisPresence } from './presence.ts';
import { SEPARATOR } from './records.ts';
import { keys, CHANGE_HELD, FORGET, LOAD, RESERVE, SWEEP, USAGE } from './lua/ledger.ts';
import { DAILY, INDEX_MEMBERS, RECENT } from './lua/ledger-history.ts';

/** How many one script of a sweep takes at most, so that Redis is never held up. */
const SWEPT_AT_ONCE = 200;

/** How many one script that reads looks at, and one page of a day that is indexed has, for the same reason. */
const READ_AT_ONCE = 500;

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
const reserveSchema = z.union([z.enum(['reserved', 'repeated', 'gone']), usageSchema]);
const rowSchema = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.coerce.number(),
  z.coerce.number(),
  z.enum(['held', 'settled', 'released']),
]);
const recentSchema = z.tuple([z.string()], rowSchema);
const dailySchema = z.tuple([z.number()], z.string());
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

function toReservation([jobId, guildId, userId, images, at, state]: z.infer<typeof rowSchema>): PastReservation {
  return { jobId, guildId, userId, images, at, state };
}

/**
 * @param retention - how long a member's past reservations are to be found at least, in milliseconds.
 * @param presence - of the records beside which nothing but jobs of theirs is reserved.
 */
export function createRedisLedger({
  redis,
  retention = 0,
  presence,
}: {
  redis: Redis;
  retention?: number;
  presence?: Pick<RedisPresence, 'confirm' | 'identity' | 'refuseNew'>;
}): Ledger {
  const run = (script: string, args: string[]): Promise<unknown> =>
    redis.call((client) => client.eval(script, { keys: [], arguments: args }));

  const indexing = new SingleFlight<string, void>();

  async function load(jobIds: string[]): Promise<PastReservation[]> {
    const found: PastReservation[] = [];
    for (let from = 0; from < jobIds.length; from += READ_AT_ONCE) {
      const rows = z.array(rowSchema).parse(await run(LOAD, jobIds.slice(from, from + READ_AT_ONCE)));
      found.push(...rows.map(toReservation));
    }
    return found;
  }

  /** Brings a day into `members` that an older version has counted, whole or in part. */
  async function indexMembers(day: string): Promise<void> {
    let cursor = '0';
    do {
      const from = cursor;
      const page = await redis.call((client) => client.hScan(keys.used(day), from, { COUNT: READ_AT_ONCE }));
      cursor = page.cursor;
      const fields = page.entries.map(({ field }) => field).filter((field) => field.includes(' '));
      if (fields.length > 0) await run(INDEX_MEMBERS, [day, ...fields]);
    } while (cursor !== '0');
  }

  /** A guild's members of a day, and whether they are all. */
  async function readDay(guildId: string, day: string): Promise<{ whole: boolean; members: DailyImages[] }> {
    const [whole, ...flat] = dailySchema.parse(await run(DAILY, [guildId, day]));
    const members = flat
      .flatMap((user, index) => {
        if (index % 2 === 1) return [];
        return [{ day, userId: user === FORGOTTEN ? undefined : user, images: Number(flat[index + 1]) }];
      })
      .sort((one, other) => ((one.userId ?? '') < (other.userId ?? '') ? -1 : 1));
    return { whole: whole === 1, members };
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
      presence?.refuseNew();
      const answer = reserveSchema.parse(await run(RESERVE, [...job, ...allowed(limits), presence?.identity ?? '']));
      if (answer === 'gone') {
        await presence?.confirm();
        throw new StoreError('The records were gone for a moment.');
      }
      if (answer === 'reserved' || answer === 'repeated') return { outcome: answer };
      const refusal = checkLimits(images, toUsage(answer), limits, at);
      if (refusal === undefined) throw new StoreError('The ledger refused what its limits allow');
      return { outcome: 'refused', refusal };
    },

    async reduce(jobId, images) {
      await run(CHANGE_HELD, [jobId, 'held', String(images)]);
    },

    async settle(jobId, images) {
      await run(CHANGE_HELD, [jobId, 'settled', String(images ?? '')]);
    },

    async release(jobId) {
      await run(CHANGE_HELD, [jobId, 'released', '']);
    },

    async usage(guildId, userId, at) {
      return toUsage(usageSchema.parse(await run(USAGE, [guildId, userId, utcDay(at), utcMonth(at)])));
    },

    async held(before) {
      const range = ['-inf', `(${before}`] as const;
      const found = await load(await redis.call((client) => client.zRange(keys.held, ...range, { BY: 'SCORE' })));
      return found.map(({ jobId, guildId, userId, images, at }) => ({ jobId, guildId, userId, images, at }));
    },

    async recent({ userId, guildId, since, before, after, limit }) {
      const side = before !== undefined ? 'before' : after !== undefined ? 'after' : 'newest';
      const of = [userId, guildId ?? '', String(since)];
      const found: PastReservation[] = [];
      let [from, cursor] = [side, before ?? after ?? ''];
      do {
        const most = [limit - found.length, READ_AT_ONCE].map(String);
        const [next, ...rows] = recentSchema.parse(await run(RECENT, [...of, from, cursor, ...most]));
        found.push(...rows.map(toReservation));
        [from, cursor] = [side === 'after' ? 'after' : 'before', next];
      } while (cursor !== '');
      return side === 'after' ? found.reverse() : found;
    },

    async daily({ guildId, from, to }) {
      const days = utcDaysBetween(from, to);
      const found = await Promise.all(days.map((day) => readDay(guildId, day)));
      for (const [index, day] of days.entries()) {
        if (found[index]?.whole === true) continue;
        // One day after another, so that others' calls come in between.
        await indexing.run(day, () => indexMembers(day));
        found[index] = await readDay(guildId, day);
      }
      return found.flatMap(({ members }) => members);
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
