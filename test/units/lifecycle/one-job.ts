/** One job on virtual time, from its reservation to its end: the real submit, look, polling, breaker and reply, and RunComfy's HTTP answers as a test has them. */
import { createProgress } from '../../../src/services/delivery/progress.ts';
import { createStatus } from '../../../src/services/delivery/status.ts';
import { advance, isFinal, type Job } from '../../../src/services/job/job.ts';
import { jobSchema } from '../../../src/services/job/schema.ts';
import { createAccountBreaker } from '../../../src/services/lifecycle/account-breaker.ts';
import { createAskCancel } from '../../../src/services/lifecycle/ask-cancel.ts';
import type { Conclude, RecordEvent } from '../../../src/services/lifecycle/step/conclude.ts';
import { createLook } from '../../../src/services/lifecycle/step/look.ts';
import { createSubmit } from '../../../src/services/lifecycle/step/submit.ts';
import { createLog } from '../../../src/services/log.ts';
import type { ReplyMessage } from '../../../src/services/messages/messages.ts';
import { writtenModels } from '../../../src/services/models/models.ts';
import { createPolling } from '../../../src/services/polling/polling.ts';
import { createRunComfy } from '../../../src/services/runcomfy/runcomfy.ts';
import type { HttpAnswer } from '../../../src/services/runcomfy/answers.ts';
import { NoAnswerError } from '../../../src/services/runcomfy/http.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { sampleJob } from '../../support/sample-job.ts';
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
const models = createWrittenModels();

/** A store that remembers nothing. */
const store = {
  collection: () => ({ get: () => Promise.resolve(undefined), set: () => Promise.resolve() }),
} as unknown as Store;

export function createOneJob(changes: Partial<Job> = {}) {
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
      send: ({ name }: { name: Call | 'model' }) =>
        name === 'model' ? Promise.reject(new Error('No page is read')) : react(name),
      close: () => Promise.resolve(),
    };
    const api = createRunComfy({ http, token: 'a-key', clock });
    const polling = createPolling({ store, clock, random: () => 0.5, log });
    const status = createStatus({ polling, models });
    const reply = {
      edit: (_job: Job, message: Partial<ReplyMessage>) => {
        edits.push({ embeds: [], ...message });
        return Promise.resolve('edited' as const);
      },
    };
    const progress = createProgress({ reply, status, polling, clock, log });
    const records = {
      cancellations: { get: () => Promise.resolve(undefined) },
      write: (written: Job) => Promise.resolve(void (job = written)),
      keep: (kept: Job) => Promise.resolve(void (job = kept)),
    } as unknown as Parameters<typeof createSubmit>[0]['records'];
    const record: RecordEvent = (before, event) => {
      // As it comes back from a store.
      job = jobSchema.parse(JSON.parse(JSON.stringify(advance(before, event, clock.now()))));
      return Promise.resolve(job);
    };
    const conclude: Conclude = async (before, event) => {
      await record(before, event, undefined);
      return undefined;
    };
    const deliver = () => Promise.resolve(undefined);
    const breaker = createAccountBreaker({ clock });
    const shared = {
      api,
      models: writtenModels,
      records,
      polling,
      progress,
      breaker,
      record,
      conclude,
      deliver,
      clock,
      log,
    };
    const look = createLook({ ...shared, askCancel: createAskCancel({ api, records, log }) });
    return { submit: createSubmit(shared), look, status, breaker };
  }

  async function step(): Promise<number | undefined> {
    switch (job.state.name) {
      case 'reserved':
        return parts.submit(job, undefined);
      case 'in_queue':
      case 'in_progress':
        return parts.look(job, job.state.requestId, undefined);
      case 'submitting':
      case 'completed':
      case 'delivered':
      case 'failed':
      case 'cancelled':
      case 'unknown':
        return undefined;
    }
  }

  let running = true;
  async function run(): Promise<void> {
    while (running && !isFinal(job)) {
      const delay = await step();
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
