/** Brings a completed job's pictures to Discord, and decides what becomes of those that cannot be had. */
import type { Clock } from '../clock.ts';
import type { Delivery, LastWord, Progress } from '../delivery/delivery.ts';
import { deliveryDeadline, idsOf, isCompleted, missingPictures, type CompletedJob, type Job } from '../job/job.ts';
import type { JobRecords } from '../job/records.ts';
import type { Log } from '../log.ts';
import { LostClaimError, type Claim } from '../storage/storage.ts';
import type { Conclude, NextLook } from './conclude.ts';
import type { PostGallery } from './post-gallery.ts';
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
  lastWord: Pick<LastWord, 'tellMissing'>;
  retries: Retries;
  conclude: Conclude;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): (job: Job, claim: Claim | undefined) => Promise<NextLook> {
  async function attempt(job: CompletedJob, claim: Claim | undefined): Promise<{ job: Job; hopeless: boolean }> {
    const quiet = progress.end(job.id);
    const gallery = await delivery.begin();
    try {
      return await postGallery(job, gallery, { quiet, claim });
    } catch (error) {
      if (error instanceof LostClaimError) throw error;
      log.warn({ ...idsOf(job), err: error }, 'a delivery failed');
      return { job: (await records.findLive(job.id, claim)) ?? job, hopeless: false };
    } finally {
      gallery.end();
    }
  }

  return async (job, claim) => {
    const late = clock.now() >= deliveryDeadline(job);
    if (!isCompleted(job)) return undefined;
    const { job: reached, hopeless } = await attempt(job, claim);
    if (!isCompleted(reached)) return 0;
    const missing = missingPictures(reached.state);
    const posted = reached.state.posted.length > 0;
    if (posted && missing.length === 0) return conclude(reached, { type: 'delivered' }, claim);
    if (!late && !hopeless) {
      return Math.min(retries.delay(job.id), Math.max(1000, deliveryDeadline(job) - clock.now()));
    }
    if (!posted) return conclude(reached, { type: 'given_up' }, claim);
    await lastWord.tellMissing(reached, missing);
    return conclude(reached, { type: 'delivered' }, claim);
  };
}
