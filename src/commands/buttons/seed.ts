/** The Seed button: the options of a gallery's job, to read and to copy. */
import { translate, type Translate } from '../../languages/languages.ts';
import { modelOf } from '../../services/job/job.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { Log } from '../../services/log.ts';
import { showText } from '../../services/messages/display.ts';
import { shownModel, type KnownModels } from '../../services/messages/messages.ts';
import { plainText } from '../../services/plain-text.ts';
import type { Button } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import { shownOptions, storedOptions, type PressedOptions } from './job-options.ts';

/**
 * The command that asks for the same, as it is typed; what its model does not have is left out. Backticks would end the code
 * block it stands in.
 */
function commandLine(options: PressedOptions, models: KnownModels): string {
  const { prompt, count, size, seed, quality, spoiler } = options;
  const shown = shownModel(options, models);
  const typed = [
    `/seedream prompt:${plainText(prompt).replaceAll('`', 'ˋ')}`,
    ...(count === undefined ? [] : [`count:${count}`]),
    ...(size === '' ? [] : [`size:${size}`]),
    ...(shown.seed ? [`seed:${seed}`] : []),
    ...(shown.quality ? [`quality:${quality}`] : []),
    ...(spoiler ? ['spoiler:True'] : []),
    ...(models.standing().length > 1 ? [`model:${standingOf(options, models)?.id ?? modelOf(options)}`] : []),
  ];
  return typed.join(' ');
}

/** The model of those that the bot is set to that a job was made with, itself or where it started from pictures. */
function standingOf(options: PressedOptions, models: KnownModels) {
  const id = modelOf(options);
  return models.standing().find((each) => each.id === id || each.editing === id);
}

/** The settings, and whether the model that they were for is no longer offered. */
function sentence(options: PressedOptions | undefined, { models, t }: { models: KnownModels; t: Translate }): string {
  if (options === undefined) return t('refusal.gone');
  const id = modelOf(options);
  const isOffered = standingOf(options, models)?.offered ?? false;
  const model = showText(models.find(id)?.name ?? id, 100);
  return [
    t('seed.text', { seed: options.seed }),
    `\`\`\`\n${commandLine(options, models)}\n\`\`\``,
    ...(options.madeFrom === 0 ? [] : [t('seed.pictures', { count: options.madeFrom })]),
    ...(isOffered ? [] : [t('model.over', { model })]),
  ].join('\n');
}

export function createSeedButton({
  models,
  records,
  responses,
  log,
}: {
  models: KnownModels;
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
        await responses.replyPrivately(interaction, sentence(shown, { models, t }));
        return;
      }
      await responses.deferReply(interaction, { ephemeral: true });
      const text = await unlessStoreFails(
        t,
        async () => sentence(await storedOptions(interaction, jobId, records), { models, t }),
        (error) => {
          log.error({ job: jobId, err: error }, 'a job could not be read');
          return t('refusal.storeRead');
        },
      );
      await responses.editReply(interaction, { content: text, embeds: [] });
    },
  };
}
