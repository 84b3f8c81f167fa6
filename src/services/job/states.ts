/** What a job's requests, gallery and state say of it. Pure. */
import { MODEL } from '../models/seedream.ts';
import type { Job } from './read-job.ts';
import type { JobRequest, PostedMessage } from './schema.ts';
import { isFree, isOver } from './state-of-job.ts';

/** RunComfy's id of the model that a job is made with. */
export function modelOf({ model = MODEL }: Pick<Job, 'model'>): string {
  return model;
}

/** A job's request. @throws TypeError where there is none of this number. */
export function requestOf({ id, requests }: Pick<Job, 'id' | 'requests'>, number: number): JobRequest {
  const request = requests[number - 1];
  if (request === undefined) throw new TypeError(`Job ${id} has no request ${number}`);
  return request;
}

/** RunComfy's id of a request, once there is one. */
export function runComfyIdOf({ state }: JobRequest): string | undefined {
  return 'requestId' in state ? state.requestId : undefined;
}

/** RunComfy's id of a job's first request that has one. */
export function requestIdOf({ requests }: Pick<Job, 'requests'>): string | undefined {
  return requests.map(runComfyIdOf).find((id) => id !== undefined);
}

/** What a log line says of a job, so that it can be found by each; of one of its requests, where it is about one. */
export function idsOf(job: Job, request?: JobRequest): { job: string; guild: string; request: string | undefined } {
  return { job: job.id, guild: job.guildId, request: request === undefined ? requestIdOf(job) : runComfyIdOf(request) };
}

/** Whether nothing more is to be asked of RunComfy or posted for this job. */
export function isFinal({ state }: Job): boolean {
  switch (state.name) {
    case 'reserved':
    case 'submitting':
    case 'in_queue':
    case 'in_progress':
      return false;
    case 'completed':
      return state.givenUp;
    case 'delivered':
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return true;
  }
}

/** The images of a job that stay counted, as far as is known: all but those of requests that cost nothing. */
export function countedImages({ requests }: Pick<Job, 'requests'>): number {
  return requests.filter((request) => !isFree(request)).reduce((sum, { images }) => sum + images, 0);
}

/** What a final job's reservation becomes: released only where no image of it stays counted. */
export function settlement(job: Job): 'settle' | 'release' | undefined {
  if (!isFinal(job)) return undefined;
  return countedImages(job) === 0 ? 'release' : 'settle';
}

/** Whether RunComfy has a request, and has not finished it as far as is known. */
export function isUnderWay({ state }: Pick<JobRequest, 'state'>): boolean {
  return state.name === 'in_queue' || state.name === 'in_progress';
}

/** Whether RunComfy has one of the job's requests, and has not finished it as far as is known. */
export function isAtRunComfy({ requests }: Pick<Job, 'requests'>): boolean {
  return requests.some(isUnderWay);
}

/** Whether something of a job can still be cancelled: it waits, or RunComfy has not begun it. */
export function isCancellable({ requests }: Pick<Job, 'requests'>): boolean {
  return requests.some(({ state }) => state.name === 'reserved' || state.name === 'in_queue');
}

/** The requests of a job that are not over. */
export function openRequests({ requests }: Pick<Job, 'requests'>): JobRequest[] {
  return requests.filter((request) => !isOver(request));
}

/** One answer may be a slip: that RunComfy does not know a request is believed after so many of them over so long (milliseconds). */
const LOST_TIMES = 3;
const LOST_SPAN = 30_000;

/** Whether RunComfy has been saying that it does not know a request; good answers reset that. */
export function isMissed({ state }: JobRequest): boolean {
  return 'lost' in state && state.lost !== undefined;
}

/** Whether that is to be believed at a moment (milliseconds since the epoch). */
export function isLost({ state }: JobRequest, now: number): boolean {
  if (!('lost' in state) || state.lost === undefined) return false;
  return state.lost.times >= LOST_TIMES && now - state.lost.since >= LOST_SPAN;
}

/** The wait before the next step of a job (milliseconds), which is never later than its deadline. */
export function untilDeadline({ deadline }: Job, delay: number, now: number): number {
  return Math.min(delay, Math.max(0, deadline - now));
}

/** Every message that was posted of a job's pictures. */
export function messagesOf({ gallery: { earlier = [], posted } }: Pick<Job, 'gallery'>): PostedMessage[] {
  return [...earlier, ...posted];
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
