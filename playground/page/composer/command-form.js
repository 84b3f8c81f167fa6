/** A command being typed: its name, a field for each option, and above them what can be chosen. */
import { el } from '../dom.js';
import { channel } from '../store.js';
import { createAutocomplete } from './autocomplete.js';
import { createField, growField, markField, readField } from './command-field.js';
import { handleCommandKey } from './command-keys.js';
import { createCommandPopup, knownChoices } from './command-popup.js';
import { mustChoose } from './command-rules.js';

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

  const popup = createCommandPopup({ call, onchoose: take });
  const { list } = popup;
  const ask = createAutocomplete(call.name);
  const tail = /** @type {HTMLInputElement} */ (
    el('input', {
      class: 'tail',
      type: 'text',
      'aria-label': 'Further options',
      autocomplete: 'off',
      spellcheck: false,
    })
  );
  const pills = el('div', { class: 'pills' });
  const line = el(
    'div',
    { class: 'command-line', role: 'group', 'aria-label': `Command ${call.name}` },
    el('span', { class: 'command-name' }, `/${call.name}`),
    pills,
    tail,
  );

  const remaining = () => call.options.filter((option) => !fields.some((field) => field.option === option));

  function countRemaining() {
    tail.placeholder = remaining().length > 0 ? `+${remaining().length} more` : '';
  }

  function addField(option) {
    const field = createField(option, list.id);
    const { input, pill } = field;
    input.addEventListener('focus', () => {
      current = field;
      refresh();
    });
    input.addEventListener('input', () => {
      field.chosen = undefined;
      field.problem = undefined;
      growField(field);
      refresh();
    });
    input.addEventListener('blur', () => checkLeft(field));
    fields = [...fields, field];
    pills.append(pill);
    countRemaining();
    return field;
  }

  function removeField(field) {
    const at = fields.indexOf(field);
    fields = fields.filter((one) => one !== field);
    field.pill.remove();
    countRemaining();
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

  function showItems(items, first) {
    list.show(items, first);
    const input = current?.input ?? tail;
    input.setAttribute('aria-expanded', String(items.length > 0));
    nameActive();
  }

  /** Names the active choice for screen readers. */
  function nameActive() {
    const input = current?.input ?? tail;
    if (list.activeId) input.setAttribute('aria-activedescendant', list.activeId);
    else input.removeAttribute('aria-activedescendant');
  }

  function refresh() {
    popup.showHint(current);
    if (!current) {
      const wanted = tail.value.trim().toLowerCase().replace(/:$/, '');
      const items = remaining().filter(({ name }) => name.startsWith(wanted));
      showItems(
        items.map((option) => ({ name: option.name, description: option.description, isOption: true, option })),
        tail.value ? 0 : -1,
      );
      return;
    }
    const { option, input, chosen } = current;
    if (option.autocomplete) void askChoices(current);
    else showItems(chosen === undefined ? knownChoices(option, input.value) : [], mustChoose(option) ? 0 : -1);
  }

  /** Shows what the bot offers for a half-typed value. */
  async function askChoices(field) {
    const isWanted = () => current === field && field.input.isConnected && field.chosen === undefined;
    const choices = await ask(field, readable, isWanted);
    if (choices) showItems(choices, -1);
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

  function moveActive(by) {
    list.move(by);
    nameActive();
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
      moveActive,
    }),
  );
  tail.addEventListener('focus', () => {
    current = null;
    refresh();
  });
  tail.addEventListener('input', () => {
    const name = tail.value.trim().replace(/:$/, '').toLowerCase();
    const option = /[:\s]$/.test(tail.value) && remaining().find((one) => one.name === name);
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
    /** The channel it is for. */
    channel: channel(),
  };
}
