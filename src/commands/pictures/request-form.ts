/** The form that a job is typed into: what the pictures should show, how many, their size, what they start from, and the rest that fits. */
import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Translate } from '../../languages/languages.ts';
import { sizeLabel } from '../../services/messages/messages.ts';
import { findSize, type Offer, type Profile } from '../../services/models/models.ts';
import { TEXT_MAX_LENGTH, type Quality } from '../../services/models/seedream.ts';
import { plainText } from '../../services/plain-text.ts';
import type { Reference } from '../../services/references/references.ts';
import { promptMaxLength } from '../../services/prompt/prompt.ts';
import { readInteger } from '../interactions/choices.ts';
import { attachmentReference } from './given.ts';
import { FILE_TYPES } from './file-types.ts';

/** What a form has to know of a model. */
export type FormModel = Pick<Offer, 'profile' | 'imagesPerJob'>;

/** Discord takes at most 25 options in a select, with values of at most 100 characters. */
const OPTIONS_MAX = 25;
const VALUE_MAX = 100;

/** Most files that an upload takes, and most that are chosen at once: Discord's own limit, and the models'. */
const PICTURES_MAX = 10;

/** Discord takes at most five parts of a form. */
const PARTS_MAX = 5;

/** The most digits of a seed. */
const SEED_DIGITS = 15;

/** A picture, or some, that may be started from. */
export interface PictureChoice {
  value: string;
  label: string;
  /** Whether it is taken where nothing is changed. */
  chosen: boolean;
}

interface RequestForm {
  customId: string;
  title: string;
  prompt: string;
  count: number;
  size: string;
  quality: Quality;
  /** `undefined` is drawn. */
  seed: number | undefined;
  model: FormModel;
  /** What is on offer to start from; no part of the form where there is nothing. */
  pictures: readonly PictureChoice[];
  /** Whether one of them must be chosen. */
  needsPicture: boolean;
  /** Whether files can be given. */
  upload: boolean;
  t: Translate;
}

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
  return [select('size', { label: t('edit.size'), values, chosen, show: (value) => sizeLabel(value, values, t) })];
}

/** @param flags - whether what the form has no room for can be said by flags. */
function promptInput({ prompt, model: { profile }, t }: RequestForm, flags: boolean): APILabelComponent {
  const value = prompt.slice(0, TEXT_MAX_LENGTH);
  return {
    type: ComponentType.Label,
    label: t('edit.prompt'),
    ...(flags && { description: t('edit.flags') }),
    component: {
      type: ComponentType.TextInput,
      custom_id: 'prompt',
      style: TextInputStyle.Paragraph,
      ...(value !== '' && { value }),
      min_length: 1,
      // A longer one has been taken as it is: it states its number itself.
      max_length: Math.max(promptMaxLength(profile.text), value.length),
      required: true,
    },
  };
}

function picturesSelect({ pictures, needsPicture, t }: RequestForm): APILabelComponent[] {
  if (pictures.length === 0) return [];
  const options = pictures.slice(0, OPTIONS_MAX).map(({ value, label, chosen }) => ({ label, value, default: chosen }));
  const component = {
    type: ComponentType.StringSelect as const,
    custom_id: 'pictures',
    required: needsPicture,
    min_values: needsPicture ? 1 : 0,
    max_values: Math.min(PICTURES_MAX, options.length),
    options,
  };
  return [{ type: ComponentType.Label, label: t('edit.from'), component }];
}

function fileUpload({ upload, t }: RequestForm): APILabelComponent[] {
  if (!upload) return [];
  const component = {
    type: ComponentType.FileUpload as const,
    custom_id: 'files',
    required: false,
    min_values: 0,
    max_values: PICTURES_MAX,
    file_types: [...FILE_TYPES],
  };
  return [{ type: ComponentType.Label, label: t('edit.files'), component }];
}

/** What else a model has, the more asked for first. */
function furtherParts({ quality, seed, model: { profile }, t }: RequestForm): APILabelComponent[] {
  const seedInput = {
    type: ComponentType.TextInput as const,
    custom_id: 'seed',
    style: TextInputStyle.Short,
    ...(seed !== undefined && { value: String(seed) }),
    max_length: SEED_DIGITS,
    required: false,
  };
  const qualities = profile.quality?.choices ?? [];
  const chosen = qualities.includes(quality) ? quality : (profile.quality?.default ?? '');
  const show = (value: string) => t(value === 'standard' ? 'quality.standard' : 'quality.fast');
  return [
    ...(qualities.length === 0
      ? []
      : [select('quality', { label: t('edit.quality'), values: [...qualities], chosen, show })]),
    ...(profile.seed === undefined
      ? []
      : [{ type: ComponentType.Label as const, label: t('edit.seed'), component: seedInput }]),
  ];
}

export function requestForm(form: RequestForm): APIModalInteractionResponseCallbackData {
  const { customId, title, model, t } = form;
  const { profile, imagesPerJob } = model;
  const values = Array.from({ length: imagesPerJob }, (_, index) => String(index + 1));
  const chosen = String(Math.min(form.count, imagesPerJob));
  const label = t('edit.count', { max: imagesPerJob });
  const parts = [
    select('count', { label, values, chosen, show: (value) => value }),
    ...sizeSelect(profile, form.size, t),
    ...picturesSelect(form),
    ...fileUpload(form),
  ];
  const further = furtherParts(form);
  const room = PARTS_MAX - 1 - parts.length;
  return {
    custom_id: customId,
    title,
    components: [promptInput(form, further.length > room), ...parts, ...further.slice(0, room)],
  };
}

/** What was typed and chosen in a form. */
export interface FilledForm {
  prompt: string;
  /** `NaN` for what is no number. */
  count: number;
  size: string | undefined;
  /** Only what the form had room for: a seed that is `undefined` is drawn, and `NaN` is none. */
  further: { quality?: string; seed?: number | undefined };
  /** The values of the pictures that were chosen. */
  chosen: readonly string[];
  files: readonly Reference[];
}

function readSeed(typed: string): number | undefined {
  return plainText(typed) === '' ? undefined : readInteger(typed);
}

/** Reads a form that was sent. */
export function readRequestForm({ fields }: ModalSubmitInteraction): FilledForm {
  const selected = (id: string): readonly string[] => (fields.fields.has(id) ? fields.getStringSelectValues(id) : []);
  const files = fields.fields.has('files') ? fields.getUploadedFiles('files') : null;
  return {
    prompt: fields.getTextInputValue('prompt'),
    count: Number(selected('count')[0]),
    size: selected('size')[0],
    further: {
      ...(fields.fields.has('quality') && { quality: selected('quality')[0] ?? '' }),
      ...(fields.fields.has('seed') && { seed: readSeed(fields.getTextInputValue('seed')) }),
    },
    chosen: selected('pictures'),
    files: [...(files?.values() ?? [])].map(attachmentReference),
  };
}
