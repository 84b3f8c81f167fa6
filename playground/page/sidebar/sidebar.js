/** Servers, channels, and who one is. */
import { act, channel, firstChannel, go, guild, guildsOf, on, state, user } from '../store.js';
import { avatarOf } from '../people.js';
import { el, icon } from '../dom.js';
import { fail } from '../notice.js';
import { setTheme, themeWanted } from '../styles/theme.js';

const servers = /** @type {HTMLElement} */ (document.querySelector('#servers'));
const channels = /** @type {HTMLElement} */ (document.querySelector('#channels'));

/** The languages of Discord's client. Source: reference, "Locales". */
const LOCALES =
  'en-US en-GB bg cs da de el es-ES es-419 fi fr hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW'.split(
    ' ',
  );

const unread = new Set();

const initials = (name) =>
  name
    .split(/\s+/)
    .map((word) => word[0])
    .join('')
    .slice(0, 3);

function drawServers() {
  const here = channel();
  const direct = user()?.directMessages;
  const rail = [
    el(
      'button',
      {
        type: 'button',
        class: 'server home',
        title: 'Direct Messages',
        'aria-label': `Direct Messages${unread.has(direct) ? ', unread' : ''}`,
        'aria-current': here?.guildId === null ? 'page' : undefined,
        onclick: () => go({ channelId: direct ?? '' }),
      },
      icon('at', 26),
      unread.has(direct) && el('span', { class: 'unread' }),
    ),
    el('hr'),
    ...guildsOf().map(({ id, name }) =>
      el('button', {
        type: 'button',
        class: 'server',
        title: name,
        'aria-label': name,
        'data-initials': initials(name),
        'aria-current': here?.guildId === id ? 'page' : undefined,
        onclick: () => go({ channelId: firstChannel(id) }),
      }),
    ),
  ];
  servers.replaceChildren(...rail);
}

function channelRow({ id, name, parentId }) {
  const row = el(
    'button',
    {
      type: 'button',
      class: `channel${parentId ? ' threaded' : ''}${unread.has(id) ? ' has-unread' : ''}`,
      'aria-current': id === state.channelId ? 'page' : undefined,
      onclick: () => {
        go({ channelId: id });
        document.body.classList.remove('drawer-left');
      },
    },
    icon(parentId ? 'thread' : 'hash', 20),
    el('span', {}, name),
  );
  return row;
}

function directRow() {
  const id = user()?.directMessages;
  const face = el('img', { src: avatarOf({ name: 'Seedream', bot: true }), alt: '', width: 32, height: 32 });
  const online = state.controls?.bot !== 'offline';
  return el(
    'button',
    {
      type: 'button',
      class: 'channel person',
      'aria-current': id === state.channelId ? 'page' : undefined,
      onclick: () => go({ channelId: id ?? '' }),
    },
    el('span', { class: `face ${online ? 'online' : 'offline'}` }, face),
    el('span', {}, 'Seedream'),
  );
}

function drawChannels() {
  const here = channel();
  const direct = here?.guildId === null;
  const all = state.world.channels.filter(({ guildId }) => guildId === here?.guildId);
  const ordered = all
    .filter(({ parentId }) => !parentId)
    .flatMap((one) => [one, ...all.filter(({ parentId }) => parentId === one.id)]);
  const title = direct ? 'Direct Messages' : (guild()?.name ?? '');
  channels.replaceChildren(
    el('h2', { class: 'guild-name' }, title),
    el(
      'nav',
      { class: 'channel-list', 'aria-label': 'Channels' },
      ...(direct ? [directRow()] : [el('div', { class: 'category' }, 'Text channels'), ...ordered.map(channelRow)]),
    ),
    userPanel(),
  );
}

const roleHere = (userId) => guild()?.members.find((member) => member.userId === userId)?.role ?? 'direct message';

