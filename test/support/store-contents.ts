/** What a stopped bot has left in its store about one job. */
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/services/clock.ts';
import { createSqliteAdapter } from '../../src/services/storage/sqlite/records.ts';
import { createSqliteLedger } from '../../src/services/storage/sqlite/ledger.ts';
import { jobSchema } from '../../src/services/job/job.ts';
import { createLog } from '../../src/services/log.ts';
import { openDatabase } from '../../src/services/storage/sqlite/connection.ts';
import { createStore } from '../../src/services/storage/store.ts';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import type { Stage } from './bot.ts';

export interface StoreContents {
  /** The states of its live and of its finished record. */
  live: string | undefined;
  finished: string | undefined;
  /** Images that its member has used today, and reservations of the guild that nothing has ended. */
  userDailyImages: number;
  held: number;
}

const pathOf = ({ environment }: Pick<Stage, 'environment'>) =>
  (environment['STORE_URL'] ?? '').replace('sqlite://', '');

/** How many jobs are not filed yet in the store of a stage, whose bot may be running. */
export function liveJobs(stage: Pick<Stage, 'environment'>): number {
  const database = new DatabaseSync(pathOf(stage), { readOnly: true });
  try {
    const counted = database.prepare("SELECT count(*) AS live FROM records WHERE namespace = 'jobs'").get();
    return Number(counted?.['live']);
  } finally {
    database.close();
  }
}

/** Reads the store of a stage whose bot has stopped. */
export async function readStore(
  stage: Pick<Stage, 'environment'>,
  { id, guild, user, sentAt }: Interaction,
): Promise<StoreContents> {
  const log = createLog({ level: 'silent', secrets: [] });
  const database = openDatabase({ clock: systemClock, path: pathOf(stage) });
  const store = createStore({
    clock: systemClock,
    adapterFor: () => createSqliteAdapter({ clock: systemClock, database }),
    log,
  });
  try {
    const ledger = createSqliteLedger({ database });
    const live = await store.collection('jobs', jobSchema).get(id);
    const finished = await store.collection('finished', jobSchema).get(id);
    const { userDailyImages } = await ledger.usage(guild?.id ?? '', user.id, sentAt);
    const held = (await ledger.held(Infinity)).length;
    return { live: live?.state.name, finished: finished?.state.name, userDailyImages, held };
  } finally {
    await store.close();
    await database.close();
  }
}
