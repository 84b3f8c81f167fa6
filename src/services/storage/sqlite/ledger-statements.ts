/** The SQL of the ledger, prepared once. */
import { FORGOTTEN } from '../../ledger/ledger.ts';
import { JOB_RECORDS } from '../records.ts';
import type { Database } from './connection.ts';

/** How many reservations one act of prune takes at most. */
export const PRUNED_AT_ONCE = 200;

/** Where a job's record may stand: its reservation outlives it, as that is how a member's records are found. */
const RECORDS = JOB_RECORDS.map((namespace) => `'${namespace}'`).join(', ');

export function prepareLedger(database: Database) {
  const known = database.prepare('SELECT 1 FROM reservations WHERE job_id = ?');
  const insert = database.prepare(
    `INSERT INTO reservations (job_id, guild_id, user_id, images, reserved_at, day, month, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'held')`,
  );
  const changeHeld = database.prepare(
    `UPDATE reservations SET
       images = iif(:most BETWEEN 1 AND images, :most, images),
       state = iif(:most < 1, 'released', :state)
     WHERE job_id = :job AND state = 'held'`,
  );
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
  const heldBefore = database.prepare(
    `SELECT job_id AS jobId, guild_id AS guildId, user_id AS userId, images, reserved_at AS at
     FROM reservations WHERE state = 'held' AND reserved_at < ? ORDER BY reserved_at`,
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
       (SELECT job_id FROM reservations WHERE state <> 'held' AND reserved_at < ?
          AND NOT EXISTS (SELECT 1 FROM records WHERE namespace IN (${RECORDS}) AND key = job_id)
        LIMIT ${PRUNED_AT_ONCE})`,
  );
  return {
    known,
    insert,
    changeHeld,
    used,
    heldBefore,
    newest,
    older,
    newer,
    byDay,
    markForgetting,
    forgetNames,
    drop,
  };
}
