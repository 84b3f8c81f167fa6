/** Gives the messages of a completed job's gallery, one after another, with the pictures that can be had now. */
import type { Clock } from '../clock.ts';
import { translate } from '../../languages/languages.ts';
import { deliveryDeadline, missingPictures, type CompletedJob } from '../job/job.ts';
import type { Log } from '../log.ts';
import { showMoment } from '../messages/display.ts';
import {
  galleryMessage,
  messageShare,
  picturesIn,
  plainLine,
  PICTURES_PER_MESSAGE,
  type Line,
  type ReplyMessage,
} from '../messages/messages.ts';
import type { Downloads } from '../pictures/download.ts';
import { createSemaphore } from '../semaphore.ts';
import { createPictureFetcher, type FetchedPictures, type MessageRoom } from './fetch-pictures.ts';
import { nextMessageNumber } from './gallery-state.ts';
import { createPrefetch } from './prefetch.ts';

export { createHandedProgress, createProgress, type HandedProgress, type Progress } from './progress.ts';
export { shownSchema } from './shown.ts';
export { nextMessageNumber, picturesHeld } from './gallery-state.ts';
export { createLastWord, type LastWord } from './last-word.ts';
export { createStatus, type Status } from './status.ts';

/** How long pictures that came wait for those that have not yet (milliseconds), so that a hiccup splits no gallery. */
const WAIT_FOR_ALL = 20_000;

/** Galleries that hold pictures in memory at once, each at most one message's bytes and the downloads under way. */
const GALLERIES_AT_ONCE = 2;

/** A gallery's next message, as far as its pictures can be had now. */
export type NextMessage =
  /** A message that is ready to be posted. */
  | { outcome: 'ready'; number: number; message: ReplyMessage; pictures: number[] }
  /** Pictures are missing that cannot be had now; `hopeless` where another try would end the same. */
  | { outcome: 'unavailable'; hopeless: boolean }
  /** Every picture is in a message. */
  | { outcome: 'complete' };

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

export function createDelivery({
  downloads,
  clock,
  log,
}: {
  downloads: Pick<Downloads, 'download'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): Delivery {
  const galleries = createSemaphore(GALLERIES_AT_ONCE);
  const fetchPictures = createPictureFetcher({ downloads, log });

  return {
    async begin() {
      const leave = await galleries.take(1);
      const prefetch = createPrefetch(fetchPictures);

      async function next(job: CompletedJob, limits: FileLimits): Promise<NextMessage> {
        const { images, posted } = job.state;
        const waiting = missingPictures(job.state);
        const nothingToShow = images.length === 0 && posted.length === 0;
        if (waiting.length === 0 && !nothingToShow) return { outcome: 'complete' };
        const number = nextMessageNumber(job);
        const fetched = await prefetch.take(job, roomFor(number, waiting, limits.now));
        const { pictures, unavailable } = fetched;
        const hopeless = unavailable.every((picture) => picture.hopeless);
        const waited = clock.now() - (job.finishedAt ?? 0);
        if ((pictures.length === 0 && !nothingToShow) || (!hopeless && waited < WAIT_FOR_ALL)) {
          return { outcome: 'unavailable', hopeless };
        }
        if (unavailable.length === 0) {
          const rest = waiting.slice(pictures.length);
          prefetch.fetchAhead(job, roomFor(number + 1, rest, limits.after), pictures);
        }
        return { outcome: 'ready', number, ...compose(job, number, fetched) };
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
): { message: ReplyMessage; pictures: number[] } {
  const { images } = job.state;
  const message = galleryMessage(job, {
    number,
    pictures,
    delivered: images.length - missingPictures(job.state).length + pictures.length,
    notes: notes(job, number, unavailable.length),
  });
  const files = (message.files ?? []).map(({ name }) => name);
  return { message, pictures: picturesIn(job, files) };
}

/** Lines above a message's pictures. */
function notes(job: CompletedJob, number: number, unavailable: number): Line[] {
  const t = translate(job.private ? job.locale : job.guildLocale);
  const { images, videos } = job.state;
  const lines: Line[] = [];
  if (number === 1) {
    if (images.length < job.count) {
      lines.push(plainLine(t('gallery.fewer', { made: images.length, asked: job.count })));
    }
    const links = videos.map((url, index) => ({ label: String(index + 1), url }));
    if (links.length > 0) lines.push({ links, write: (written) => t('gallery.videos', { links: written }) });
  }
  if (unavailable > 0) {
    lines.push(plainLine(t('gallery.missing', { count: unavailable, until: showMoment(deliveryDeadline(job)) })));
  }
  return lines;
}
