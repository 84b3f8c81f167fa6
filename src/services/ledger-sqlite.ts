/** The ledger in the SQLite database: reservations, and the sums that the database's triggers keep of them. */
import { z } from 'zod';
import type { Ledger, Reservation } from './ledger.ts';
import { checkLimits, utcDay, utcMonth } from './limits.ts';
import type { Usage } from './limits.ts';
import type { Database } from './sqlite.ts';

/** How long reservations are kept at least, in milliseconds: 35 days, for a chart of 30. */
const KEPT = 35 * 24 * 60 * 60 * 1000;
/** How many reservations one act of prune forgets. */
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

export interface SqliteLedger extends Ledger {
  /**
   * Forgets reservations that no limit and no chart needs at a moment (milliseconds since the epoch): made before the
   * previous UTC month and more than 35 days ago. Those still held stay.
   *
   * @returns how many it forgot.
   */
  prune(at: number): Promise<number>;
}

/**
 * The ledger for one host: exact within a process and across processes that share the file, as SQLite lets one write
 * at a time. One reserve takes the same time however many reservations there are.
 */
export function createSqliteLedger({ database }: { database: Database }): SqliteLedger {
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
  const forget = database.prepare(
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
    async prune(at) {
      const now = new Date(at);
      const previousMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1);
      const before = Math.min(previousMonth, at - KEPT);
      let forgotten = 0;
      for (let count = PRUNED_AT_ONCE; count === PRUNED_AT_ONCE; forgotten += count) {
        count = await database.write(() => Number(forget.run(before).changes));
      }
      return forgotten;
    },
  };
}
