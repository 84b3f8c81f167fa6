/** The components under a message: rows of buttons and select menus. */
import { el, icon } from '../dom.js';
import { sendAction, pressOf, state } from '../store.js';
import { emojiUrl } from './emoji.js';
import { createList } from '../choice-list.js';
import { fail } from '../notice.js';

const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive', 5: 'secondary' };

function press(message, customId) {
  if (pressOf(message.id, customId) === 'waiting') return;
  sendAction({ action: 'press', userId: state.userId, messageId: message.id, customId }).catch(fail);
}

function button(component, message) {
  const { custom_id: customId, label, style, disabled, url, emoji } = component;
  const picture = emojiUrl(emoji?.name);
  const waiting = customId && pressOf(message.id, customId) === 'waiting';
  const element = el(
    'discord-button',
    {
      type: STYLES[style] ?? 'secondary',
      disabled,
      ...(url && { url }),
      ...(picture && { emoji: picture, emojiName: '' }),
    },
    [picture ? undefined : emoji?.name, label].filter(Boolean).join(' '),
  );
  element.toggleAttribute('waiting', Boolean(waiting));
  if (customId) element.dataset.customId = customId;
  if (customId && !disabled) element.addEventListener('click', () => press(message, customId));
  return element;
}

let selects = 0;

/**
 * A select menu of strings. In a modal `labelId` is the id of what names it.
 *
 * @param {any} component
 * @param {(values: string[]) => void} onchoose
 */
export function selectMenu(component, onchoose) {
  const { options = [], placeholder = 'Make a selection', min_values: least = 1, max_values: most = 1 } = component;
  let chosen = options.filter((option) => option.default).map(({ value }) => value);
  const several = most > 1;
  const shown = el('span', { class: 'chosen' });
  const name = component.label ?? placeholder;
  const shownId = `select-${(selects += 1)}`;
  shown.id = shownId;
  const button = el(
    'button',
    {
      type: 'button',
      class: 'select',
      'aria-labelledby': component.labelId && `${component.labelId} ${shownId}`,
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      disabled: component.disabled,
    },
    shown,
    icon('chevron', 20),
  );
  const box = el('div', { class: 'select-box' }, button);
  if (component.custom_id) box.dataset.customId = component.custom_id;

  const list = createList({
    label: name,
    onchoose: pick,
    draw: ({ label, description, emoji, value }) =>
      el(
        'div',
        { class: 'choice' },
        emoji?.name && el('span', { class: 'emoji' }, emoji.name),
        el(
          'div',
          {},
          el('div', { class: 'name' }, label),
          description && el('div', { class: 'description' }, description),
        ),
        chosen.includes(value) && el('span', { class: 'check', 'aria-hidden': 'true' }, icon('check', 16)),
      ),
  });

  function draw() {
    const labels = options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
    shown.textContent = labels.length > 0 ? labels.join(', ') : placeholder;
    shown.classList.toggle('placeholder', labels.length === 0);
  }
  function open() {
    list.show(
      options,
      Math.max(
        0,
        options.findIndex(({ value }) => chosen.includes(value)),
      ),
    );
    box.append(list.element);
    // Under the newest message, or low in a form, there is no room for it.
    list.element.scrollIntoView({ block: 'nearest' });
    button.setAttribute('aria-expanded', 'true');
    button.setAttribute('aria-controls', list.id);
    follow();
  }
  function follow() {
    if (list.activeId) button.setAttribute('aria-activedescendant', list.activeId);
  }
  function close(send) {
    if (!list.element.isConnected) return;
    list.element.remove();
    button.setAttribute('aria-expanded', 'false');
    button.removeAttribute('aria-controls');
    button.removeAttribute('aria-activedescendant');
    if (send && chosen.length >= least) onchoose(chosen);
  }
  function pick({ value }) {
    if (!several) {
      chosen = [value];
      draw();
      close(true);
      return;
    }
    chosen = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value].slice(-most);
    const at = list.items.findIndex((item) => item.value === value);
    list.show(options, at);
    draw();
    follow();
  }
  button.addEventListener('click', () => (list.element.isConnected ? close(several) : open()));
  button.addEventListener('blur', () => close(several));
  button.addEventListener('keydown', (event) => {
    const isOpen = list.element.isConnected;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) list.move(event.key === 'ArrowDown' ? 1 : -1);
      else open();
      follow();
    } else if (isOpen && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      pick(list.activeItem);
    } else if (isOpen && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close(false);
    }
  });
  draw();
  return box;
}

function select(component, message) {
  if (component.type !== 3) return el('div', { class: 'unknown' }, 'This kind of menu is not drawn here.');
  return selectMenu(component, (values) => {
    const customId = component.custom_id;
    sendAction({ action: 'select', userId: state.userId, messageId: message.id, customId, values }).catch(fail);
  });
}

/** The rows under a message, and the red line when a press was not answered. */
export function componentRows(message) {
  const rows = message.components.map((row) => {
    const inner = row.type === 1 ? row.components : [row];
    const made = inner.map((component) =>
      component.type === 2 ? button(component, message) : select(component, message),
    );
    return el('discord-action-row', {}, ...made);
  });
  const failed = message.components
    .flatMap((row) => row.components ?? [row])
    .some(({ custom_id: customId }) => customId && pressOf(message.id, customId) === 'failed');
  if (failed) rows.push(el('div', { class: 'failed-press', role: 'alert' }, 'This interaction failed'));
  return rows;
}
