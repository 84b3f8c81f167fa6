/** The options of a command that take files, and how files get into them: chosen, dropped or pasted. */
import { fail } from '../notice.js';
import { setFile } from './command-field.js';
import { TYPE } from './command-rules.js';
import { createFileSlots } from './file-slots.js';

/**
 * Builds it.
 *
 * @param {{
 *   call: any,
 *   fieldOf: (option: any) => import('./command-field.js').Field | undefined,
 *   addField: (option: any) => import('./command-field.js').Field,
 *   removeField: (field: import('./command-field.js').Field) => void,
 *   changed: (field: import('./command-field.js').Field | undefined) => void,
 * }} form what there is of fields, and who is told that one has changed
 */
export function createCommandFiles({ call, fieldOf, addField, removeField, changed }) {
  const options = call.options.filter(({ type }) => type === TYPE.attachment);
  const slots = createFileSlots({ onfiles: put, onremove: clear });

  /** The fields there are, and a place for one file more once those are filled. */
  function draw() {
    const shown = options.filter(fieldOf);
    const isFull = shown.length > 0 && shown.every((option) => fieldOf(option).chosen);
    const next = isFull ? options.filter((option) => !shown.includes(option)).slice(0, 1) : [];
    slots.show([...shown, ...next].map((option) => ({ option, file: fieldOf(option)?.chosen })));
  }

  /** Puts the first of the files into an option, and the others into those that are free. */
  function put(option, [file, ...others]) {
    if (!file) return;
    const field = fieldOf(option) ?? addField(option);
    setFile(field, file);
    draw();
    field.input.focus();
    changed(field);
    if (!field.problem) add(others);
  }

  /** Puts files into the options that are free, in their order. */
  function add(files) {
    const free = options.find((option) => !fieldOf(option)?.chosen);
    if (files.length === 0) return;
    if (free) put(free, files);
    else
      fail(new Error(`/${call.shown} takes ${options.length === 0 ? 'no files' : `${options.length} files at most`}.`));
  }

  function clear(option) {
    const field = fieldOf(option);
    if (!field) return;
    setFile(field, undefined);
    if (option.required) field.input.focus();
    else removeField(field);
    draw();
    changed(fieldOf(option));
  }

  return { element: slots.element, takesFiles: options.length > 0, draw, put, add, clear };
}
