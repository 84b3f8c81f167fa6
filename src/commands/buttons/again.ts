/** The Again buttons: the same once more with a new seed, as a job of whoever presses. */
import type { JobRecords } from '../../services/job/records.ts';
import type { Button } from '../interactions/command.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { askedAgain } from './job-options.ts';

/**
 * `again`, and `againprivately` for a private job on a page of others: a reply that waits for the store is seen by all or by
 * one, and stays so, whatever the record says of the job later.
 */
export function createAgainButtons({
  records,
  startJob,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  startJob: StartJob;
}): Button[] {
  return [
    {
      action: 'again',
      press: (interaction, jobId) => startJob(interaction, askedAgain(interaction, jobId, { records })),
    },
    {
      action: 'againprivately',
      press: (interaction, jobId) => startJob(interaction, askedAgain(interaction, jobId, { records, alone: true })),
    },
  ];
}
