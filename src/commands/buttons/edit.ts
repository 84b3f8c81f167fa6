/** The Edit button: a form with the job's options filled in; sent, it is a job of whoever sent it. */
import { ComponentType, TextInputStyle, type APIModalInteractionResponseCallbackData } from 'discord.js';
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { Log } from '../../services/log.ts';
import { showSize } from '../../services/messages/display.ts';
import { COUNT_MAX, SIZES, TEXT_MAX_LENGTH } from '../../services/models/seedream.ts';
import { PROMPT_MAX_LENGTH } from '../../services/prompt/prompt.ts';
import type { Button, Form } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import { StoreError } from '../../services/storage/storage.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { askedAgain, shownOptions, storedOptions, type PressedOptions } from './job-options.ts';

const ACTION = 'edit';

/**
 * How long the store may take (milliseconds). A form can only be the first response, within 3 seconds of the press: this is
 * the one read that is waited for before it, and it leaves time to say that it failed.
 */
const READ_WITHIN = 1500;

function modal(jobId: string, options: PressedOptions, locale: string): APIModalInteractionResponseCallbackData {
  const t = translate(locale);
  const { Label, StringSelect, TextInput } = ComponentType;
  const prompt = options.prompt.slice(0, TEXT_MAX_LENGTH);
  const counts = Array.from({ length: COUNT_MAX }, (_, index) => index + 1);
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
          value: prompt,
          min_length: 1,
          // A longer one has been taken as it is: it states its number itself.
          max_length: Math.max(PROMPT_MAX_LENGTH, prompt.length),
          required: true,
        },
      },
      {
        type: Label,
        label: t('edit.count', { max: COUNT_MAX }),
        component: {
          type: StringSelect,
          custom_id: 'count',
          required: true,
          options: counts.map((count) => ({
            label: String(count),
            value: String(count),
            default: count === options.count,
          })),
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

export function createEditButton({
  records,
  responses,
  clock,
  log,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  responses: Responses;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}): Button {
  const late = () => new StoreError(`The store did not answer within ${READ_WITHIN} ms.`);
  return {
    action: ACTION,
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      const read = () => withDeadline(clock, READ_WITHIN, () => storedOptions(interaction, jobId, records), late);
      const options =
        shownOptions(interaction) ??
        (await unlessStoreFails<PressedOptions | string>(
          t,
          async () => (await read()) ?? t('refusal.gone'),
          (error) => {
            log.error({ job: jobId, err: error }, 'a job could not be read');
            return t('refusal.storeRead');
          },
        ));
      if (typeof options === 'string') await responses.replyPrivately(interaction, options);
      else await responses.showModal(interaction, modal(jobId, options, interaction.locale));
    },
  };
}

export function createEditForm({
  records,
  startJob,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  startJob: StartJob;
}): Form {
  return {
    action: ACTION,
    async submit(interaction, jobId) {
      const { fields } = interaction;
      const change = {
        prompt: fields.getTextInputValue('prompt'),
        count: Number(fields.getStringSelectValues('count')[0]),
        size: fields.getStringSelectValues('size')[0],
      };
      await startJob(interaction, askedAgain(interaction, jobId, { records, change }));
    },
  };
}
