/** A command being typed: its name, a field for each option, and above them what can be chosen. */
import { el } from '../dom.js';
import { channel } from '../store.js';
import { createField, createFileField, growField, markField, readField } from './command-field.js';
import { createCommandFiles } from './command-files.js';
import { handleCommandKey } from './command-keys.js';
import { createCommandPopup } from './command-popup.js';
import { isCalled, TYPE } from './command-rules.js';
import { createSuggestions } from './command-suggestions.js';

/**
 * Builds the form for a command.
 *
 * @param {{ call: any, onsend: (options: Record<string, any>) => void, oncancel: () => void }} options
 */
export function createCommandForm({ call, onsend, oncancel }) {
  /** @type {import('./command-field.js').Field[]} */
  let fields = [];
  /** The field the person is in; null in the tail, where further options are named. */
  let current = null;
  let touched = false;

  const files = createCommandFiles({
    call,
    fieldOf: (option) => fields.find((field) => field.option === option),
    addField,
    removeField,
    changed: (field) => popup.showHint(field ?? current),
  });
  const popup = createCommandPopup({ call, slots: files.element, onchoose: take });
  const { list } = popup;
  const tail = /** @type {HTMLInputElement} */ (
    el('input', {
      class: 'tail',
      type: 'text',
      role: 'combobox',
      'aria-label': 'Further options',
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-controls': list.id,
      autocomplete: 'off',
      spellcheck: false,
    })
  );
  const pills = el('div', { class: 'pills' });
  const line = el(
    'div',
    { class: 'command-line', role: 'group', 'aria-label': `Command ${call.shown}` },
    el('span', { class: 'command-name' }, `/${call.shown}`),
    pills,
    tail,
  );

  const suggestions = createSuggestions({ call, popup, tail, current: () => current, remaining, readable });
  const { refresh } = suggestions;

  function remaining() {
    return call.options.filter((option) => !fields.some((field) => field.option === option));
  }

  function countRemaining() {
    tail.placeholder = remaining().length > 0 ? `+${remaining().length} more` : '';
  }

  function addField(option) {
    const field =
      option.type === TYPE.attachment
        ? createFileField(option, (chosen) => files.put(option, chosen))
        : createField(option, list.id);
    const { input, pill } = field;
    input.addEventListener('focus', () => {
      current = field;
      refresh();
    });
    input.addEventListener('input', () => {
      // An option has one line, as in Discord's client.
      if (input.value.includes('\n')) input.value = input.value.replace(/\s*\n\s*/g, ' ');
      field.chosen = undefined;
      field.problem = undefined;
      growField(field);
      refresh();
    });
    input.addEventListener('blur', () => checkLeft(field));
    fields = [...fields, field];
    pills.append(pill);
    countRemaining();
    if (field.takesFile) files.draw();
    return field;
  }

  function removeField(field) {
    const at = fields.indexOf(field);
    fields = fields.filter((one) => one !== field);
    field.pill.remove();
    countRemaining();
    files.draw();
    (fields[at - 1]?.input ?? tail).focus();
  }

  /** Checks a field that the person has left, once they have tried to send. */
  function checkLeft(field) {
    if (!touched) return;
    const read = readField(field);
    markField(
      field,
      read && 'problem' in read && (field.input.value !== '' || field.problem) ? read.problem : undefined,
    );
  }

  /** The values that can be read so far. */
  function readable() {
    const read = fields.map((field) => [field.option.name, readField(field)]);
    return Object.fromEntries(read.flatMap(([name, one]) => (one && 'value' in one ? [[name, one.value]] : [])));
  }

  function take(item) {
    if (item.isOption) {
      tail.value = '';
      addField(item.option).input.focus();
      return;
    }
    if (!current) return;
    current.input.value = item.name;
    current.chosen = item.value;
    markField(current, undefined);
    growField(current);
    next();
  }

  /** Goes on to the next empty field, else to the tail. */
  function next() {
    const field = fields.slice(fields.indexOf(current) + 1).find(({ input }) => input.value === '');
    (field?.input ?? tail).focus();
    refresh();
  }

  function send() {
    touched = true;
    for (const field of fields) {
      const read = readField(field);
      markField(field, read && 'problem' in read ? read.problem : undefined);
    }
    const wrong = fields.find(({ problem }) => problem);
    if (wrong) {
      wrong.input.focus();
      popup.showHint(wrong);
      return;
    }
    const missing = call.options.find((option) => option.required && !fields.some((field) => field.option === option));
    if (missing) {
      const field = addField(missing);
      markField(field, 'This option is required. Specify a value.');
      field.input.focus();
      return;
    }
    onsend(readable());
  }

  line.addEventListener('keydown', (event) =>
    handleCommandKey(event, {
      fields,
      current,
      tail,
      list,
      take,
      next,
      send,
      cancel: oncancel,
      remove: removeField,
      clearFile: files.clear,
      moveActive: suggestions.moveActive,
    }),
  );
  tail.addEventListener('focus', () => {
    current = null;
    refresh();
  });
  tail.addEventListener('input', () => {
    const name = tail.value.trim().replace(/:$/, '').toLowerCase();
    const option = /[:\s]$/.test(tail.value) && remaining().find((one) => isCalled(one, (called) => called === name));
    if (option) take({ isOption: true, option });
    else refresh();
  });
  line.addEventListener('click', (event) => event.target === line && tail.focus());

  for (const option of call.options.filter(({ required }) => required)) addField(option);
  countRemaining();

  return {
    line,
    popup: popup.element,
    focus() {
      (fields[0]?.input ?? tail).focus();
      refresh();
    },
    /** As if Enter were pressed. */
    send,
    /** Whether any of its options takes a file, and where files go that are dropped or pasted. */
    takesFiles: files.takesFiles,
    addFiles: files.add,
    /** The channel it is for. */
    channel: channel(),
  };
}
