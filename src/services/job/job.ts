/** A job: one `/seedream` request from reservation to delivery. Its record, its states, its transitions. Pure. */
import { z } from 'zod';
import { QUALITIES, SIZES } from '../models/seedream.ts';

/** A Discord message of a job's gallery and which of the job's pictures (numbered from 1) it holds. */
const postedMessageSchema = z.object({
  number: z.int().min(1),
  channelId: z.string(),
  messageId: z.string(),
  pictures: z.array(z.int().min(1)),
});
export type PostedMessage = z.infer<typeof postedMessageSchema>;

/** Why a job failed. Members read a sentence for each; `docs/reliability.md` says what each costs. */
export const FAILURES = [
  /** RunComfy refused the request as wrong or not allowed. */
  'refused',
  /** RunComfy does not accept the host's API key. */
  'authentication',
  /** The host's RunComfy balance is empty. */
  'balance',
  /** RunComfy took the job and reported that it failed, moderation included. */
  'model',
  /** RunComfy took nothing before the deadline. */
  'not_taken',
  /** RunComfy did not finish before the deadline. May be paid. */
  'deadline',
  /** RunComfy finished without a single picture. Paid. */
  'no_pictures',
] as const;
export type Failure = (typeof FAILURES)[number];

const requestId = z.string().min(1);

const stateSchema = z.discriminatedUnion('name', [
  /** Counted in the ledger; nobody has been asked yet, or nobody took it so far. */
  z.object({ name: z.literal('reserved') }),
  /** The submit may be under way. Found at a start, its outcome is unknown. */
  z.object({ name: z.literal('submitting') }),
  z.object({ name: z.literal('in_queue'), requestId, position: z.int().optional() }),
  z.object({ name: z.literal('in_progress'), requestId }),
  /** Paid and made. `givenUp` is set when it could not be brought to Discord before the deadline. */
  z.object({
    name: z.literal('completed'),
    requestId,
    images: z.array(z.string()),
    videos: z.array(z.string()),
    posted: z.array(postedMessageSchema),
    /** The message that may have been made without its id having been written; with an id, one that waits to be filled. */
    posting: z.object({ number: z.int().min(1), messageId: z.string().optional() }).optional(),
    givenUp: z.boolean(),
  }),
  z.object({
    name: z.literal('delivered'),
    requestId,
    images: z.array(z.string()),
    videos: z.array(z.string()),
    posted: z.array(postedMessageSchema),
  }),
  z.object({
    name: z.literal('failed'),
    failure: z.enum(FAILURES),
    reason: z.string().optional(),
    requestId: requestId.optional(),
  }),
  z.object({ name: z.literal('cancelled'), requestId: requestId.optional() }),
  /** Nobody can say whether the submit was taken and billed, or RunComfy no longer knows the job. */
  z.object({ name: z.literal('unknown'), requestId: requestId.optional() }),
]);
export type JobState = z.infer<typeof stateSchema>;

export const jobSchema = z.object({
  version: z.literal(1),
  /** Our id: the id of the interaction that asked for the job, so that a replayed interaction is the same job. */
  id: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  userId: z.string(),
  /** The language of the member and of the guild, as Discord names them. */
  locale: z.string(),
  guildLocale: z.string(),
  /** The prompt as typed, and the text that is sent. */
  prompt: z.string(),
  text: z.string(),
  count: z.int(),
  size: z.enum(SIZES),
  seed: z.int(),
  quality: z.enum(QUALITIES),
  private: z.boolean(),
  spoiler: z.boolean(),
  /** How the job's reply is reached. Times in milliseconds since the epoch, sizes in bytes. */
  reply: z.object({
    applicationId: z.string(),
    token: z.string(),
    tokenExpiresAt: z.number(),
    messageId: z.string().optional(),
    attachmentSizeLimit: z.int(),
  }),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  deadline: z.number(),
  submittedAt: z.number().optional(),
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  /** When its requester last asked for the pictures that had been given up. */
  reopenedAt: z.number().optional(),
  state: stateSchema,
});
export type Job = z.infer<typeof jobSchema>;

export type CompletedState = Extract<JobState, { name: 'completed' }>;
export type CompletedJob = Job & { state: CompletedState };

/** What can happen to a job. */
export type JobEvent =
  | { type: 'submitting' }
  /** Provably taken by nobody: it goes back to wait. */
  | { type: 'not_taken' }
  | { type: 'submitted'; requestId: string }
  | { type: 'queued'; position: number | undefined }
  | { type: 'started' }
  | { type: 'succeeded'; images: string[]; videos: string[] }
  /** Message `number` is about to be created, or stands empty under this id: written so that a kill leaves a trace. */
  | { type: 'posting'; number: number; messageId: string | undefined }
  | { type: 'posted'; message: PostedMessage }
  | { type: 'delivered' }
  | { type: 'given_up' }
  /** Given up before, and asked for again: it is brought to this reply, which its requester alone sees. */
  | { type: 'reopened'; reply: Job['reply']; deadline: number }
  | { type: 'failed'; failure: Failure; reason: string | undefined }
  | { type: 'cancelled' }
  | { type: 'unknown' };

