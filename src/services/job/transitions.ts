/** What can happen to a job, and what it is afterwards. Pure. */
import type { Failure, Job, JobState, PostedMessage } from './schema.ts';
import { isDeliverable, isFinal, messagesOf } from './states.ts';

/** What can happen to a job. */
export type JobEvent =
  /** By the step that holds this claim, where there are claims. */
  | { type: 'submitting'; holder?: string | undefined }
  /** Provably taken by nobody: it goes back to wait. */
  | { type: 'not_taken' }
  | { type: 'submitted'; requestId: string }
  | { type: 'queued'; position: number | undefined }
  | { type: 'started' }
  /** RunComfy said that it does not know the request. */
  | { type: 'missed' }
  /** It knows it after all. */
  | { type: 'found' }
  | { type: 'succeeded'; images: string[]; videos: string[] }
  /** Message `number` is about to be created, or stands empty under this id: written so that a kill leaves a trace. */
  | { type: 'posting'; number: number; messageId: string | undefined }
  | { type: 'posted'; message: PostedMessage }
  | { type: 'delivered' }
  /** Not brought to Discord: before the deadline, or as Discord refuses what it shows. */
  | { type: 'given_up'; refused: boolean }
  /** Given up before, all of it or in part, and asked for again: it is brought to this reply, which its requester alone sees. */
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

/**
 * The job after an event at a moment (milliseconds since the epoch).
 *
 * @throws TransitionError where the event is impossible in the job's state.
 */
export function advance(job: Job, event: JobEvent, at: number): Job {
  const next = transition(job, event, at);
  return isFinal(next) && next.endedAt === undefined ? { ...next, endedAt: at } : next;
}

function transition(job: Job, event: JobEvent, at: number): Job {
  const { state } = job;
  const impossible = (): never => {
    throw new TransitionError(state.name, event.type);
  };
  const asked = 'requestId' in state && state.requestId !== undefined ? { requestId: state.requestId } : {};
  switch (event.type) {
    case 'submitting':
      if (state.name !== 'reserved') return impossible();
      return { ...job, state: { name: 'submitting', since: at, holder: event.holder } };
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
      const lost = state.lost === undefined ? {} : { lost: state.lost };
      return { ...job, state: { name: 'in_queue', requestId: state.requestId, ...position, ...lost } };
    }
    case 'started':
      if (state.name === 'in_progress') return job;
      if (state.name !== 'in_queue') return impossible();
      return { ...job, startedAt: at, state: { name: 'in_progress', requestId: state.requestId } };
    case 'missed': {
      if (state.name !== 'in_queue' && state.name !== 'in_progress') return impossible();
      const { times, since } = state.lost ?? { times: 0, since: at };
      return { ...job, state: { ...state, lost: { times: times + 1, since: Math.min(since, at) } } };
    }
    case 'found': {
      if (state.name !== 'in_queue' && state.name !== 'in_progress') return impossible();
      return { ...job, state: { ...state, lost: undefined } };
    }
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
      const { requestId, images, videos, givenUp, earlier } = state;
      const before = earlier === undefined ? {} : { earlier };
      // A message posted again in place (an edit repeated after a kill) replaces its own entry.
      const others = state.posted.filter((message) => message.number !== event.message.number);
      const posted = [...others, event.message];
      return { ...job, state: { name: 'completed', requestId, images, videos, givenUp, posted, ...before } };
    }
    case 'delivered': {
      if (state.name !== 'completed') return impossible();
      const { requestId: id, images, videos, posted, earlier } = state;
      const before = earlier === undefined ? {} : { earlier };
      return { ...job, state: { name: 'delivered', requestId: id, images, videos, posted, ...before } };
    }
    case 'given_up': {
      if (state.name !== 'completed') return impossible();
      return { ...job, state: { ...state, givenUp: true, ...(event.refused ? { refused: true } : {}) } };
    }
    case 'reopened': {
      if ((state.name !== 'completed' && state.name !== 'delivered') || !isDeliverable(job)) return impossible();
      const { reply, deadline } = event;
      const { requestId, images, videos } = state;
      const messages = messagesOf(state);
      const again = { name: 'completed' as const, requestId, images, videos, posted: [], givenUp: false };
      const before = messages.length === 0 ? {} : { earlier: messages };
      return { ...job, private: true, reply, deadline, reopenedAt: at, state: { ...again, ...before } };
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
