/** One job on virtual time, from its reservation to its end: the real submit, look, polling, breaker and reply, and RunComfy's HTTP answers as a test has them. */
import { createProgress } from '../../../src/services/delivery/progress.ts';
import { createStatus } from '../../../src/services/delivery/status.ts';
import { isFinal, jobSchema, type Job } from '../../../src/services/job/job.ts';
import type { JobRecords } from '../../../src/services/job/records.ts';
import { createAccountBreaker } from '../../../src/services/lifecycle/account-breaker.ts';
import { createAskCancel } from '../../../src/services/lifecycle/ask-cancel.ts';
import { createHeedCancel } from '../../../src/services/lifecycle/step/heed-cancel.ts';
import { createJournals } from '../../../src/services/lifecycle/step/journal.ts';
import { createLook } from '../../../src/services/lifecycle/step/look.ts';
import { createRetries } from '../../../src/services/lifecycle/step/retries.ts';
import { createStep } from '../../../src/services/lifecycle/step/step.ts';
import { createSubmit } from '../../../src/services/lifecycle/step/submit.ts';
import { createTurns } from '../../../src/services/lifecycle/step/turns.ts';
import { createLog } from '../../../src/services/log.ts';
import type { ReplyMessage } from '../../../src/services/messages/messages.ts';
import { createPolling } from '../../../src/services/polling/polling.ts';
import { createRunComfy } from '../../../src/services/runcomfy/runcomfy.ts';
import type { HttpAnswer } from '../../../src/services/runcomfy/answers.ts';
import { NoAnswerError } from '../../../src/services/runcomfy/http.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { sampleJob, type SampleChanges } from '../../support/sample-job.ts';
import { createOwnReferences } from '../../support/own-references.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createWrittenModels } from '../../support/written-models.ts';

export type Call = 'submit' | 'status' | 'result' | 'cancel';

/** An answer of RunComfy's; `refused`: no connection is made; `silent`: nothing comes back over one. */
export type Reaction = { status?: number; body?: unknown } | 'refused' | 'silent';

export const REQUEST = 'request-1';
export const PICTURE = 'https://pictures.runcomfy.net/1.png';

/** What a RunComfy says that finds the request waiting in its queue. */
export const QUEUED: Record<Call, Reaction> = {
  submit: { body: { request_id: REQUEST } },
  status: { body: { status: 'in_queue', queue_position: 3 } },
  result: { body: { status: 'in_queue' } },
  cancel: { status: 202, body: { outcome: 'not_cancellable' } },
};

const log = createLog({ level: 'silent', secrets: [] });

/** A store that remembers nothing. */
const store = {
  collection: () => ({ get: () => Promise.resolve(undefined), set: () => Promise.resolve() }),
} as unknown as Store;

/** As it comes back from a store. */
const stored = (job: Job) => jobSchema.parse(JSON.parse(JSON.stringify(job)));

export function createOneJob(changes: SampleChanges = {}) {
  const clock = createVirtualClock();
  const reactions = { ...QUEUED };
  const calls: { call: Call; at: number }[] = [];
  /** Every submit: to where, and what. */
  const submitted: { path: string; body: unknown }[] = [];
  /** Every version of the reply. */
  const edits: ReplyMessage[] = [];
  /** Whether a look finds the process new: what it remembered of the job is gone. */
  let parts = build();
  let job = sampleJob(changes);

  function react(call: Call): Promise<HttpAnswer> {
    calls.push({ call, at: clock.now() });
    const reaction = reactions[call];
    if (typeof reaction === 'string') return Promise.reject(new NoAnswerError(reaction, reaction === 'silent'));
    return Promise.resolve({ httpStatus: reaction.status ?? 200, retryAfter: undefined, body: reaction.body });
  }

  function build() {
    const http = {
      submit({ path, body = '' }: { path: string; body?: string }) {
        submitted.push({ path, body: JSON.parse(body) });
        return react('submit');
      },
      send: ({ name }: { name: Call | 'model' | 'balance' }) =>
        name === 'model' || name === 'balance' ? Promise.reject(new Error('It is not read')) : react(name),
      close: () => Promise.resolve(),
    };
    const api = createRunComfy({ http, token: 'a-key', clock });
    const models = createWrittenModels();
    const polling = createPolling({ store, clock, random: () => 0.5, log });
    const status = createStatus({ polling, models, clock });
    const reply = {
      edit: (_job: Job, message: Partial<ReplyMessage>) => {
        edits.push({ embeds: [], ...message });
        return Promise.resolve('edited' as const);
      },
    };
    const progress = createProgress({ reply, status, polling, clock, log });
    const records = {
      cancellations: { get: () => Promise.resolve(undefined) },
      findLive: () => Promise.resolve(job),
      isWritten: () => true,
      write: (written: Job) => Promise.resolve(void (job = stored(written))),
      keep: (kept: Job) => Promise.resolve(void (job = stored(kept))),
    } as unknown as JobRecords;
    const breaker = createAccountBreaker({ clock });
    const show = (shown: Job) => {
      progress.show(shown);
    };
    const turns = createTurns({ shared: false, scheduler: { schedule: () => Promise.resolve() }, clock, log });
    const referenceReader = createOwnReferences();
    const shared = { api, models, referenceReader, records, polling, turns, show, breaker, clock, log };
    const nothing = () => Promise.resolve(undefined);
    const step = createStep({
      ...shared,
      ledger: { reduce: nothing },
      openJournal: createJournals({ ...shared, reply: { messageId: () => undefined }, happened: () => undefined }),
      heedCancel: createHeedCancel({ ...shared, askCancel: createAskCancel(shared) }),
      submit: createSubmit(shared),
      look: createLook(shared),
      deliver: nothing,
      finish: nothing,
      retries: createRetries(),
    });
    return { step: () => step(job.id), status, breaker };
  }

  let running = true;
  async function run(): Promise<void> {
    while (running && !isFinal(job)) {
      const delay = await parts.step();
      if (delay === undefined) return;
      await clock.sleep(delay);
    }
  }
  void run();

  return {
    clock,
    reactions,
    calls,
    submitted,
    edits,
    get job() {
      return job;
    },
    get breaker() {
      return parts.breaker;
    },
    /** What the reply says: its headline and its text. */
    get shown() {
      const [embed] = edits.at(-1)?.embeds ?? [];
      return `${embed?.title ?? ''}\n${embed?.description ?? ''}`;
    },
    /** How the job's end is told. */
    get end() {
      const [embed] = parts.status(job).embeds;
      return `${embed?.title ?? ''}\n${embed?.description ?? ''}`;
    },
    /** The process is killed and started again: only the record is left. */
    restart() {
      parts = build();
    },
    stop() {
      running = false;
    },
  };
}
