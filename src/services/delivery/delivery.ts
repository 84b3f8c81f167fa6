/** Gives the messages of a completed job's gallery, one after another, with the pictures that can be had now. */
import type { Clock } from '../clock.ts';
import { missingPictures, openRequests, picturesOf, pictureUrl, type Job, type PostedMessage } from '../job/job.ts';
import type { Log } from '../log.ts';
import {
  galleryMessage,
  messageShare,
  picturesIn,
  PICTURES_PER_MESSAGE,
  type KeptPicture,
  shownModel,
  type KnownModels,
  type ReplyMessage,
} from '../messages/messages.ts';
import type { Downloads } from '../pictures/download.ts';
import {
  createPictureFetcher,
  waitForAll,
  type FetchedPictures,
  type MessageRoom,
  type Unavailable,
} from './fetch-pictures.ts';
import { missingLines, resultLines, type Allows } from './gallery-lines.ts';
import { placesOf, type Place } from './gallery-state.ts';
import { createGalleryTurns } from './gallery-turns.ts';
import { createPrefetch } from './prefetch.ts';

export { untilInPart } from './fetch-pictures.ts';
export { createHandedProgress, createProgress, type HandedProgress, type Progress } from './progress.ts';
export { shownSchema, type ShownOfJob } from './shown.ts';
export { nextMessageNumber, picturesHeld, untilFill } from './gallery-state.ts';
export type { Missing } from './gallery-lines.ts';
export { doneSentence } from './done-sentence.ts';
export { createLastWord, type LastWord } from './last-word.ts';
export { createStatus, type Status } from './status.ts';

/** A gallery's next message, as far as its pictures can be had now. */
export type NextMessage =
  /** A message that is ready to be posted, or to take the place of one that stands. */
  | ({ outcome: 'ready' } & Omit<Place, 'waiting'> & Composed)
  /** Pictures are missing that cannot be posted now; the list says why. */
  | { outcome: 'unavailable'; missing: Unavailable[] }
  /** Every picture is in a message. */
  | { outcome: 'complete' };

/** A message, the pictures (numbered from 1) in it, and what its record says of them. */
interface Composed {
  message: ReplyMessage;
  pictures: number[];
  said: Pick<PostedMessage, 'lighter' | 'awaited'>;
  /** Whether it was made while others of the job's pictures were. */
  making: boolean;
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
  next(job: Job, limits: FileLimits): Promise<NextMessage>;
  /**
   * A message that stands as it is to be shown once more, with those of the pictures that wait for it which can be had.
   *
   * @param limit - bytes a file of it may have.
   */
  again(job: Job, place: Place, limit: number): Promise<Pick<Composed, 'message' | 'pictures'>>;
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
      /** Begins to fetch the message after the one that is ready. */
      let fetchAhead: (() => void) | undefined;

      /** What can be shown at a place now. */
      async function show(job: Job, place: Place, limits: FileLimits): Promise<NextMessage> {
        const { number, stands, waiting } = place;
        const fetched =
          waiting.length === 0 && stands !== undefined
            ? NOTHING_FETCHED
            : await prefetch.take(job, roomFor(place, waiting, limits.now));
        const { pictures, unavailable } = fetched;
        if ((pictures.length === 0 && waiting.length > 0) || waitForAll(job, unavailable, clock.now())) {
          return { outcome: 'unavailable', missing: unavailable };
        }
        const rest = waiting.slice(pictures.length);
        if (unavailable.length === 0 && job.requests.length === 1) {
          fetchAhead = () => {
            prefetch.fetchAhead(job, roomFor({ number: number + 1 }, rest, limits.after), pictures);
          };
        }
        return { outcome: 'ready', number, stands, ...compose(job, place, fetched, { allows, models, clock }) };
      }

      async function next(job: Job, limits: FileLimits): Promise<NextMessage> {
        const places = placesOf(job);
        if (picturesOf(job).length === 0 && job.gallery.posted.length === 0) {
          places.push({ number: 1, stands: undefined, waiting: [] });
        }
        const missing: Unavailable[] = [];
        for (const place of places) {
          // What is awaited is added to the message that stands: it is not ended before that for a while.
          const isEnd = place.stands !== undefined && place.waiting.length === 0;
          if (isEnd && waitForAll(job, missing, clock.now())) continue;
          const shown = await show(job, place, limits);
          if (shown.outcome === 'ready') {
            fetchAhead?.();
            fetchAhead = undefined;
            return shown;
          }
          if (shown.outcome === 'unavailable') missing.push(...shown.missing);
        }
        return missing.length === 0 ? { outcome: 'complete' } : { outcome: 'unavailable', missing };
      }

      return {
        next,
        async again(job, place, limit) {
          const shown = await show(job, place, { now: limit, after: limit });
          if (shown.outcome === 'ready') return shown;
          return compose(job, place, NOTHING_FETCHED, { allows, models, clock });
        },
        end() {
          prefetch.end();
          leave();
        },
      };
    },
  };
}

const NOTHING_FETCHED: FetchedPictures = { pictures: [], unavailable: [] };

/** What a message of a gallery may hold, beside what it holds already. */
function roomFor(
  { number, stands }: Pick<Place, 'number'> & Partial<Place>,
  waiting: number[],
  limit: number,
): MessageRoom {
  const share = Math.min(PICTURES_PER_MESSAGE, messageShare(Math.max(1, waiting.length)));
  return { number, waiting, share: Math.min(share, PICTURES_PER_MESSAGE - (stands?.pictures.length ?? 0)), limit };
}

/** The pictures that a message holds already, where its files' ids are known. */
function keptBy(job: Job, { stands }: Place): KeptPicture[] {
  return (stands?.files ?? []).flatMap(({ id, name }) =>
    picturesIn(job, [name]).map((number) => ({
      id,
      name,
      number,
      reencodedFrom: stands?.lighter?.includes(number) === true ? pictureUrl(job, number) : undefined,
    })),
  );
}

function compose(
  job: Job,
  place: Place,
  { pictures, unavailable }: FetchedPictures,
  { allows, models, clock }: { allows: Allows; models: KnownModels; clock: Pick<Clock, 'now'> },
): Composed {
  const { number } = place;
  const kept = keptBy(job, place);
  const making = openRequests(job).length > 0;
  const missing = missingLines(job, unavailable, { allows, now: clock.now() });
  const notes = [...(number === 1 ? resultLines(job, allows) : []), ...missing];
  const message = galleryMessage(job, {
    number,
    pictures,
    kept,
    making,
    delivered: picturesOf(job).length - missingPictures(job).length + pictures.length,
    // What is missing may come yet.
    notes: making ? [] : notes,
    model: shownModel(job, models),
  });
  const files = [...kept, ...(message.files ?? [])].map(({ name }) => name);
  const held = picturesIn(job, files);
  const reencoded = [...kept, ...pictures].flatMap((each) => (each.reencodedFrom === undefined ? [] : [each.number]));
  const lighter = reencoded.filter((each) => held.includes(each));
  const awaited = !making && unavailable.some(({ because }) => because === 'awaited');
  const said = { ...(lighter.length > 0 && { lighter }), ...(awaited && { awaited: true as const }) };
  return { message, making, pictures: held, said };
}
