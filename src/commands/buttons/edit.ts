/** Edit, and "Use picture": a form with the job's options filled in; sent, it is a job of whoever sent it. */
import type { ButtonInteraction, Message, StringSelectMenuInteraction } from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import { modelOf } from '../../services/job/job.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { Log } from '../../services/log.ts';
import { USE_PICTURE } from '../../services/messages/messages.ts';
import type { Models } from '../../services/models/models.ts';
import { COUNT_MAX, QUALITY_DEFAULT } from '../../services/models/seedream.ts';
import type { Reference } from '../../services/references/references.ts';
import { StoreError } from '../../services/storage/storage.ts';
import type { Button, Form, Select } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import { picturesOfGallery } from '../pictures/given.ts';
import { readRequestForm, requestForm, type FormModel, type PictureChoice } from '../pictures/request-form.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { askedAgain, shownOptions, storedOptions, type PressedOptions } from './job-options.ts';

const ACTION = 'edit';

/** The choice of what the job itself started from; the others are pictures of its gallery by their numbers. */
const SAME = 'same';

/** A picture that its message does not have any more: an address that has expired, for its check to say so. */
const LOST = { url: 'https://cdn.discordapp.com/attachments/0/0/gone.png?ex=0' };

/**
 * How long the store may take (milliseconds). A form can only be the first response, within 3 seconds of the press: this is
 * the one read that is waited for before it, and it leaves time to say that it failed.
 */
const READ_WITHIN = 1500;

/** What the form offers to start from: what the job started from, and the pictures of the message. */
function pictureChoices(
  { message, jobId, madeFrom }: { message: Message; jobId: string; madeFrom: number },
  { chosen, t }: { chosen: readonly string[]; t: Translate },
): PictureChoice[] {
  const numbers = [...picturesOfGallery(message, jobId).keys()].toSorted((one, other) => one - other);
  const isChosen = (value: string) => (chosen.length === 0 ? value === SAME : chosen.includes(value));
  return [
    ...(madeFrom === 0 ? [] : [{ value: SAME, label: t('edit.same', { count: madeFrom }), chosen: isChosen(SAME) }]),
    ...numbers.map((number) => ({
      value: String(number),
      label: t('edit.picture', { number }),
      chosen: isChosen(String(number)),
    })),
  ];
}

/** The Edit button, and the select under a gallery, which opens the same form with a picture chosen. */
export function createEdit({
  models,
  records,
  responses,
  clock,
  log,
}: {
  models: Pick<Models, 'offered' | 'find' | 'byId' | 'standing'>;
  records: Pick<JobRecords, 'findReadable'>;
  responses: Responses;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}): { button: Button; select: Select } {
  /** The job's own model; where that is gone the first in order, and where none is offered what is known of its own. */
  function modelFor(options: PressedOptions, editing: boolean): FormModel | undefined {
    const id = modelOf(options);
    const offered = models.offered();
    const offer = offered.find((each) => each.ids.includes(id)) ?? offered[0];
    const profile = models.find(id);
    const own = editing && offer?.editing !== undefined ? models.byId(offer.editing) : undefined;
    return own ?? offer ?? (profile && { profile, imagesPerJob: COUNT_MAX });
  }

  const late = () => new StoreError(`The store did not answer within ${READ_WITHIN} ms.`);

  async function open(
    interaction: ButtonInteraction | StringSelectMenuInteraction,
    jobId: string,
    chosen: readonly string[],
  ): Promise<void> {
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
    const { prompt, count, size, quality, madeFrom } = options;
    // Another one is drawn, but for one that was typed and never used.
    const seed = options.refused ? options.seed : undefined;
    const isWhole = options.refused && (seed !== undefined || quality !== QUALITY_DEFAULT);
    const model = modelFor(options, chosen.length + madeFrom > 0);
    if (model === undefined) {
      await responses.replyPrivately(interaction, t('model.gone'));
      return;
    }
    const takesPictures = models.offered().some(({ editing }) => editing !== undefined);
    const { message } = interaction;
    const modal = requestForm({
      ...{ prompt, count, size, quality, seed, model, t },
      customId: `${ACTION}:${jobId}`,
      title: t('edit.title'),
      pictures: takesPictures ? pictureChoices({ message, jobId, madeFrom }, { chosen, t }) : [],
      needsPicture: false,
      // What was typed and refused comes back whole; there is no room for files beside all of it.
      upload: takesPictures && (madeFrom > 0 || !isWhole),
    });
    await responses.showModal(interaction, modal);
  }

  return {
    button: { action: ACTION, press: (interaction, jobId) => open(interaction, jobId, []) },
    select: {
      action: USE_PICTURE,
      async choose(interaction, jobId) {
        const takesPictures = models.standing().some(({ editing }) => editing !== undefined);
        if (takesPictures) await open(interaction, jobId, interaction.values);
        else await responses.replyPrivately(interaction, translate(interaction.locale)('model.off'));
      },
    },
  };
}

export function createEditForm({
  models,
  records,
  startJob,
}: {
  models: Pick<Models, 'offered' | 'byId'>;
  records: Pick<JobRecords, 'findReadable'>;
  startJob: StartJob;
}): Form {
  /** Whether a model is known to take a size where it starts from pictures: else the form's is left to it. */
  const takesSize = () => {
    const editing = models.offered().flatMap((offer) => offer.editing ?? [])[0];
    return editing === undefined || models.byId(editing)?.profile.size !== undefined;
  };

  return {
    action: ACTION,
    async submit(interaction, jobId) {
      const { prompt, count, size, further, chosen, files } = readRequestForm(interaction);
      const shown =
        interaction.message === null ? new Map<number, Reference>() : picturesOfGallery(interaction.message, jobId);
      const given = [
        ...chosen.filter((value) => value !== SAME).map((value) => shown.get(Number(value)) ?? LOST),
        ...files,
      ];
      const same = chosen.includes(SAME);
      const change = { prompt, count, size: (same || given.length > 0) && !takesSize() ? undefined : size, ...further };
      await startJob(interaction, askedAgain(interaction, jobId, { records, change, pictures: { same, given } }));
    },
  };
}
