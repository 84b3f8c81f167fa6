/** The Seed button: the options of a gallery's job, to read and to copy. */
import { translate } from '../../languages/languages.ts';
import type { Jobs } from '../../services/lifecycle/lifecycle.ts';
import type { JobOptions } from '../../services/messages/messages.ts';
import { plainText } from '../../services/plain-text.ts';
import type { Button } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import { findJobOptions } from './job-options.ts';

/** The command that asks for the same, as it is typed. Backticks would end the code block it stands in. */
function commandLine({ prompt, count, size, seed, quality, spoiler }: JobOptions): string {
  const options = `count:${count} size:${size} seed:${seed} quality:${quality}${spoiler ? ' spoiler:True' : ''}`;
  return `/seedream prompt:${plainText(prompt).replaceAll('`', 'ˋ')} ${options}`;
}

export function createSeedButton({ jobs, responses }: { jobs: Pick<Jobs, 'find'>; responses: Responses }): Button {
  return {
    action: 'seed',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      const options = await findJobOptions(interaction, jobId, jobs);
      const text =
        options === undefined
          ? t('refusal.gone')
          : `${t('seed.text', { seed: options.seed })}\n\`\`\`\n${commandLine(options)}\n\`\`\``;
      await responses.replyPrivately(interaction, text);
    },
  };
}
