/** The messages of the open channel. */
import { channel, go, guild, on, state, user, visibleMessages } from '../store.js';
import { continues, messageElement, startMenus } from '../message/message.js';
import { el, icon } from '../dom.js';

const scroller = /** @type {HTMLElement} */ (document.querySelector('#scroller'));
const start = /** @type {HTMLElement} */ (document.querySelector('#start'));
const box = /** @type {HTMLElement} */ (document.querySelector('#messages'));

/** So near the end (pixels) the list scrolls along as messages come. */
const NEAR = 120;

/** The custom element that all messages stand in. */
let list = el('discord-messages');

/** What the viewer sees: the channel's messages, and commands on their way or failed. */
function shown() {
  const sendings = [...state.sendings.values()]
    .filter((one) => one.channelId === state.channelId && one.userId === state.userId)
    .map((one) => ({
      id: one.id,
      local: one.state === 'failed' ? 'failed' : 'sending',
      authorId: state.world.botId,
      visibleTo: one.userId,
      content: '',
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
      createdAt: one.at,
      editedAt: null,
      used: { userId: one.userId, command: one.command, targetId: one.targetId },
    }));
  return [...visibleMessages(), ...sendings].sort((one, other) => one.createdAt - other.createdAt);
}

const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
/** Messages about what the viewer did: the list scrolls to them. */
const isOwn = ({ authorId, used, visibleTo }) => [authorId, used?.userId, visibleTo].includes(state.userId);
const toEnd = () => (scroller.scrollTop = scroller.scrollHeight);

function drawStart() {
  const here = channel();
  if (!here) return;
  const direct = here.guildId === null;
  const name = direct ? 'Seedream' : `#${here.name}`;
  const text = direct
    ? `This is the beginning of your direct messages with Seedream, as ${user()?.name ?? ''}.`
    : `This is the start of the ${name} channel of ${guild()?.name ?? ''}.`;
  const key = el('kbd', {}, '/');
  start.replaceChildren(
    el('div', { class: 'start-icon' }, icon(direct ? 'at' : here.parentId ? 'thread' : 'hash', 42)),
    el('h1', {}, direct ? name : `Welcome to ${name}!`),
    el('p', {}, text),
    el(
      'p',
      { class: 'hint' },
      'Type ',
      key,
      ' in the box below to see what the bot can do. Everything is on this machine: the bot is the real one, Discord and RunComfy are stand-ins, and no picture costs anything.',
    ),
  );
}

function drawAll() {
  const messages = shown();
  list = el('discord-messages');
  list.append(...messages.map((message, index) => messageElement(message, continues(message, messages[index - 1]))));
  box.replaceChildren(list);
  drawStart();
  box.setAttribute('aria-label', `Messages in ${channel()?.name ?? ''}`);
  requestAnimationFrame(toEnd);
}

const elementOf = (id) => list.querySelector(`[data-message-id="${CSS.escape(id)}"]`);

/** The element of the message that comes next after this one, of those that are drawn. */
function nextElement(id) {
  const messages = shown();
  const index = messages.findIndex((message) => message.id === id);
  return messages
    .slice(index + 1)
    .map((message) => elementOf(message.id))
    .find(Boolean);
}

/** What finds the part of a message that has the focus, in the message as it is drawn again. */
function focusedPart(element) {
  const focused = document.activeElement;
  if (!element?.contains(focused)) return null;
  if (focused.matches('.message-menu')) return '.message-menu';
  const customId = focused.closest('[data-custom-id]')?.dataset.customId;
  return customId === undefined ? null : `[data-custom-id="${CSS.escape(customId)}"]`;
}

/** Draws one message: again where it stands, or into its place. */
function drawOne(id) {
  const messages = shown();
  const index = messages.findIndex((message) => message.id === id);
  const present = elementOf(id);
  if (index < 0) {
    present?.remove();
    return;
  }
  const stay = atEnd();
  const focused = focusedPart(present);
  const made = messageElement(messages[index], continues(messages[index], messages[index - 1]));
  if (present) present.replaceWith(made);
  else {
    nextElement(id)?.before(made);
    if (!made.isConnected) list.append(made);
  }
  const again = focused && made.querySelector(focused);
  (again?.shadowRoot ?? again)?.querySelector('button')?.focus();
  if (again?.matches('button')) again.focus();
  if (stay || (!present && isOwn(messages[index]))) {
    requestAnimationFrame(toEnd);
    for (const image of made.querySelectorAll('img'))
      image.addEventListener('load', () => stay && toEnd(), { once: true });
  }
}

/** Commands on their way come and go. */
function drawSendings() {
  const stay = atEnd();
  const wanted = new Map(
    shown()
      .filter(({ local }) => local)
      .map((message) => [message.id, message]),
  );
  for (const element of list.querySelectorAll('.local')) element.remove();
  for (const message of wanted.values()) {
    const made = messageElement(message, false);
    made.classList.add('local');
    nextElement(message.id)?.before(made);
    if (!made.isConnected) list.append(made);
  }
  if (stay || wanted.size > 0) requestAnimationFrame(toEnd);
}

/** Starts to draw. */
export function startChannel() {
  startMenus(box);
  on('place', drawAll);
  on('snapshot', drawAll);
  on('world', drawStart);
  on('message', ({ message }) => {
    if (message.channelId === state.channelId) drawOne(message.id);
  });
  on('gone', (id) => {
    drawOne(id);
    drawSendings();
  });
  on('sending', drawSendings);
  on('press', ({ messageId }) => drawOne(messageId));
  on('jump', ({ channelId, messageId }) => {
    if (channelId !== state.channelId) go({ channelId });
    requestAnimationFrame(() => {
      const element = elementOf(messageId);
      element?.scrollIntoView({ block: 'center' });
      element?.setAttribute('highlight', '');
      setTimeout(() => element?.removeAttribute('highlight'), 2000);
    });
  });
  new ResizeObserver(() => atEnd() && toEnd()).observe(box);
}
