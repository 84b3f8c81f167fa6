/** The menu of a message: the apps' commands on it, and the little else that there is to do with it here. */
import { avatarOf } from '../avatar.js';
import { el, icon } from '../dom.js';
import { fail, notice } from '../notice.js';
import { COMMAND, localName, offeredCommands, roleHere } from '../offered.js';
import { sendAction, state } from '../store.js';

/** The menu that is open, and what closes it. @type {{ element: HTMLElement, close: (back?: boolean) => void } | null} */
let opened = null;

const MAY_DELETE = ['owner', 'admin', 'moderator'];

function act(body) {
  sendAction({ userId: state.userId, ...body }).catch(fail);
}

function item(words, picture, onclick, properties = {}) {
  return el('button', { type: 'button', role: 'menuitem', tabIndex: -1, onclick, ...properties }, words, picture);
}

/** The commands of apps on a message. Discord's client has none on what one person alone sees. */
function appItems(message, close) {
  if (message.visibleTo !== null) return [];
  return offeredCommands(COMMAND.message).map((command) =>
    item(
      localName(command),
      el('img', { src: avatarOf({ name: 'Seedream', bot: true }), alt: '', width: 20, height: 20 }),
      () => {
        close(true);
        act({ action: 'messageCommand', messageId: message.id, name: command.name });
      },
    ),
  );
}

/** The item that opens the list of apps beside it; on a phone, below it. */
function appsItem(message, close) {
  const items = appItems(message, close);
  if (items.length === 0) return null;
  const list = el('div', { class: 'menu sub', role: 'menu', 'aria-label': 'Apps', hidden: true }, ...items);
  const head = item('Apps', icon('right', 16), () => show(true, false), {
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  });
  function show(open, focus) {
    list.hidden = !open;
    head.setAttribute('aria-expanded', String(open));
    if (open) list.classList.toggle('to-left', box.getBoundingClientRect().right + list.offsetWidth > innerWidth - 8);
    if (open && focus) items[0].focus();
  }
  const box = el(
    'div',
    {
      class: 'with-sub',
      role: 'none',
      onpointerenter: ({ pointerType }) => pointerType === 'mouse' && show(true, false),
    },
    head,
    list,
  );
  head.addEventListener('keydown', (event) => {
    if (!['ArrowRight', 'Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    show(true, true);
  });
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    show(false, false);
    head.focus();
  });
  return box;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notice('Copied.');
  } catch {
    fail(new Error('The browser lets nothing be copied here.'));
  }
}

function itemsOf(message, close) {
  const mayDelete = message.authorId === state.userId || MAY_DELETE.some((role) => roleHere().includes(role));
  const chosen = (run) => () => {
    close(true);
    run();
  };
  return [
    appsItem(message, close),
    message.content &&
      item(
        'Copy Text',
        icon('copy', 18),
        chosen(() => void copy(message.content)),
      ),
    mayDelete &&
      message.visibleTo === null &&
      item(
        'Delete Message',
        icon('trash', 18),
        chosen(() => act({ action: 'delete', messageId: message.id })),
        { class: 'bad' },
      ),
  ].filter(Boolean);
}

/** The items that the arrow keys go through: those of the list that has the focus. */
function rowOf(menu) {
  const list = document.activeElement?.closest('[role=menu]') ?? menu;
  return [...list.querySelectorAll('[role=menuitem]')].filter((one) => one.closest('[role=menu]') === list);
}

function handleKey(event, menu, close) {
  const row = rowOf(menu);
  const at = row.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    row.at(to % row.length)?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    close(true);
  }
}

/** Where there is room: at the point, or, without one, at the element. */
function place(menu, { x, y }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
}

/**
 * Opens the menu of a message.
 *
 * @param {any} message
 * @param {{ x: number, y: number, opener: Element | null }} where the point, and what gets the focus back
 */
function openMenu(message, { x, y, opener }) {
  opened?.close();
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': 'Message actions' });
  const close = (back = false) => {
    opened = null;
    menu.remove();
    document.removeEventListener('pointerdown', outside, true);
    if (back && opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
  const outside = (event) => {
    if (!menu.contains(event.target)) close();
  };
  const items = itemsOf(message, close);
  if (items.length === 0) return;
  menu.append(...items);
  menu.addEventListener('keydown', (event) => handleKey(event, menu, close));
  document.addEventListener('pointerdown', outside, true);
  document.body.append(menu);
  place(menu, { x, y });
  opened = { element: menu, close };
  menu.querySelector('[role=menuitem]')?.focus();
}

/** The button that opens it. */
export function menuButton(message) {
  return el(
    'button',
    {
      type: 'button',
      class: 'message-menu',
      'aria-label': 'More',
      title: 'More',
      'aria-haspopup': 'menu',
      onclick(event) {
        const { right, bottom } = event.currentTarget.getBoundingClientRect();
        openMenu(message, { x: right - 200, y: bottom + 4, opener: event.currentTarget });
      },
    },
    icon('more', 20),
  );
}

/**
 * Opens the menu of a message by the right button, the menu key or Shift+F10, where the message is or has the focus.
 *
 * @param {HTMLElement} list what the messages stand in
 */
export function startMenus(list) {
  const messageAt = (target) => {
    const element = /** @type {Element} */ (target).closest?.('[data-message-id]');
    return element && state.messages.get(element.dataset.messageId);
  };
  list.addEventListener('contextmenu', (event) => {
    const message = messageAt(event.target);
    if (!message || event.target.closest('a, input, textarea')) return;
    event.preventDefault();
    openMenu(message, { x: event.clientX, y: event.clientY, opener: document.activeElement });
  });
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
    const message = messageAt(event.target);
    if (!message) return;
    event.preventDefault();
    const { left, bottom } = event.target.getBoundingClientRect();
    openMenu(message, { x: left, y: bottom + 4, opener: event.target });
  });
}
