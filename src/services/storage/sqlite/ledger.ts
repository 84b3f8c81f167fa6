/** The ledger in the SQLite database: reservations, and the sums that the database's triggers keep of them. */
import { z } from 'zod';
import {
  FORGOTTEN,
  oldestKept,
  type DailyImages,
  type Ledger,
  type PastReservation,
  type Reservation,
} from '../../ledger/ledger.ts';
import { checkLimits, utcDay, utcDaysBetween, utcMonth } from '../../ledger/limits.ts';
import type { Usage } from '../../ledger/limits.ts';
import type { Database } from './connection.ts';
import { PRUNED_AT_ONCE, prepareLedger } from './ledger-statements.ts';

const usageSchema: z.ZodType<Usage> = z.object({
  guildDailyImages: z.number(),
  guildMonthlyImages: z.number(),
  userDailyImages: z.number(),
  guildActiveJobs: z.number(),
  userActiveJobs: z.number(),
  totalMonthlyImages: z.number(),
});

const reservationSchema: z.ZodType<Reservation> = z.object({
  jobId: z.string(),
  guildId: z.string(),
  userId: z.string(),
  images: z.number(),
  at: z.number(),
});

const pastReservationSchema: z.ZodType<PastReservation> = z.object({
  jobId: z.string(),
  guildId: z.string(),
  userId: z.string(),
  images: z.number(),
  at: z.number(),
  state: z.enum(['held', 'settled', 'released']),
});

const dailySchema: z.ZodType<DailyImages, { day: string; userId: string; images: number }> = z.object({
  day: z.string(),
  userId: z.string().transform((userId) => (userId === FORGOTTEN ? undefined : userId)),
  images: z.number(),
});

/**
 * The ledger for one host: exact within a process and across processes that share the file, as SQLite lets one write
 * at a time. One reserve takes the same time however many reservations there are.
 *
 * @param retention - how long a member's past reservations are to be found at least, in milliseconds.
 */
export function createSqliteLedger({ database, retention = 0 }: { database: Database; retention?: number }): Ledger {
  const statements = prepareLedger(database);

  function readUsage(guild: string, user: string, at: number): Usage {
    return usageSchema.parse(statements.used.get({ guild, user, day: utcDay(at), month: utcMonth(at) }));
  }

  /** @param most - images that stay counted at most; of one of which none do, the state is `released` whatever is asked. */
  async function changeHeld(job: string, state: PastReservation['state'], most: number | null = null): Promise<void> {
    await database.write(() => statements.changeHeld.run({ job, state, most }));
  }

  return {
    async reserve({ jobId, guildId, userId, images, at }, limits) {
      // A job that begins on a file that is gone would be paid for and forgotten.
      database.confirm();
      return database.write(() => {
        if (statements.known.get(jobId) !== undefined) return { outcome: 'repeated' };
        const refusal = checkLimits(images, readUsage(guildId, userId, at), limits, at);
        if (refusal !== undefined) return { outcome: 'refused', refusal };
        statements.insert.run(jobId, guildId, userId, images, at, utcDay(at), utcMonth(at));
        return { outcome: 'reserved' };
      });
    },
    reduce: (jobId, images) => changeHeld(jobId, 'held', images),
    settle: (jobId, images) => changeHeld(jobId, 'settled', images),
    release: (jobId) => changeHeld(jobId, 'released'),
    usage: (guildId, userId, at) => database.read(() => readUsage(guildId, userId, at)),
    held: (before) => database.read(() => statements.heldBefore.all(before).map((row) => reservationSchema.parse(row))),
    recent: ({ userId: user, guildId: guild = null, since, before, after, limit }) =>
      database.read(() => {
        const statement =
          before !== undefined ? statements.older : after !== undefined ? statements.newer : statements.newest;
        const rows = statement.all({ user, guild, since, job: before ?? after ?? null, limit });
        const found = rows.map((row) => pastReservationSchema.parse(row));
        return statement === statements.newer ? found.reverse() : found;
      }),
    daily: ({ guildId: guild, from, to }) =>
      database.read(() => {
        const days = JSON.stringify(utcDaysBetween(from, to));
        return statements.byDay.all({ guild, days }).map((row) => dailySchema.parse(row));
      }),
    async forget(jobIds, at) {
      await database.write(() => {
        for (const jobId of jobIds) statements.markForgetting.run(jobId, FORGOTTEN);
      });
      await inParts(() => statements.forgetNames.run(utcDay(at)).changes);
    },
    async prune(at) {
      await inParts(() => statements.forgetNames.run(utcDay(at)).changes);
      return inParts(() => statements.drop.run(oldestKept(at, retention)).changes);
    },
  };

  /** Repeats an act that takes at most so many rows until it finds no more; returns how many it took in all. */
  async function inParts(act: () => number | bigint): Promise<number> {
    let taken = 0;
    for (let count = PRUNED_AT_ONCE; count === PRUNED_AT_ONCE; taken += count) {
      count = await database.write(() => Number(act()));
    }
    return taken;
  }
}
