/** The Seed button: the options of a gallery's job, to read and to copy. */
import { translate, type Translate } from '../../languages/languages.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { Log } from '../../services/log.ts';
import { plainText } from '../../services/plain-text.ts';
import type { Button } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import { shownOptions, storedOptions, type PressedOptions } from './job-options.ts';

/** The command that asks for the same, as it is typed. Backticks would end the code block it stands in. */
function commandLine({ prompt, count, size, seed, quality, spoiler }: PressedOptions): string {
  const options = `count:${count} size:${size} seed:${seed} quality:${quality}${spoiler ? ' spoiler:True' : ''}`;
  return `/seedream prompt:${plainText(prompt).replaceAll('`', 'ˋ')} ${options}`;
}

function sentence(options: PressedOptions | undefined, t: Translate): string {
  if (options === undefined) return t('refusal.gone');
  return `${t('seed.text', { seed: options.seed })}\n\`\`\`\n${commandLine(options)}\n\`\`\``;
}

export function createSeedButton({
  records,
  responses,
  log,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  responses: Responses;
  log: Log;
}): Button {
  return {
    action: 'seed',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      const shown = shownOptions(interaction);
      if (shown !== undefined) {
        await responses.replyPrivately(interaction, sentence(shown, t));
        return;
      }
      await responses.deferReply(interaction, { ephemeral: true });
      const text = await unlessStoreFails(
        t,
        async () => sentence(await storedOptions(interaction, jobId, records), t),
        (error) => {
          log.error({ job: jobId, err: error }, 'a job could not be read');
          return t('refusal.storeRead');
        },
      );
      await responses.editReply(interaction, { content: text, embeds: [] });
    },
  };
}
