/** The form that a job is typed into: what the pictures should show, how many, their size, what they start from, and the rest that fits. */
import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import { altText } from '../../services/messages/display.ts';
import { sizeLabel } from '../../services/messages/messages.ts';
import { findSize, type Offer, type Profile } from '../../services/models/models.ts';
import type { Quality } from '../../services/models/seedream.ts';
import { promptMaxLength } from '../../services/prompt/prompt.ts';
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

/** Discord takes at most 4000 characters of text in a field, and 100 beside its label. */
const INPUT_MAX = 4000;
const DESCRIPTION_MAX = 100;

/** How many characters of flags a prompt may have beside its own: they are not sent. */
const FLAGS_ROOM = 60;

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
  /** `undefined` is drawn; a text is what was typed and is no number. */
  seed: number | string | undefined;
  /** The one that was drawn before. */
  seedBefore: number | string | undefined;
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

/**
 * What is said of a quality and a seed that the form has no room for: which are kept, and how they are changed.
 *
 * @param without - the fields that are left out.
 */
function hint({ quality, seed, seedBefore, model: { profile }, t }: RequestForm, without: readonly string[]): string {
  const ofQuality = without.includes('quality') ? (profile.quality?.choices ?? []) : [];
  const keptQuality = ofQuality.find((choice) => choice === quality && choice !== profile.quality?.default);
  const hasSeed = without.includes('seed');
  const kept = [
    ...(keptQuality === undefined ? [] : [t(`quality.${keptQuality}`)]),
    ...(hasSeed && seed !== undefined ? [t('facts.seed', { seed })] : []),
  ];
  const before = seedBefore === undefined ? '--seed 7' : t('edit.asBefore', { flag: `--seed ${seedBefore}` });
  const other = ofQuality.find((choice) => choice !== (keptQuality ?? profile.quality?.default));
  const flags = [...(hasSeed ? [before] : []), ...(other === undefined ? [] : [`--quality ${other}`])];
  const sentences = [
    ...(kept.length === 0 ? [] : [t('edit.kept', { options: showList(kept, t) })]),
    ...(flags.length === 0 ? [] : [t('edit.flags', { flags: showList(flags, t) })]),
  ];
  return altText(sentences.join(' '), DESCRIPTION_MAX);
}

/** @param said - what is said beside it. */
function promptInput({ prompt, model: { profile }, t }: RequestForm, said: string): APILabelComponent {
  const value = prompt.slice(0, INPUT_MAX);
  const most = promptMaxLength(profile.text) + (said === '' ? 0 : FLAGS_ROOM);
  return {
    type: ComponentType.Label,
    label: t('edit.prompt'),
    ...(said !== '' && { description: said }),
    component: {
      type: ComponentType.TextInput,
      custom_id: 'prompt',
      style: TextInputStyle.Paragraph,
      ...(value !== '' && { value }),
      min_length: 1,
      // A longer one has been taken as it is: it states its number itself.
      max_length: Math.max(most, value.length),
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
  const value = seed === undefined ? '' : String(seed);
  const seedInput = {
    type: ComponentType.TextInput as const,
    custom_id: 'seed',
    style: TextInputStyle.Short,
    ...(value !== '' && { value }),
    max_length: Math.max(SEED_DIGITS, value.length),
    required: false,
  };
  const qualities = profile.quality?.choices ?? [];
  const chosen = qualities.includes(quality) ? quality : (profile.quality?.default ?? '');
  const show = (value: string) => t(value === 'standard' ? 'quality.standard' : 'quality.fast');
  const parts = [
    ...(qualities.length === 0
      ? []
      : [select('quality', { label: t('edit.quality'), values: [...qualities], chosen, show })]),
    ...(profile.seed === undefined
      ? []
      : [{ type: ComponentType.Label as const, label: t('edit.seed'), component: seedInput }]),
  ];
  return isMistyped(seed) ? parts.toReversed() : parts;
}

/** Whether what was typed as a seed is none: it is there to be mended, whatever has to make room for it. */
function isMistyped(seed: RequestForm['seed']): boolean {
  return typeof seed === 'string';
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
  ];
  const further = furtherParts(form);
  const files = isMistyped(form.seed) && parts.length === PARTS_MAX - 2 ? [] : fileUpload(form);
  const room = PARTS_MAX - 1 - parts.length - files.length;
  const without = further.slice(room).map(({ component }) => ('custom_id' in component ? component.custom_id : ''));
  return {
    custom_id: customId,
    title,
    components: [promptInput(form, hint(form, without)), ...parts, ...files, ...further.slice(0, room)],
  };
}
