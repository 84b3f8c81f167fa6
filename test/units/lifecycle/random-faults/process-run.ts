/** One life of the bot's job machine, from a start to a kill: the real steps, jobs, records, delivery and ledger. */
import type { Clock } from '../../../../src/services/clock.ts';
import { createAccountBreaker } from '../../../../src/services/lifecycle/account-breaker.ts';
import { createAskCancel } from '../../../../src/services/lifecycle/ask-cancel.ts';
import { createDelivery } from '../../../../src/services/delivery/delivery.ts';
import { createJobRecords, type JobRecords } from '../../../../src/services/job/records.ts';
import { createJobSteps } from '../../../../src/services/lifecycle/step.ts';
import { createJobs, type Jobs } from '../../../../src/services/lifecycle/jobs.ts';
import { createSqliteAdapter } from '../../../../src/services/storage/sqlite/records.ts';
import { createSqliteLedger } from '../../../../src/services/storage/sqlite/ledger.ts';
import type { Ledger } from '../../../../src/services/ledger/ledger.ts';
import { createLog } from '../../../../src/services/log.ts';
import type { Reply } from '../../../../src/services/discord/reply.ts';
import type { Database } from '../../../../src/services/storage/sqlite/connection.ts';
import { createStore } from '../../../../src/services/storage/store.ts';
import type { StatusMessage } from '../../../../src/services/delivery/status.ts';
import { createEffects, DeadError, type Effects } from './crash-points.ts';
import type { Outside } from './simulated-world.ts';

const RETENTION = 90 * 24 * 60 * 60_000;

export interface Life {
  effects: Effects;
  jobs: Jobs;
  records: JobRecords;
  /** Takes up what an earlier life left. */
  wake(): Promise<void>;
  /** Does the job that is due next, moving the clock to when it is; `false` when none is due. */
  next(): Promise<boolean>;
}

const log = createLog({ level: 'silent', secrets: [] });

/** A database whose writes are effects of this life. */
function mortal(database: Database, effects: Effects): Database {
  return { ...database, write: (act) => effects.write(() => database.write(act)) };
}

export function createLife({
  database: shared,
  outside,
  time,
}: {
  database: Database;
  outside: Outside;
  time: { now: number };
}): Life {
  const effects = createEffects();
  const clock: Clock = { now: () => time.now };
  const database = mortal(shared, effects);
  const ledger: Ledger = createSqliteLedger({ database });
  const store = createStore({ adapterFor: () => createSqliteAdapter({ database }), log });
  const records = createJobRecords({ store, log, retention: RETENTION });
  const due = new Map<string, number>();

  const api = {
    submit: (input: Parameters<Outside['api']['submit']>[0]) => effects.run(() => outside.api.submit(input)),
    status: (requestId: string) => effects.run(() => outside.api.status(requestId)),
    result: (requestId: string) => effects.run(() => outside.api.result(requestId)),
    cancel: (requestId: string) => effects.run(() => outside.api.cancel(requestId)),
  };
  const reply: Reply = {
    fileLimit: () => 10_000_000,
    post: (job, number, message, trace) => effects.run(() => outside.post(job, number, message, trace)),
    edit: () => Promise.resolve('edited'),
    messageId: () => undefined,
    annotate: () => Promise.resolve('edited'),
    remove: () => Promise.resolve(),
  };
  const statusMessage: StatusMessage = {
    messageId: () => undefined,
    progress: () => undefined,
    async conclude(job) {
      await reply.post(
        job,
        1,
        { content: job.state.name, embeds: [] },
        { left: undefined, leave: () => Promise.resolve() },
      );
    },
    missing: () => Promise.resolve(),
    end: () => Promise.resolve(),
    leave: () => Promise.resolve(undefined),
    recall: () => undefined,
    stop: () => Promise.resolve(),
  };
  const polling = {
    next: () => 1000,
    looked: () => undefined,
    afterTrouble: () => 1000,
    finished: () => undefined,
    expectation: () => ({ expectedAt: undefined, fraction: undefined }),
    forget: () => undefined,
    leave: () => undefined,
    recall: () => undefined,
  };
  const askCancel = createAskCancel({ api, records, log });
  const delivery = createDelivery({ assets: { download: outside.download }, reply, clock, log });
  const step = createJobSteps({
    api,
    records,
    ledger,
    breaker: createAccountBreaker({ clock }),
    polling,
    delivery,
    statusMessage,
    askCancel,
    happened: () => undefined,
    clock,
    log,
  });
  const scheduler = {
    schedule(jobId: string, delay: number): Promise<void> {
      due.set(jobId, Math.min(due.get(jobId) ?? Number.POSITIVE_INFINITY, time.now + delay));
      return Promise.resolve();
    },
  };
  const jobs = createJobs({ records, ledger, askCancel, reply, scheduler, clock, log });

  return {
    effects,
    jobs,
    records,
    async wake() {
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
      if (effects.dead) throw new DeadError();
      if (delay !== undefined) await scheduler.schedule(jobId, delay);
      return true;
    },
  };
}
