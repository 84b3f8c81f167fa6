/** Where a delivery has its pictures from: the next message's are fetched while one is being posted. */
import { BYTES_PER_MESSAGE, type GalleryPicture } from '../messages/gallery.ts';
import type { FetchPictures, FetchedPictures, MessageRoom } from './fetch-pictures.ts';
import type { CompletedJob } from '../job/job.ts';

export interface Prefetch {
  /** Gives a message's pictures, as {@link FetchPictures} does. */
  take(job: CompletedJob, room: MessageRoom): Promise<FetchedPictures>;
  /**
   * Begins to fetch the pictures of the message after one that is about to be posted with `held`, where one message's memory
   * is enough for both.
   */
  lookAhead(job: CompletedJob, room: MessageRoom, held: readonly GalleryPicture[]): void;
  /** Ends what is under way and is not needed any more. */
  end(): void;
}

/** A prefetch for one delivery. */
export function createPrefetch(fetchPictures: FetchPictures): Prefetch {
  let ahead: { room: MessageRoom; fetched: Promise<FetchedPictures>; enough: AbortController } | undefined;

  function end(): void {
    ahead?.enough.abort();
    ahead = undefined;
  }

  return {
    take(job, room) {
      const known = ahead;
      if (known !== undefined && JSON.stringify(known.room) === JSON.stringify(room)) {
        ahead = undefined;
        return known.fetched;
      }
      end();
      return fetchPictures(job, room, { bytes: BYTES_PER_MESSAGE, enough: new AbortController() });
    },

    lookAhead(job, room, held) {
      const sizes = held.map(({ bytes }) => bytes.length);
      const bytes = BYTES_PER_MESSAGE - sizes.reduce((sum, size) => sum + size, 0);
      if (room.waiting.length === 0 || room.waiting.length * Math.max(...sizes) > bytes) return;
      const enough = new AbortController();
      const fetched = fetchPictures(job, room, { bytes, enough });
      fetched.catch(() => undefined); // awaited when its turn comes, if it does
      ahead = { room, fetched, enough };
    },

    end,
  };
}
