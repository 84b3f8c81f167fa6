/** The Edit button: a form with the job's options filled in; sent, it is a job of whoever sent it. */
import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import { modelOf } from '../../services/job/job.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { Log } from '../../services/log.ts';
import { showSize } from '../../services/messages/display.ts';
import { findSize, type Models, type Offer, type Profile } from '../../services/models/models.ts';
import { COUNT_MAX, TEXT_MAX_LENGTH } from '../../services/models/seedream.ts';
import { promptMaxLength } from '../../services/prompt/prompt.ts';
import type { Button, Form } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import { StoreError } from '../../services/storage/storage.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { askedAgain, shownOptions, storedOptions, type PressedOptions } from './job-options.ts';

const ACTION = 'edit';

/** What a form has to know of a model. */
type FormModel = Pick<Offer, 'profile' | 'imagesPerJob'>;

/**
 * How long the store may take (milliseconds). A form can only be the first response, within 3 seconds of the press: this is
 * the one read that is waited for before it, and it leaves time to say that it failed.
 */
const READ_WITHIN = 1500;

/** Discord takes at most 25 options in a select, with values of at most 100 characters. */
const OPTIONS_MAX = 25;
const VALUE_MAX = 100;

/** A choice among few, one of which is taken where nothing is changed. */
function select(
  id: string,
  { label, values, chosen, show }: { label: string; values: string[]; chosen: string; show: (value: string) => string },
): APILabelComponent {
  const options = values.map((value) => ({ label: show(value), value, default: value === chosen }));
  const component = { type: ComponentType.StringSelect as const, custom_id: id, required: true, options };
  return { type: ComponentType.Label, label, component };
}

/** The sizes of a model, and the one that is meant by the job's; no part of the form where it has none. */
function sizeSelect({ size }: Profile, asked: string, t: Translate): APILabelComponent[] {
  if (size === undefined) return [];
  const chosen = findSize(size, asked)?.value ?? size.default;
  const others = size.choices.map(({ value }) => value).filter((value) => value.length <= VALUE_MAX);
  const values = others.filter((value, index) => value === chosen || index < OPTIONS_MAX - 1);
  return [select('size', { label: t('edit.size'), values, chosen, show: showSize })];
}

/** @param model - what the request would be made with now. */
function modal(
  jobId: string,
  { options, model: { profile, imagesPerJob }, t }: { options: PressedOptions; model: FormModel; t: Translate },
): APIModalInteractionResponseCallbackData {
  const { Label, TextInput } = ComponentType;
  const prompt = options.prompt.slice(0, TEXT_MAX_LENGTH);
  const counts = Array.from({ length: imagesPerJob }, (_, index) => String(index + 1));
  const count = String(Math.min(options.count, imagesPerJob));
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
          max_length: Math.max(promptMaxLength(profile.text), prompt.length),
          required: true,
        },
      },
      select('count', {
        label: t('edit.count', { max: imagesPerJob }),
        values: counts,
        chosen: count,
        show: (value) => value,
      }),
      ...sizeSelect(profile, options.size, t),
    ],
  };
}

export function createEditButton({
  models,
  records,
  responses,
  clock,
  log,
}: {
  models: Pick<Models, 'offered' | 'find'>;
  records: Pick<JobRecords, 'findReadable'>;
  responses: Responses;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}): Button {
  /** The job's own model; where that is gone the first in order, and where none is offered what is known of its own. */
  function modelFor(options: PressedOptions): FormModel | undefined {
    const id = modelOf(options);
    const offered = models.offered();
    const profile = models.find(id);
    return (
      offered.find((offer) => offer.profile.id === id) ??
      offered[0] ??
      (profile && { profile, imagesPerJob: COUNT_MAX })
    );
  }

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
      if (typeof options === 'string') {
        await responses.replyPrivately(interaction, options);
        return;
      }
      const model = modelFor(options);
      if (model === undefined) await responses.replyPrivately(interaction, t('model.gone'));
      else await responses.showModal(interaction, modal(jobId, { options, model, t }));
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
        size: fields.fields.has('size') ? fields.getStringSelectValues('size')[0] : undefined,
      };
      await startJob(interaction, askedAgain(interaction, jobId, { records, change }));
    },
  };
}
