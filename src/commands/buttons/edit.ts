/** The Edit button: a form with the job's options filled in; sent, it is a job of whoever sent it. */
import { ComponentType, TextInputStyle, type APIModalInteractionResponseCallbackData } from 'discord.js';
import { translate } from '../../languages/languages.ts';
import type { Jobs } from '../../services/lifecycle/lifecycle.ts';
import { showSize } from '../../services/messages/display.ts';
import { COUNT_MAX, SIZES, TEXT_MAX_LENGTH } from '../../services/models/seedream.ts';
import type { Button, Form } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { findJobOptions, withNewSeed, type PressedOptions } from './job-options.ts';

const ACTION = 'edit';

function modal(jobId: string, options: PressedOptions, locale: string): APIModalInteractionResponseCallbackData {
  const t = translate(locale);
  const { Label, StringSelect, TextInput } = ComponentType;
  return {
    custom_id: `${ACTION}:${jobId}`,
    title: t('edit.title'),
    components: [
      {
        type: Label,
        label: t('edit.prompt'),
        component: {
          type: TextInput,
          custom_id: 'prompt',
          style: TextInputStyle.Paragraph,
          value: options.prompt.slice(0, TEXT_MAX_LENGTH),
          min_length: 1,
          max_length: TEXT_MAX_LENGTH,
          required: true,
        },
      },
      {
        type: Label,
        label: t('edit.count', { max: COUNT_MAX }),
        component: {
          type: TextInput,
          custom_id: 'count',
          style: TextInputStyle.Short,
          value: String(options.count),
          min_length: 1,
          max_length: 2,
          required: true,
        },
      },
      {
        type: Label,
        label: t('edit.size'),
        component: {
          type: StringSelect,
          custom_id: 'size',
          required: true,
          options: SIZES.map((size) => ({ label: showSize(size), value: size, default: size === options.size })),
        },
      },
    ],
  };
}

export function createEditButton({ jobs, responses }: { jobs: Pick<Jobs, 'find'>; responses: Responses }): Button {
  return {
    action: ACTION,
    async press(interaction, jobId) {
      const options = await findJobOptions(interaction, jobId, jobs);
      if (options !== undefined) await responses.showModal(interaction, modal(jobId, options, interaction.locale));
      else await responses.replyPrivately(interaction, translate(interaction.locale)('refusal.gone'));
    },
  };
}

export function createEditForm({
  jobs,
  startJob,
  responses,
}: {
  jobs: Pick<Jobs, 'find'>;
  startJob: StartJob;
  responses: Responses;
}): Form {
  return {
    action: ACTION,
    async submit(interaction, jobId) {
      const { fields } = interaction;
      const options = await findJobOptions(interaction, jobId, jobs);
      if (options === undefined) {
        await responses.replyPrivately(interaction, translate(interaction.locale)('refusal.gone'));
        return;
      }
      // What is no number at all is refused with the same sentence as a number out of range.
      const count = Number(fields.getTextInputValue('count').trim());
      await startJob(interaction, {
        ...withNewSeed(options),
        prompt: fields.getTextInputValue('prompt'),
        count: Number.isInteger(count) ? count : 0,
        size: fields.getStringSelectValues('size')[0],
      });
    },
  };
}
