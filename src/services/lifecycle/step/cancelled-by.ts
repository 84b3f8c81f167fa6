/** Whose press cancelled a job, as the wish beside its record says it. */
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';

/** Wishes to cancel jobs, by the jobs' ids. */
export type Cancellations = Pick<JobRecords['cancellations'], 'get'>;

/** Gives the member's id; `undefined` where nobody's press did, or the store does not tell: it must hold up nothing. */
export type CancelledBy = (jobId: string) => Promise<string | undefined>;

export function createCancelledBy({
  records,
  log,
}: {
  records: { cancellations: Cancellations };
  log: Pick<Log, 'warn'>;
}): CancelledBy {
  return async (jobId) => {
    try {
      return (await records.cancellations.get(jobId))?.userId;
    } catch (error) {
      log.warn({ job: jobId, err: error }, 'who cancelled a job could not be read');
      return undefined;
    }
  };
}
