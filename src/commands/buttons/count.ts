/** The buttons under a refusal that name a number of pictures: the request once more with that number. */
import type { JobRecords } from '../../services/job/records.ts';
import { COUNT_MAX } from '../../services/models/seedream.ts';
import type { Button } from '../interactions/command.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { askedAgain } from './job-options.ts';

/** One action a number, so that the number stands in the custom id: `count8:<interaction id>`. */
export function createCountButtons({
  records,
  startJob,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  startJob: StartJob;
}): Button[] {
  return Array.from({ length: COUNT_MAX }, (_, index): Button => ({
    action: `count${index + 1}`,
    press: (interaction, id) =>
      startJob(interaction, askedAgain(interaction, id, { records, change: { count: index + 1 } })),
  }));
}
