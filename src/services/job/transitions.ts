/** What can happen to a job, and what it is afterwards. Pure. */
import { requestAfter, type RequestEvent } from './request-transitions.ts';
import { jobFrom, type Job } from './read-job.ts';
import type { Gallery, JobRequest, PostedMessage } from './schema.ts';
import type { Reference } from '../references/references.ts';
import type { JobState } from './state-of-job.ts';
import { isDeliverable, isForgettable, picturesOf } from './pictures.ts';
import { isFinal, messagesOf } from './states.ts';

/** What can happen to a job's gallery. */
type GalleryEvent =
  /** Message `number` is about to be created, or stands empty under this id: written so that a kill leaves a trace. */
  | { type: 'posting'; number: number; messageId: string | undefined }
  /** `edits`: how often the reply was edited since pictures were last posted. */
  | { type: 'posted'; message: PostedMessage; edits?: number }
  | { type: 'delivered' }
  /** Not brought to Discord: before the deadline, or as Discord refuses what it shows. */
  | { type: 'given_up'; refused: boolean }
  /** Given up before, all of it or in part, and asked for again: it is brought to this reply, which its requester alone sees. */
  | { type: 'reopened'; reply: Job['reply']; deadline: number };

/** Addresses of its references were made fresh, before they are sent. */
type ReferenceEvent = { type: 'refreshed'; references: readonly Reference[] };

/** What can happen to a job. `request` is the one that it happens to (from 1); left out where the job has one alone. */
export type JobEvent = (RequestEvent & { request?: number | undefined }) | GalleryEvent | ReferenceEvent;

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
  const after = (gallery: Gallery) => jobFrom({ ...job, gallery });
  switch (event.type) {
    case 'posting': {
      const { number, messageId } = event;
      const posting = { number, ...(messageId === undefined ? {} : { messageId }) };
      return after({ ...openGallery(job, event), posting });
    }
    case 'posted': {
      const { filled, ...gallery } = openGallery(job, event);
      // A message posted again in place (an edit repeated after a kill, or one with more pictures) replaces its own entry.
      const others = gallery.posted.filter((message) => message.number !== event.message.number);
      const times = (filled?.times ?? 0) + (event.edits ?? 0) + 1;
      const filling = isMaking(job) ? { times, at } : filled;
      const posted = [...others, event.message].toSorted((one, other) => one.number - other.number);
      // One that may stand as well is still to be looked for.
      const posting = gallery.posting?.number === event.message.number ? undefined : gallery.posting;
      return after({ ...gallery, posting, posted, ...(filling !== undefined && { filled: filling }) });
    }
    case 'delivered': {
      const gallery = completedGallery(job, event);
      return after({ ...gallery, posting: undefined, refused: undefined, givenUp: false, delivered: true });
    }
    case 'given_up':
      return after({
        ...completedGallery(job, event),
        givenUp: true,
        ...(event.refused && { refused: true as const }),
      });
    case 'reopened': {
      const isAgain = !isDeliverable(job);
      if (isAgain && !isForgettable(job)) throw new TransitionError(job.state.name, event.type);
      const { reply, deadline } = event;
      // What only its member sees in a channel goes; what everybody sees stays, and so does a direct message.
      const stays = ({ channelId }: PostedMessage) =>
        !job.private || (job.reopenedAt === undefined && channelId !== job.channelId);
      const all = messagesOf(job).map((message) => (stays(message) ? { ...message, lasting: true as const } : message));
      // Messages that Discord forgets hold nothing any more.
      const messages = isAgain ? all.filter(({ lasting }) => lasting) : all;
      const before = {
        ...(messages.length > 0 && { earlier: messages }),
        ...((isAgain || job.gallery.forgotten) && { forgotten: true as const }),
      };
      const gallery: Gallery = { posted: [], ...before, givenUp: false, delivered: false };
      const wasPublic = job.private ? job.wasPublic : true;
      return jobFrom({ ...job, private: true, wasPublic, reply, deadline, reopenedAt: at, gallery });
    }
    case 'refreshed':
      if (job.requests.every(({ state }) => state.name !== 'reserved'))
        throw new TransitionError(job.state.name, event.type);
      return jobFrom({ ...job, references: [...event.references] });
    case 'submitting':
    case 'not_taken':
    case 'submitted':
    case 'queued':
    case 'started':
    case 'missed':
    case 'found':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return ofRequest(job, event, at);
  }
}

function ofRequest(job: Job, event: Extract<JobEvent, { request?: number | undefined }>, at: number): Job {
  const { requests } = job;
  const number = event.request ?? (requests.length === 1 ? 1 : undefined);
  const before = requests.find((request) => request.number === number);
  const after: JobRequest | undefined = before && requestAfter(before, event, at);
  if (after === undefined) throw new TransitionError(job.state.name, event.type);
  if (after === before) return job;
  return jobFrom({ ...job, requests: requests.map((request) => (request === before ? after : request)) });
}

/** Whether some of a job's requests are not over. */
function isMaking({ state }: Job): boolean {
  return state.name === 'in_progress';
}

/** The gallery of a job that has something to post, finished or not. @throws TransitionError */
function openGallery(job: Job, event: JobEvent): Gallery {
  const isFilling = isMaking(job) && picturesOf(job).length > 0;
  return isFilling ? job.gallery : completedGallery(job, event);
}

function completedGallery(job: Job, event: JobEvent): Gallery {
  if (job.state.name !== 'completed') throw new TransitionError(job.state.name, event.type);
  return job.gallery;
}
