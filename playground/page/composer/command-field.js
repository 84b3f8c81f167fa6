/** The field of one option of a command that is being typed. */
import { el } from '../dom.js';
import { chooseFiles, problemWith } from '../files/files.js';
import { readOption, TYPE } from './command-rules.js';

/** @typedef {{ option: any, input: any, pill: HTMLElement, chosen?: any, problem?: string, takesFile?: boolean }} Field */

/**
 * Builds an empty field.
 *
 * @param {any} option as registered, in the viewer's language
 * @param {string} listId the list of choices that the field opens
 * @returns {Field}
 */
export function createField(option, listId) {
  // Text wraps, as in Discord's client: a prompt may be long.
  const isText = option.type === TYPE.string && !option.choices?.length;
  const input = el(isText ? 'textarea' : 'input', {
    ...(isText ? { rows: 1 } : { type: 'text' }),
    autocomplete: 'off',
    spellcheck: isText,
    'aria-label': `${option.shown}: ${option.description}`,
    'aria-required': option.required ? 'true' : undefined,
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    'aria-controls': listId,
    ...(option.type === TYPE.integer && { inputMode: 'numeric' }),
  });
  const pill = el('label', { class: 'pill' }, el('span', { class: 'pill-name' }, option.shown), input);
  return { option, input, pill };
}

/**
 * Builds the field of an option that takes a file: a button, which opens the dialog to choose one.
 *
 * @param {any} option
 * @param {(files: File[]) => void} onchoose
 * @returns {Field}
 */
export function createFileField(option, onchoose) {
  const choose = () => chooseFiles({ fileTypes: option.file_types, onchoose });
  const input = el('button', { type: 'button', class: 'file-field', onclick: choose });
  const pill = el('div', { class: 'pill' }, el('span', { class: 'pill-name' }, option.shown), input);
  const field = { option, input, pill, takesFile: true };
  setFile(field, undefined);
  return field;
}

/** Puts a file into a field, or takes it out. Why it is not taken becomes the field's problem. */
export function setFile(field, file) {
  const { option, input } = field;
  const problem = file && problemWith(file, option.file_types);
  field.chosen = problem ? undefined : file;
  input.value = field.chosen?.name ?? '';
  input.textContent = field.chosen?.name ?? 'Choose a file';
  input.setAttribute('aria-label', `${option.shown}: ${option.description}. ${input.textContent}`);
  markField(field, problem);
}

/** What a field holds, as {@link readOption} reads it. A file that was not taken is not forgotten by sending without one. */
export const readField = ({ option, input, chosen, takesFile, problem }) =>
  takesFile && problem ? { problem } : readOption(option, input.value, chosen);

/** Fits a field to its text, where the browser does not do so by itself. */
export function growField({ input, takesFile }) {
  if (takesFile || CSS.supports('field-sizing', 'content')) return;
  input.style.width = `${Math.min(Math.max(input.value.length + 1, 2), 60)}ch`;
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}

/** Shows that a field is wrong, or, without a problem, that it is not. */
export function markField(field, problem) {
  field.problem = problem;
  field.pill.classList.toggle('wrong', Boolean(problem));
  if (problem) field.input.setAttribute('aria-invalid', 'true');
  else field.input.removeAttribute('aria-invalid');
}
