/** The keyboard in a command that is being typed. */
import { mustChoose } from './command-rules.js';

/**
 * Does what a key means there.
 *
 * @param {KeyboardEvent} event
 * @param {{
 *   fields: import('./command-field.js').Field[],
 *   current: import('./command-field.js').Field | null,
 *   tail: HTMLInputElement,
 *   list: any,
 *   take: (item: any) => void,
 *   next: () => void,
 *   send: () => void,
 *   cancel: () => void,
 *   remove: (field: any) => void,
 *   clearFile: (option: any) => void,
 *   moveActive: (by: 1 | -1) => void,
 * }} form the form as it is now, and what can be done with it
 */
export function handleCommandKey(event, form) {
  const { fields, current, tail, list } = form;
  const input = /** @type {HTMLInputElement} */ (event.target);
  const atStart = input.selectionStart === 0 && input.selectionEnd === 0;
  const before = () => fields[fields.indexOf(current) - 1];
  if (current?.takesFile && handleFileKey(event, form, before)) return;
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      event.preventDefault();
      form.moveActive(event.key === 'ArrowDown' ? 1 : -1);
      return;
    case 'Enter':
      event.preventDefault();
      if (takesOnEnter(form)) form.take(list.activeItem);
      else form.send();
      return;
    case 'Tab':
      handleTab(event, form);
      return;
    case 'Escape':
      event.preventDefault();
      form.cancel();
      return;
    case 'Backspace':
      if (!atStart) return;
      event.preventDefault();
      if (!current) {
        if (fields.length > 0) fields.at(-1)?.input.focus();
        else form.cancel();
      } else if (current.input.value === '' && !current.option.required) form.remove(current);
      else if (fields[0] === current) form.cancel();
      else before()?.input.focus();
      return;
    case 'ArrowRight':
      if (current && input.selectionStart === input.value.length) {
        event.preventDefault();
        (fields[fields.indexOf(current) + 1]?.input ?? tail).focus();
      }
      return;
    case 'ArrowLeft':
      if (atStart) {
        event.preventDefault();
        (current ? before() : fields.at(-1))?.input.focus();
      }
      return;
  }
}

/** Whether Enter takes the active choice; else it sends the command. */
function takesOnEnter({ current, tail, list }) {
  if (!list.activeItem) return false;
  if (!current) return tail.value !== '';
  if (current.chosen !== undefined) return false;
  return mustChoose(current.option) ? current.input.value !== '' || list.items.length > 0 : true;
}

function handleTab(event, { current, list, take, next }) {
  if (event.shiftKey) return;
  const active = list.activeItem;
  if (active && (!current || current.chosen === undefined)) {
    event.preventDefault();
    take(active);
  } else if (!current && list.items.length > 0) {
    event.preventDefault();
    take(list.items[0]);
  } else if (current) {
    event.preventDefault();
    next();
  }
}

/** In the field of a file: Enter chooses one or sends, Delete takes it out. @returns {boolean} whether the key meant that */
function handleFileKey(event, { fields, current, tail, send, remove, clearFile }, before) {
  switch (event.key) {
    case 'Enter':
      event.preventDefault();
      if (current.chosen) send();
      else current.input.click();
      return true;
    case 'Backspace':
    case 'Delete':
      event.preventDefault();
      if (current.chosen) clearFile(current.option);
      else if (!current.option.required) remove(current);
      return true;
    case 'ArrowRight':
      event.preventDefault();
      (fields[fields.indexOf(current) + 1]?.input ?? tail).focus();
      return true;
    case 'ArrowLeft':
      event.preventDefault();
      before()?.input.focus();
      return true;
    default:
      return false;
  }
}
