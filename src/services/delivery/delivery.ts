/** Brings a completed job's pictures to Discord, message by message, each written down as it is posted. */
import type { Clock } from '../clock.ts';
import { translate } from '../../languages/languages.ts';
import type { Downloads } from '../pictures/download.ts';
import { PictureError } from '../pictures/error.ts';
import { createSemaphore } from '../semaphore.ts';
import { galleryMessage, messageShare, picturesIn, PICTURES_PER_MESSAGE, showLink } from '../messages/gallery.ts';
import { createPictureFetcher, type FetchedPictures, type MessageRoom } from './fetch-pictures.ts';
import { giveBack } from '../give-back.ts';
import { idsOf, type CompletedJob, type CompletedState, type Job, type JobEvent } from '../job/job.ts';
import type { Log } from '../log.ts';
import { showMoment } from '../messages/status-embed.ts';
import { ReplyTooLarge } from '../discord/faults.ts';
import { CHANNEL_FILE_LIMIT, type Reply, type Trace } from '../discord/reply.ts';
import { createPrefetch, type Prefetch } from './prefetch.ts';

/** How long pictures that came wait for those that have not yet (milliseconds), so that a hiccup splits no gallery. */
const WAIT_FOR_ALL = 20_000;

/** How long a delivery is tried at least, counted from the finish of the job (milliseconds). */
const LATE_DELIVERY = 15 * 60_000;

/** Galleries that hold pictures in memory at once, each at most one message's bytes and the downloads under way. */
const GALLERIES_AT_ONCE = 2;

/** What earlier tries at a message have taught. */
interface Caution {
  /** Whether one of the pictures has turned out to be damaged on its way. */
  proven: boolean;
  /** Bytes a file may have after Discord has found them too large. */
  limitCap: number;
}

/** Writes an event to the job's record and gives the record back. */
export type Record = (job: Job, event: JobEvent) => Promise<Job>;

export interface Delivered {
  job: CompletedJob;
  /** Pictures (numbered from 1) that are not in Discord yet. */
  missing: number[];
  /** Whether none of them is worth another try. */
  hopeless: boolean;
}

export interface Delivery {
  /**
   * Posts what can be posted now.
   *
   * @param quiet - resolves when the reply may be edited; pictures are fetched meanwhile.
   * @throws ReplyTrouble where Discord takes nothing now.
   */
  deliver(job: CompletedJob, record: Record, quiet: Promise<void>): Promise<Delivered>;
}

/** The pictures (numbered from 1) of a completed job that no posted message holds. */
export function missingPictures(state: CompletedState): number[] {
  const posted = new Set(state.posted.flatMap((message) => message.pictures));
  return state.images.map((_, index) => index + 1).filter((number) => !posted.has(number));
}

/**
 * Until when a completed job's delivery is tried (milliseconds since the epoch): its deadline, and for one that finished
 * late or was found finished after a stop, a while from then.
 */
export function deliveryDeadline(job: Job): number {
  const span = Math.min(LATE_DELIVERY, job.deadline - job.createdAt);
  return Math.max(job.deadline, (job.finishedAt ?? job.createdAt) + span);
}

