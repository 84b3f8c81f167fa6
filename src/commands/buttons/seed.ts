/** The Seed button: the settings of a gallery, to read and to copy. */
import { translate } from '../../languages/languages.ts';
import { plainText } from '../../services/plain-text.ts';
import type { Jobs } from '../../services/lifecycle/jobs.ts';
import type { Settings } from '../../services/messages/settings-in-url.ts';
import { answerPrivately } from '../interactions/responses.ts';
import type { Button } from '../interactions/command.ts';
import { findPressedSettings } from './pressed-settings.ts';

/** The command that asks for the same, as it is typed. Backticks would end the code block it stands in. */
function commandLine({ prompt, count, size, seed, quality, spoiler }: Settings): string {
  const options = `count:${count} size:${size} seed:${seed} quality:${quality}${spoiler ? ' spoiler:True' : ''}`;
  return `/seedream prompt:${plainText(prompt).replaceAll('`', 'ˋ')} ${options}`;
}

export function createSeedButton({ jobs }: { jobs: Pick<Jobs, 'find'> }): Button {
  return {
    action: 'seed',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      const settings = await findPressedSettings(interaction, jobId, jobs);
      const text =
        settings === undefined
          ? t('refusal.gone')
          : `${t('seed.text', { seed: settings.seed })}\n\`\`\`\n${commandLine(settings)}\n\`\`\``;
      await answerPrivately(interaction, text);
    },
  };
}
