/**
 * The emoji that the bot uses, drawn here: Discord's client has pictures of its own, and a machine may have no font for
 * them. Any other is left to the system's font.
 */
import { el } from '../dom.js';

const DRAWINGS = {
  '⏳': '<path fill="#8899a6" d="M8 2h20v4H8zM8 30h20v4H8z"/><path fill="#ccd6dd" d="M10 6h16c0 7-5 8-5 12s5 5 5 12H10c0-7 5-8 5-12s-5-5-5-12z"/><path fill="#ffac33" d="M12.500 9h11c-.8 3.500-4 4-4.500 7h-2c-.5-3-3.700-3.500-4.500-7zM11 30c.5-5 6-5 6-9h2c0 4 5.500 4 6 9z"/>',
  '✅': '<rect width="36" height="36" rx="5" fill="#77b255"/><path fill="none" stroke="#fff" stroke-width="4.500" stroke-linecap="round" stroke-linejoin="round" d="m8 19 7 7L28 9"/>',
  '❌': '<path fill="none" stroke="#dd2e44" stroke-width="6.500" stroke-linecap="round" d="m6 6 24 24M30 6 6 30"/>',
  '❔': '<path fill="none" stroke="#ccd6dd" stroke-width="5" stroke-linecap="round" d="M10 11c1-9 17-9 17 0 0 7-8 6-8.500 14"/><circle cx="18.300" cy="31.500" r="3" fill="#ccd6dd"/>',
  '❗': '<path fill="none" stroke="#dd2e44" stroke-width="6" stroke-linecap="round" d="M18 5v15"/><circle cx="18" cy="30" r="3.500" fill="#dd2e44"/>',
  '🎨': '<path fill="#d99e82" d="M18 3C8 3 1 10 1 18s7 15 15 15c4 0 4.500-3 3-5.500S19 22 23 22h6c4 0 6-3 6-6C35 8 27 3 18 3z"/><circle cx="9" cy="16" r="3.200" fill="#5c913b"/><circle cx="14" cy="9" r="3.200" fill="#226699"/><circle cx="22.500" cy="8.500" r="3.200" fill="#dd2e44"/><circle cx="29" cy="14" r="3.200" fill="#ffcc4d"/><circle cx="11" cy="24" r="3.200" fill="#9266cc"/>',
  '🚫': '<circle cx="18" cy="18" r="14.500" fill="none" stroke="#dd2e44" stroke-width="5"/><path stroke="#dd2e44" stroke-width="5" d="M8 8l20 20"/>',
  '🔁': '<rect width="36" height="36" rx="5" fill="#3b88c3"/><path fill="none" stroke="#fff" stroke-width="3.500" stroke-linecap="round" d="M8 17v-2a4 4 0 0 1 4-4h13M28 19v2a4 4 0 0 1-4 4H11"/><path fill="#fff" d="m22 5 8 6-8 6zM14 19l-8 6 8 6z"/>',
  '✏': '<path fill="#ffcc4d" d="M8 21 25 4l7 7-17 17z"/><path fill="#ea596e" d="m25 4 2-2c1.500-1.500 4-1.500 5.500 0l1.500 1.500c1.500 1.500 1.500 4 0 5.500l-2 2z"/><path fill="#ccd6dd" d="m23 6 2-2 7 7-2 2z"/><path fill="#f9d8b0" d="M8 21 3 33l12-5z"/><path fill="#292f33" d="m4.700 29-1.700 4 4-1.700z"/>',
  '🌱': '<path fill="none" stroke="#77b255" stroke-width="3.500" stroke-linecap="round" d="M18 33V16"/><path fill="#77b255" d="M18 18C17 9 10 5 2 6c0 9 7 13 16 12z"/><path fill="#5c913b" d="M18 21c0-9 7-13 16-13 0 9-6 14-16 13z"/>',
  '🗑': '<path fill="#99aab5" d="M6 9h24l-2.500 24a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2z"/><path fill="#ccd6dd" d="M4 6h28v4H4zM13 2h10v4H13z"/><path stroke="#66757f" stroke-width="2" stroke-linecap="round" d="m13 14 1 16M18 14v16M23 14l-1 16"/>',
  '📦': '<path fill="#c1694f" d="M2 10 18 3l16 7v17l-16 7-16-7z"/><path fill="#d99e82" d="m2 10 16-7 16 7-16 7z"/><path fill="#662113" d="M17 17h2v17h-2z"/><path fill="#ffcc4d" d="m9 7 16 7v6l4-2v-6L13 5z"/>',
};

const url = (drawing) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">${drawing}</svg>`)}`;

const URLS = new Map(Object.entries(DRAWINGS).map(([emoji, drawing]) => [emoji, url(drawing)]));

/** Begins a text that begins with one of them. */
export const EMOJI = new RegExp(`^(${[...URLS.keys()].join('|')})\\uFE0F?`, 'u');

/** The picture of an emoji, if there is one here. */
export const emojiUrl = (emoji) => URLS.get(emoji?.replace('\uFE0F', '') ?? '');

/** An emoji in a line of text. */
export const emojiElement = (emoji) =>
  el('img', { class: 'emoji', src: emojiUrl(emoji), alt: emoji, draggable: false });

/** As the components want them in titles, where each stands as a word. */
export const EMOJI_WORDS = Object.fromEntries(
  [...URLS].flatMap(([emoji, address]) =>
    [emoji, `${emoji}\uFE0F`].map((word) => [word, { name: emoji, url: address }]),
  ),
);
