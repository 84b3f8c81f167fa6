/** A form as Discord's client sends it. */
import type { Component, Interaction } from '../records.ts';
import { NotSent, type Upload } from './command-input.ts';

const TEXT_INPUT = 4;
const FILE_UPLOAD = 19;

/** The choice that stands for all that a job started from; every other one of `pictures` is a picture that is offered. */
const SAME = 'same';

/** What a form that is sent has of pictures to start from. */
export interface ChosenPictures {
  /** Whether what the job started from is chosen. */
  same: boolean;
  /** The places, from 0, of the pictures that are offered and chosen; `undefined` where none are offered. */
  places: readonly number[] | undefined;
  /** The names of files that are given. */
  files: readonly string[];
}

type Fields = Readonly<Record<string, string>>;

const partsOf = (field: string | undefined) => (field === undefined || field === '' ? [] : field.split(','));

/** The pictures that a select offers beside what the job started from. */
const offeredBy = ({ options = [] }: Component) => options.flatMap(({ value }) => (value === SAME ? [] : [value]));

/** The values of a select: what was chosen, or what stood there where nothing was. Pictures are chosen by their places. */
function valuesOf(component: Component, fields: Fields): string[] {
  const { custom_id: customId = '', options = [], min_values: least = 1, max_values: most = 1 } = component;
  const given = fields[customId];
  if (given === undefined) return options.filter((each) => each.default === true).map(({ value }) => value);
  const isOffered = (wanted: string | undefined) => options.some(({ value }) => value === wanted);
  if (customId !== 'pictures') {
    if (!isOffered(given)) throw new NotSent(`${customId} does not offer ${given}`);
    return [given];
  }
  const offered = offeredBy(component);
  const wanted = partsOf(given).flatMap((part) => (part === SAME ? SAME : (offered[Number(part) - 1] ?? [])));
  // As the select shows them, in whichever order they were clicked.
  const values = options.flatMap(({ value }) => (wanted.includes(value) ? [value] : [])).slice(0, most);
  if (values.length < least) throw new NotSent('none of these pictures is offered');
  return values;
}

/**
 * The data of a form's interaction: what was typed, and what stood there where nothing was.
 *
 * @throws NotSent
 */
export function formData(
  modal: NonNullable<Interaction['modal']>,
  fields: Fields,
  upload: Upload,
): { data: object; pictures: ChosenPictures } {
  const pictures: ChosenPictures = { same: false, places: undefined, files: [] };
  const attachments: Record<string, object> = {};

  function filled(component: Component): object {
    const { type, custom_id: customId = '', components, component: inner } = component;
    if (components !== undefined) return { type, components: components.map(filled) };
    if (inner !== undefined) return { type, component: filled(inner) };
    if (type === TEXT_INPUT) {
      const value = fields[customId] ?? component.value ?? '';
      const { min_length: least = 0, max_length: most = 4000 } = component;
      if (value.length < least || value.length > most)
        throw new NotSent(`${customId} takes ${least} to ${most} characters`);
      return { type, custom_id: customId, value };
    }
    if (type === FILE_UPLOAD) {
      const files = partsOf(fields[customId]).slice(0, component.max_values ?? 1);
      const uploads = files.map(upload);
      for (const file of uploads) attachments[file.id] = file;
      Object.assign(pictures, { files });
      return { type, custom_id: customId, values: uploads.map(({ id }) => id) };
    }
    const values = valuesOf(component, fields);
    if (customId === 'pictures') {
      const offered = offeredBy(component);
      const places = values.flatMap((value) => (value === SAME ? [] : [offered.indexOf(value)]));
      Object.assign(pictures, { same: values.includes(SAME), places });
    }
    return { type, custom_id: customId, values };
  }

  const components = modal.components.map(filled);
  const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
  return { data: { custom_id: modal.custom_id, components, ...resolved }, pictures };
}
