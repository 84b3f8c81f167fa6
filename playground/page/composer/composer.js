/** The box at the foot of the channel: plain messages, and commands from the moment a `/` stands first. */
import { sendAction, channel, on, state, user } from '../store.js';
import { avatarOf } from '../avatar.js';
import { callable } from './command-rules.js';
import { createCommandForm } from './command-form.js';
import { createList } from '../choice-list.js';
import { createTray } from './tray.js';
import { openEntrances } from './entrances.js';
import { chooseFiles, uploadAll, uploadFile } from '../files/files.js';
import { el, icon } from '../dom.js';
import { fail } from '../notice.js';
import { COMMAND, offeredCommands } from '../offered.js';

const place = /** @type {HTMLElement} */ (document.querySelector('#composer'));

/** The slash commands that Discord's client would list for the viewer here. */
const offered = () => callable(offeredCommands(COMMAND.slash), user()?.locale);

/** Starts the box. */
export function startComposer() {
  /** @type {ReturnType<typeof createCommandForm> | null} */
  let form = null;
  let sending = false;

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
  const tray = createTray({ onchange: () => input.focus() });
  const plus = el(
    'button',
    { type: 'button', class: 'plus', 'aria-label': 'Upload a file', title: 'Upload a file', onclick: choose },
    icon('plus', 20),
  );
  const commands = el(
    'button',
    { type: 'button', class: 'apps', 'aria-label': 'Commands', title: 'Commands', onclick: listCommands },
    icon('apps', 22),
  );
  const sendButton = el(
    'button',
    { type: 'button', class: 'send', onclick: send, 'aria-label': 'Send', title: 'Send' },
    icon('send', 22),
  );
  const box = el('div', { class: 'box' }, plus, input, commands, sendButton);
  place.replaceChildren(popup, tray.element, box);

  function drawCommand({ shown, description }) {
    return el(
      'div',
      { class: 'choice command' },
      el('span', { class: 'name' }, `/${shown}`),
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
    const wanted = typed.trim().toLowerCase();
    return offered().filter(({ name, shown }) => name.startsWith(wanted) || shown.startsWith(wanted));
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
    box.insertBefore(form.line, commands);
    place.insertBefore(form.popup, box);
    form.focus();
    // What was chosen before the command was named was meant for it.
    if (form.takesFiles) form.addFiles(tray.empty());
  }

  /** Takes files that were chosen, dropped or pasted: for the command that is being typed, else for a plain message. */
  function receive(files) {
    if (form) form.addFiles(files);
    else tray.add(files);
  }

  function choose() {
    chooseFiles({ multiple: true, onchoose: receive });
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

  /** Sends something once its files are up; until then nothing else is sent, and what fails stays as it was typed. */
  async function sendOnce(prepare) {
    if (sending) return;
    sending = true;
    try {
      const body = await prepare();
      back();
      await sendAction({ userId: state.userId, channelId: state.channelId, ...body });
    } catch (error) {
      fail(error);
    } finally {
      sending = false;
    }
  }

  const sendCommand = (call) => (options) =>
    sendOnce(async () => ({ action: 'command', name: call.name, options: await uploadAll(options) }));

  function send() {
    if (form) {
      form.send();
      return;
    }
    const content = input.value.trim();
    if (!content && tray.files.length === 0) return;
    void sendOnce(async () => {
      const files = await Promise.all(tray.files.map(uploadFile));
      tray.empty();
      return { action: 'say', content, files };
    });
  }

  input.addEventListener('input', () => {
    // A whole name and a space begin the command, as a choice from the list does.
    const exact =
      /\s$/.test(input.value) && fits().find((one) => [one.name, one.shown].includes(input.value.trim().slice(1)));
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
  openEntrances({ focus: () => (form ? form.focus() : input.focus()), receive });
  document.addEventListener('click', (event) => {
    if (!place.contains(/** @type {Node} */ (event.target))) popup.hidden = true;
  });

  function settle() {
    const here = channel();
    const name = here?.guildId === null ? 'Message @Seedream' : `Message #${here?.name ?? ''}`;
    input.placeholder = name;
    input.setAttribute('aria-label', `${name}. Type / for commands.`);
    const drop = here?.guildId === null ? 'Upload to @Seedream' : `Upload to #${here?.name ?? ''}`;
    document.querySelector('#channel')?.setAttribute('data-drop', drop);
    const head = popup.querySelector('img');
    if (head) head.src = avatarOf({ name: 'Seedream', bot: true });
    cancel();
  }
  on('begin', (name) => {
    const call = offered().find((one) => one.name === name);
    if (call) begin(call);
  });
  on('focus-box', () => (form ? form.focus() : input.focus()));
  on('place', settle);
  on('snapshot', settle);
  on('world', () => {
    if (!popup.hidden) refresh();
  });
}
