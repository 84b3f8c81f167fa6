/** The Edit button: a form with the request filled in; sent, it is a job of whoever sent it. */
import { ComponentType, TextInputStyle, type APIModalInteractionResponseCallbackData } from 'discord.js';
import { translate } from '../../languages/languages.ts';
import { showSize } from '../../services/messages/gallery.ts';
import type { Jobs } from '../../services/lifecycle/jobs.ts';
import { COUNT_MAX, SIZES, TEXT_MAX_LENGTH } from '../../services/models/seedream.ts';
import type { StartJob } from '../start-job.ts';
import { answerPrivately, showModal } from '../interactions/responses.ts';
import type { Button, Form } from '../interactions/command.ts';
import { findPressedSettings, wishAgain, type PressedSettings } from './pressed-settings.ts';

const ACTION = 'edit';

function modal(jobId: string, settings: PressedSettings, locale: string): APIModalInteractionResponseCallbackData {
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
          value: settings.prompt.slice(0, TEXT_MAX_LENGTH),
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
          value: String(settings.count),
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
          options: SIZES.map((size) => ({ label: showSize(size), value: size, default: size === settings.size })),
        },
      },
    ],
  };
}

export function createEditButton({ jobs }: { jobs: Pick<Jobs, 'find'> }): Button {
  return {
    action: ACTION,
    async press(interaction, jobId) {
      const settings = await findPressedSettings(interaction, jobId, jobs);
      if (settings === undefined) await answerPrivately(interaction, translate(interaction.locale)('refusal.gone'));
      else await showModal(interaction, modal(jobId, settings, interaction.locale));
    },
  };
}

export function createEditForm({ jobs, startJob }: { jobs: Pick<Jobs, 'find'>; startJob: StartJob }): Form {
  return {
    action: ACTION,
    async submit(interaction, jobId) {
      const { fields } = interaction;
      const settings = await findPressedSettings(interaction, jobId, jobs);
      if (settings === undefined) {
        await answerPrivately(interaction, translate(interaction.locale)('refusal.gone'));
        return;
      }
      // What is no number at all is refused with the same sentence as a number out of range.
      const count = Number(fields.getTextInputValue('count').trim());
      await startJob.ask(interaction, {
        ...wishAgain(settings),
        prompt: fields.getTextInputValue('prompt'),
        count: Number.isInteger(count) ? count : 0,
        size: fields.getStringSelectValues('size')[0],
      });
    },
  };
}
