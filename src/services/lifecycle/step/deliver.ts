/** Brings a completed job's pictures to Discord, and decides what becomes of those that cannot be had. */
import type { Clock } from '../../clock.ts';
import type { Delivery, LastWord, Missing, Progress } from '../../delivery/delivery.ts';
import { ReplyTrouble } from '../../discord/reply.ts';
import { deliveryDeadline, idsOf, isCompleted, missingPictures, type CompletedJob, type Job } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { LostClaimError, type Claim } from '../../storage/storage.ts';
import { toldUntil, type Conclude, type NextLook } from './conclude.ts';
import type { Left, PostGallery } from './post-gallery.ts';
import type { Retries } from './retries.ts';

export function createDeliver({
  records,
  delivery,
  postGallery,
  progress,
  lastWord,
  retries,
  conclude,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'findLive'>;
  delivery: Delivery;
  postGallery: PostGallery;
  progress: Pick<Progress, 'end'>;
  lastWord: Pick<LastWord, 'tellMissing' | 'tellMoved'>;
  retries: Retries;
  conclude: Conclude;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): (job: Job, claim: Claim | undefined) => Promise<NextLook> {
  async function attempt(
    job: CompletedJob,
    last: boolean,
    claim: Claim | undefined,
  ): Promise<{ job: Job; left?: Left | undefined }> {
    const quiet = progress.end(job.id);
    const gallery = await delivery.begin();
    try {
      return await postGallery(job, gallery, { quiet, last, claim });
    } catch (error) {
      if (error instanceof LostClaimError) throw error;
      log.warn({ ...idsOf(job), err: error }, 'a delivery failed');
      return { job: (await records.findLive(job.id, claim)) ?? job, left: { why: 'unposted' } };
    } finally {
      gallery.end();
    }
  }

  return async (job, claim) => {
    if (!isCompleted(job)) return undefined;
    const last = clock.now() >= deliveryDeadline(job);
    const { job: reached, left } = await attempt(job, last, claim);
    if (!isCompleted(reached)) return 0;
    if (left !== undefined && !last && isWorthAnotherTry(left)) {
      return Math.min(retries.delay(job.id), Math.max(1000, deliveryDeadline(job) - clock.now()));
    }
    if (left !== undefined && reached.state.posted.length === 0) {
      return conclude(reached, { type: 'given_up', refused: left.why === 'refused' }, claim);
    }
    try {
      if (isMoved(reached)) await lastWord.tellMoved(reached);
      await lastWord.tellMissing(reached, left === undefined ? [] : inTheEnd(reached, left));
    } catch (error) {
      if (!(error instanceof ReplyTrouble)) throw error;
      if (clock.now() < toldUntil(reached, error)) return retries.delay(job.id);
    }
    return conclude(reached, { type: 'delivered' }, claim);
  };
}

/** Whether the reply still shows a job whose gallery begins in another message. */
function isMoved({ state, reply }: CompletedJob): boolean {
  const [first] = state.posted;
  return first !== undefined && reply.messageId !== undefined && first.messageId !== reply.messageId;
}

function isWorthAnotherTry(left: Left): boolean {
  if (left.why === 'unavailable') return left.missing.some(({ because }) => because === 'awaited');
  return left.why === 'unposted';
}

/** What is missing in the end, where nothing is awaited any more. */
function inTheEnd({ state }: CompletedJob, left: Left): Missing[] {
  if (left.why !== 'unavailable') return missingPictures(state).map((number) => ({ number, because: 'unposted' }));
  return left.missing.map((each) => (each.because === 'awaited' ? { ...each, because: 'expired' } : each));
}
