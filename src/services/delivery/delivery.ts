/** Gives the messages of a completed job's gallery, one after another, with the pictures that can be had now. */
import type { Clock } from '../clock.ts';
import { missingPictures, type CompletedJob, type PostedMessage } from '../job/job.ts';
import type { Log } from '../log.ts';
import {
  galleryMessage,
  messageShare,
  picturesIn,
  PICTURES_PER_MESSAGE,
  shownModel,
  type KnownModels,
  type ReplyMessage,
} from '../messages/messages.ts';
import type { Downloads } from '../pictures/download.ts';
import { createPictureFetcher, type FetchedPictures, type MessageRoom, type Unavailable } from './fetch-pictures.ts';
import { missingLines, resultLines, type Allows } from './gallery-lines.ts';
import { nextMessageNumber } from './gallery-state.ts';
import { createGalleryTurns } from './gallery-turns.ts';
import { createPrefetch } from './prefetch.ts';

export { createHandedProgress, createProgress, type HandedProgress, type Progress } from './progress.ts';
export { shownSchema } from './shown.ts';
export { nextMessageNumber, picturesHeld } from './gallery-state.ts';
export type { Missing } from './gallery-lines.ts';
export { createLastWord, type LastWord } from './last-word.ts';
export { createStatus, type Status } from './status.ts';

/** How long pictures that came wait for those that have not yet (milliseconds), so that a hiccup splits no gallery. */
const WAIT_FOR_ALL = 20_000;

/** A gallery's next message, as far as its pictures can be had now. */
export type NextMessage =
  /** A message that is ready to be posted. */
  | ({ outcome: 'ready'; number: number } & Composed)
  /** Pictures are missing that cannot be posted now; the list says why. */
  | { outcome: 'unavailable'; missing: Unavailable[] }
  /** Every picture is in a message. */
  | { outcome: 'complete' };

/** A message, the pictures (numbered from 1) in it, and what its record says of them. */
interface Composed {
  message: ReplyMessage;
  pictures: number[];
  said: Pick<PostedMessage, 'lighter' | 'awaited'>;
}

/** Bytes a file may have. */
interface FileLimits {
  now: number;
  after: number;
}

/** One try at bringing a job's pictures to Discord. */
export interface GalleryMessages {
  /**
   * Fetches what the job's next message needs. Asked again for the same message, it fetches nothing twice.
   *
   * @param limits - bytes a file of it, and of the message after it, may have; heavier pictures are made lighter.
   */
  next(job: CompletedJob, limits: FileLimits): Promise<NextMessage>;
  /** Ends what is under way, and lets the next gallery begin. */
  end(): void;
}

export interface Delivery {
  /** Begins a try, once there is room in memory for a gallery. */
  begin(): Promise<GalleryMessages>;
}

/** @param onNotAllowed - hears of each address on a host that pictures may not be fetched from. */
export function createDelivery({
  downloads,
  models,
  onNotAllowed,
  clock,
  log,
}: {
  downloads: Pick<Downloads, 'allows' | 'download'>;
  models: KnownModels;
  onNotAllowed: (url: string) => void;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Log;
}): Delivery {
  const galleries = createGalleryTurns(clock);
  const allows: Allows = (url) => downloads.allows(url);
  const fetchPictures = createPictureFetcher({ downloads, onNotAllowed, log });

  return {
    async begin() {
      const leave = await galleries.begin();
      const prefetch = createPrefetch(fetchPictures);

      async function next(job: CompletedJob, limits: FileLimits): Promise<NextMessage> {
        const { images, posted } = job.state;
        const waiting = missingPictures(job.state);
        const nothingToShow = images.length === 0 && posted.length === 0;
        if (waiting.length === 0 && !nothingToShow) return { outcome: 'complete' };
        const number = nextMessageNumber(job);
        const fetched = await prefetch.take(job, roomFor(number, waiting, limits.now));
        const { pictures, unavailable } = fetched;
        const hopeless = unavailable.every(({ because }) => because !== 'awaited');
        const waited = clock.now() - (job.finishedAt ?? 0);
        if ((pictures.length === 0 && !nothingToShow) || (!hopeless && waited < WAIT_FOR_ALL)) {
          return { outcome: 'unavailable', missing: unavailable };
        }
        if (unavailable.length === 0) {
          const rest = waiting.slice(pictures.length);
          prefetch.fetchAhead(job, roomFor(number + 1, rest, limits.after), pictures);
        }
        return { outcome: 'ready', number, ...compose(job, number, fetched, { allows, models }) };
      }

      return {
        next,
        end() {
          prefetch.end();
          leave();
        },
      };
    },
  };
}

/** What message `number` of a gallery may hold. */
function roomFor(number: number, waiting: number[], limit: number): MessageRoom {
  const share = Math.min(PICTURES_PER_MESSAGE, messageShare(Math.max(1, waiting.length)));
  return { number, waiting, share, limit };
}

function compose(
  job: CompletedJob,
  number: number,
  { pictures, unavailable }: FetchedPictures,
  { allows, models }: { allows: Allows; models: KnownModels },
): Composed {
  const { images } = job.state;
  const message = galleryMessage(job, {
    number,
    pictures,
    delivered: images.length - missingPictures(job.state).length + pictures.length,
    notes: [...(number === 1 ? resultLines(job, allows) : []), ...missingLines(job, unavailable, allows)],
    model: shownModel(job, models),
  });
  const files = (message.files ?? []).map(({ name }) => name);
  const held = picturesIn(job, files);
  const reencoded = pictures.flatMap((each) => (each.reencodedFrom === undefined ? [] : [each.number]));
  const lighter = reencoded.filter((each) => held.includes(each));
  const awaited = unavailable.some(({ because }) => because === 'awaited');
  const said = { ...(lighter.length > 0 && { lighter }), ...(awaited && { awaited: true as const }) };
  return { message, pictures: held, said };
}
