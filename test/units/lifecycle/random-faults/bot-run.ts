/** One run of the bot's job machine, from a start to a kill: the real steps, jobs, records, delivery and ledger. */
import { writtenModels } from '../../../../src/services/models/models.ts';
import { systemClock } from '../../../../src/services/clock.ts';
import type { Clock } from '../../../../src/services/clock.ts';
import { createDelivery } from '../../../../src/services/delivery/delivery.ts';
import type { JobRecords } from '../../../../src/services/job/records.ts';
import { createLifecycle, type Jobs } from '../../../../src/services/lifecycle/lifecycle.ts';
import { createSqliteAdapter } from '../../../../src/services/storage/sqlite/records.ts';
import { createSqliteLedger } from '../../../../src/services/storage/sqlite/ledger.ts';
import type { Ledger } from '../../../../src/services/ledger/ledger.ts';
import { createLog } from '../../../../src/services/log.ts';
import type { Reply } from '../../../../src/services/discord/reply.ts';
import type { Database } from '../../../../src/services/storage/sqlite/connection.ts';
import { createBook, type Book } from '../../../../src/services/usage/accounts/book.ts';
import { lineOf } from '../../../../src/services/usage/accounts/line.ts';
import { createStore } from '../../../../src/services/storage/store.ts';
import { createCrashPoints, KilledError, type CrashPoints } from './crash-points.ts';
import { IMAGE_COSTS, type SimulatedWorld } from './simulated-world.ts';
import { createWrittenModels } from '../../../support/written-models.ts';
import { createOwnReferences } from '../../../support/own-references.ts';

const RETENTION = 90 * 24 * 60 * 60_000;

export interface BotRun {
  crashPoints: CrashPoints;
  jobs: Jobs;
  records: JobRecords;
  book: Pick<Book, 'month'>;
  /** Resumes what an earlier run left. */
  resume(): Promise<void>;
  /** Does the job that is due next, moving the clock to when it is; `false` when none is due. */
  next(): Promise<boolean>;
}

const log = createLog({ level: 'silent', secrets: [] });
const models = createWrittenModels();

/** A database whose writes are crash points of this run. */
function withCrashPoints(database: Database, crashPoints: CrashPoints): Database {
  return { ...database, write: (action) => crashPoints.write(() => database.write(action)) };
}

export function createBotRun({
  database: shared,
  world,
  time,
}: {
  database: Database;
  world: SimulatedWorld;
  time: { now: number };
}): BotRun {
  const crashPoints = createCrashPoints();
  // Progress is not shown: a step says when the next one is due.
  const clock: Clock = {
    ...systemClock,
    now: () => time.now,
    sleep: (ms) => (ms === 0 ? Promise.resolve() : systemClock.sleep(ms)),
    setTimeout: () => ({ cancel: () => undefined }),
  };
  const database = withCrashPoints(shared, crashPoints);
  const ledger: Ledger = createSqliteLedger({ database });
  const store = createStore({
    clock: systemClock,
    adapterFor: () => createSqliteAdapter({ clock: systemClock, database }),
    log,
  });
  const book = createBook({ store, clock, log });
  const due = new Map<string, number>();

  const api = {
    submit: (input: Parameters<SimulatedWorld['api']['submit']>[0]) => crashPoints.run(() => world.api.submit(input)),
    status: (requestId: string) => crashPoints.run(() => world.api.status(requestId)),
    result: (requestId: string) => crashPoints.run(() => world.api.result(requestId)),
    cancel: (requestId: string) => crashPoints.run(() => world.api.cancel(requestId)),
  };
  const reply: Reply = {
    plan: (_job, number) => ({
      ...(number === 1 ? { kind: 'edit' } : { kind: 'create', mayExist: false }),
      fileLimit: 10_000_000,
    }),
    open: () => Promise.resolve(undefined),
    find: () => Promise.resolve(undefined),
    post: (job, number, _way, message) => crashPoints.run(() => world.post(job, number, message)),
    async tell(job, _number, message) {
      await crashPoints.run(() => world.post(job, 1, { ...message, content: job.state.name }));
    },
    edit: () => Promise.resolve('edited'),
    amend: (job, { number }, message) => crashPoints.run(() => world.amend(job, number, message)),
    messageId: () => undefined,
    isOver: () => Promise.resolve(false),
    read: () => Promise.resolve(undefined),
    locate: (job) => Promise.resolve(job.reply.messageId),
    annotate: () => Promise.resolve('edited'),
    remove: () => Promise.resolve('gone'),
  };
  const polling = {
    load: () => Promise.resolve(),
    next: () => 1000,
    untilDue: () => 0,
    untilNext: () => 0,
    isSilent: () => false,
    looked: () => undefined,
    afterTrouble: () => 1000,
    finished: () => undefined,
    expectation: () => ({ expected: undefined, fraction: undefined }),
    forget: () => undefined,
    leave: () => undefined,
    recall: () => undefined,
  };
  function schedule(jobId: string, delay: number): Promise<void> {
    due.set(jobId, Math.min(due.get(jobId) ?? Number.POSITIVE_INFINITY, time.now + delay));
    return Promise.resolve();
  }
  const scheduler = {
    schedule,
    resume: (jobId: string) => schedule(jobId, 0),
    hold: () => Promise.resolve(undefined),
    letGo: () => Promise.resolve(),
  };
  const { jobs, records, step } = createLifecycle({
    shared: false,
    store,
    ledger,
    scheduler,
    api,
    models: writtenModels,
    referenceReader: createOwnReferences(),
    polling,
    reply,
    delivery: createDelivery({
      downloads: { download: world.download, allows: () => true },
      models,
      onNotAllowed: () => undefined,
      clock,
      log,
    }),
    allows: () => true,
    status: () => ({ embeds: [] }),
    retention: RETENTION,
    account: (job) => book.enter(job.id, lineOf(job, IMAGE_COSTS / 1e6)),
    happened: () => undefined,
    clock,
    log,
  });

  return {
    crashPoints,
    jobs,
    records,
    book,
    async resume() {
      await jobs.resume();
      await jobs.reclaim(time.now + 1);
    },
    async next() {
      const [first] = [...due].sort(([, one], [, other]) => one - other);
      if (first === undefined) return false;
      const [jobId, at] = first;
      due.delete(jobId);
      time.now = Math.max(time.now, at);
      const delay = await step(jobId);
      if (crashPoints.killed) throw new KilledError();
      if (delay !== undefined) await scheduler.schedule(jobId, delay);
      return true;
    },
  };
}
