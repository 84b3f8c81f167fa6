/** Edit, and "Use picture": a form with the job's options filled in; sent, it is a job of whoever sent it. */
import type { ButtonInteraction, Message, ModalSubmitInteraction, StringSelectMenuInteraction } from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import { modelOf } from '../../services/job/job.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { Log } from '../../services/log.ts';
import { USE_PICTURE } from '../../services/messages/messages.ts';
import type { Models } from '../../services/models/models.ts';
import { COUNT_DEFAULT, COUNT_MAX, QUALITY_DEFAULT } from '../../services/models/seedream.ts';
import { statedNumbers } from '../../services/prompt/prompt.ts';
import type { Reference } from '../../services/references/references.ts';
import { StoreError } from '../../services/storage/storage.ts';
import type { Button, Form, Select } from '../interactions/command.ts';
import type { Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';
import { picturesOfGallery } from '../pictures/given.ts';
import { readRequestForm } from '../pictures/filled-form.ts';
import { requestForm, type FormModel, type PictureChoice } from '../pictures/request-form.ts';
import type { StoredOptions, UncheckedOptions } from '../start-job/options.ts';
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
  const same = { value: SAME, label: t('edit.same', { count: madeFrom }), chosen: chosen.length === 0 };
  return [
    ...(madeFrom === 0 ? [] : [same]),
    ...numbers.map((number) => ({
      value: String(number),
      label: t('edit.picture', { number }),
      chosen: chosen.includes(String(number)),
    })),
  ];
}

/** The number of pictures that a prompt states, where nothing else says one. */
function countIn(prompt: string): number {
  const [stated, ...others] = statedNumbers(prompt);
  return stated === undefined || others.length > 0 || stated < 1 ? COUNT_DEFAULT : Math.min(stated, COUNT_MAX);
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
  function modelFor(options: PressedOptions, given: boolean): FormModel | undefined {
    const id = modelOf(options);
    const offered = models.offered();
    const isNamed = !options.refused || options.model !== undefined;
    const offer = offered.find((each) => isNamed && each.ids.includes(id)) ?? offered[0];
    const profile = models.find(id);
    const editing = given || offer?.editing === id ? offer?.editing : undefined;
    const own = editing === undefined ? undefined : models.byId(editing);
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
    const { prompt, size, quality, madeFrom, refused } = options;
    // Another one is drawn, but for one that was typed and never used.
    const seed = refused ? options.seed : undefined;
    const isWhole = refused && (seed !== undefined || quality !== QUALITY_DEFAULT);
    const model = modelFor(options, chosen.length + madeFrom > 0);
    if (model === undefined) {
      await responses.replyPrivately(interaction, t('model.gone'));
      return;
    }
    const takesPictures = models.offered().some(({ editing }) => editing !== undefined);
    const { message } = interaction;
    const modal = requestForm({
      ...{ prompt, count: options.count ?? countIn(prompt), size, quality, seed, model, t },
      seedBefore: refused ? undefined : options.seed,
      customId: `${ACTION}:${jobId}`,
      title: t('edit.title'),
      pictures: takesPictures ? pictureChoices({ message, jobId, madeFrom }, { chosen, t }) : [],
      needsPicture: false,
      // What was typed and refused has its fields, before more files have; what is to start from pictures needs those.
      upload: takesPictures && (madeFrom > 0 || !isWhole || model.profile.references !== undefined),
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

  function asked(interaction: ModalSubmitInteraction, jobId: string): UncheckedOptions | StoredOptions {
    const { prompt, count, size, further, chosen, files } = readRequestForm(interaction);
    const shown =
      interaction.message === null ? new Map<number, Reference>() : picturesOfGallery(interaction.message, jobId);
    const own = chosen.filter((value) => value !== SAME).map((value) => shown.get(Number(value)) ?? LOST);
    const pictures = { same: chosen.includes(SAME), given: [...own, ...files] };
    const startsFromSome = pictures.same || pictures.given.length > 0;
    const change = { prompt, count, size: startsFromSome && !takesSize() ? undefined : size, ...further };
    return askedAgain(interaction, jobId, { records, change, pictures });
  }

  return {
    action: ACTION,
    submit: (interaction, jobId) => startJob(interaction, asked(interaction, jobId)),
    typed(interaction, jobId) {
      const options = asked(interaction, jobId);
      return 'read' in options ? options.typed : options;
    },
  };
}
