/** Fetches the pictures of a gallery's next message. */
import { AssetError } from './asset-error.ts';
import type { Assets } from './assets.ts';
import type { GalleryPicture } from './gallery.ts';
import { idsOf, type CompletedJob } from './job.ts';
import type { Log } from './log.ts';
import { FILE_TYPES, fitPicture } from './picture.ts';

/** Downloads under way for one gallery. */
const DOWNLOADS_AT_ONCE = 5;

/** A picture that could not be had; `hopeless` where another try would end the same. */
export interface Unavailable {
  number: number;
  hopeless: boolean;
}

export interface Gathered {
  pictures: GalleryPicture[];
  unavailable: Unavailable[];
}

/** What a message may hold. */
export interface MessageRoom {
  /** Pictures at most. */
  share: number;
  /** Bytes a file may have; heavier pictures are made lighter. */
  limit: number;
  /** Bytes of all files; a single one may have more. */
  room: number;
  /** Ends the downloads when it aborts; then the call rejects. */
  enough?: AbortController;
}

/**
 * Gives the next message's pictures in order, of those that wait (numbered from 1). `unavailable` are those before the last
 * one taken that could not be had.
 */
export type Gather = (job: CompletedJob, waiting: number[], room: MessageRoom) => Promise<Gathered>;

export function createGathering({ assets, log }: { assets: Pick<Assets, 'download'>; log: Log }): Gather {
  /** One picture, light enough for the message it goes to. */
  async function fetchPicture(
    job: CompletedJob,
    number: number,
    { limit, signal }: { limit: number; signal: AbortSignal },
  ): Promise<GalleryPicture | Unavailable> {
    const url = job.state.images[number - 1] ?? '';
    try {
      const original = await assets.download(url, { signal });
      const { picture, reencoded } = await fitPicture(original, limit);
      return {
        number,
        bytes: picture.bytes,
        extension: FILE_TYPES[picture.format].extension,
        reencodedFrom: reencoded ? url : undefined,
      };
    } catch (error) {
      if (!(error instanceof AssetError)) throw error;
      log.warn({ ...idsOf(job), picture: number, kind: error.kind, err: error }, 'a picture could not be fetched');
      // What a job finished with just now may not be everywhere yet; what is fetched long after has expired.
      const expired = error.kind === 'gone' && job.reopenedAt !== undefined;
      return { number, hopeless: expired || error.kind === 'not_allowed' || error.kind === 'too_large' };
    }
  }

  return async (job, waiting, { share, limit, room, enough = new AbortController() }) => {
    const pictures: GalleryPicture[] = [];
    const unavailable: Unavailable[] = [];
    const under = new Map<number, Promise<GalleryPicture | Unavailable>>();
    let next = 0;
    let bytes = 0;
    for (const number of waiting) {
      while (next < waiting.length && under.size < DOWNLOADS_AT_ONCE && next - unavailable.length < share) {
        const ahead = waiting[next++];
        if (ahead === undefined) break;
        const fetching = fetchPicture(job, ahead, { limit, signal: enough.signal });
        fetching.catch(() => undefined); // awaited below, in order
        under.set(ahead, fetching);
      }
      const picture = await under.get(number);
      under.delete(number);
      if (picture === undefined) break;
      if (!('bytes' in picture)) {
        unavailable.push(picture);
        continue;
      }
      if (bytes + picture.bytes.length > room && pictures.length > 0) break;
      pictures.push(picture);
      bytes += picture.bytes.length;
      if (pictures.length === share) break;
    }
    // Downloads ahead of what fits into this message are not worth finishing.
    if (under.size > 0) enough.abort();
    await Promise.allSettled(under.values());
    return { pictures, unavailable };
  };
}
