/** How jobs go from their start to their end: the use cases and the step, built together. */
import type { Clock } from '../clock.ts';
import {
  createHandedProgress,
  createLastWord,
  createProgress,
  type Delivery,
  type Progress,
  type Status,
  untilFill,
} from '../delivery/delivery.ts';
import type { ReferenceReader } from '../discord/fresh-references.ts';
import type { Reply } from '../discord/reply.ts';
import type { Job, JobEvent } from '../job/job.ts';
import { createJobRecords, keepInMemory, keepInsisting, type JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Models } from '../models/models.ts';
import type { Polling } from '../polling/polling.ts';
import type { RunComfy } from '../runcomfy/runcomfy.ts';
import type { Presence, Scheduler, Step, Store } from '../storage/storage.ts';
import { createSharedAccountBreaker } from './account-breaker-shared.ts';
import { createAccountBreaker, type AccountBreaker } from './account-breaker.ts';
import { createAskCancel, type AskCancel } from './ask-cancel.ts';
import { createDeliver } from './step/deliver.ts';
import { createFinish } from './step/finish.ts';
import { createHandover } from './step/handover.ts';
import { createHeedCancel } from './step/heed-cancel.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createJournals } from './step/journal.ts';
import { createLateEdits, type LateEdits } from './step/late-edits.ts';
import { createLook } from './step/look.ts';
import { createLostJobs } from './lost-jobs.ts';
import { createOverwritten } from './step/overwritten.ts';
import { createPostGallery } from './step/post-gallery.ts';
import { createRetries } from './step/retries.ts';
import { createStep } from './step/step.ts';
import { createSubmit } from './step/submit.ts';
import { createTurns } from './step/turns.ts';

export type { AccountBreaker } from './account-breaker.ts';
export { createDoneNotices, type DoneNotices } from './done-notices.ts';
export type { Actor, CancelOutcome, Jobs, RedeliverOutcome, RemoveOutcome } from './jobs.ts';
export type { StartFate } from './start.ts';

/** How long a reservation of another process may lack its job's record (milliseconds). */
const BEING_WRITTEN = 2 * 60_000;

export interface LifecycleParts {
  /** Whether other processes act on the same jobs. */
  shared: boolean;
  /** Whether the records are still there, where the store can lose them under a running bot. */
  presence?: Presence | undefined;
  store: Store;
  ledger: Ledger;
  scheduler: Pick<Scheduler, 'schedule' | 'resume' | 'hold' | 'letGo'>;
  api: Pick<RunComfy, 'submit' | 'status' | 'result' | 'cancel'>;
  models: Pick<Models, 'find' | 'refused' | 'taken'>;
  referenceReader: ReferenceReader;
  polling: Polling;
  reply: Reply;
  delivery: Delivery;
  status: Status;
  /** Whether pictures may be fetched, and people given a link, there. */
  allows: (url: string) => boolean;
  /** How long jobs that are done with are kept, in milliseconds. */
  retention: number;
  /** Writes down what a job that is over came to, for the host; may be asked for again. @throws StoreError */
  account?: (job: Job) => Promise<void>;
  /** Hears of every event of a job, once it is written. */
  happened: (job: Job, event: JobEvent) => void;
  clock: Clock;
  /** The machine's clock as it is, for moments that people are told; `clock` where it is left out. */
  wallClock?: Clock;
  log: Log;
}

export interface Lifecycle {
  jobs: Jobs;
  records: JobRecords;
  breaker: AccountBreaker;
  /** What the scheduler calls for each job. */
  step: Step;
  /**
   * Schedules every job that is not done with, and releases what was reserved before `startedAt` (milliseconds since the
   * epoch) without a job. Gives the number of jobs.
   *
   * @throws StoreError
   */
  resume(startedAt: number): Promise<number>;
  /** Shows nothing more of any job; resolves once no edit is under way. */
  stop(): Promise<void>;
}

/** Builds it. What differs where several processes act on the same jobs is chosen here and nowhere else. */
export function createLifecycle(parts: LifecycleParts): Lifecycle {
  const {
    shared,
    presence,
    store,
    ledger,
    scheduler,
    api,
    polling,
    reply,
    status,
    retention,
    clock,
    wallClock = clock,
    log,
  } = parts;
  const createKeeper = shared ? keepInsisting : keepInMemory;
  const lostJobs = presence && createLostJobs({ presence, ledger, reply, status, clock, log });
  const stored = createJobRecords({ store, clock, log, retention, createKeeper });
  const records = lostJobs?.watch(stored) ?? stored;
  const breaker = shared
    ? createSharedAccountBreaker({ clock: wallClock, store, log })
    : createAccountBreaker({ clock: wallClock });
  const askCancel = createAskCancel({ api, records, log });
  const jobs = createJobs({ records, ledger, askCancel, reply, scheduler, clock, log });
  const lateEdits = createLateEdits({ clock });
  const context = { ...parts, records, breaker, askCancel, lateEdits };

  async function resume(startedAt: number): Promise<number> {
    const resumed = await jobs.resume();
    // Beside other processes, each leaves to the next what it has sent.
    if (!shared) lateEdits.expect(resumed);
    // Beside other processes, a reservation without a job may be one that is just being written.
    await jobs.reclaim(shared ? startedAt - BEING_WRITTEN : startedAt);
    return resumed.length;
  }

  if (!shared) {
    const progress = createProgress({ reply, status, polling, clock, log });
    return { jobs, records, breaker, step: buildStep(context, progress), resume, stop: () => progress.stop() };
  }
  const progress = createHandedProgress({ reply, status, polling, clock, log });
  const handed = createHandover({ ...context, step: buildStep(context, progress), progress });
  const step = lostJobs?.during(handed) ?? handed;
  const stop = () => {
    lostJobs?.stop();
    return progress.stop();
  };
  return { jobs, records, breaker, step, resume, stop };
}

type StepContext = LifecycleParts &
  Pick<Lifecycle, 'records' | 'breaker'> & { askCancel: AskCancel; lateEdits: LateEdits };

/** The step with all its parts. */
function buildStep(context: StepContext, progress: Progress): Step {
  const { shared, scheduler, reply, status, allows, account = () => Promise.resolve(), clock, log } = context;
  // From its first message with pictures on, a job's gallery says where it stands.
  const show = (job: Job) => {
    if (job.gallery.posted.length === 0 && untilFill(job, clock.now()) === undefined) progress.show(job);
  };
  const lastWord = createLastWord({ reply, status, allows, log });
  const parts = {
    ...context,
    account,
    progress,
    show,
    turns: createTurns({ shared, scheduler, clock, log }),
    retries: createRetries(),
    lastWord,
    overwritten: createOverwritten({ ...context, lastWord }),
  };
  return createStep({
    ...parts,
    openJournal: createJournals(parts),
    heedCancel: createHeedCancel(parts),
    submit: createSubmit(parts),
    look: createLook(parts),
    deliver: createDeliver({ ...parts, postGallery: createPostGallery({ reply, log }) }),
    finish: createFinish(parts),
  });
}
