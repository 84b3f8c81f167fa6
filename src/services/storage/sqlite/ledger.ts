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

/** How many reservations one act of prune drops. */
const PRUNED_AT_ONCE = 200;

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
  const known = database.prepare('SELECT 1 FROM reservations WHERE job_id = ?');
  const insert = database.prepare(
    `INSERT INTO reservations (job_id, guild_id, user_id, images, reserved_at, day, month, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'held')`,
  );
  const finish = database.prepare(`UPDATE reservations SET state = ? WHERE job_id = ? AND state = 'held'`);
  const images = (where: string) => `coalesce((SELECT images FROM used_images WHERE ${where}), 0)`;
  const held = `(SELECT count(*) FROM reservations WHERE state = 'held' AND guild_id = :guild`;
  const used = database.prepare(
    `SELECT
       ${images(`period = :day AND guild_id = :guild AND user_id = ''`)} AS guildDailyImages,
       ${images(`period = :month AND guild_id = :guild AND user_id = ''`)} AS guildMonthlyImages,
       ${images(`period = :day AND guild_id = :guild AND user_id = :user`)} AS userDailyImages,
       ${held}) AS guildActiveJobs,
       ${held} AND user_id = :user) AS userActiveJobs,
       ${images(`period = :month AND guild_id = '' AND user_id = ''`)} AS totalMonthlyImages`,
  );
  const allHeld = database.prepare(
    `SELECT job_id AS jobId, guild_id AS guildId, user_id AS userId, images, reserved_at AS at
     FROM reservations WHERE state = 'held' ORDER BY reserved_at`,
  );
  /** A member's reservations from one side of a cursor. A job that is not theirs is beside none of theirs. */
  const listed = (beside: string, order: 'ASC' | 'DESC') =>
    database.prepare(
      `SELECT job_id AS jobId, guild_id AS guildId, user_id AS userId, images, reserved_at AS at, state
       FROM reservations
       WHERE user_id = :user AND guild_id = coalesce(:guild, guild_id) AND reserved_at >= :since AND forgetting = 0
         ${beside}
       ORDER BY reserved_at ${order}, job_id ${order} LIMIT :limit`,
    );
  const cursor = '(SELECT reserved_at, job_id FROM reservations WHERE job_id = :job AND user_id = :user)';
  const newest = listed('AND :job IS NULL', 'DESC');
  const older = listed(`AND (reserved_at, job_id) < ${cursor}`, 'DESC');
  const newer = listed(`AND (reserved_at, job_id) > ${cursor}`, 'ASC');
  const byDay = database.prepare(
    `SELECT period AS day, user_id AS userId, images
     FROM json_each(:days) JOIN used_images ON period = value AND guild_id = :guild AND user_id <> ''
     ORDER BY day, user_id`,
  );
  const markForgetting = database.prepare('UPDATE reservations SET forgetting = 1 WHERE job_id = ? AND user_id <> ?');
  const forgetNames = database.prepare(
    `UPDATE reservations SET user_id = '${FORGOTTEN}', forgetting = 0 WHERE job_id IN
       (SELECT job_id FROM reservations WHERE forgetting = 1 AND day < ? AND state <> 'held' LIMIT ${PRUNED_AT_ONCE})`,
  );
  const drop = database.prepare(
    `DELETE FROM reservations WHERE job_id IN
       (SELECT job_id FROM reservations WHERE state <> 'held' AND reserved_at < ? LIMIT ${PRUNED_AT_ONCE})`,
  );

  function readUsage(guild: string, user: string, at: number): Usage {
    return usageSchema.parse(used.get({ guild, user, day: utcDay(at), month: utcMonth(at) }));
  }

  return {
    reserve({ jobId, guildId, userId, images, at }, limits) {
      return database.write(() => {
        if (known.get(jobId) !== undefined) return { outcome: 'repeated' };
        const refusal = checkLimits(images, readUsage(guildId, userId, at), limits, at);
        if (refusal !== undefined) return { outcome: 'refused', refusal };
        insert.run(jobId, guildId, userId, images, at, utcDay(at), utcMonth(at));
        return { outcome: 'reserved' };
      });
    },
    async settle(jobId) {
      await database.write(() => finish.run('settled', jobId));
    },
    async release(jobId) {
      await database.write(() => finish.run('released', jobId));
    },
    usage: (guildId, userId, at) => database.read(() => readUsage(guildId, userId, at)),
    held: () => database.read(() => allHeld.all().map((row) => reservationSchema.parse(row))),
    recent: ({ userId: user, guildId: guild = null, since, before, after, limit }) =>
      database.read(() => {
        const statement = before !== undefined ? older : after !== undefined ? newer : newest;
        const rows = statement.all({ user, guild, since, job: before ?? after ?? null, limit });
        const found = rows.map((row) => pastReservationSchema.parse(row));
        return statement === newer ? found.reverse() : found;
      }),
    daily: ({ guildId: guild, from, to }) =>
      database.read(() => {
        const days = JSON.stringify(utcDaysBetween(from, to));
        return byDay.all({ guild, days }).map((row) => dailySchema.parse(row));
      }),
    async forget(jobIds, at) {
      await database.write(() => {
        for (const jobId of jobIds) markForgetting.run(jobId, FORGOTTEN);
      });
      await inParts(() => forgetNames.run(utcDay(at)).changes);
    },
    async prune(at) {
      await inParts(() => forgetNames.run(utcDay(at)).changes);
      return inParts(() => drop.run(oldestKept(at, retention)).changes);
    },
  };

  /** Repeats an act that takes at most so many rows until it finds no more; gives their number. */
  async function inParts(act: () => number | bigint): Promise<number> {
    let taken = 0;
    for (let count = PRUNED_AT_ONCE; count === PRUNED_AT_ONCE; taken += count) {
      count = await database.write(() => Number(act()));
    }
    return taken;
  }
}
