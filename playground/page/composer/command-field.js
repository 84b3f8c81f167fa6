/** The field of one option of a command that is being typed. */
import { el } from '../dom.js';
import { readOption, TYPE } from './command-rules.js';

/** @typedef {{ option: any, input: HTMLInputElement, pill: HTMLElement, chosen?: any, problem?: string }} Field */

/**
 * Builds an empty field.
 *
 * @param {any} option as registered
 * @param {string} listId the list of choices that the field opens
 * @returns {Field}
 */
export function createField(option, listId) {
  const input = /** @type {HTMLInputElement} */ (
    el('input', {
      type: 'text',
      autocomplete: 'off',
      spellcheck: option.type === TYPE.string && !option.choices?.length,
      'aria-label': `${option.name}: ${option.description}`,
      'aria-required': option.required ? 'true' : undefined,
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      ...(option.type === TYPE.integer && { inputMode: 'numeric' }),
    })
  );
  const pill = el('label', { class: 'pill' }, el('span', { class: 'pill-name' }, option.name), input);
  return { option, input, pill };
}

/** What a field holds, as {@link readOption} reads it. */
export const readField = ({ option, input, chosen }) => readOption(option, input.value, chosen);

/** Fits a field to its text, where the browser does not do so by itself. */
export function growField({ input }) {
  if (!CSS.supports('field-sizing', 'content'))
    input.style.width = `${Math.min(Math.max(input.value.length + 1, 2), 60)}ch`;
}

/** Shows that a field is wrong, or, without a problem, that it is not. */
export function markField(field, problem) {
  field.problem = problem;
  field.pill.classList.toggle('wrong', Boolean(problem));
  if (problem) field.input.setAttribute('aria-invalid', 'true');
  else field.input.removeAttribute('aria-invalid');
}
