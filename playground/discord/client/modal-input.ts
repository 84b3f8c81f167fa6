import { checkChosen, checkNumber } from './component-input.ts';
import { isUpload, type Upload } from '../files/uploads.ts';
import { passesFileTypes } from '../files/files.ts';
import { componentType, flatten } from '../messages/messages.ts';
import type { Component, ModalBody } from '../request-bodies.ts';

/** What a person fills in, by custom id: text, the values of a select, files. */
export type ModalValues = Readonly<Record<string, string | readonly (string | Upload)[]>>;

/**
 * Reads what a person filled in, as Discord's client does before it sends anything.
 *
 * @param takeFile takes a file, and gives the id of the attachment
 * @returns the components as a submitted modal carries them
 * @throws Error when Discord's client would not send it
 */
export function readModal(
  modal: ModalBody,
  values: ModalValues,
  takeFile: (upload: Upload) => string,
): Record<string, unknown>[] {
  const inputs = flatten(modal.components, []).flatMap(({ component }) => component.custom_id ?? []);
  const unknown = Object.keys(values).find((customId) => !inputs.includes(customId));
  if (unknown !== undefined) throw new Error(`The modal has no input "${unknown}"`);
  return modal.components.map((component, index) => filled(component, index + 1));

  function filled(component: Component, id: number): Record<string, unknown> {
    const { type, custom_id: customId } = component;
    const base = { type, id: component.id ?? id };
    if (component.components)
      return { ...base, components: component.components.map((inner, index) => filled(inner, id * 10 + index)) };
    if (component.component) return { ...base, component: filled(component.component, id * 10) };
    if (!customId) return base;
    const given = values[customId];
    switch (type) {
      case componentType.textInput:
        return { ...base, custom_id: customId, value: textOf(component, given) };
      case componentType.fileUpload:
        return { ...base, custom_id: customId, values: filesOf(component, given).map(takeFile) };
      default:
        return { ...base, custom_id: customId, values: chosenOf(component, given) };
    }
  }
}

type Given = ModalValues[string] | undefined;

function textOf(component: Component, given: Given): string {
  const { custom_id: customId, required, min_length: least, max_length: most } = component;
  const value = typeof given === 'string' ? given : (component.value ?? '');
  const from = required === false ? 0 : Math.max(1, least ?? 0);
  if (value.length < from) throw new Error(`The input "${customId ?? ''}" wants at least ${from} characters`);
  if (value.length > (most ?? 4000))
    throw new Error(`The input "${customId ?? ''}" takes at most ${most ?? 4000} characters`);
  return value;
}

/** A select sends what is preselected in it where nobody touched it. */
function chosenOf(component: Component, given: Given): string[] {
  const preselected = (component.options ?? []).flatMap((option) => (option.default === true ? [option.value] : []));
  const chosen = typeof given === 'string' ? [given] : given ? given.filter(isText) : preselected;
  if (component.type === componentType.select) checkChosen(component, chosen);
  return chosen;
}

const isText = (value: string | Upload): value is string => typeof value === 'string';

function filesOf(component: Component, given: Given): Upload[] {
  const { custom_id: customId, file_types: fileTypes } = component;
  const files = typeof given === 'string' ? [] : (given ?? []).filter(isUpload);
  if (given !== undefined && files.length < given.length) throw new Error(`"${customId ?? ''}" takes files`);
  const wrong = files.find(({ name }) => !passesFileTypes(name, fileTypes));
  if (wrong) throw new Error(`"${customId ?? ''}" takes no file like ${wrong.name}`);
  checkNumber(component, files.length, 'files');
  return files;
}
