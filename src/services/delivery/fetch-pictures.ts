/** Fetches the pictures of a gallery's next message. */
import { deliveryDeadline, idsOf, pictureUrl, type Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { GalleryPicture } from '../messages/messages.ts';
import { PictureError, type Downloads } from '../pictures/download.ts';
import { FILE_TYPES, fitPicture } from '../pictures/picture.ts';

/** Downloads under way for one gallery. */
const DOWNLOADS_AT_ONCE = 5;

/**
 * How long pictures that came wait for those that have not yet (milliseconds), so that a hiccup splits no gallery: at most half the
 * time that there is for bringing them.
 */
const WAIT_FOR_ALL = 20_000;

/** A picture that cannot be posted now, and why. Only one that is `awaited` is worth another try. */
export interface Unavailable {
  number: number;
  because:
    /** Not to be had for the moment. */
    | 'awaited'
    /** No longer to be had. */
    | 'expired'
    /** Of a kind, a size or with damage that Discord cannot be given. */
    | 'unshowable'
    /** On a host that the bot may not fetch from. */
    | 'not_allowed';
}

export interface FetchedPictures {
  pictures: GalleryPicture[];
  unavailable: Unavailable[];
}

/** What a message of a gallery may hold. */
export interface MessageRoom {
  /** Its place among the gallery's messages, from 1. */
  number: number;
  /** The pictures (numbered from 1) that wait, in order. */
  waiting: number[];
  /** Pictures at most. */
  share: number;
  /** Bytes a file may have; heavier pictures are made lighter. */
  limit: number;
}

/**
 * Gives a message's pictures in order: those that fit into so many bytes, or one. `unavailable` are those before the last
 * one taken that could not be had. Rejects when `enough` aborts, which ends the downloads.
 */
export type FetchPictures = (
  job: Job,
  room: MessageRoom,
  within: { bytes: number; enough: AbortController },
) => Promise<FetchedPictures>;

/** @param onNotAllowed - hears of each address on a host that pictures may not be fetched from. */
export function createPictureFetcher({
  downloads,
  onNotAllowed,
  log,
}: {
  downloads: Pick<Downloads, 'download'>;
  onNotAllowed: (url: string) => void;
  log: Log;
}): FetchPictures {
  /** One picture, light enough for the message it goes to. */
  async function fetchPicture(
    job: Job,
    number: number,
    { limit, signal }: { limit: number; signal: AbortSignal },
  ): Promise<GalleryPicture | Unavailable> {
    const url = pictureUrl(job, number);
    try {
      const original = await downloads.download(url, { signal });
      const { picture, reencoded } = await fitPicture(original, limit);
      return {
        number,
        chunks: picture.chunks,
        size: picture.size,
        extension: FILE_TYPES[picture.format].extension,
        reencodedFrom: reencoded ? url : undefined,
      };
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      log.warn({ ...idsOf(job), picture: number, kind: error.kind, err: error }, 'a picture could not be fetched');
      if (error.kind === 'not_allowed') onNotAllowed(url);
      return { number, because: whyNot(error, job) };
    }
  }

  return async (job, { waiting, share, limit }, { bytes: most, enough }) => {
    const pictures: GalleryPicture[] = [];
    const unavailable: Unavailable[] = [];
    const under = new Map<number, Promise<GalleryPicture | Unavailable>>();
    let next = 0;
    let bytes = 0;

    /** Whether one more is likely to fit behind those under way: a job's pictures weigh about the same. */
    function isLikelyToFit(): boolean {
      if (pictures.length === 0) return true;
      const sizes = pictures.map(({ size }) => size);
      return bytes + (under.size === 0 ? Math.min(...sizes) : (under.size + 1) * Math.max(...sizes)) <= most;
    }

    for (const number of waiting) {
      while (next < waiting.length && under.size < DOWNLOADS_AT_ONCE && next - unavailable.length < share) {
        if (!isLikelyToFit()) break;
        const ahead = waiting[next++];
        if (ahead === undefined) break;
        const fetching = fetchPicture(job, ahead, { limit, signal: enough.signal });
        fetching.catch(() => undefined); // awaited below, in order
        under.set(ahead, fetching);
      }
      const picture = await under.get(number);
      under.delete(number);
      if (picture === undefined) break;
      if (!('chunks' in picture)) {
        unavailable.push(picture);
        continue;
      }
      if (bytes + picture.size > most && pictures.length > 0) break;
      pictures.push(picture);
      bytes += picture.size;
      if (pictures.length === share) break;
    }
    // Downloads ahead of what fits into this message are not worth finishing.
    if (under.size > 0) enough.abort();
    await Promise.allSettled(under.values());
    return { pictures, unavailable };
  };
}

function whyNot({ kind, isForeign }: PictureError, { reopenedAt }: Job): Unavailable['because'] {
  switch (kind) {
    case 'gone':
      // What a job finished with just now may not be everywhere yet; what is fetched long after has expired.
      return reopenedAt === undefined ? 'awaited' : 'expired';
    case 'not_allowed':
      return 'not_allowed';
    case 'not_a_picture':
      // What is no picture at all may be a page about some trouble that passes.
      return isForeign ? 'awaited' : 'unshowable';
    case 'too_large':
      return 'unshowable';
    case 'unavailable':
      return 'awaited';
  }
}

/** Milliseconds until pictures that are there wait for the others of their message no longer (`now` since the epoch). */
export function untilInPart(job: Job, now: number): number {
  const { finishedAt = 0 } = job;
  const patience = Math.min(WAIT_FOR_ALL, (deliveryDeadline(job) - finishedAt) / 2);
  return Math.max(0, finishedAt + patience - now);
}

/** Whether pictures that are there wait for the others of their message. */
export function waitForAll(job: Job, unavailable: readonly Unavailable[], now: number): boolean {
  return unavailable.some(({ because }) => because === 'awaited') && untilInPart(job, now) > 0;
}
