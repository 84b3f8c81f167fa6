/** The message command "Edit with Seedream": a form that starts from the pictures of any message. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  AttachmentFlags,
  InteractionContextType,
  type Attachment,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { translate } from '../../languages/languages.ts';
import { BoundedMap } from '../../services/bounded.ts';
import { showText } from '../../services/messages/display.ts';
import type { Models, Offer } from '../../services/models/models.ts';
import { COUNT_DEFAULT, QUALITY_DEFAULT } from '../../services/models/seedream.ts';
import type { IsDiscords, Reference } from '../../services/references/references.ts';
import type { Form, MessageCommand } from '../interactions/command.ts';
import { named } from '../interactions/localisation.ts';
import type { Responses } from '../interactions/responses.ts';
import type { UncheckedOptions } from '../start-job/options.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { picturesOfMessage, placeOf } from './given.ts';
import { giveBack } from '../start-job/refusals.ts';
import { readRequestForm, type FilledForm } from './filled-form.ts';
import { requestForm } from './request-form.ts';

const ACTION = 'picture';

/** Forms whose pictures are remembered until they are sent: Discord gives them back without their message. */
const REMEMBERED = 1000;

/** Most pictures that are chosen from the start. */
const CHOSEN_MAX = 10;

const definition = {
  type: ApplicationCommandType.Message,
  ...named('command.editPicture'),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies MessageCommand['definition'];

/** What a form was opened on. */
interface Opened {
  pictures: readonly Reference[];
  /** Whether only the person sees the message, and whether its pictures are blurred. */
  private: boolean;
  spoiler: boolean;
}

/** The model that pictures are edited with where none is named; `undefined` where there is none. */
function editingOffer(models: Pick<Models, 'standing' | 'byId'>): Offer | undefined {
  // That of a model which is gone may still be there.
  const editing = models.standing().flatMap(({ id }) => models.byId(id)?.editing ?? []);
  return editing.flatMap((id) => models.byId(id) ?? [])[0];
}

/** The command, and the form that it answers with. */
export function createEditMessage({
  models,
  isDiscords,
  startJob,
  responses,
}: {
  models: Pick<Models, 'standing' | 'byId' | 'forNew'>;
  isDiscords: IsDiscords;
  startJob: StartJob;
  responses: Responses;
}): { command: MessageCommand; form: Form } {
  const opened = new BoundedMap<string, Opened>(REMEMBERED);

  /** The model of a form for these pictures, or why there is none. */
  function offerFor(pictures: readonly Reference[], locale: string): Offer | string {
    const t = translate(locale);
    // Where none is offered, one that was gone may be tried again.
    const offer = editingOffer(models) ?? models.forNew(undefined, { references: true });
    if (!('refused' in offer)) return pictures.length === 0 ? t('references.none') : offer;
    return t(`model.${offer.refused}`, 'name' in offer ? { model: showText(offer.name, 100) } : {});
  }

  function show(interaction: MessageContextMenuCommandInteraction, offer: Offer, pictures: readonly Reference[]) {
    const t = translate(interaction.locale);
    const choices = pictures.map((_, index) => ({
      value: String(index + 1),
      label: t('edit.picture', { number: index + 1 }),
      chosen: index < CHOSEN_MAX,
    }));
    const modal = requestForm({
      customId: `${ACTION}:${interaction.id}`,
      title: t('edit.pictureTitle'),
      prompt: '',
      count: COUNT_DEFAULT,
      size: '',
      quality: QUALITY_DEFAULT,
      seed: undefined,
      seedBefore: undefined,
      model: offer,
      pictures: pictures.length === 1 ? [] : choices,
      needsPicture: true,
      upload: false,
      t,
    });
    return responses.showModal(interaction, modal);
  }

  const command: MessageCommand = {
    get definition() {
      return editingOffer(models) === undefined ? undefined : definition;
    },
    name: definition.name,
    async run(interaction) {
      const message = interaction.targetMessage;
      // Of the bot's own message alone an address can be read anew.
      const place = message.author.id === interaction.client.user.id ? placeOf(message) : {};
      const pictures = picturesOfMessage(message, isDiscords).map((picture) => ({ ...picture, ...place }));
      const offer = offerFor(pictures, interaction.locale);
      if (typeof offer === 'string') {
        await responses.replyPrivately(interaction, offer);
        return;
      }
      opened.set(interaction.id, {
        pictures,
        private: message.flags.has('Ephemeral'),
        spoiler: message.attachments.some(isBlurred),
      });
      await show(interaction, offer, pictures);
    },
  };

  const typed = (interaction: ModalSubmitInteraction, id: string) =>
    optionsOf(readRequestForm(interaction), opened.get(id), editingOffer(models));

  const form: Form = {
    action: ACTION,
    async submit(interaction, id) {
      const options = typed(interaction, id);
      if (opened.has(id)) {
        await startJob(interaction, options);
        return;
      }
      const t = translate(interaction.locale);
      await responses.replyPrivately(
        interaction,
        giveBack(t('references.formLost'), { id: interaction.id, options, t }),
      );
    },
    typed,
  };
  return { command, form };
}

/** @param on - what the form was opened on; its pictures are not known any more where that is not. */
function optionsOf(
  { prompt, count, size, further, chosen }: FilledForm,
  on: Opened | undefined,
  editing: Offer | undefined,
): UncheckedOptions {
  const { pictures = [] } = on ?? {};
  return {
    prompt,
    count,
    size,
    // Without its pictures it is still one that starts from some.
    model: on === undefined ? editing?.profile.id : undefined,
    seed: undefined,
    quality: undefined,
    ...further,
    references: pictures.filter((_, index) => pictures.length === 1 || chosen.includes(String(index + 1))),
    private: on?.private ?? false,
    spoiler: on?.spoiler ?? false,
  };
}

/** Whether Discord blurs a file: by its name, or as it was marked later. */
function isBlurred({ name, flags }: Attachment): boolean {
  return name.startsWith('SPOILER_') || flags.has(AttachmentFlags.IsSpoiler);
}
