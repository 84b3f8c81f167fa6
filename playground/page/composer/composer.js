/** The box at the foot of the channel: plain messages, and commands from the moment a `/` stands first. */
import { sendAction, channel, guild, on, state, user } from '../store.js';
import { avatarOf } from '../avatar.js';
import { callable, isOffered } from './command-rules.js';
import { createCommandForm } from './command-form.js';
import { createList } from '../choice-list.js';
import { el, icon } from '../dom.js';
import { fail } from '../notice.js';

const place = /** @type {HTMLElement} */ (document.querySelector('#composer'));

/** Permission bits by what a member is. Source: permissions, "Bitwise Permission Flags". */
const ROLE_PERMISSIONS = { owner: 'all', admin: String((1n << 5n) | (1n << 13n)), moderator: String(1n << 13n) };

/** The commands that Discord's client would list for the viewer here. */
function offered() {
  const here = channel();
  const role = guild()?.members.find(({ userId }) => userId === state.userId)?.role ?? '';
  const where = {
    isDirect: here?.guildId === null,
    guildId: here?.guildId,
    permissions: ROLE_PERMISSIONS[role] ?? '0',
  };
  return callable(
    state.world.commands.filter((command) => isOffered(command, where)),
    user()?.locale,
  );
}

/** Starts the box. */
export function startComposer() {
  /** @type {ReturnType<typeof createCommandForm> | null} */
  let form = null;

  const list = createList({ label: 'Commands', onchoose: begin, draw: drawCommand });
  const popup = el(
    'div',
    { class: 'popup commands', hidden: true },
    el('div', { class: 'popup-head' }, el('img', { alt: '', width: 20, height: 20 }), el('span', {}, 'Seedream')),
    list.element,
  );
  const input = /** @type {HTMLTextAreaElement} */ (
    el('textarea', {
      rows: 1,
      maxLength: 2000,
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': list.id,
      'aria-autocomplete': 'list',
      autocomplete: 'off',
    })
  );
  const commands = el(
    'button',
    { type: 'button', class: 'plus', 'aria-label': 'Commands', title: 'Commands', onclick: listCommands },
    icon('plus', 20),
  );
  const sendButton = el(
    'button',
    { type: 'button', class: 'send', onclick: send, 'aria-label': 'Send', title: 'Send' },
    sendIcon(),
  );
  const box = el('div', { class: 'box' }, commands, input, sendButton);
  place.replaceChildren(popup, box);

  function drawCommand({ name, description }) {
    return el(
      'div',
      { class: 'choice command' },
      el('span', { class: 'name' }, `/${name}`),
      el('span', { class: 'description' }, description),
    );
  }

  function listCommands() {
    cancel();
    input.value = '/';
    input.focus();
    refresh();
  }

  function fits() {
    const typed = /^\/(.*)$/s.exec(input.value)?.[1];
    if (typed === undefined) return [];
    return offered().filter(({ name }) => name.startsWith(typed.trim().toLowerCase()));
  }

  function refresh() {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 200)}px`;
    const items = fits();
    popup.hidden = items.length === 0;
    input.setAttribute('aria-expanded', String(items.length > 0));
    list.show(items);
    follow();
  }

  function follow() {
    if (list.activeId) input.setAttribute('aria-activedescendant', list.activeId);
    else input.removeAttribute('aria-activedescendant');
  }

  /** Begins a command. */
  function begin(call) {
    cancel();
    form = createCommandForm({ call, oncancel: back, onsend: sendCommand(call) });
    popup.hidden = true;
    input.hidden = true;
    box.insertBefore(form.line, sendButton);
    place.insertBefore(form.popup, box);
    form.focus();
  }

  function cancel() {
    form?.line.remove();
    form?.popup.remove();
    form = null;
    input.hidden = false;
    input.value = '';
    refresh();
  }

  function back() {
    cancel();
    input.focus();
  }

  const sendCommand = (call) => (options) => {
    const body = { action: 'command', userId: state.userId, channelId: state.channelId, name: call.name, options };
    sendAction(body).catch(fail);
    back();
  };

  function send() {
    if (form) {
      form.send();
      return;
    }
    const content = input.value.trim();
    if (!content) return;
    sendAction({ action: 'say', userId: state.userId, channelId: state.channelId, content }).catch(fail);
    back();
  }

  input.addEventListener('input', () => {
    // A whole name and a space begin the command, as a choice from the list does.
    const exact = /\s$/.test(input.value) && fits().find(({ name }) => `/${name}` === input.value.trim());
    if (exact) begin(exact);
    else refresh();
  });
  input.addEventListener('keydown', (event) => {
    const open = !popup.hidden;
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      list.move(event.key === 'ArrowDown' ? 1 : -1);
      follow();
    } else if (open && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      event.preventDefault();
      begin(list.activeItem);
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      cancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  });
  // What is typed while nothing has the focus goes into the box.
  document.addEventListener('keydown', (event) => {
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    const elsewhere = document.activeElement === document.body || document.activeElement?.id === 'scroller';
    if (isText && event.key !== ' ' && elsewhere && !document.querySelector('dialog[open]'))
      form ? form.focus() : input.focus();
  });
  document.addEventListener('click', (event) => {
    if (!place.contains(/** @type {Node} */ (event.target))) popup.hidden = true;
  });

  function settle() {
    const here = channel();
    const name = here?.guildId === null ? 'Message @Seedream' : `Message #${here?.name ?? ''}`;
    input.placeholder = name;
    input.setAttribute('aria-label', `${name}. Type / for commands.`);
    const head = popup.querySelector('img');
    if (head) head.src = avatarOf({ name: 'Seedream', bot: true });
    cancel();
  }
  on('place', settle);
  on('snapshot', settle);
  on('world', () => {
    if (!popup.hidden) refresh();
  });
}

function sendIcon() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('width', '22');
  svg.setAttribute('height', '22');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('d', 'M3.5 3.8 21 12 3.500 20.200 5.200 13.200 14 12 5.200 10.800z');
  svg.append(path);
  return svg;
}
