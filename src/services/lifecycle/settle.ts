/** What a job's end makes of its reservation. */
import { countedImages, settlement, type Job } from '../job/job.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Settles a final job's reservation at the images that stay counted, or releases it. @throws StoreError */
export async function settleReservation(job: Job, ledger: Pick<Ledger, 'settle' | 'release'>): Promise<void> {
  switch (settlement(job)) {
    case 'release':
      return ledger.release(job.id);
    case 'settle': {
      const images = countedImages(job);
      return images < job.count ? ledger.settle(job.id, images) : ledger.settle(job.id);
    }
    case undefined:
  }
}
