/** The Again button: the same once more with a new seed, as a job of whoever presses. */
import { translate } from '../../languages/languages.ts';
import type { Jobs } from '../../services/lifecycle/lifecycle.ts';
import type { Button } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { findJobOptions, withNewSeed } from './job-options.ts';

export function createAgainButton({
  jobs,
  startJob,
  responses,
}: {
  jobs: Pick<Jobs, 'find'>;
  startJob: StartJob;
  responses: Responses;
}): Button {
  return {
    action: 'again',
    async press(interaction, jobId) {
      const options = await findJobOptions(interaction, jobId, jobs);
      if (options !== undefined) await startJob(interaction, withNewSeed(options));
      else await responses.replyPrivately(interaction, translate(interaction.locale)('refusal.gone'));
    },
  };
}
