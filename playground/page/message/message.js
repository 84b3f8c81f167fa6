/** One message, drawn as Discord draws it. */
import { el, icon } from '../dom.js';
import { changed, state, user } from '../store.js';
import { avatarOf } from '../avatar.js';
import { componentRows } from './components.js';
import { markdown } from './markdown.js';
import { EMOJI_WORDS, emojiElement } from './emoji.js';
import { mergeEmbeds, pictureGrid } from './gallery.js';
import { menuButton } from './menu.js';
import { messageTime } from './timestamps.js';

export { selectMenu } from './components.js';
export { markdown } from './markdown.js';
export { startMenus } from './menu.js';
export { startTicking } from './timestamps.js';

/** Source: message resource, "Message Flags". */
const LOADING = 128;

/** Messages of one author within this time share a heading (milliseconds), as in Discord's client. */
const GROUPED_WITHIN = 7 * 60_000;

const colour = (number) => (typeof number === 'number' ? `#${number.toString(16).padStart(6, '0')}` : undefined);

/** Whether a message goes under the one before without a heading of its own. */
export function continues(message, before) {
  if (!before || before.authorId !== message.authorId || message.used || before.visibleTo !== message.visibleTo)
    return false;
  return message.createdAt - before.createdAt < GROUPED_WITHIN && !message.local && !before.local;
}

function field({ name, value, inline }, index) {
  const element = el('discord-embed-field', { fieldTitle: name, embedFieldEmojisMap: EMOJI_WORDS }, markdown(value));
  if (inline) {
    element.inline = true;
    element.inlineIndex = index;
  }
  return element;
}

/** Inline fields stand three in a row. */
function fieldList(fields) {
  let place = 0;
  const made = fields.map((one) => {
    place = one.inline ? (place % 3) + 1 : 0;
    return field(one, place);
  });
  return el('discord-embed-fields', { slot: 'fields' }, ...made);
}

/** The alt text of the file that an embed shows, which the embed itself does not have. */
function pictureOf(image, message) {
  const file = message.attachments.find(({ url }) => url === image.url);
  return {
    url: image.url,
    alt: image.description ?? file?.alt ?? '',
    spoiler: file?.spoiler ?? false,
    width: image.width ?? file?.width,
    height: image.height ?? file?.height,
  };
}

function embedElement({ embed, images }, message) {
  const { title, description, fields = [], footer, author, color, url, thumbnail } = embed;
  const element = el('discord-embed', {
    slot: 'embeds',
    embedTitle: title ?? undefined,
    embedEmojisMap: EMOJI_WORDS,
    color: colour(color),
    authorName: author?.name,
    authorUrl: author?.url,
    authorImage: author?.icon_url,
    thumbnail: thumbnail?.url,
    ...(title && url && { url }),
    ...(images.length > 0 && { 'has-pictures': true }),
  });
  if (description) element.append(el('discord-embed-description', { slot: 'description' }, markdown(description)));
  if (fields.length > 0) element.append(fieldList(fields));
  if (images.length > 0) {
    const pictures = images.map((image) => pictureOf(image, message));
    element.append(pictureGrid(pictures, { slot: 'footer' }));
  }
  if (footer || embed.timestamp) {
    const at = embed.timestamp ? messageTime(Date.parse(embed.timestamp)) : '';
    const text = [footer?.text, at].filter(Boolean).join(' • ');
    element.append(el('discord-embed-footer', { slot: 'footer', footerImage: footer?.icon_url }, text));
  }
  return element;
}

const size = (name) => name.split('.').at(-1)?.toUpperCase() ?? '';

function fileCard({ url, name }) {
  return el(
    'div',
    { class: 'file' },
    icon('file', 32),
    el('div', {}, el('a', { href: url, download: name }, name), el('div', { class: 'kind' }, `${size(name)} file`)),
  );
}

function attachments(message) {
  const shown = message.attachments.filter(({ inEmbed }) => !inEmbed);
  if (shown.length === 0) return null;
  const pictures = shown.filter(({ picture }) => picture);
  const files = shown.filter(({ picture }) => !picture);
  return el(
    'div',
    { slot: 'attachments', class: 'attachments' },
    pictures.length > 0 && pictureGrid(pictures),
    ...files.map(fileCard),
  );
}

function thinking(name, words = `${name} is thinking…`) {
  const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
  return el('span', { class: 'thinking' }, dots, words);
}

function onlyYou(message) {
  const dismiss = () => {
    state.dismissed.add(message.id);
    state.sendings.delete(message.id);
    changed('gone', message.id);
  };
  return el(
    'div',
    { slot: 'thread', class: 'only-you' },
    icon('eye', 16),
    ' Only you can see this • ',
    el('button', { type: 'button', class: 'link', onclick: dismiss }, 'Dismiss message'),
  );
}

/** Who used what: `Ana used /seedream`, or a command on a message, with that message. */
function usedLine({ userId, command, targetId }) {
  const person = user(userId);
  const line = { slot: 'reply', author: person?.name ?? '', avatar: avatarOf(person), command };
  if (!targetId) return el('discord-command', { ...line, type: 'slash_command' });
  const target = state.messages.get(targetId);
  const author = user(target?.authorId ?? '');
  return el('discord-command', {
    ...line,
    type: 'message_command',
    ...(target
      ? {
          contextUserName: author?.name ?? '',
          contextUserAvatar: avatarOf(author),
          contextMessageReply: target.content || 'Click to see attachment',
        }
      : { contextMessageDeleted: true }),
  });
}

function body(message, author) {
  if (message.local === 'sending') return thinking(author.name, 'Sending command…');
  if (message.local === 'failed')
    return el('span', { class: 'not-answered' }, emojiElement('❗'), ' The application did not respond');
  if (message.flags & LOADING) return thinking(author.name);
  return markdown(message.content);
}

/**
 * Draws a message.
 *
 * @param {any} message
 * @param {boolean} continued without avatar and name, as it goes under the one before
 */
export function messageElement(message, continued) {
  const author = user(message.authorId) ?? { name: 'unknown', bot: false };
  const isPrivate = message.visibleTo !== null;
  const element = el('discord-message', {
    author: author.name,
    avatar: avatarOf(author),
    bot: author.bot,
    timestamp: messageTime(message.createdAt),
    messageBodyOnly: continued,
    ephemeral: isPrivate,
    edited: message.editedAt !== null && Boolean(message.content),
  });
  if (continued) element.setAttribute('message-body-only', '');
  element.dataset.messageId = message.id;
  if (message.used) element.append(usedLine(message.used));
  element.append(body(message, author));
  const files = attachments(message);
  if (files) element.append(files);
  for (const group of mergeEmbeds(message.embeds)) element.append(embedElement(group, message));
  for (const row of componentRows(message)) {
    row.slot = 'components';
    element.append(row);
  }
  if (isPrivate && message.local !== 'sending') element.append(onlyYou(message));
  if (!message.local && !isPrivate) element.append(menuButton(message));
  return element;
}
