/** What a job's state says of it. Pure. */
import { MODEL } from '../models/seedream.ts';
import type { CompletedJob, CompletedState, DeliveredState, Job, PostedMessage } from './schema.ts';

/** RunComfy's id of the model that a job is made with. */
export function modelOf({ model = MODEL }: Pick<Job, 'model'>): string {
  return model;
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
    case 'gone':
    case 'model':
    case 'not_taken':
      return 'release';
    case 'deadline':
    case 'no_pictures':
    case 'unreadable':
      return 'settle';
  }
}

/** Whether RunComfy has the job, and has not finished it as far as is known. */
export function isAtRunComfy({ state }: Job): boolean {
  return state.name === 'in_queue' || state.name === 'in_progress';
}

/** One answer may be a slip: that RunComfy does not know a request is believed after so many of them over so long (milliseconds). */
const LOST_TIMES = 3;
const LOST_SPAN = 30_000;

/** Whether RunComfy has been saying that it does not know the job's request; good answers reset that. */
export function isMissed({ state }: Job): boolean {
  return 'lost' in state && state.lost !== undefined;
}

/** Whether that is to be believed at a moment (milliseconds since the epoch). */
export function isLost({ state }: Job, now: number): boolean {
  if (!('lost' in state) || state.lost === undefined) return false;
  return state.lost.times >= LOST_TIMES && now - state.lost.since >= LOST_SPAN;
}

/** Whether a job's pictures are made, and being brought to Discord. */
export function isCompleted(job: Job): job is CompletedJob {
  return job.state.name === 'completed';
}

/** The wait before the next step of a job (milliseconds), which is never later than its deadline. */
export function untilDeadline({ deadline }: Job, delay: number, now: number): number {
  return Math.min(delay, Math.max(0, deadline - now));
}

/** Every message that was posted of a job's pictures. */
export function messagesOf({ earlier = [], posted }: CompletedState | DeliveredState): PostedMessage[] {
  return [...earlier, ...posted];
}

/** The pictures (numbered from 1) of a job that no posted message holds. */
export function missingPictures(state: CompletedState | DeliveredState): number[] {
  const posted = new Set(messagesOf(state).flatMap((message) => message.pictures));
  return state.images.map((_, index) => index + 1).filter((number) => !posted.has(number));
}

/** Whether a job that is over has pictures that could not be brought to Discord, and may be asked for again. */
export function isDeliverable({ state }: Job): boolean {
  if (state.name === 'completed') return state.givenUp;
  // A gallery that was removed is not brought back.
  return state.name === 'delivered' && messagesOf(state).length > 0 && missingPictures(state).length > 0;
}

/** How long a delivery is tried at least, counted from the finish of the job (milliseconds). */
const LATE_DELIVERY = 15 * 60_000;

/**
 * Until when a completed job's delivery is tried (milliseconds since the epoch): its deadline, and for one that finished
 * late or was found finished after a stop, a while from then.
 */
export function deliveryDeadline(job: Job): number {
  const span = Math.min(LATE_DELIVERY, job.deadline - job.createdAt);
  return Math.max(job.deadline, (job.finishedAt ?? job.createdAt) + span);
}
