/** The Again button: the same request with a new seed, as a job of whoever presses. */
import { translate } from '../languages/languages.ts';
import type { Jobs } from '../services/jobs.ts';
import type { Asking } from './asking.ts';
import { answerPrivately } from './answer.ts';
import type { Button } from './command.ts';
import { findPressedSettings, wishAgain } from './pressed-settings.ts';

export function createAgainButton({ jobs, asking }: { jobs: Pick<Jobs, 'find'>; asking: Asking }): Button {
  return {
    action: 'again',
    async press(interaction, jobId) {
      const settings = await findPressedSettings(interaction, jobId, jobs);
      if (settings === undefined) await answerPrivately(interaction, translate(interaction.locale)('refusal.gone'));
      else await asking.ask(interaction, wishAgain(settings));
    },
  };
}
