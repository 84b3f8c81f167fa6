/** Brings a job's pictures to Discord, and decides what becomes of those that cannot be had. */
import { BoundedMap } from '../../bounded.ts';
import type { Clock } from '../../clock.ts';
import {
  untilFill,
  untilInPart,
  type Delivery,
  type LastWord,
  type Missing,
  type Progress,
  type ShownOfJob,
} from '../../delivery/delivery.ts';
import { ARRIVES_WITHIN, ReplyOutOfReach, ReplyTrouble, type Reply } from '../../discord/reply.ts';
import { deliveryDeadline, idsOf, missingPictures, openRequests, picturesOf, type Job } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import { LostClaimError } from '../../storage/storage.ts';
import { toldUntil } from './finish.ts';
import type { Journal, NextLook } from './journal.ts';
import type { LateEdits } from './late-edits.ts';
import { isMoved, type Overwritten } from './overwritten.ts';
import type { Left, PostGallery } from './post-gallery.ts';
import type { Retries } from './retries.ts';

/** Brings what was made; gives milliseconds until the next try. */
export type Deliver = (journal: Journal) => Promise<NextLook>;

/** A try that comes so soon (milliseconds) is waited for before it is said that pictures are being fetched. */
const SOON = 3000;

/** How long a job's gallery waits (milliseconds, monotonic): until Discord is asked again, or an edit that nobody answered arrives no more. */
interface Waiting {
  until: number;
  /** Where it waits for pictures that could not be fetched: how many were made by then. Any more are fetched at once. */
  known?: number | undefined;
}

/** Jobs of which that is remembered. */
const REMEMBERED = 10_000;

export function createDeliver({
  delivery,
  postGallery,
  progress,
  lastWord,
  reply,
  lateEdits,
  overwritten,
  retries,
  clock,
  log,
}: {
  delivery: Delivery;
  postGallery: PostGallery;
  progress: Pick<Progress, 'end' | 'show'>;
  lastWord: Pick<LastWord, 'tellMissing' | 'tellMoved'>;
  reply: Pick<Reply, 'locate'>;
  lateEdits: Pick<LateEdits, 'forget' | 'isDoubtful' | 'showing' | 'untilOver'>;
  overwritten: Pick<Overwritten, 'reread'>;
  retries: Retries;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  log: Log;
}): Deliver {
  const waiting = new BoundedMap<string, Waiting>(REMEMBERED);

  async function attempt(
    journal: Journal,
    quiet: Promise<ShownOfJob>,
    { last, making }: { last: boolean; making: boolean },
  ): Promise<Left | undefined> {
    const { id } = journal.job;
    const gallery = await delivery.begin();
    try {
      lateEdits.showing(id);
      const left = await postGallery(journal, gallery, { quiet, last, making });
      // A file is refused that an edit which came late has taken out: what is left of them is added to.
      const hasLost = left?.why === 'refused' && isUnended(journal.job) && (await overwritten.reread(journal));
      return hasLost ? { why: 'unposted' } : left;
    } catch (error) {
      if (error instanceof LostClaimError) throw error;
      if (error instanceof ReplyTrouble && error.unanswered) {
        waiting.set(id, { until: clock.monotonic() + ARRIVES_WITHIN });
      }
      log.warn({ ...idsOf(journal.job), err: error }, 'a delivery failed');
      return { why: error instanceof ReplyOutOfReach ? 'out_of_reach' : 'unposted' };
    } finally {
      gallery.end();
    }
  }

  /** Says what is missing, and where the gallery stands; gives the time until that is tried again. */
  async function tell(job: Job, missing: Missing[]): Promise<NextLook> {
    try {
      if (await isMoved(job, reply)) await lastWord.tellMoved(job);
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
    const quiet = progress.end(journal.job.id);
    const left = await attempt(journal, quiet, { last: false, making: true });
    const { job } = journal;
    if (left === undefined) return untilFill(job, clock.now());
    const delay = retries.delay(job.id);
    if (isUnshown(job, left) && delay > SOON) progress.show(job, await quiet);
    const until = clock.monotonic() + delay;
    const known = left.why === 'unavailable' ? picturesOf(job).length : undefined;
    if (until > (waiting.get(job.id)?.until ?? 0)) waiting.set(job.id, { until, known });
    return delay;
  }

  /** Brings all that is left, once nothing is made any more. */
  async function bring(journal: Journal): Promise<NextLook> {
    const last = clock.now() >= deliveryDeadline(journal.job);
    const quiet = progress.end(journal.job.id);
    const left = await attempt(journal, quiet, { last, making: false });
    const { job } = journal;
    if (left !== undefined && !last && isWorthAnotherTry(left)) {
      const inPart = untilInPart(job, clock.now());
      const most = Math.min(inPart > 0 ? inPart : Infinity, Math.max(1000, deliveryDeadline(job) - clock.now()));
      const delay = Math.min(retries.delay(job.id), most);
      if (isUnshown(job, left) && delay > SOON) progress.show(job, await quiet);
      return delay;
    }
    if (left?.why === 'unposted' && isUnended(job) && clock.now() < toldUntil(job)) return retries.delay(job.id);
    if (left !== undefined && job.gallery.posted.length === 0) {
      await journal.record({ type: 'given_up', refused: left.why === 'refused' });
      return undefined;
    }
    const again = await tell(job, left === undefined ? [] : inTheEnd(job, left));
    if (again === undefined) await journal.record({ type: 'delivered' });
    return again;
  }

  /** Milliseconds until a gallery may be added to: an older edit of it that comes late takes out what a newer one has added. */
  function untilOpen(job: Job): number {
    const { id, gallery, requests } = job;
    if (requests.length === 1) return 0;
    const late = gallery.posted.length === 0 ? 0 : lateEdits.untilOver(id);
    if (late > 0) lateEdits.showing(id);
    const { until = 0, known = Infinity } = waiting.get(id) ?? {};
    if (picturesOf(job).length <= known) return Math.max(late, until - clock.monotonic());
    waiting.delete(id);
    retries.forget(id);
    return late;
  }

  return async (journal) => {
    const { job } = journal;
    const wait = untilOpen(job);
    if (wait > 0) return wait;
    if (job.requests.length > 1 && job.gallery.posted.length > 0 && lateEdits.isDoubtful(job.id)) {
      try {
        await overwritten.reread(journal);
        lateEdits.forget(job.id);
      } catch (error) {
        if (!(error instanceof ReplyTrouble)) throw error;
        return retries.delay(job.id);
      }
    }
    return openRequests(job).length > 0 ? fill(journal) : bring(journal);
  };
}

/** Whether its reply may name a moment still at which its pictures would be there. */
function isUnshown({ gallery }: Job, { why }: Left): boolean {
  return why === 'unavailable' && gallery.posted.length === 0;
}

/**
 * Whether a message that stands still says that pictures are to come: of several requests it alone can take those that came, and
 * say what became of the others.
 */
function isUnended({ gallery }: Job): boolean {
  return gallery.posted.some(({ files }) => files !== undefined);
}

function isWorthAnotherTry(left: Left): boolean {
  if (left.why === 'unavailable') return left.missing.some(({ because }) => because === 'awaited');
  return left.why === 'unposted' || left.why === 'out_of_reach';
}

/** What is missing in the end. */
function inTheEnd(job: Job, left: Left): Missing[] {
  if (left.why === 'unavailable') return left.missing;
  return missingPictures(job).map((number) => ({ number, because: 'unposted' }));
}
