/** Servers and channels. */
import { avatarOf } from '../avatar.js';
import { el, icon } from '../dom.js';
import { channel, firstChannel, go, guild, guildsOf, on, state, user } from '../store.js';
import { closePeople, forgetPeople, isPeopleOpen, togglePeople, userPanel } from './user-panel.js';

const servers = /** @type {HTMLElement} */ (document.querySelector('#servers'));
const channels = /** @type {HTMLElement} */ (document.querySelector('#channels'));

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

/** Starts to draw. */
export function startSidebar() {
  const draw = () => {
    unread.delete(state.channelId);
    const wasOpen = isPeopleOpen();
    forgetPeople();
    drawServers();
    drawChannels();
    if (wasOpen) togglePeople();
  };
  on('place', draw);
  on('world', draw);
  on('snapshot', draw);
  on('controls', () => {
    if (channel()?.guildId === null && !isPeopleOpen()) drawChannels();
  });
  on('message', ({ message, isNew }) => {
    const other =
      message.channelId !== state.channelId && (message.visibleTo === null || message.visibleTo === state.userId);
    if (!isNew || !other || message.authorId === state.userId || unread.has(message.channelId)) return;
    unread.add(message.channelId);
    if (!isPeopleOpen()) draw();
  });
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (isPeopleOpen() && target.isConnected && !target.closest('.me')) closePeople();
  });
}
