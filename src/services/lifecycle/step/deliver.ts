/** Brings a job's pictures to Discord, and decides what becomes of those that cannot be had. */
import type { Clock } from '../../clock.ts';
import type { Delivery, LastWord, Missing, Progress } from '../../delivery/delivery.ts';
import { deliveryDeadline, idsOf, missingPictures, openRequests, type Job } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import { LostClaimError } from '../../storage/storage.ts';
import type { Journal, NextLook } from './journal.ts';
import type { Left, PostGallery } from './post-gallery.ts';
import type { Retries } from './retries.ts';

/** Brings what was made; gives milliseconds until the next try. */
export type Deliver = (journal: Journal) => Promise<NextLook>;

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
  clock: Pick<Clock, 'now'>;
  log: Log;
}): Deliver {
  async function attempt(journal: Journal, last: boolean): Promise<Left | undefined> {
    const quiet = progress.end(journal.job.id);
    const gallery = await delivery.begin();
    try {
      return await postGallery(journal, gallery, { quiet, last });
    } catch (error) {
      if (error instanceof LostClaimError) throw error;
      log.warn({ ...idsOf(journal.job), err: error }, 'a delivery failed');
      return { why: 'unposted' };
    } finally {
      gallery.end();
    }
  }

  /** The end of a delivery after which no further try is made: what is missing is said. */
  async function settleFor(journal: Journal, left: Left): Promise<void> {
    const { job } = journal;
    if (job.gallery.posted.length === 0) {
      await journal.record({ type: 'given_up', refused: left.why === 'refused' });
      return;
    }
    await lastWord.tellMissing(job, inTheEnd(job, left));
    await journal.record({ type: 'delivered' });
  }

  return async (journal) => {
    const last = clock.now() >= deliveryDeadline(journal.job);
    if (openRequests(journal.job).length > 0) return undefined;
    const left = await attempt(journal, last);
    const { job } = journal;
    if (left !== undefined && !last && isWorthAnotherTry(left)) {
      return Math.min(retries.delay(job.id), Math.max(1000, deliveryDeadline(job) - clock.now()));
    }
    if (isMoved(job)) await lastWord.tellMoved(job);
    if (left === undefined) await journal.record({ type: 'delivered' });
    else await settleFor(journal, left);
    return undefined;
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
