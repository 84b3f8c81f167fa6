/** Brings a job's pictures to Discord, and decides what becomes of those that cannot be had. */
import { BoundedMap } from '../../bounded.ts';
import type { Clock } from '../../clock.ts';
import { untilFill, type Delivery, type LastWord, type Missing, type Progress } from '../../delivery/delivery.ts';
import { ReplyTrouble } from '../../discord/reply.ts';
import { deliveryDeadline, idsOf, missingPictures, openRequests, type Job } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import { LostClaimError } from '../../storage/storage.ts';
import { toldUntil } from './finish.ts';
import type { Journal, NextLook } from './journal.ts';
import type { Left, PostGallery } from './post-gallery.ts';
import type { Retries } from './retries.ts';

/** Brings what was made; gives milliseconds until the next try. */
export type Deliver = (journal: Journal) => Promise<NextLook>;

/** An edit that nobody answered may still be taken: so long after it was sent it is not (milliseconds). */
const ARRIVES_WITHIN = 30_000;

/** Jobs of which that is remembered. */
const REMEMBERED = 10_000;

export function createDeliver({
  delivery,
  postGallery,
  progress,
  lastWord,
  retries,
  clock,
  log,
}: {
  delivery: Delivery;
  postGallery: PostGallery;
  progress: Pick<Progress, 'end'>;
  lastWord: Pick<LastWord, 'tellMissing' | 'tellMoved'>;
  retries: Retries;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  log: Log;
}): Deliver {
  /** Jobs whose galleries wait: until Discord is asked again, or an edit that nobody answered arrives no more (milliseconds, monotonic). */
  const waiting = new BoundedMap<string, number>(REMEMBERED);

  async function attempt(
    journal: Journal,
    { last, making }: { last: boolean; making: boolean },
  ): Promise<Left | undefined> {
    const quiet = progress.end(journal.job.id);
    const gallery = await delivery.begin();
    try {
      return await postGallery(journal, gallery, { quiet, last, making });
    } catch (error) {
      if (error instanceof LostClaimError) throw error;
      if (error instanceof ReplyTrouble && error.unanswered) {
        waiting.set(journal.job.id, clock.monotonic() + ARRIVES_WITHIN);
      }
      log.warn({ ...idsOf(journal.job), err: error }, 'a delivery failed');
      return { why: 'unposted' };
    } finally {
      gallery.end();
    }
  }

  /** Says what is missing, and where the gallery stands; gives the time until that is tried again. */
  async function tell(job: Job, missing: Missing[]): Promise<NextLook> {
    try {
      if (isMoved(job)) await lastWord.tellMoved(job);
      await lastWord.tellMissing(job, missing);
      return undefined;
    } catch (error) {
      if (!(error instanceof ReplyTrouble)) throw error;
      return clock.now() < toldUntil(job, error) ? retries.delay(job.id) : undefined;
    }
  }

  /** Shows what is there while other pictures are made. */
  async function fill(journal: Journal): Promise<NextLook> {
    const wait = untilFill(journal.job, clock.now());
    if (wait === undefined || wait > 0) return wait;
    const left = await attempt(journal, { last: false, making: true });
    if (left === undefined) return untilFill(journal.job, clock.now());
    const delay = retries.delay(journal.job.id);
    const until = clock.monotonic() + delay;
    waiting.set(journal.job.id, Math.max(until, waiting.get(journal.job.id) ?? 0));
    return delay;
  }

  /** Brings all that is left, once nothing is made any more. */
  async function bring(journal: Journal): Promise<NextLook> {
    const last = clock.now() >= deliveryDeadline(journal.job);
    const left = await attempt(journal, { last, making: false });
    const { job } = journal;
    if (left !== undefined && !last && isWorthAnotherTry(left)) {
      return Math.min(retries.delay(job.id), Math.max(1000, deliveryDeadline(job) - clock.now()));
    }
    if (left !== undefined && job.gallery.posted.length === 0) {
      await journal.record({ type: 'given_up', refused: left.why === 'refused' });
      return undefined;
    }
    const again = await tell(job, left === undefined ? [] : inTheEnd(job, left));
    if (again === undefined) await journal.record({ type: 'delivered' });
    return again;
  }

  return async (journal) => {
    const { job } = journal;
    // An older edit of a gallery that fills takes out what a newer one has added.
    const wait = job.requests.length === 1 ? 0 : (waiting.get(job.id) ?? 0) - clock.monotonic();
    if (wait > 0) return wait;
    return openRequests(job).length > 0 ? fill(journal) : bring(journal);
  };
}

/** Whether the reply still shows a job whose gallery begins in another message. */
function isMoved({ gallery, reply }: Job): boolean {
  const [first] = gallery.posted;
  return first !== undefined && reply.messageId !== undefined && first.messageId !== reply.messageId;
}

function isWorthAnotherTry(left: Left): boolean {
  if (left.why === 'unavailable') return left.missing.some(({ because }) => because === 'awaited');
  return left.why === 'unposted';
}

/** What is missing in the end, where nothing is awaited any more. */
function inTheEnd(job: Job, left: Left): Missing[] {
  if (left.why !== 'unavailable') return missingPictures(job).map((number) => ({ number, because: 'unposted' }));
  return left.missing.map((each) => (each.because === 'awaited' ? { ...each, because: 'expired' } : each));
}
