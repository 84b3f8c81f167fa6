/** What can happen to a job's request, and what it is afterwards. Pure. */
import type { Failure, JobRequest } from './schema.ts';
import { isOver } from './state-of-job.ts';

/** What RunComfy says it billed, where it does (millionths of a US dollar). */
interface Billed {
  billed?: number | undefined;
}

/** What can happen to a request. */
export type RequestEvent =
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
  | ({ type: 'succeeded'; images: string[]; videos: string[] } & Billed)
  | ({ type: 'failed'; failure: Failure; reason: string | undefined } & Billed)
  /** `withdrawn`: by the bot, at the deadline; `by`: whose press it was, where that is known. */
  | ({ type: 'cancelled'; withdrawn?: true | undefined; by?: string | undefined } & Billed)
  | { type: 'unknown' };

/** The request after an event at a moment (milliseconds since the epoch); `undefined` where that is impossible in its state. */
export function requestAfter(request: JobRequest, event: RequestEvent, at: number): JobRequest | undefined {
  const { state } = request;
  const underWay = state.name === 'in_queue' || state.name === 'in_progress' ? state : undefined;
  const asked = 'requestId' in state && state.requestId !== undefined ? { requestId: state.requestId } : {};
  switch (event.type) {
    case 'submitting': {
      if (state.name !== 'reserved') return undefined;
      return { ...request, state: { name: 'submitting', since: at, holder: event.holder } };
    }
    case 'not_taken':
      return state.name === 'submitting' ? { ...request, state: { name: 'reserved' } } : undefined;
    case 'submitted':
      if (state.name !== 'submitting') return undefined;
      return { ...request, submittedAt: at, state: { name: 'in_queue', requestId: event.requestId } };
    case 'queued': {
      // A request never goes back to the queue: an answer that says so was overtaken.
      if (state.name === 'in_progress') return request;
      if (state.name !== 'in_queue') return undefined;
      const position = event.position === undefined ? {} : { position: event.position };
      const lost = state.lost === undefined ? {} : { lost: state.lost };
      return { ...request, state: { name: 'in_queue', requestId: state.requestId, ...position, ...lost } };
    }
    case 'started':
      if (state.name === 'in_progress') return request;
      if (state.name !== 'in_queue') return undefined;
      return { ...request, startedAt: at, state: { name: 'in_progress', requestId: state.requestId } };
    case 'missed': {
      if (underWay === undefined) return undefined;
      const { times, since } = underWay.lost ?? { times: 0, since: at };
      return { ...request, state: { ...underWay, lost: { times: times + 1, since: Math.min(since, at) } } };
    }
    case 'found':
      return underWay && { ...request, state: { ...underWay, lost: undefined } };
    case 'succeeded': {
      if (underWay === undefined) return undefined;
      const { images, videos } = event;
      const { requestId } = underWay;
      return {
        ...request,
        finishedAt: at,
        ...billedBy(event),
        state: { name: 'completed', requestId, images, videos },
      };
    }
    case 'failed': {
      if (isOver(request)) return undefined;
      const reason = event.reason === undefined ? {} : { reason: event.reason };
      const state = { name: 'failed' as const, failure: event.failure, ...reason, ...asked };
      return { ...request, finishedAt: at, ...billedBy(event), state };
    }
    case 'cancelled': {
      if (isOver(request)) return undefined;
      const withdrawn = event.withdrawn === undefined ? {} : { withdrawn: event.withdrawn };
      const by = event.by === undefined ? {} : { by: event.by };
      const state = { name: 'cancelled' as const, ...asked, ...withdrawn, ...by };
      return { ...request, finishedAt: at, ...billedBy(event), state };
    }
    case 'unknown':
      if (isOver(request)) return undefined;
      return { ...request, finishedAt: at, state: { name: 'unknown', ...asked } };
  }
}

function billedBy({ billed }: Billed): { billed?: number } {
  return billed === undefined ? {} : { billed };
}
