/** A job's pictures, and which of them stand in Discord. Pure. */
import type { Job } from './read-job.ts';
import { messagesOf } from './states.ts';

/** A picture that was made. */
export interface MadePicture {
  /** Its place among the job's pictures, from 1. Pictures of requests that made none leave their places empty. */
  number: number;
  url: string;
}

/** The pictures that were made so far, in their order. Each request has places for as many as it asked for. */
export function picturesOf({ requests }: Pick<Job, 'requests'>): MadePicture[] {
  let before = 0;
  return requests.flatMap(({ images, state }) => {
    const first = before + 1;
    before += images;
    return state.name === 'completed' ? state.images.map((url, index) => ({ number: first + index, url })) : [];
  });
}

/** Where a picture is; empty where it was not made. */
export function pictureUrl(job: Pick<Job, 'requests'>, number: number): string {
  return picturesOf(job).find((picture) => picture.number === number)?.url ?? '';
}

/** What was made that is no picture. */
export function videosOf({ requests }: Pick<Job, 'requests'>): string[] {
  return requests.flatMap(({ state }) => (state.name === 'completed' ? state.videos : []));
}

/** The pictures (numbered from 1) of a job that no posted message holds. */
export function missingPictures(job: Pick<Job, 'requests' | 'gallery'>): number[] {
  const posted = new Set(messagesOf(job).flatMap((message) => message.pictures));
  return picturesOf(job)
    .map(({ number }) => number)
    .filter((number) => !posted.has(number));
}

/**
 * Whether a job's pictures stand in a message that Discord forgets, as it does with what one person alone sees; a direct message
 * stays. They can be brought again.
 */
export function isForgettable(job: Job): boolean {
  const messages = messagesOf(job).filter(({ lasting }) => !lasting);
  if (!job.private || job.state.name !== 'delivered' || messages.length === 0) return false;
  return job.reopenedAt !== undefined || messages.some(({ channelId }) => channelId === job.channelId);
}

/** How long pictures that came are surely still there (milliseconds): then nobody needs them again. */
const STILL_THERE = 60_000;

/** Whether pictures that Discord forgets came so lately that they are still there (`now` in milliseconds since the epoch). */
export function hasJustCome({ reopenedAt, finishedAt, createdAt }: Job, now: number): boolean {
  return now - Math.max(reopenedAt ?? 0, finishedAt ?? createdAt) < STILL_THERE;
}

/** Whether a job that is over has pictures that could not be brought to Discord, and may be asked for again. */
export function isDeliverable(job: Job): boolean {
  const { state } = job;
  if (state.name === 'completed') return state.givenUp;
  // A gallery that was removed is not brought back.
  return state.name === 'delivered' && messagesOf(job).length > 0 && missingPictures(job).length > 0;
}
