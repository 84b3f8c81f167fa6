/** A command being typed: its name, a field for each option, and above them what can be chosen. */
import { act, channel, guild, state } from '../store.js';
import { choicesOf, mustChoose, readOption, TYPE } from './command-rules.js';
import { createList } from '../popup.js';
import { el } from '../dom.js';

/** Until a half-typed value is asked about (milliseconds). */
const PAUSE = 150;

/**
 * Builds the form for a command.
 *
 * @param {{ call: any, onsend: (options: Record<string, any>) => void, oncancel: () => void }} options
 */
export function createCommandForm({ call, onsend, oncancel }) {
  /** @type {{ option: any, input: HTMLInputElement, pill: HTMLElement, chosen?: any, problem?: string }[]} */
  let fields = [];
  /** The field the person is in; null in the tail, where further options are named. */
  let current = null;
  let asking = 0;
  let touched = false;

  const hint = el('div', { class: 'hint-bar' });
  const list = createList({ label: 'Choices', onchoose: take, draw: drawItem });
  const popup = el('div', { class: 'popup' }, hint, list.element);
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
  const people = () =>
    (guild()?.members ?? []).map(({ userId }) => ({
      name: state.world.users.find(({ id }) => id === userId)?.name ?? '',
      value: userId,
    }));
  const channels = () =>
    state.world.channels
      .filter(({ guildId }) => guildId && guildId === guild()?.id)
      .map(({ id, name }) => ({ name: `#${name}`, value: id }));

  const roles = () =>
    (guild()?.roles ?? []).map(({ id, name }) => ({ name: name.startsWith('@') ? name : `@${name}`, value: id }));

  function drawItem({ name, description, isOption }) {
    return el(
      'div',
      { class: isOption ? 'choice option-name' : 'choice' },
      el('span', { class: 'name' }, name),
      description && el('span', { class: 'description' }, description),
    );
  }

  function addField(option) {
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
        'aria-controls': list.id,
        ...(option.type === TYPE.integer && { inputMode: 'numeric' }),
      })
    );
    const pill = el('label', { class: 'pill' }, el('span', { class: 'pill-name' }, option.name), input);
    const field = { option, input, pill };
    input.addEventListener('focus', () => enter(field));
    input.addEventListener('input', () => {
      field.chosen = undefined;
      field.problem = undefined;
      grow(field);
      refresh();
    });
    input.addEventListener('blur', () => leave(field));
    fields = [...fields, field];
    pills.append(pill);
    tail.placeholder = remaining().length > 0 ? `+${remaining().length} more` : '';
    return field;
  }

  function removeField(field) {
    const at = fields.indexOf(field);
    fields = fields.filter((one) => one !== field);
    field.pill.remove();
    tail.placeholder = remaining().length > 0 ? `+${remaining().length} more` : '';
    (fields[at - 1]?.input ?? tail).focus();
  }

  /** Where the browser does not fit a field to its text by itself. */
  function grow({ input }) {
    if (!CSS.supports('field-sizing', 'content'))
      input.style.width = `${Math.min(Math.max(input.value.length + 1, 2), 60)}ch`;
  }

  function leave(field) {
    if (!touched) return;
    const read = readOption(field.option, field.input.value, field.chosen);
    mark(field, read && 'problem' in read && (field.input.value !== '' || field.problem) ? read.problem : undefined);
  }

  function mark(field, problem) {
    field.problem = problem;
    field.pill.classList.toggle('wrong', Boolean(problem));
    if (problem) field.input.setAttribute('aria-invalid', 'true');
    else field.input.removeAttribute('aria-invalid');
  }

  function enter(field) {
    current = field;
    refresh();
  }

  function showHint(field) {
    if (field?.problem) {
      hint.replaceChildren(
        el('strong', {}, field.option.name),
        el('span', { class: 'problem', role: 'alert' }, field.problem),
      );
      return;
    }
    const { name, description } = field?.option ?? { name: `/${call.name}`, description: call.description };
    hint.replaceChildren(el('strong', {}, name), el('span', {}, description ?? ''));
    const most = field?.option.max_length;
    if (most && field.input.value.length > most - 100) {
      hint.append(el('span', { class: 'count' }, String(most - field.input.value.length)));
    }
  }

  function showItems(items, first) {
    list.show(items, first);
    const input = current?.input ?? tail;
    input.setAttribute('aria-expanded', String(items.length > 0));
    follow();
  }

  function follow() {
    const input = current?.input ?? tail;
    if (list.activeId) input.setAttribute('aria-activedescendant', list.activeId);
    else input.removeAttribute('aria-activedescendant');
  }

  function refresh() {
    showHint(current);
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
    else
      showItems(
        chosen === undefined
          ? choicesOf(option, input.value, { people: people(), channels: channels(), roles: roles() })
          : [],
        mustChoose(option) ? 0 : -1,
      );
  }

  /** Asks the bot what it offers for a half-typed value. */
  async function askChoices(field) {
    const asked = (asking += 1);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (asked !== asking || current !== field || !field.input.isConnected) return;
    const options = { ...readable(), [field.option.name]: field.input.value };
    const body = {
      act: 'autocomplete',
      userId: state.userId,
      channelId: state.channelId,
      name: call.name,
      options,
      focused: field.option.name,
    };
    const { choices } = await act(body).catch(() => ({ choices: [] }));
    if (asked === asking && current === field && field.chosen === undefined) showItems(choices, -1);
  }

  /** The values that can be read so far. */
  function readable() {
    const read = fields.map((field) => [field.option.name, readOption(field.option, field.input.value, field.chosen)]);
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
    mark(current, undefined);
    grow(current);
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
      const read = readOption(field.option, field.input.value, field.chosen);
      mark(field, read && 'problem' in read ? read.problem : undefined);
    }
    const wrong = fields.find(({ problem }) => problem);
    if (wrong) {
      wrong.input.focus();
      showHint(wrong);
      return;
    }
    const missing = call.options.find((option) => option.required && !fields.some((field) => field.option === option));
    if (missing) {
      const field = addField(missing);
      mark(field, 'This option is required. Specify a value.');
      field.input.focus();
      return;
    }
    onsend(readable());
  }

  function typedName(text) {
    const name = text.trim().replace(/:$/, '').toLowerCase();
    return remaining().find((option) => option.name === name);
  }

  line.addEventListener('keydown', (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const before = input.selectionStart === 0 && input.selectionEnd === 0;
    const active = list.activeItem;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        list.move(event.key === 'ArrowDown' ? 1 : -1);
        follow();
        return;
      case 'Enter': {
        event.preventDefault();
        const half =
          current &&
          active &&
          current.chosen === undefined &&
          (mustChoose(current.option) ? current.input.value !== '' || list.items.length > 0 : true);
        if (active && (half || (!current && tail.value))) take(active);
        else send();
        return;
      }
      case 'Tab':
        if (event.shiftKey) return;
        if (active && (current ? current.chosen === undefined : true)) {
          event.preventDefault();
          take(active);
        } else if (!current && list.items.length > 0) {
          event.preventDefault();
          take(list.items[0]);
        } else if (current) {
          event.preventDefault();
          next();
        }
        return;
      case 'Escape':
        event.preventDefault();
        oncancel();
        return;
      case 'Backspace':
        if (!before) return;
        event.preventDefault();
        if (!current) {
          if (fields.length > 0) fields.at(-1)?.input.focus();
          else oncancel();
        } else if (current.input.value === '' && !current.option.required) removeField(current);
        else if (fields[0] === current) oncancel();
        else fields[fields.indexOf(current) - 1]?.input.focus();
        return;
      case 'ArrowRight':
        if (current && input.selectionStart === input.value.length) {
          event.preventDefault();
          (fields[fields.indexOf(current) + 1]?.input ?? tail).focus();
        }
        return;
      case 'ArrowLeft':
        if (before) {
          event.preventDefault();
          (current ? fields[fields.indexOf(current) - 1] : fields.at(-1))?.input.focus();
        }
        return;
    }
  });
  tail.addEventListener('focus', () => {
    current = null;
    refresh();
  });
  tail.addEventListener('input', () => {
    const option = /[:\s]$/.test(tail.value) ? typedName(tail.value) : undefined;
    if (option) take({ isOption: true, option });
    else refresh();
  });
  line.addEventListener('click', (event) => event.target === line && tail.focus());

  for (const option of call.options.filter(({ required }) => required)) addField(option);
  tail.placeholder = remaining().length > 0 ? `+${remaining().length} more` : '';

  return {
    line,
    popup,
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