export function createDelivery({
  assets,
  reply,
  clock,
  log,
}: {
  assets: Pick<Downloads, 'download'>;
  reply: Reply;
  clock: Clock;
  log: Log;
}): Delivery {
  const slots = createSemaphore(GALLERIES_AT_ONCE);
  const fetchPictures = createPictureFetcher({ assets, log });

  function notes(job: CompletedJob, number: number, unavailable: number): string[] {
    const t = translate(job.private ? job.locale : job.guildLocale);
    const made = job.state.images.length;
    const lines: string[] = [];
    if (number === 1) {
      if (made < job.count) lines.push(t('gallery.fewer', { made, asked: job.count }));
      const links = job.state.videos.map((url, index) => showLink(String(index + 1), url)).join(' ');
      if (links !== '') lines.push(t('gallery.videos', { links }));
    }
    if (unavailable > 0) {
      lines.push(t('gallery.missing', { count: unavailable, until: showMoment(deliveryDeadline(job)) }));
    }
    return lines;
  }

  /** Posts one message of the gallery, with lighter files where Discord finds them too large after all. */
  async function post(job: CompletedJob, number: number, { pictures, unavailable }: FetchedPictures, trace: Trace) {
    const delivered = job.state.images.length - missingPictures(job.state).length + pictures.length;
    // The first message speaks for those that follow: what has been fetched so far, or is still to be tried.
    const ahead = number === 1 ? job.state.images.length - unavailable.length : delivered;
    const message = galleryMessage(job, {
      number,
      pictures,
      delivered: Math.min(ahead, job.count),
      notes: notes(job, number, unavailable.length),
    });
    const proofs = pictures.map((picture) => picture.proof);
    const proof = Promise.all(proofs).then(() => undefined);
    proof.catch(() => undefined); // nobody awaits it where the message fails before
    const { channelId, messageId, files } = await reply.post(job, number, { ...message, proof }, trace);
    // A message that was found as an earlier try had left it needed none: its pictures may still be read.
    await Promise.allSettled(proofs);
    const held = picturesIn(job, files);
    return {
      number,
      channelId,
      messageId,
      pictures: held.length > 0 ? held : pictures.map((picture) => picture.number),
    };
  }

  /** What message `number` of a gallery may hold. */
  function roomFor(job: CompletedJob, number: number, waiting: number[], caution: Caution): MessageRoom {
    return {
      number,
      waiting,
      share: Math.min(PICTURES_PER_MESSAGE, messageShare(Math.max(1, waiting.length))),
      limit: Math.min(reply.fileLimit(job, number), caution.limitCap),
      proven: caution.proven,
    };
  }

  /** What a message that could not be made asks for. @throws the error, where another try now would end the same. */
  function moreCautious(job: CompletedJob, error: unknown, { limit }: MessageRoom, caution: Caution): Caution {
    if (error instanceof PictureError && !caution.proven) {
      log.warn({ ...idsOf(job), err: error }, 'a picture turned out to be damaged while it was sent: nothing was');
      return { ...caution, proven: true };
    }
    if (error instanceof ReplyTooLarge && caution.limitCap >= 100_000) {
      return { ...caution, limitCap: Math.min(limit, CHANNEL_FILE_LIMIT * 2) / 2 };
    }
    throw error;
  }

  async function deliver(
    job: CompletedJob,
    { record, quiet, prefetch }: { record: Record; quiet: Promise<void>; prefetch: Prefetch },
  ): Promise<Delivered> {
    let current = job;
    let caution: Caution = { proven: false, limitCap: Number.POSITIVE_INFINITY };
    for (;;) {
      const waiting = missingPictures(current.state);
      const nothingToShow = current.state.images.length === 0 && current.state.posted.length === 0;
      if (waiting.length === 0 && !nothingToShow) return { job: current, missing: [], hopeless: false };
      const number = Math.max(0, ...current.state.posted.map((message) => message.number)) + 1;
      const room = roomFor(current, number, waiting, caution);
      const fetched = await prefetch.take(current, room);
      const { pictures, unavailable } = fetched;
      const hopeless = unavailable.every((picture) => picture.hopeless);
      const unfinished = { job: current, missing: waiting, hopeless };
      if (pictures.length === 0 && !nothingToShow) return unfinished;
      const waited = clock.now() - (current.finishedAt ?? 0);
      if (!hopeless && waited < WAIT_FOR_ALL) return unfinished;
      const rest = waiting.slice(pictures.length);
      if (unavailable.length === 0) prefetch.lookAhead(current, roomFor(current, number + 1, rest, caution), pictures);
      const { posting } = current.state;
      const trace: Trace = {
        left: posting?.number === number ? posting : undefined,
        async leave(messageId) {
          current = (await record(current, { type: 'posting', number, messageId })) as CompletedJob;
        },
      };
      await quiet;
      try {
        const message = await post(current, number, fetched, trace);
        current = (await record(current, { type: 'posted', message })) as CompletedJob;
        for (const { bytes } of pictures) giveBack(bytes);
      } catch (error) {
        caution = moreCautious(current, error, room, caution);
      }
    }
  }

  return {
    async deliver(job, record, quiet) {
      const leave = await slots.take(1);
      const prefetch = createPrefetch(fetchPictures);
      try {
        return await deliver(job, { record, quiet, prefetch });
      } finally {
        prefetch.end();
        leave();
      }
    },
  };
}
