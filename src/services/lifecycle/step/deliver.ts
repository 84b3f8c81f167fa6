/** Brings a completed job's pictures to Discord, and decides what becomes of those that cannot be had. */
import type { Clock } from '../../clock.ts';
import type { Delivery, LastWord, Missing, Progress } from '../../delivery/delivery.ts';
import { deliveryDeadline, idsOf, isCompleted, missingPictures, type CompletedJob, type Job } from '../../job/job.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { LostClaimError, type Claim } from '../../storage/storage.ts';
import type { Conclude, NextLook } from './conclude.ts';
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
  lastWord: Pick<LastWord, 'tellComplete' | 'tellMissing' | 'tellMoved'>;
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

  /** Milliseconds until another try, which is made by the deadline at the latest. */
  function later(job: Job): number {
    return Math.min(retries.delay(job.id), Math.max(1000, deliveryDeadline(job) - clock.now()));
  }

  /** The end of a delivery after which no further try is made: what is missing is said. */
  async function settleFor(
    job: CompletedJob,
    { left, last, claim }: { left: Left; last: boolean; claim: Claim | undefined },
  ): Promise<NextLook> {
    if (job.state.posted.length === 0) {
      return conclude(job, { type: 'given_up', refused: left.why === 'refused' }, claim);
    }
    const told = await lastWord.tellMissing(job, inTheEnd(job, left));
    if (!told && !last) return later(job);
    return conclude(job, { type: 'delivered' }, claim);
  }

  return async (job, claim) => {
    if (!isCompleted(job)) return undefined;
    const last = clock.now() >= deliveryDeadline(job);
    const { job: reached, left } = await attempt(job, last, claim);
    if (!isCompleted(reached)) return 0;
    if (left !== undefined && !last && isWorthAnotherTry(left)) return later(job);
    if (isMoved(reached)) await lastWord.tellMoved(reached);
    if (left !== undefined) return settleFor(reached, { left, last, claim });
    if (!(await lastWord.tellComplete(reached)) && !last) return later(job);
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
