/** Where a delivery has its pictures from: the next message's are fetched while one is being posted. */
import { BYTES_PER_MESSAGE, type GalleryPicture } from '../messages/messages.ts';
import type { Job } from '../job/job.ts';
import type { FetchPictures, FetchedPictures, MessageRoom } from './fetch-pictures.ts';

export interface Prefetch {
  /** Gives a message's pictures, as {@link FetchPictures} does; asked for the same message again, the same ones. */
  take(job: Job, room: MessageRoom): Promise<FetchedPictures>;
  /**
   * Begins to fetch the pictures of the message after one that is about to be posted with `held`, where one message's memory
   * is enough for both.
   */
  fetchAhead(job: Job, room: MessageRoom, held: readonly GalleryPicture[]): void;
  /** Ends what is under way and is not needed any more. */
  end(): void;
}

function sameRoom(one: MessageRoom, other: MessageRoom): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A prefetch for one delivery. */
export function createPrefetch(fetchPictures: FetchPictures): Prefetch {
  let taken: { room: MessageRoom; fetched: FetchedPictures } | undefined;
  let ahead: { room: MessageRoom; fetched: Promise<FetchedPictures>; enough: AbortController } | undefined;

  function end(): void {
    ahead?.enough.abort();
    ahead = undefined;
  }

  async function fetch(job: Job, room: MessageRoom): Promise<FetchedPictures> {
    const known = ahead;
    if (known !== undefined && sameRoom(known.room, room)) {
      ahead = undefined;
      return known.fetched;
    }
    end();
    return fetchPictures(job, room, { bytes: BYTES_PER_MESSAGE, enough: new AbortController() });
  }

  return {
    async take(job, room) {
      if (taken !== undefined && sameRoom({ ...taken.room, limit: room.limit }, room)) {
        // Another way to the same message may take smaller files.
        if (taken.fetched.pictures.every(({ size }) => size <= room.limit)) return taken.fetched;
      }
      taken = undefined;
      const fetched = await fetch(job, room);
      taken = { room, fetched };
      return fetched;
    },

    fetchAhead(job, room, held) {
      if (ahead !== undefined && sameRoom(ahead.room, room)) return;
      end();
      const sizes = held.map(({ size }) => size);
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