/** Thrown when an event cannot happen in a state: a defect in the caller, never a fault of the world. */
export class TransitionError extends Error {
  constructor(state: JobState['name'], event: JobEvent['type']) {
    super(`A job that is ${state} cannot be ${event}`);
    this.name = 'TransitionError';
  }
}

/** RunComfy's id of the job, once there is one. */
export function requestIdOf(job: Job): string | undefined {
  return 'requestId' in job.state ? job.state.requestId : undefined;
}

/** What a log line says of a job, so that it can be found by each. */
export function idsOf(job: Job): { job: string; guild: string; request: string | undefined } {
  return { job: job.id, guild: job.guildId, request: requestIdOf(job) };
}

/** Whether nothing more is to be asked of RunComfy or posted for this job. */
export function isFinal(job: Job): boolean {
  switch (job.state.name) {
    case 'reserved':
    case 'submitting':
    case 'in_queue':
    case 'in_progress':
      return false;
    case 'completed':
      return job.state.givenUp;
    case 'delivered':
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return true;
  }
}

/**
 * What a final job's reservation becomes: released only where RunComfy refused, failed or cancelled the job or was never
 * reached; everything that is paid, or may be, stays counted.
 */
export function settlement(job: Job): 'settle' | 'release' | undefined {
  if (!isFinal(job)) return undefined;
  if (job.state.name === 'cancelled') return 'release';
  if (job.state.name !== 'failed') return 'settle';
  switch (job.state.failure) {
    case 'refused':
    case 'authentication':
    case 'balance':
    case 'model':
    case 'not_taken':
      return 'release';
    case 'deadline':
    case 'no_pictures':
      return 'settle';
  }
}

/**
 * The job after an event at a moment (milliseconds since the epoch).
 *
 * @throws TransitionError where the event is impossible in the job's state.
 */
export function advance(job: Job, event: JobEvent, at: number): Job {
  const { state } = job;
  const impossible = (): never => {
    throw new TransitionError(state.name, event.type);
  };
  const asked = 'requestId' in state && state.requestId !== undefined ? { requestId: state.requestId } : {};
  switch (event.type) {
    case 'submitting':
      return state.name === 'reserved' ? { ...job, state: { name: 'submitting' } } : impossible();
    case 'not_taken':
      return state.name === 'submitting' ? { ...job, state: { name: 'reserved' } } : impossible();
    case 'submitted':
      if (state.name !== 'submitting') return impossible();
      return { ...job, submittedAt: at, state: { name: 'in_queue', requestId: event.requestId } };
    case 'queued': {
      // A job never goes back to the queue: an answer that says so was overtaken.
      if (state.name === 'in_progress') return job;
      if (state.name !== 'in_queue') return impossible();
      const position = event.position === undefined ? {} : { position: event.position };
      return { ...job, state: { name: 'in_queue', requestId: state.requestId, ...position } };
    }
    case 'started':
      if (state.name === 'in_progress') return job;
      if (state.name !== 'in_queue') return impossible();
      return { ...job, startedAt: at, state: { name: 'in_progress', requestId: state.requestId } };
    case 'succeeded': {
      if (state.name !== 'in_queue' && state.name !== 'in_progress') return impossible();
      const { images, videos } = event;
      const { requestId } = state;
      return {
        ...job,
        finishedAt: at,
        state: { name: 'completed', requestId, images, videos, posted: [], givenUp: false },
      };
    }
    case 'posting': {
      if (state.name !== 'completed') return impossible();
      const { number, messageId } = event;
      return { ...job, state: { ...state, posting: { number, ...(messageId === undefined ? {} : { messageId }) } } };
    }
    case 'posted': {
      if (state.name !== 'completed') return impossible();
      const { requestId, images, videos, givenUp } = state;
      // A message posted again in place (an edit repeated after a kill) replaces its own entry.
      const others = state.posted.filter((message) => message.number !== event.message.number);
      const posted = [...others, event.message];
      return { ...job, state: { name: 'completed', requestId, images, videos, givenUp, posted } };
    }
    case 'delivered': {
      if (state.name !== 'completed') return impossible();
      const { requestId: id, images, videos, posted } = state;
      return { ...job, state: { name: 'delivered', requestId: id, images, videos, posted } };
    }
    case 'given_up':
      return state.name === 'completed' ? { ...job, state: { ...state, givenUp: true } } : impossible();
    case 'reopened': {
      if (state.name !== 'completed' || !state.givenUp) return impossible();
      const { reply, deadline } = event;
      const { requestId, images, videos } = state;
      const again = { name: 'completed' as const, requestId, images, videos, posted: [], givenUp: false };
      return { ...job, private: true, reply, deadline, reopenedAt: at, state: again };
    }
    case 'failed': {
      if (isFinal(job) || state.name === 'completed') return impossible();
      const reason = event.reason === undefined ? {} : { reason: event.reason };
      return { ...job, finishedAt: at, state: { name: 'failed', failure: event.failure, ...reason, ...asked } };
    }
    case 'cancelled':
      if (isFinal(job) || state.name === 'completed') return impossible();
      return { ...job, finishedAt: at, state: { name: 'cancelled', ...asked } };
    case 'unknown':
      if (isFinal(job) || state.name === 'completed') return impossible();
      return { ...job, finishedAt: at, state: { name: 'unknown', ...asked } };
  }
}
