/** Which messages a job's gallery has, and what they hold. Pure. */
import { messagesOf, missingPictures, openRequests, picturesOf, type Job, type PostedMessage } from '../job/job.ts';
import { messageShare, picturesIn, PICTURES_PER_MESSAGE } from '../messages/messages.ts';

/** The number (from 1) that a job's next gallery message has. */
export function nextMessageNumber({ gallery }: Pick<Job, 'gallery'>): number {
  return Math.max(0, ...gallery.posted.map((message) => message.number)) + 1;
}

/** The pictures that a posted message holds, by its files' names; where they tell nothing, those it was made from. */
export function picturesHeld(job: Job, files: string[], made: number[]): number[] {
  const held = picturesIn(job, files);
  return held.length > 0 ? held : made;
}

/** Where pictures go next. */
export interface Place {
  /** The message's number. */
  number: number;
  /** The message that stands there, which more pictures are added to; `undefined` where it is to be made. */
  stands: PostedMessage | undefined;
  /** The pictures (numbered from 1) that wait for it. None: it is shown for the last time, as all of the job is over. */
  waiting: number[];
}

/**
 * The places that a job's gallery may go on at, the first that has pictures before the others. Pictures of a job of one request
 * fill message after message. Of several requests each picture has its message from the start, so that it need not move when
 * those before it come later; while some are being made, no message is begun before the one before it is full. What was begun is
 * ended first: a message whose making nobody answered may hold any of the pictures that wait, and one of those must not be added
 * to another.
 */
export function placesOf(job: Job): Place[] {
  const missing = missingPictures(job);
  const number = nextMessageNumber(job);
  const all = job.gallery.posted.filter(({ files }) => files !== undefined);
  const ends = all.map((stands) => ({ number: stands.number, stands, waiting: [] }));
  if (job.requests.length === 1)
    return missing.length === 0 ? ends : [{ number, stands: undefined, waiting: missing }, ...ends];
  const isMaking = openRequests(job).length > 0;
  if (isMaking && missing.length === 0) return [];
  const standing = job.gallery.posting?.number === number ? [] : all;
  const share = messageShare(job.count);
  const places: Place[] = [];
  const before = job.spoiler ? firstOpen(job) : Infinity;
  for (let first = 1; first <= job.count; first += share) {
    const isHere = (picture: number) => picture >= first && picture < first + share;
    const waiting = missing.filter((picture) => isHere(picture) && picture < before);
    const isLast = ({ pictures }: PostedMessage) => pictures.every((picture) => picture < (waiting[0] ?? Infinity));
    const stands = standing.find((message) => message.pictures.some(isHere) && (!job.spoiler || isLast(message)));
    if (waiting.length > 0) places.push({ number: stands?.number ?? number, stands, waiting });
    if (isMaking && !isFilled(job, isHere)) return places.slice(0, 1);
  }
  if (isMaking) return places.slice(0, 1);
  return [...places, ...ends];
}

/**
 * The first place (from 1) of a picture that may still be made. Spoilers are shown as they are attached, and a file that is
 * added comes last: so none is posted before that one.
 */
function firstOpen({ requests }: Job): number {
  let place = 1;
  for (const request of requests) {
    if (openRequests({ requests: [request] }).length > 0) return place;
    place += request.images;
  }
  return Infinity;
}

/** Whether all pictures of a message are posted, or will never be made. */
function isFilled(job: Job, isHere: (picture: number) => boolean): boolean {
  const posted = new Set(messagesOf(job).flatMap(({ pictures }) => pictures));
  let before = 0;
  for (const request of job.requests) {
    const own = Array.from({ length: request.images }, (_, index) => before + index + 1).filter(isHere);
    before += request.images;
    const isOpen = openRequests({ requests: [request] }).length > 0;
    const made = picturesOf(job).filter(({ number }) => own.includes(number));
    if (own.length > 0 && (isOpen || made.some(({ number }) => !posted.has(number)))) return false;
  }
  return true;
}

/** At least so long between two posts of pictures while others are being made (milliseconds). */
const FILLS_APART = 3000;

/** A job's messages are edited so often at most where nothing is wrong, the last edit of each included. */
const EDITS_MOST = 10;

/**
 * Milliseconds until the pictures that are there are to be posted while others are being made: the first at once, then few
 * edits, each with what has come since. `undefined` where they wait for more.
 *
 * @param now - milliseconds since the epoch.
 */
export function untilFill(job: Job, now: number): number | undefined {
  const [place] = placesOf(job);
  if (place === undefined) return undefined;
  const { filled } = job.gallery;
  if (filled === undefined) return 0;
  const more = EDITS_MOST - Math.ceil(job.count / PICTURES_PER_MESSAGE) - filled.times;
  if (more <= 0) return undefined;
  const left = place.waiting.length + openRequests(job).reduce((sum, { images }) => sum + images, 0);
  if (place.waiting.length < Math.ceil(left / more)) return undefined;
  return Math.min(FILLS_APART, Math.max(0, filled.at + FILLS_APART - now));
}
