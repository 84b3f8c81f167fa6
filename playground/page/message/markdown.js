/** Discord's markdown as elements. What a bot or a person writes never becomes HTML. */
import { el } from '../dom.js';
import { changed, state } from '../store.js';
import { EMOJI, emojiElement } from './emoji.js';
import { momentElement } from './timestamps.js';

const nameOf = (id) => state.world.users.find((one) => one.id === id)?.name ?? 'unknown-user';
const channelName = (id) => state.world.channels.find((one) => one.id === id)?.name ?? 'unknown';

/** A link to a message leads there in this page. */
function messageLink([, channelId, messageId], label) {
  const show = () => changed('jump', { channelId, messageId });
  return el('button', { type: 'button', class: 'link', onclick: show }, ...(label ? inline(label) : ['#message']));
}

const MESSAGE = /^https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)\/(\d+)$/;

const link = (href, label) =>
  MESSAGE.test(href)
    ? messageLink(MESSAGE.exec(href), label)
    : /^https?:\/\//.test(href)
      ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...(label ? inline(label) : [href]))
      : el('span', {}, label ?? href);

function spoiler(inner) {
  const hidden = el(
    'span',
    { class: 'spoiler', role: 'button', tabIndex: 0, 'aria-label': 'Spoiler' },
    ...inline(inner),
  );
  const show = () => {
    hidden.classList.add('shown');
    hidden.removeAttribute('role');
    hidden.removeAttribute('aria-label');
  };
  hidden.addEventListener('click', show);
  hidden.addEventListener('keydown', (event) => event.key === 'Enter' && show());
  return hidden;
}

/** What can stand in a line, the first that fits. @type {[RegExp, (match: RegExpExecArray) => Node | string][]} */
const RULES = [
  [/^\\([^\p{L}\p{N}\s])/u, ([, character]) => character],
  [/^(`+)([^]*?[^`])\1(?!`)/, ([, , code]) => el('code', {}, code.trim() || code)],
  [/^<@!?(\d+)>/, ([, id]) => el('span', { class: 'mention' }, `@${nameOf(id)}`)],
  [/^<#(\d+)>/, ([, id]) => el('span', { class: 'mention' }, `#${channelName(id)}`)],
  [/^<@&(\d+)>/, () => el('span', { class: 'mention' }, '@role')],
  [/^<\/([^:>]+):\d+>/, ([, name]) => el('span', { class: 'mention' }, `/${name}`)],
  [/^<t:(-?\d+)(?::([tTdDfFR]))?>/, ([, seconds, style]) => momentElement(Number(seconds), style)],
  [/^\[((?:\\.|[^\]\\])+)\]\(<?([^\s<>]+?)>?\)/, ([, label, href]) => link(href, label)],
  [/^<(https?:\/\/[^\s>]+)>/, ([, href]) => link(href)],
  [/^https?:\/\/[^\s<]+[^\s<.,:;"'\])}]/, ([href]) => link(href)],
  [/^\|\|([^]+?)\|\|/, ([, inner]) => spoiler(inner)],
  [/^\*\*([^]+?)\*\*(?!\*)/, ([, inner]) => el('strong', {}, ...inline(inner))],
  [/^__([^]+?)__(?!_)/, ([, inner]) => el('u', {}, ...inline(inner))],
  [/^~~([^]+?)~~/, ([, inner]) => el('s', {}, ...inline(inner))],
  [/^\*(?=\S)([^*]+?)\*(?!\*)/, ([, inner]) => el('em', {}, ...inline(inner))],
  [/^_(?=\S)([^_]+?)_(?![\p{L}\p{N}])/u, ([, inner]) => el('em', {}, ...inline(inner))],
  [EMOJI, ([emoji]) => emojiElement(emoji)],
  // The cells of a bar, which few fonts have.
  [/^▰/, () => el('span', { class: 'cell full' }, '▰')],
  [/^▱/, () => el('span', { class: 'cell' }, '▱')],
  [/^\n/, () => el('br')],
];

/** @param {string} text @returns {(Node | string)[]} */
function inline(text) {
  const nodes = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    let matched = null;
    for (const [pattern, draw] of RULES) {
      // A word's own underscores are no emphasis.
      if (rest[0] === '_' && /[\p{L}\p{N}]$/u.test(plain)) break;
      const match = pattern.exec(rest);
      if (!match) continue;
      matched = [match, draw];
      break;
    }
    if (!matched) {
      const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      plain += character;
      at += character.length;
      continue;
    }
    const [match, draw] = matched;
    if (plain) nodes.push(plain);
    plain = '';
    nodes.push(draw(match));
    at += match[0].length;
  }
  return plain ? [...nodes, plain] : nodes;
}

/** What begins a line. @type {[RegExp, (inner: string, match: RegExpExecArray) => Node][]} */
const BLOCKS = [
  [/^(#{1,3}) (.+)/, (_, [, marks, text]) => el('div', { class: `heading h${marks.length}` }, ...inline(text))],
  [/^-# (.+)/, (_, [, text]) => el('small', {}, ...inline(text))],
  [/^> (.*)/, (_, [, text]) => el('blockquote', {}, ...inline(text))],
  [
    /^(\s*)[-*] (.+)/,
    (_, [, indent, text]) => el('div', { class: `item depth${indent.length > 0 ? 2 : 1}` }, ...inline(text)),
  ],
];

/**
 * A text as Discord draws it.
 *
 * @param {string} text
 * @returns {DocumentFragment}
 */
export function markdown(text) {
  const fragment = document.createDocumentFragment();
  let lines = [];
  const flush = () => {
    if (lines.length > 0) fragment.append(...inline(lines.join('\n')));
    lines = [];
  };
  for (const [index, part] of text.split(/```(?:[\w+-]*\n)?([^]*?)\n?```\n?/).entries()) {
    if (index % 2 === 1) {
      flush();
      fragment.append(el('pre', {}, el('code', {}, part)));
      continue;
    }
    for (const line of part.replace(/\n$/, '').split('\n')) {
      const block = BLOCKS.map(([pattern, draw]) => [pattern.exec(line), draw]).find(([match]) => match);
      if (!block) {
        lines.push(line);
        continue;
      }
      flush();
      fragment.append(block[1](line, block[0]));
    }
    flush();
  }
  return fragment;
}
