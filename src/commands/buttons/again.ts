/** The Again button: the same request with a new seed, as a job of whoever presses. */
import { translate } from '../../languages/languages.ts';
import type { Jobs } from '../../services/lifecycle/jobs.ts';
import type { StartJob } from '../start-job.ts';
import { answerPrivately } from '../interactions/responses.ts';
import type { Button } from '../interactions/command.ts';
import { findPressedSettings, wishAgain } from './pressed-settings.ts';

export function createAgainButton({ jobs, startJob }: { jobs: Pick<Jobs, 'find'>; startJob: StartJob }): Button {
  return {
    action: 'again',
    async press(interaction, jobId) {
      const settings = await findPressedSettings(interaction, jobId, jobs);
      if (settings === undefined) await answerPrivately(interaction, translate(interaction.locale)('refusal.gone'));
      else await startJob.ask(interaction, wishAgain(settings));
    },
  };
}
