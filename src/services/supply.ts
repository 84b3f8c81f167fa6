/** Where a delivery has its pictures from: the next message's are fetched while one is being posted. */
import { BYTES_PER_MESSAGE, type GalleryPicture } from './gallery.ts';
import type { Gather, Gathered, MessageRoom } from './gathering.ts';
import type { CompletedJob } from './job.ts';

export interface Supply {
  /** Gives a message's pictures, as {@link Gather} does. */
  take(job: CompletedJob, room: MessageRoom): Promise<Gathered>;
  /**
   * Begins to fetch the pictures of the message after one that is about to be posted with `held`, where one message's memory
   * is enough for both.
   */
  lookAhead(job: CompletedJob, room: MessageRoom, held: readonly GalleryPicture[]): void;
  /** Ends what is under way and is not needed any more. */
  end(): void;
}

/** A supply for one delivery. */
export function createSupply(gather: Gather): Supply {
  let ahead: { room: MessageRoom; gathered: Promise<Gathered>; enough: AbortController } | undefined;

  function end(): void {
    ahead?.enough.abort();
    ahead = undefined;
  }

  return {
    take(job, room) {
      const known = ahead;
      if (known !== undefined && JSON.stringify(known.room) === JSON.stringify(room)) {
        ahead = undefined;
        return known.gathered;
      }
      end();
      return gather(job, room, { bytes: BYTES_PER_MESSAGE, enough: new AbortController() });
    },

    lookAhead(job, room, held) {
      const sizes = held.map(({ bytes }) => bytes.length);
      const bytes = BYTES_PER_MESSAGE - sizes.reduce((sum, size) => sum + size, 0);
      if (room.waiting.length === 0 || room.waiting.length * Math.max(...sizes) > bytes) return;
      const enough = new AbortController();
      const gathered = gather(job, room, { bytes, enough });
      gathered.catch(() => undefined); // awaited when its turn comes, if it does
      ahead = { room, gathered, enough };
    },

    end,
  };
}