function userPanel() {
  const me = user();
  return el(
    'section',
    { class: 'me', 'aria-label': 'You' },
    el(
      'button',
      { type: 'button', class: 'who', 'aria-haspopup': 'dialog', onclick: togglePeople },
      el('span', { class: 'face online' }, el('img', { src: avatarOf(me), alt: '', width: 32, height: 32 })),
      el(
        'span',
        { class: 'names' },
        el('span', { class: 'name' }, me?.name ?? ''),
        ' ',
        el('span', { class: 'role' }, roleHere(state.userId)),
      ),
      ' ',
      el('span', { class: 'switch' }, 'Switch', el('span', { class: 'unseen' }, ' to someone else')),
    ),
  );
}

function personRow({ userId, role }, one) {
  const person = user(userId);
  const chosen = userId === state.userId && (one.id === channel()?.guildId || channel()?.guildId === null);
  return el(
    'button',
    {
      type: 'button',
      class: 'person-row',
      'aria-pressed': String(chosen),
      onclick: () => {
        closePeople();
        const stay = channel()?.guildId === one.id ? state.channelId : firstChannel(one.id);
        go({ userId, channelId: stay });
      },
    },
    el('img', { src: avatarOf(person), alt: '', width: 28, height: 28 }),
    el('span', { class: 'name' }, person?.name ?? ''),
    el('span', { class: 'role' }, role),
  );
}

function language() {
  const own = user()?.locale ?? 'en-US';
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const known = LOCALES.includes(own) ? LOCALES : [own, ...LOCALES];
  const select = /** @type {HTMLSelectElement} */ (
    el(
      'select',
      {
        id: 'language',
        onchange: () => act({ act: 'language', userId: state.userId, locale: select.value }).catch(fail),
      },
      ...known.map((code) => el('option', { value: code, selected: code === own }, names.of(code) ?? code)),
    )
  );
  return el('div', { class: 'setting' }, el('label', { for: 'language' }, 'Language'), select);
}

function theme() {
  const select = /** @type {HTMLSelectElement} */ (
    el(
      'select',
      { id: 'theme', onchange: () => setTheme(select.value) },
      ...['system', 'dark', 'light'].map((name) =>
        el('option', { value: name, selected: name === themeWanted() }, name[0].toUpperCase() + name.slice(1)),
      ),
    )
  );
  return el('div', { class: 'setting' }, el('label', { for: 'theme' }, 'Theme'), select);
}

let popover = null;

function closePeople() {
  popover?.remove();
  popover = null;
  document.body.classList.remove('drawer-left');
}

function togglePeople() {
  if (popover) {
    closePeople();
    return;
  }
  const close = () => {
    closePeople();
    channels.querySelector('.who')?.focus();
  };
  popover = el(
    'div',
    { class: 'people', role: 'dialog', 'aria-label': 'Be someone else' },
    ...state.world.guilds.flatMap((one) => [
      el('h3', {}, one.name),
      ...one.members.map((member) => personRow(member, one)),
    ]),
    el('hr'),
    language(),
    theme(),
  );
  popover.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (event.target.tagName === 'SELECT') return;
    event.preventDefault();
    const rows = [...popover.querySelectorAll('.person-row')];
    const at = rows.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    rows[(at + rows.length) % rows.length]?.focus();
  });
  channels.querySelector('.me')?.append(popover);
  popover.querySelector('[aria-pressed=true]')?.focus();
}

/** Starts to draw. */
export function startSidebar() {
  const draw = () => {
    unread.delete(state.channelId);
    const hadPopover = popover !== null;
    popover = null;
    drawServers();
    drawChannels();
    if (hadPopover) togglePeople();
  };
  on('place', draw);
  on('world', draw);
  on('snapshot', draw);
  on('controls', () => {
    if (channel()?.guildId === null && !popover) drawChannels();
  });
  on('message', ({ message, isNew }) => {
    const other =
      message.channelId !== state.channelId && (message.visibleTo === null || message.visibleTo === state.userId);
    if (!isNew || !other || message.authorId === state.userId || unread.has(message.channelId)) return;
    unread.add(message.channelId);
    if (!popover) draw();
  });
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (popover && target.isConnected && !target.closest('.me')) closePeople();
  });
}
